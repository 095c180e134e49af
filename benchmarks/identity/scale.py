"""Person records to record -> customer and value -> customer, by the real models, at size.

Belongs here: making the records, running the identity models through dbt in this process, seconds
of every model, and the floor: reading, loading and grouping the same rows once in plain DuckDB.
Probabilistic linkage is left out (its table is empty): this is the deterministic layer.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import duckdb

from benchmarks.identity.clustering import Clock
from benchmarks.identity.warehouse import IdentityHome
from orchestration import warehouse
from seeds.names_foreign import family_name, given_name

TARGETS = ("record_customer", "identifier_customer")
EMPTY = ("int_identity__match",)
TYPES = ("email", "phone", "national_id")
HEADS = ("what", "seconds", "cpu s", "to floor", "to floor by cpu", "peak GB of the process")


@dataclass
class Cost:
    """Seconds of one case; ``models`` are the slowest first."""

    case: str
    seconds: float
    cpu: float
    floor: tuple[float, float]
    models: dict[str, float] = field(default_factory=dict)
    note: str = ""


def bench_scale(work: Path, records: int) -> Iterator[Cost]:
    """The floor, a full run on ``records`` records, and a run after 1 % more of them came."""
    path = work / "scale" / f"people-{records}.parquet"
    _write_people(path, records)
    floor = _floor(path)
    yield Cost("floor: read, load and group once", *floor, floor)
    home = IdentityHome(work / "scale" / "home")
    models = home.needed(TARGETS, EMPTY)
    home.create_empty(models.outside)
    home.build(*models.seeds)
    loading = _load(home, path, "number % 101 <> 100")
    home.settle()
    clock = Clock()
    seconds = home.build(*models.inside)
    note = f"loading {loading:.1f} s"
    yield _cost("all models, full run", seconds, clock.read()[1], floor, home, note)
    _load(home, path, "number % 101 = 100")
    home.settle()
    clock = Clock()
    seconds = home.build(*models.inside)
    yield _cost("all models, 1 % new records", seconds, clock.read()[1], floor, home, "")


def _cost(
    case: str,
    seconds: dict[str, float],
    cpu: float,
    floor: tuple[float, float],
    home: IdentityHome,
    note: str,
) -> Cost:
    with home.connect() as connection:
        ((values, edges),) = connection.execute(
            "select (select count(*) from identity.int_identity__identifier),"
            " (select count(*) from identity.int_identity__edge)"
        ).fetchall()
    slowest = dict(sorted(seconds.items(), key=lambda one: -one[1]))
    note = f"{values:,} identifier values, {edges:,} edges; {note}".rstrip("; ")
    return Cost(case, sum(seconds.values()), cpu, floor, slowest, note)


def _load(home: IdentityHome, path: Path, condition: str) -> float:
    started = time.monotonic()
    with home.connect() as connection:
        connection.execute(
            "insert into staging.stg_manual__customer by name"
            f" select * exclude (number) from '{path}' where {condition}"
        )
    return time.monotonic() - started


def _floor(path: Path) -> tuple[float, float]:
    clock = Clock()
    with duckdb.connect(config={"threads": warehouse.threads()}) as connection:
        connection.execute("set preserve_insertion_order = false")
        connection.execute(f"create table person as select * from '{path}'")
        parts = " union all ".join(
            f"select '{one}' as identifier_type, {one} as identifier_value from person"
            f" where {one} is not null"
            for one in TYPES
        )
        connection.execute(
            f"create table value as select identifier_type, identifier_value, count(*) as records"
            f" from ({parts}) group by all"
        )
    return clock.read()


def _write_people(path: Path, records: int) -> None:
    """Records of persons in families; some values are the family's, a few an office's."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    rng = Random(1)
    given = sorted({given_name(rng, "GB", one) for one in ("male", "female") for _ in range(900)})
    family = sorted({family_name(rng, "GB").replace("'", "") for _ in range(900)})
    dice = "draw(number, '{}') % 1000"
    connection = duckdb.connect()
    connection.execute("create macro draw(x, what) as (hash(x, what) % 1000000007)::bigint")
    connection.execute(
        f"""
        copy (
            with record as (
                select range as number, draw(range, 'person') % {records * 5 // 14} as person
                from range({records})
            )
            select
                number,
                'r' || number as record_id,
                {given!r}[1 + draw(person, 'given') % {len(given)}] as given_name,
                {family!r}[1 + draw(person // 3, 'family') % {len(family)}]
                    || chr(97 + (draw(person // 3, 'letter') % 26)::integer) as family_name,
                date '1940-01-01' + (draw(person, 'born') % 24000)::integer as birth_date,
                case
                    when {dice.format("e")} < 30 then null
                    when {dice.format("e")} < 31
                        then 'desk' || draw(number, 'o') % 40 || '@office.example'
                    when {dice.format("e")} < 80 then 'family' || person // 3 || '@mail.example'
                    else 'p' || person || '.' || draw(number, 'm') % 2 || '@mail.example'
                end as email,
                case
                    when {dice.format("p")} < 50 then null
                    when {dice.format("p")} < 51 then '+81310000' || (100 + draw(number, 'k') % 40)
                    when {dice.format("p")} < 150 then '+8131' || (person // 3 + 10000000)
                    else '+8190' || (person * 2 + draw(number, 'n') % 2 + 10000000)
                end as phone,
                case when {dice.format("i")} < 560 then md5('id' || person) end as national_id,
                1 as _first_batch
            from record
        ) to '{path}' (format parquet)
        """
    )


def cost_rows(one: Cost) -> list[list[str]]:
    """Cells in the order of HEADS: the case, then its six slowest models."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    ratios = [f"{one.seconds / one.floor[0]:.1f}", f"{one.cpu / one.floor[1]:.1f}"]
    rows = [[one.case, f"{one.seconds:.1f}", f"{one.cpu:.1f}", *ratios, f"{peak:.2f}"]]
    if one.note:
        rows[0][0] += f" ({one.note})"
    for name, seconds in list(one.models.items())[:6]:
        rows.append([f"· {name}", f"{seconds:.1f}", "", "", "", ""])
    return rows
