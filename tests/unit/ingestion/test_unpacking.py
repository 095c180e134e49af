"""A packed file that expands without end fails by its name; the others load."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile

import pytest
import zstandard

from orchestration.ingestion import LandingError, unpacking

from .conftest import Company
from .test_spreadsheets import saved

MANY = 60_000
TABLE = b"id,name\n" + b"1,aaaaaaaaaaaaaaaaaaaa\n" * MANY
LINES = b'{"id":"1","name":"aaaaaaaaaaaaaaaa"}\n' * MANY
DOCUMENT = b"[" + LINES.rstrip(b"\n").replace(b"\n", b",") + b"]"


def sheet(lies: bool = False) -> bytes:
    """A workbook whose sheet is mostly spaces; ``lies``: every header says it is small."""
    buffer = io.BytesIO(saved([["id", "name"], ["1", "a"]]))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/s9.xml", b" " * 3_000_000)
    data = buffer.getvalue()
    return data.replace(struct.pack("<L", 3_000_000), struct.pack("<L", 30)) if lies else data


BOMBS = {
    "a.csv.gz": gzip.compress(TABLE),
    "a.ndjson.gz": gzip.compress(LINES),
    "a.json.gz": gzip.compress(DOCUMENT),
    "two_members.ndjson.gz": gzip.compress(LINES) + gzip.compress(b'{"id":"1"}\n'),
    "a.csv.zst": zstandard.compress(TABLE),
    "a.ndjson.zst": zstandard.compress(LINES),
    "a.xlsx": sheet(),
    "lies.xlsx": sheet(lies=True),
}


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A file may hold no more than three times its packed size and a hundred kilobytes."""
    monkeypatch.setenv(unpacking.VARIABLE, "3")
    monkeypatch.setattr(unpacking, "FLOOR", 100_000)
    monkeypatch.setattr(unpacking, "FLOOR_OF_WORKBOOK", 100_000)
    return monkeypatch


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_that_expands_too_far_fails_by_its_name(
    name: str, company: Company, strict: pytest.MonkeyPatch
) -> None:
    company.put("shop/person/good.csv.gz", gzip.compress(b"id,name\n7,a\n"))
    outcome = company.load_one(f"shop/person/{name}", BOMBS[name])
    assert (outcome.status, outcome.reason) == ("failed", "expands_too_far")
    assert name in (outcome.detail or "") and unpacking.VARIABLE in (outcome.detail or "")
    assert company.people() == [(1, "7", "a")]
    strict.setenv(unpacking.VARIABLE, "100000")
    after = {one.file: one for one in company.load()}[f"shop/person/{name}"]
    assert after.reason != "expands_too_far", "the limit is the user's to set"


def test_ordinary_files_are_within_the_limit(company: Company) -> None:
    for name in ("a.csv.gz", "a.ndjson.zst", "a.xlsx"):
        assert company.load_one(f"shop/person/{name}", BOMBS[name]).status == "loaded"


@pytest.mark.parametrize("given", ["0", "-1", "many", "1.5"])
def test_a_limit_that_is_none(given: str, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv(unpacking.VARIABLE, given)
    with pytest.raises(LandingError, match=f"{unpacking.VARIABLE} is '{given}': set it to a whole"):
        unpacking.allowed(tmp_path, 1)


def test_a_gigabyte_in_a_few_bytes_is_never_in_memory_at_once(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "bomb.csv.zst"
    packer = zstandard.ZstdCompressor().compressobj()
    path.write_bytes(b"".join(packer.compress(bytes(1 << 26)) for _ in range(16)) + packer.flush())
    with path.open("rb") as raw:
        reader = unpacking._Zstd(raw)
        buffer = bytearray(1)
        reader.readinto(buffer)
        assert len(reader.plain) < 1 << 28
