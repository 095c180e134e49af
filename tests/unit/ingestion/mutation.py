"""Valid files of every format, and ways to damage them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import zstandard
from hypothesis import strategies as st

NAMES = [
    "山田 太郎",
    "O'Brien, Pat",
    'a "b" c',
    "two\nlines",
    "ソ表能①",
    "",
    "x" * 300,
    "null",
    "=1+1",
]
ROWS = [(str(n), NAMES[n % len(NAMES)], f"p{n}@example.com") for n in range(24)]
OBJECTS = [
    {"id": k, "name": v, "tags": [k, {"a": None}], "n": {"x": 1.5e3, "y": v}} for k, v, _ in ROWS
]
LOG = [
    f'203.0.113.{n} - - [10/Oct/2026:13:55:{n} -0700] "GET /p.gif?n={n} HTTP/1.1" 200 43 '
    f'"https://shop.example/{n}" "Mozilla/5.0 \\"x\\" \\xE3\\x81\\x82"'
    for n in range(10, 34)
]
FIELDS = "#Fields: date time c-ip sc-status cs(User-Agent)"
HIT = "2026-10-01\t01:02:{0}\t192.0.2.{0}\t200\tMozilla/5.0%20({0})"


def delimited(delimiter: str) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerows([("id", "name", "email"), *ROWS])
    return buffer.getvalue().encode()


def lines(pretty: bool = False) -> bytes:
    written = [
        json.dumps(one, ensure_ascii=False, indent=1 if pretty and at % 5 == 0 else None)
        for at, one in enumerate(OBJECTS)
    ]
    return "\n".join([*written, "terminated early", ""]).encode()


def w3c(tabs: bool = True) -> bytes:
    hits = [HIT.format(n) for n in range(10, 34)]
    other = [f"192.0.2.{n}\t2026-10-02\tx" for n in range(9)]
    text = "\n".join(["#Version: 1.0", FIELDS, *hits, "#Fields: c-ip date cs-username", *other, ""])
    return (text if tabs else text.replace("\t", " ")).encode()


def parquet() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(
        pa.Table.from_pylist([one | {"tags": [one["id"]]} for one in OBJECTS]),
        buffer,
        compression="snappy",
    )
    return buffer.getvalue()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in [("id", "name", "email"), *ROWS]:
        book.active.append(row)
    book.active.append(("9", 1.5, True))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rezipped(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook whose sheet and styles are changed but whose archive is whole."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            inside = old.read(name)
            new.writestr(name, change(inside) if "sheet1" in name or "Str" in name else inside)
    return buffer.getvalue()


SEEDS: dict[str, tuple[str, list[bytes]]] = {
    "csv": ("person", [delimited(","), delimited(";"), delimited(",").replace(b"\n", b"\r\n")]),
    "tsv": ("secret", [delimited("\t"), w3c()]),
    "ndjson": ("event", [lines(), lines(pretty=True), lines().replace(b"name", b"type")]),
    "json": ("person", [json.dumps(OBJECTS, indent=1).encode(), lines(), lines(pretty=True)]),
    "log": ("access", ["\n".join(LOG).encode(), w3c(), w3c(tabs=False)]),
    "parquet": ("person", [parquet()]),
    "xlsx": ("person", [workbook()]),
}
PACK = {"gz": lambda data: gzip.compress(data, 1, mtime=0), "zst": zstandard.compress}
WAYS = (
    "truncate", "flip", "nul", "duplicate", "swap", "cp932", "utf16", "latin", "quote", "no_quotes",
    "join", "no_header", "blank", "cr", "insert", "long", "brackets", "bom", "sep", "number",
)  # fmt: skip
SCRAPS = [
    *(
        b'"',
        b"\\",
        b"\r",
        b"\n",
        b"\t",
        b",",
        b"{",
        b"}",
        b"[",
        b"\xff\xfe",
        b"\xef\xbf\xbf",
        b"\x81",
    ),
    *(b"\\u12", b"\\ud800", b"1e999", b"NaN", b"#Fields: a b\n", b"\xef\xb7\x93"),
    b"\xef\xb7\x920\xef\xb7\x92",  # the mark of a repair
]
STEP = st.tuples(st.sampled_from(WAYS), st.integers(0, 1 << 16), st.integers(0, 1 << 16))
STEPS = st.lists(STEP, min_size=1, max_size=4)


def mutated(data: bytes, steps: list[tuple[str, int, int]]) -> bytes:  # noqa: PLR0912
    """Damage ``data`` in each way in turn, at places given by two numbers."""
    for way, a, b in steps:
        at = a * len(data) >> 16
        rows = data.split(b"\n")
        one, two = a % len(rows), b % len(rows)
        if way == "truncate":
            data = data[:at]
        elif way == "flip":
            data = data[:at] + bytes(x ^ (1 << b % 8) for x in data[at : at + 1]) + data[at + 1 :]
        elif way == "nul":
            data = data[:at] + bytes(1 + b % 3) + data[at:]
        elif way == "insert":
            data = data[:at] + SCRAPS[b % len(SCRAPS)] + data[at:]
        elif way == "duplicate":
            data = b"\n".join(rows[:one] + [rows[one]] * (1 + b % 3) + rows[one:])
        elif way == "swap":
            rows[one], rows[two] = rows[two], rows[one]
            data = b"\n".join(rows)
        elif way in ("cp932", "latin"):
            codec = {"cp932": "cp932", "latin": "latin-1"}[way]
            rows[one] = rows[one].decode("utf-8", "replace").encode(codec, "replace")
            data = b"\n".join(rows)
        elif way == "utf16":
            data = data.decode("utf-8", "replace").encode(("utf-16", "utf-16-be")[b % 2])
        elif way == "quote":
            data = data[:at] + b'"' + data[at:]
        elif way == "no_quotes":
            rows[one] = rows[one].replace(b'"', b"", 1 + b % 4)
            data = b"\n".join(rows)
        elif way == "join":
            data = (
                b"\n".join(rows[:one])
                + b"".join(rows[one : one + 1 + b % 3])
                + b"\n".join(rows[one + 1 + b % 3 :])
            )
        elif way == "no_header":
            data = b"\n".join(rows[1:])
        elif way == "blank":
            data = b"\n".join([*rows[:one], *([b"", b" ", b"\r"][b % 3 :]), *rows[one:]])
        elif way == "cr":
            data = b"\n".join([*rows[:one], *(row + b"\r" for row in rows[one:])])
        elif way == "long":
            data = data[:at] + b"y" * (b % 3_000) + data[at:]
        elif way == "brackets":
            data = data[:at] + b"[{"[b % 2 : b % 2 + 1] * (b % 2_000) + data[at:]
        elif way == "bom":
            data = b"\xef\xbb\xbf" + data
        elif way == "sep":
            data = b"sep=;\r\n\n" + data
        else:
            data = data[:at] + str(10**400 * b).encode() + data[at:]
    return data
