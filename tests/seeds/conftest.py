"""The committed sample company, read with nothing but the standard library."""

import csv
import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "seeds" / "sample"
LANDING, TRUTH = SAMPLE / "landing", SAMPLE / "truth"
ENCODINGS = {"store_cards": "cp932"}


@cache
def read_text(path: Path) -> str:
    """Text of an extract, whatever its compression and encoding."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    return content.decode(ENCODINGS.get(path.name[:11], "utf-8-sig"))


@cache
def read_rows(path: Path) -> list[list[str]]:
    """Records of a CSV extract, the header first."""
    return list(csv.reader(read_text(path).splitlines(keepends=True)))


@cache
def truth(name: str) -> list[dict[str, str]]:
    """Rows of a truth file."""
    rows = read_rows(TRUTH / name)
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def lines(path: Path) -> list[str]:
    """Records of an NDJSON extract as text; one that is written over two lines is one."""
    found: list[str] = []
    for line in read_text(path).splitlines():
        if found and not _is_json(found[-1]) and _is_json(found[-1] + line):
            found[-1] += line
        else:
            found.append(line)
    return found


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def messages(path: Path) -> Iterator[dict[str, object]]:
    """Events of an NDJSON extract, batches unpacked, broken lines left out."""
    for line in lines(path):
        try:
            value = json.loads(line)
        except ValueError:
            continue
        if isinstance(value, dict):
            yield from value.get("batch", [value])


@pytest.fixture(scope="session")
def defects() -> list[dict[str, str]]:
    return truth("defect.csv")


@pytest.fixture(scope="session")
def records() -> list[dict[str, str]]:
    return truth("record.csv")
