"""A run that is killed, in any layer, costs nothing: the next one ends as if nothing had been."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.integration.company import Company, Ended, Running, Tail

# Columns that tell when and by which run, and order numbers that killed attempts use up.
PASSING = {"run_id", "loaded_at", "_loaded_at", "judged_at", "published_at", "finished_at"}
# Gates judge again what a killed run had judged already.
JOURNALS = {"quality.gate_result"}


@dataclass(frozen=True)
class Story:
    killed: Company
    undisturbed: Company
    deaths: dict[str, Ended]
    last: Ended


def kill_in(company: Company, moment: str) -> Ended:
    """Start a run and end it in the middle of a step."""
    home = company.settings.home
    log = home / "dbt" / "logs" / "dbt.log"
    if moment == "ingest":
        running = company.start()
        running.wait_for("✓ load salesforce")
    elif moment == "publish":
        running = _kill_at(company, home / "logs" / "run.log", "published__kokyaku - STEP_START")
    else:
        running = _kill_at(company, log, moment)
    return running.kill()


def _kill_at(company: Company, log: Path, line: str) -> Running:
    with Tail(log, whole=False) as tail:
        running = company.start()
        tail.until(line)
    return running


MOMENTS = {
    "ingest": "ingest",
    "staging": "OK created sql staged model staging.stg_shopify__customer",
    "identity": "OK created sql table model identity.record_customer",
    "marts": "OK created sql table model marts.dim_customer",
    "publish": "publish",
}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, small_tree: Path) -> Story:
    killed, undisturbed = (
        Company(tmp_path_factory.mktemp(name), small_tree) for name in ("killed", "undisturbed")
    )
    for company in (killed, undisturbed):  # keyed hashes are to be compared, too
        company.settings.home.mkdir(exist_ok=True)
        company.settings.secret_key.write_bytes(bytes(range(32)))
        company.settings.secret_key.chmod(0o600)
    other = undisturbed.start()
    deaths = {name: kill_in(killed, moment) for name, moment in MOMENTS.items()}
    last = killed.run()
    ended = other.wait()
    assert ended.code == 0, ended.output
    return Story(killed, undisturbed, deaths, last)


def test_every_run_was_killed_where_it_should_be(story: Story) -> None:
    last_step = {
        "ingest": "load salesforce", "staging": "gate raw", "identity": "gate staging",
        "marts": "gate identity", "publish": "gate marts",
    }  # fmt: skip
    for name, ended in story.deaths.items():
        assert ended.code == -signal.SIGKILL, ended.output
        done = [line for line in ended.output.splitlines() if "✓" in line]
        assert last_step[name] in done[-1], (name, done)


def test_what_was_finished_is_not_done_again(story: Story) -> None:
    """The run after a death in the marts starts there."""
    after_marts = story.deaths["publish"].output
    for step in ("gate raw", "staging", "gate staging", "identity", "gate identity"):
        (line,) = [x for x in after_marts.splitlines() if f"✓ {step} " in x]
        assert "unchanged" in line


def test_the_run_after_the_last_death_publishes(story: Story) -> None:
    assert story.last.code == 0, story.last.output
    home = story.killed.settings.home
    drafts = [path.name for path in home.iterdir() if "draft" in path.name]
    assert drafts == [], "what a killed run left behind is swept"
    assert list(story.killed.settings.temporary.iterdir()) == []


def compared(column: str, data_type: str) -> str:
    """Give SQL for what is compared: the last digits of a sum of doubles hang on its order."""
    return f'round("{column}", 6)' if data_type == "DOUBLE" else f'"{column}"'


@pytest.mark.parametrize("file", ["kokyaku.duckdb", "kokyaku_analytics.duckdb", "build.duckdb"])
def test_the_warehouse_is_that_of_an_undisturbed_run(file: str, story: Story) -> None:
    connection = duckdb.connect()
    for name in ("killed", "undisturbed"):
        home = getattr(story, name).settings.home
        connection.execute(f"attach '{home / file}' as {name} (read_only)")
    rows = connection.execute(
        "select database_name, schema_name || '.' || table_name,"
        " list((column_name, data_type) order by column_index) from duckdb_columns()"
        " where not internal and database_name in ('killed', 'undisturbed') group by all"
    ).fetchall()
    columns = {(database, table): names for database, table, names in rows}
    tables = {table for _, table in columns}
    if file == "build.duckdb":
        tables = {table for table in tables if not table.startswith("ops.")}
    assert len(tables) > 12
    for table in sorted(tables - JOURNALS):
        assert columns["killed", table] == columns["undisturbed", table]
        kept = ", ".join(compared(*c) for c in columns["killed", table] if c[0] not in PASSING)
        for one, other in (("killed", "undisturbed"), ("undisturbed", "killed")):
            ((extra,),) = connection.execute(
                f"select count(*) from (select {kept} from {one}.{table}"
                f" except all select {kept} from {other}.{table})"
            ).fetchall()
            assert extra == 0, f"{table}: {extra} rows only in {one}"
    connection.close()


def test_verdicts_of_gates_are_those_of_an_undisturbed_run(story: Story) -> None:
    query = (
        "select distinct layer, suite, position, expectation, column_name, severity, passed,"
        " evaluated, unexpected from quality.gate_result order by all"
    )
    assert story.killed.query(query) == story.undisturbed.query(query)
