"""How long the app takes to look a customer up among a million: `python -m benchmarks.lookup`.

Belongs here: multiplying a finished build warehouse, publishing it, asking for every page.
Does not belong here: the pages (``orchestration.app``).

The home folder named by KOKYAKU_HOME must hold a finished run. Its customers are copied until there
are ``--customers``: a copy has ids and identifiers of its own and the same names, so a name has as
many hits as it would. Pages are asked for through the app itself, the file opened anew each time.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import httpx

from benchmarks import report
from benchmarks.speed import work_folder
from orchestration import warehouse
from orchestration.app.server import build_app
from orchestration.ingestion.secret import read_key
from orchestration.personal import personal
from orchestration.publication import swap
from orchestration.settings import Settings
from orchestration.transformation.dbt import Dbt

TRIES = 7
TABLES = (
    "identity.evidence", "identity.golden_attribute", "identity.golden_candidate",
    "identity.identifier_customer", "identity.record_customer", "identity.redirect",
    "marts.bridge_customer_identifier", "marts.bridge_customer_name", "marts.customer_360",
    "marts.dim_customer", "marts.dim_metric", "marts.fct_consent", "marts.fct_journey",
    "marts.fct_purchase", "marts.segment", "marts.segment_membership",
)  # fmt: skip
"""What the app reads."""
_NUMBERS = {"record_id", "left_id", "right_id", "node_id"}
_ONCE = {"marts.dim_metric", "marts.segment"}


def main() -> int:
    """Print a table of medians; 1 when there is nothing to multiply."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--again", action="store_true", help="ask the file of the last time")
    options = parser.parse_args()
    source = Settings.from_environment()
    if not source.build_warehouse.exists():
        print(f"There is no finished run in {source.home}. Run: make run", file=sys.stderr)
        return 1
    settings = Settings(landing=source.landing, home=work_folder() / "lookup")
    if not options.again:
        took = multiply(source, settings, options.customers)
        print(f"{options.customers:,} customers, written in {took:.0f} s")
    full, analytics = (
        path.stat().st_size / report.GIGABYTE
        for path in (settings.published_warehouse, settings.analytics_warehouse)
    )
    print(f"{full:.1f} GB, {analytics:.1f} GB without personal values\n")
    print(report.head(["page", "median ms", "slowest ms", "CPU ms"]))
    for page, found in measure(settings.published_warehouse):
        times, busy = zip(*found, strict=True)
        cells = [page, *(f"{n:.0f}" for n in (statistics.median(times), max(times), min(busy)))]
        print(report.line(cells), flush=True)
    return 0


def multiply(source: Settings, settings: Settings, customers: int) -> float:
    """Copy every customer, publish; seconds that publishing took."""
    tags = personal(Dbt(source).prepare())
    settings.home.mkdir(parents=True, exist_ok=True)
    settings.build_warehouse.unlink(missing_ok=True)
    with warehouse.connect(settings) as connection:
        connection.execute(f"attach '{source.build_warehouse}' as source (read_only)")
        [(known,)] = connection.execute("select count(*) from source.marts.dim_customer").fetchall()
        copies = max(1, round(customers / known))
        connection.execute("create schema identity; create schema marts")
        for table in TABLES:
            _copy(connection, table, 1 if table in _ONCE else copies)
        connection.execute("detach source")
        started = time.monotonic()
        swap.write(
            connection, settings.published_warehouse, settings.analytics_warehouse, tags,
            read_key(settings.secret_key),
        )  # fmt: skip
        return time.monotonic() - started


def _copy(connection: duckdb.DuckDBPyConnection, table: str, copies: int) -> None:
    columns = connection.execute(
        "select column_name from duckdb_columns() where database_name = 'source'"
        " and schema_name || '.' || table_name = ? order by column_index",
        [table],
    ).fetchall()
    told = ", ".join(_told(name) for (name,) in columns)
    connection.execute(
        f"create table {table} as select {told} from source.{table}, range({copies}) as copy (k)"
        " order by hash(k)"
    )


def _told(column: str) -> str:
    """The column of a copy: whatever identifies is another one in each."""
    if column.endswith("customer_id"):
        changed = f"'c' || md5({column} || k)[:20]"
    elif column in _NUMBERS:
        changed = f"(hash({column}, k) >> 1)::bigint"
    elif column in {"identifier_value", "record_key", "left_key", "right_key", "purchase_id"}:
        changed = f"k || {column}"
    else:
        return column
    return f"case when k = 0 then {column} else {changed} end as {column}"


def measure(published: Path) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """Milliseconds of each page, on the clock and of all cores together, several times."""
    with duckdb.connect(str(published), read_only=True) as connection:
        [(id_, email, phone)] = connection.execute(
            "select customer_id, email, phone from pii.dim_customer where email is not null"
            " and phone is not null order by hash(customer_id) limit 1"
        ).fetchall()
        [(kanji, reading)] = connection.execute(
            "select name_key, reading_key from pii.bridge_customer_name where customer_id = ?"
            " order by name_key limit 1", [id_],
        ).fetchall()  # fmt: skip
        [(left, right)] = connection.execute(
            "select min(record_id), max(record_id) from identity.record_customer"
            " where customer_id = ?", [id_],
        ).fetchall()  # fmt: skip
    asked = {
        "search by e-mail": ("/search", email),
        "search by the beginning of an e-mail": ("/search", email.partition("@")[0]),
        "search by phone": ("/search", phone),
        "search by name": ("/search", kanji),
        "search by a part of the name": ("/search", kanji[-2:]),
        "search by reading": ("/search", reading),
        "search by nothing known": ("/search", "nobody is called this"),
        "profile": (f"/customer/{id_}", None),
        "timeline": (f"/customer/{id_}/timeline", None),
        "identity graph": (f"/customer/{id_}/identity", None),
        "why two records": (f"/customer/{id_}/identity?left={left}&right={right}", None),
    }
    yield from asyncio.run(_ask(published, asked)).items()


async def _ask(
    published: Path, asked: Mapping[str, tuple[str, str | None]]
) -> dict[str, list[tuple[float, float]]]:
    found: dict[str, list[tuple[float, float]]] = {}
    transport = httpx.ASGITransport(build_app(published))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as app:
        for page, (path, typed) in asked.items():
            for _ in range(TRIES):
                started, busy = time.monotonic(), time.process_time()
                answer = await (app.post(path, data={"q": typed}) if typed else app.get(path))
                took = 1000 * (time.monotonic() - started), 1000 * (time.process_time() - busy)
                found.setdefault(page, []).append(took)
                if answer.status_code not in {200, 303}:
                    raise RuntimeError(f"{page}: {answer.status_code}")
    return found


if __name__ == "__main__":
    sys.exit(main())
