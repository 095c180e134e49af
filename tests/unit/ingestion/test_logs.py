"""Access logs: combined, common, CloudFront and W3C lines become columns; others are kept out."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zstandard

from orchestration.ingestion import SystemDeclaration, prepare

from .conftest import Company

COLUMNS = {
    "remote_host": ["c-ip"], "remote_logname": [], "remote_user": ["cs-username"],
    "time": [], "date": [], "request": [], "method": ["cs-method"], "target": [],
    "cs_uri_stem": [], "cs_uri_query": [], "protocol": ["cs-protocol-version"],
    "status": ["sc-status"], "bytes": ["sc-bytes"], "referer": ["cs(Referer)"],
    "user_agent": ["cs(User-Agent)"], "rest": [],
}  # fmt: skip
WEB = SystemDeclaration.model_validate(
    {
        "system": "web",
        "streams": [
            {
                "name": "access",
                "columns": [{"name": k, "aliases": v} for k, v in COLUMNS.items()],
            }
        ],
    }
)
LINE = (
    '203.0.113.9 - frank [10/Oct/2026:13:55:36 -0700] "GET /p.gif?a=1&b=%E3%81%82 HTTP/1.1" '
    '200 43 "https://shop.example/?q=x" "Mozilla/5.0 (X11; Linux)"'
)
FIELDS = "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status"
FRONT = f"#Version: 1.0\n{FIELDS} cs(Referer) cs(User-Agent) cs-uri-query\n"
HIT = "2026-10-01\t01:02:03\tNRT57\t391\t192.0.2.7\tGET\td1.cloudfront.net\t/p.gif\t200\t-\t"
HIT += "Mozilla/5.0%20(Windows)\te=page_view&amp=1\n"


@pytest.fixture
def web(company: Company) -> Iterator[Company]:
    prepare(company.connection, [WEB])
    company.system = WEB
    return company


def table(web: Company, *columns: str) -> list[tuple[Any, ...]]:
    return web.rows(f"select {', '.join(columns)} from raw.web__access order by _file, _row")


def test_a_combined_line(web: Company) -> None:
    assert web.load_one("web/access/a.log", LINE + "\n").rows_loaded == 1
    assert table(web, *(name for name in COLUMNS if not name.startswith(("cs", "date")))) == [
        (
            "203.0.113.9", None, "frank", "10/Oct/2026:13:55:36 -0700",
            "GET /p.gif?a=1&b=%E3%81%82 HTTP/1.1", "GET", "/p.gif?a=1&b=%E3%81%82", "HTTP/1.1",
            "200", "43", "https://shop.example/?q=x", "Mozilla/5.0 (X11; Linux)", None,
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "pack"),
    [
        ("a.log.gz", gzip.compress),
        ("a.log.zst", zstandard.compress),
        ("access.log.1", bytes),
        ("access.log-20261001.gz", gzip.compress),
    ],
)
def test_packed_and_rotated(web: Company, file: str, pack: Any) -> None:
    assert web.load_one(f"web/access/{file}", pack(f"{LINE}\r\n\r\n{LINE}".encode())).rows_read == 2


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ('h - - [t] "-" 400 0 "-" "-"', (None, None, "400", None, None, None)),
        ('h - - [t] "" 408 - "-" "-"', (None, None, "408", None, None, None)),
        ('h - - [t] "GET / HTTP/1.0" 200 5', ("GET", "/", "200", None, None, None)),
        ('h - - [t] "GET /a" 200 5', ("GET", "/a", "200", None, None, None)),
        (
            'h - - [t] "GET / HTTP/2.0" 200 5 "-" "a \\"b\\" \\\\ \\x41" "sid=1; x" 0.005',
            ("GET", "/", "200", None, 'a "b" \\ A', '"sid=1; x" 0.005'),
        ),
        (
            'h - - [t] "GET /\\xE3\\x81\\x82 HTTP/1.1" 200 5 "\\xE3\\x81\\x82" "あ\\x22\\xE3"',
            ("GET", "/あ", "200", "あ", "あ\\x22\\xE3", None),
        ),
        (
            'h - - [t] "\\x16\\x03\\x01\\x00" 400 157 "-" "-"',
            (None, None, "400", None, None, None),
        ),
        ('web:443 h - - [t] "GET / HTTP/1.0" 200 5', ("GET", "/", "200", None, None, None)),
        ('2001:db8::1 - a b [t] "GET / HTTP/1.0" 200 5', ("GET", "/", "200", None, None, None)),
        (
            'h - - [t] "GET / HTTP/1.0" 200 5 "https://x/" "ソ表能 ①"',
            ("GET", "/", "200", "https://x/", "ソ表能 ①", None),
        ),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "cp932"])
def test_lines_from_the_wild(web: Company, line: str, want: tuple[Any, ...], codec: str) -> None:
    assert web.load_one("web/access/a.log", line.encode(codec)).rows_loaded == 1
    columns = ("method", "target", "status", "referer", "user_agent", "rest")
    assert table(web, *columns) == [want]
    ((host, when),) = table(web, "remote_host", '"time"')
    assert (host, when) == ("2001:db8::1" if "2001" in line else "h", "t")


def test_lines_in_a_wrong_format_stay_out(web: Company) -> None:
    lines = [LINE, "", "[error] boom", LINE[:-20], "   ", "x" * 20_000, LINE, LINE + "\0"]
    outcome = web.load_one("web/access/a.log", "\n".join(lines))
    assert (outcome.rows_read, outcome.rows_loaded) == (6, 2)
    assert table(web, "_row") == [(1,), (5,)]
    assert [(row, why, len(text)) for row, why, text in web.rejected()] == [
        (2, "malformed_log_line", 12), (3, "malformed_log_line", len(LINE) - 20),
        (4, "malformed_log_line", 10_000), (6, "nul_byte", len(LINE) + 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data", ["id,name\n1,a\n", "#Version: 1.0\na\tb\n", f"{FRONT}a\tb\n", "{}\n"]
)
def test_a_file_that_is_no_log(web: Company, data: str) -> None:
    outcome = web.load_one("web/access/a.log", data)
    assert (outcome.status, outcome.reason) == ("failed", "wrong_format")
    assert "no line of it" in (outcome.detail or "")


@pytest.mark.parametrize("data", ["", "\n\n", FRONT])
def test_a_log_without_a_line(web: Company, data: str) -> None:
    outcome = web.load_one("web/access/a.log", data)
    assert (outcome.status, outcome.reason, outcome.rows_read) == ("loaded", "no_records", 0)


@pytest.mark.parametrize("file", ["a.log", "a.tsv", "a.tsv.gz", "a.log.zst"])
def test_cloudfront(web: Company, file: str) -> None:
    data = f"{FRONT}{HIT}2026-10-01\tshort\n\n{HIT}".encode()
    pack = {"gz": gzip.compress, "zst": zstandard.compress}.get(Path(file).suffix[1:], bytes)
    outcome = web.load_one(f"web/access/{file}", pack(data))
    assert (outcome.rows_read, outcome.rows_loaded) == (3, 2)
    assert web.rejected() == [(2, "malformed_log_line", "2026-10-01\tshort")]
    columns = ("_row", "date", '"time"', "remote_host", "method", "status", "bytes", "referer",
               "user_agent", "cs_uri_query", "_extra->>'x-edge-location'")  # fmt: skip
    hit = ("2026-10-01", "01:02:03", "192.0.2.7", "GET", "200", "391", None,
           "Mozilla/5.0%20(Windows)", "e=page_view&amp=1", "NRT57")  # fmt: skip
    assert table(web, *columns) == [(1, *hit), (3, *hit)]


def test_a_later_fields_line_changes_the_layout(web: Company) -> None:
    data = (
        "#Software: IIS\n#Fields: date time c-ip sc-status\n2026-10-01 01:00:00 192.0.2.1 200\n"
        "#Date: 2026-10-02\n#Fields: c-ip  date cs-username\n192.0.2.2 2026-10-02 -\n"
        '192.0.2.3 2026-10-03 "a b"\n#Fields: date time c-ip sc-status\n'
        "2026-10-04 04:00:00 192.0.2.4 404\n192.0.2.3 2026-10-03 x\n"
    )
    outcome = web.load_one("web/access/a.log", data)
    assert (outcome.rows_read, outcome.rows_loaded) == (5, 4)
    assert table(web, "_row", "date", "remote_host", "status", "remote_user") == [
        (1, "2026-10-01", "192.0.2.1", "200", None), (2, "2026-10-02", "192.0.2.2", None, None),
        (3, "2026-10-03", "192.0.2.3", None, "a b"), (4, "2026-10-04", "192.0.2.4", "404", None),
    ]  # fmt: skip


def test_numbers_in_a_log_that_is_read_in_parallel(web: Company) -> None:
    lines = [LINE.replace("frank", str(n)) if n % 7 else "x" for n in range(1, 100_001)]
    outcome = web.load_one("web/access/a.log", "\n".join(lines))
    assert outcome.rows_rejected == 100_000 // 7
    assert web.rows("select count(*) from raw.web__access where _row <> remote_user::bigint") == [
        (0,)
    ]


@pytest.mark.parametrize(
    "data", [f"{LINE}\n{LINE}\r\n\r\n{LINE}\ra b\n", f"{LINE}\r{LINE}\rx\r{LINE}"]
)
def test_line_ends_of_every_kind(web: Company, data: str) -> None:
    outcome = web.load_one("web/access/a.log", data)
    assert (outcome.rows_read, outcome.rows_loaded) == (4, 3)


def test_another_extension(web: Company) -> None:
    assert web.load_one("web/access/a.log.old", "x").reason == "wrong_format"
