"""Everything held on one person as one package that machines and people can read.

Belongs here: collecting it from every layer, writing it. Does not belong here: who asks
(``request``); handing it over: whoever runs this checks first that it goes to the person.

A package is a folder that only its owner may read: ``package.json`` says what is in it, where it
came from, what the person agreed to and who received something; every table is a JSON and a CSV
file.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from orchestration import warehouse
from orchestration.activation.normalise import harmless
from orchestration.identity.policies import load_policies
from orchestration.ingestion import secret
from orchestration.ingestion.rows import identifier, literal
from orchestration.privacy import footprint, screen
from orchestration.privacy.plan import Work
from orchestration.privacy.request import Ask, Case, is_built, register, resolve
from orchestration.settings import DBT_PROJECT, Settings

NUMBER = r"^[+-]?[0-9]+([.][0-9]+)?$"


class AccessError(RuntimeError):
    """No package can be made; the message says what to do."""


@dataclass
class Package:
    """What was written: rows by table, below ``folder``."""

    folder: Path
    customer_id: str
    tables: dict[str, int] = field(default_factory=dict)


def make(work: Work, asks: Sequence[Ask] = (), only: str | None = None) -> Package:
    """Write the package of one person below ``exports/access``; an earlier one of the request goes.

    Raises:
        AccessError: nothing is built yet, or the request does not mean exactly one customer.

    """
    settings = work.settings
    if not settings.build_warehouse.exists():
        raise AccessError("There is nothing to look in yet. Run: make run")
    with warehouse.connect(settings) as connection:
        if not is_built(connection):
            raise AccessError("The warehouse is not built yet. Run: make run")
        case = _one(connection, asks, only)
        screen.ready(connection, secret.read_key(settings.secret_key))
        policies = load_policies(DBT_PROJECT).variable
        footprint.collect(connection, work.lenses, [case], policies)
        return _write(connection, settings, work, case)


def _one(connection: duckdb.DuckDBPyConnection, asks: Sequence[Ask], only: str | None) -> Case:
    wanted = list(asks) or register(connection, only, "access")
    if not wanted:
        raise AccessError(f"The register has no access request {only}. Name a customer instead.")
    found = resolve(connection, wanted[:1])
    case = (found.acted + found.ambiguous)[0]
    if case.status != "matched":
        raise AccessError(f"Request {case.ask.request_id}: {case.status}, {case.detail}")
    return case


def _write(
    connection: duckdb.DuckDBPyConnection, settings: Settings, work: Work, case: Case
) -> Package:
    name = re.sub(r"[^\w.-]", "_", case.ask.request_id)
    target = settings.home / "exports" / "access" / name
    draft = target.with_name(f".{name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True, mode=0o700)
    package = Package(target, case.customers[0])
    for table, query in _queries(connection, work, package.customer_id):
        rows = _table(connection, draft, table, query)
        if rows:
            package.tables[table] = rows
    manifest = {
        "request_id": case.ask.request_id,
        "customer_id": package.customer_id,
        "made_at": f"{datetime.now(UTC).replace(tzinfo=None).isoformat()}Z",
        "tables": package.tables,
        "sources": _records(connection, _SOURCES),
        "purposes": _records(connection, _PURPOSES),
        "recipients": _records(connection, _RECIPIENTS),
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False, default=str)
    (draft / "package.json").write_text(text + "\n", encoding="utf-8")
    for path in draft.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    shutil.rmtree(target, ignore_errors=True)
    draft.replace(target)
    return package


_SOURCES = """
select f.system as source_system, f.stream, l.file, count(distinct f.row_number) as file_rows
from row_of as r inner join facts as f using (place)
inner join ops.load_ledger as l on f.load_id = l.load_id
group by all order by all
"""
_PURPOSES = """
select purpose, state, legal_basis, source, answered_at
from marts.fct_consent inner join case_customer using (customer_id) order by answered_at, purpose
"""
_RECIPIENTS = """
select d.audience, d.destination, d.purpose, d.delivery_id, d.written_at
from ops.delivery_customer as c
inner join case_customer as k on c.customer_id = k.customer_id
inner join ops.delivery as d on c.audience = d.audience and c.delivery_id = d.delivery_id
order by d.written_at, d.audience
"""


def _records(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _queries(
    connection: duckdb.DuckDBPyConnection, work: Work, customer: str
) -> Iterator[tuple[str, str]]:
    """(layer.table, query) of all that tells of the person; other people's rows are not theirs."""
    seen = set()
    for lens in work.lenses:
        where = (
            "where (_load_id, _row) in (select (f.load_id, f.row_number) from row_of as r"
            f" inner join facts as f using (place) where f.system = '{lens.system}'"
            f" and f.stream = '{lens.stream.name}')"
        )
        if lens.table not in seen:
            seen.add(lens.table)
            yield lens.table.replace('"', ""), f"from {lens.table} {where}"
        for schema in ("staging", "quarantine"):
            if _has(connection, schema, lens.model):
                yield f"{schema}.{lens.model}", f"from {schema}.{lens.model} {where}"
    tables = connection.execute(
        "select schema_name, table_name from duckdb_columns() semi join duckdb_tables()"
        " using (database_name, schema_name, table_name)"
        " where database_name = current_database() and column_name = 'customer_id'"
        " and schema_name in ('identity', 'marts', 'ops') order by all"
    ).fetchall()
    for schema, table in tables:
        yield f"{schema}.{table}", f"from {schema}.\"{table}\" where customer_id = '{customer}'"


def _has(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    found = connection.execute(
        "select 1 from duckdb_tables() where database_name = current_database()"
        " and schema_name = ? and table_name = ?",
        [schema, table],
    ).fetchall()
    return bool(found)


def _table(connection: duckdb.DuckDBPyConnection, folder: Path, table: str, query: str) -> int:
    """Write a table as JSON and as CSV, when it has rows; how many."""
    connection.execute(f"create or replace temp table held as {query}")
    [(rows,)] = connection.execute("select count(*) from held").fetchall()
    if rows:
        schema, _, name = table.partition(".")
        (folder / schema).mkdir(exist_ok=True, mode=0o700)
        path = str(folder / schema / name)
        target = literal(f"{path}.json")
        connection.execute(f"copy held to {target} (format json, array true)")
        columns = connection.execute("describe held").fetchall()
        cells = ", ".join(neutral(str(column), str(kind)) for column, kind, *_ in columns)
        target = literal(f"{path}.csv")
        connection.execute(f"copy (select {cells} from held) to {target} (format csv, header)")
    return int(rows)


def neutral(column: str, kind: str) -> str:
    """SQL of a CSV's column; a text that a spreadsheet takes for a formula begins with a quote."""
    name = identifier(column)
    if kind not in ("VARCHAR", "JSON") and not kind.endswith("]") and "(" not in kind:
        return name
    text = f"{name}::varchar"
    is_number = f"regexp_matches({text}, '{NUMBER}')"
    return f"case when {is_number} then {text} else {harmless(text)} end as {name}"
