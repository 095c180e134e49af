"""Looking for values in every file of the home: every byte, and every text a database holds.

Belongs here: walking the home, reading DuckDB, SQLite, Parquet and packed files as what they are.
Does not belong here: the search itself, what is done about a finding.

DuckDB packs its texts (dictionaries, FSST), so bytes alone prove nothing: every column of text,
JSON, lists, structs and blobs is read by SQL as well.
"""

from __future__ import annotations

import gzip
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from orchestration.ingestion.rows import identifier, literal
from orchestration.privacy.needles import JOINED
from orchestration.privacy.search import Search

CHUNK = 1 << 23
_PLAIN = (
    "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT",
    "UINTEGER", "UBIGINT", "UHUGEINT", "FLOAT", "DOUBLE", "DATE", "TIME", "TIMESTAMP", "INTERVAL",
    "TIMESTAMP WITH TIME ZONE", "TIMESTAMP_NS", "TIMESTAMP_S", "TIMESTAMP_MS",
)  # fmt: skip


@dataclass
class Scan:
    """What was looked through: ``findings`` are (file, table or '', kind of value, times)."""

    files: int = 0
    bytes: int = 0
    findings: list[tuple[str, str, str, int]] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def scan(home: Path, search: Search, leave_out: Sequence[Path] = ()) -> Scan:
    """Look through every file below a folder but those left out."""
    done = Scan()
    for path in sorted(home.rglob("*")):
        if path.is_file() and not path.is_symlink() and path not in leave_out:
            scan_file(path, path.relative_to(home).as_posix(), search, done)
    return done


def scan_file(path: Path, name: str, search: Search, done: Scan) -> None:
    """Look through one file: its bytes, then what it holds."""
    done.files += 1
    done.bytes += path.stat().st_size
    kind = file_kind(path)
    found = _in_bytes(_raw(path), search)
    if kind == "duckdb":
        del found[JOINED]
    _note(done, name, "", found)
    if kind in ("duckdb", "parquet"):
        for table, texts in _duckdb_texts(path, kind):
            _note(done, name, table, _in_bytes(texts, search))
    elif kind == "sqlite":
        for table, texts in _sqlite_texts(path):
            _note(done, name, table, _in_bytes(texts, search))
    elif kind == "gzip":
        _note(done, name, "unpacked", _in_bytes(_unpacked(path), search))


def file_kind(path: Path) -> str:
    """Of which kind a file is, by its first bytes."""
    with path.open("rb") as file:
        head = file.read(16)
    if head[8:12] == b"DUCK":
        return "duckdb"
    if head.startswith(b"SQLite format 3"):
        return "sqlite"
    if head.startswith(b"PAR1"):
        return "parquet"
    return "gzip" if head.startswith(b"\x1f\x8b") else "bytes"


def _note(done: Scan, name: str, table: str, found: Counter[str]) -> None:
    done.findings += [(name, table, kind, times) for kind, times in sorted(found.items())]


def _in_bytes(pieces: Iterator[bytes], search: Search) -> Counter[str]:
    """Count over pieces, also what lies across the border of two."""
    found: Counter[str] = Counter()
    tail = b""
    for piece in pieces:
        data = tail + piece
        keep = search.longest - 1
        found += search.find(data)
        tail = data[-keep:]
        found -= search.find(tail)  # it is counted with the next piece
    return found + search.find(tail)


def _raw(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def _unpacked(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path) as file:
            while piece := file.read(CHUNK):
                yield piece
    except (OSError, EOFError, zlib.error):
        return  # cut short, or only looks packed: its bytes were looked at


def _duckdb_texts(path: Path, kind: str) -> Iterator[tuple[str, Iterator[bytes]]]:
    place = literal(str(path))
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        if kind == "parquet":
            columns = connection.execute(f"describe from read_parquet({place})").fetchall()
            rows = {"file": [(str(name), str(type_)) for name, type_, *_ in columns]}
            sources = {"file": f"read_parquet({place})"}
        else:
            connection.execute(f"attach {place} as scanned (read_only)")
            rows, sources = _tables(connection)
        for table, columns in rows.items():
            texts = [_text(name, type_) for name, type_ in columns if _has_text(type_)]
            if texts:
                yield table, _rows(connection, texts, sources[table])


def _tables(
    connection: duckdb.DuckDBPyConnection,
) -> tuple[dict[str, list[tuple[str, str]]], dict[str, str]]:
    found: dict[str, list[tuple[str, str]]] = {}
    sources: dict[str, str] = {}
    for schema, table, column, type_ in connection.execute(
        "select c.schema_name, c.table_name, c.column_name, c.data_type from duckdb_columns() as c"
        " semi join duckdb_tables() as t using (database_name, schema_name, table_name)"
        " where database_name = 'scanned' order by all"
    ).fetchall():
        name = f"{schema}.{table}"
        found.setdefault(name, []).append((column, type_))
        sources[name] = f'scanned."{schema}"."{table}"'
    return found, sources


def _has_text(type_: str) -> bool:
    return type_ not in _PLAIN and not type_.startswith("DECIMAL(")


def _text(name: str, type_: str) -> str:
    quoted = identifier(name)
    return f"hex({quoted})" if type_ == "BLOB" else f"{quoted}::varchar"


def _rows(
    connection: duckdb.DuckDBPyConnection, texts: Sequence[str], source: str
) -> Iterator[bytes]:
    cursor = connection.execute(f"select concat_ws(chr(10), {', '.join(texts)}) from {source}")
    while rows := cursor.fetchmany(20_000):
        yield "\n".join(text for (text,) in rows).encode() + b"\n"


def _sqlite_texts(path: Path) -> Iterator[tuple[str, Iterator[bytes]]]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        tables = connection.execute("select name from sqlite_master where type = 'table'")
        for (table,) in tables.fetchall():
            rows = connection.execute(f"select * from {identifier(table)}")
            yield (
                table,
                (
                    b"\n".join(
                        cell if isinstance(cell, bytes) else str(cell).encode() for cell in row
                    )
                    for row in rows
                ),
            )
    finally:
        connection.close()
