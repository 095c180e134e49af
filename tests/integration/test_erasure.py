"""People who ask for it are gone from every layer and file, stay gone, and nobody else notices."""

from __future__ import annotations

import json
import shutil
import signal
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import duckdb
import pytest

from orchestration import ingestion, warehouse
from orchestration.privacy import access, erase, forget, intent, plan, retention, screen
from orchestration.privacy.lens import Lens
from orchestration.privacy.needles import patterns
from orchestration.privacy.request import Ask
from orchestration.privacy.scan import Scan, scan
from orchestration.privacy.search import Search
from orchestration.settings import DEFS, Settings
from seeds.cli import main as generate
from tests.integration import erasure as told
from tests.integration.company import Company


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> told.Story:
    root = tmp_path_factory.mktemp("erasure")
    size = ["--customers", "150", "--no-owners", "--workers", "1", "--events-per-customer", "4"]
    assert generate([*size, "--out", str(root / "seed")]) == 0
    everybody = told.people(root / "seed")
    company = Company(root)
    company.put_tree(root / "seed" / "landing")
    company.put("privacy/request/2026-12-01.csv", told.register(told.chosen(everybody), everybody))
    running = company.start()
    running.wait_for("Erasing by request dsr-")
    killed = running.kill()
    untouched = replace(company.settings, home=root / "untouched")
    shutil.copytree(company.settings.home, untouched.home)
    last = company.run()
    rows = company.query("select request_id from privacy.erasure_proof where status = 'done'")
    done = {request for (request,) in rows}
    with duckdb.connect(str(untouched.build_warehouse), read_only=True) as connection:
        erased, values = told.expected(connection, told.chosen(everybody), done)
    return told.Story(company, untouched, killed, last, erased, values)


def test_a_kill_before_anything_was_removed_leaves_the_request_open(story: told.Story) -> None:
    assert story.killed.code == -signal.SIGKILL
    assert story.last.code in (0, 2), story.last.output
    assert "nothing of the erased is left" in story.last.output
    assert not intent.path(story.company.settings).exists()


def test_fifty_people_are_erased_in_one_go(story: told.Story) -> None:
    done = [one for one in story.proofs.values() if one[0] == "done"]
    assert len(done) == told.REQUESTS + 1, story.proofs
    assert len(story.erased) >= told.REQUESTS * 9 // 10
    assert all(findings == 0 and files > 50 for _, _, _, findings, files, _ in done)
    assert sum(rows for _, _, rows, *_ in done) > 1_000


def test_no_file_of_the_home_holds_any_value_of_theirs(story: told.Story) -> None:
    search = Search(patterns(story.values))
    there: Scan = scan(story.untouched.home, search)
    assert len({kind for _, _, kind, _ in there.findings}) > 6, "the search finds what is there"
    left = scan(story.company.settings.home, search)
    assert left.findings == []
    assert left.files > 50


def test_every_other_record_keeps_its_customer(story: told.Story) -> None:
    query = "select source_system, stream, record_key, customer_id from identity.record_customer"
    others = {row for row in story.was(query) if row[3] not in story.erased}
    now = set(story.company.build_query(query))
    assert now == others
    assert story.company.query("select count(*) from identity.history") == [(0,)]


def test_what_a_family_shares_stays_with_those_who_remain(story: told.Story) -> None:
    rows = story.company.build_query("select identifier_value from identity.identifier_customer")
    stay = told.shared_by_others(story)
    assert stay
    assert stay <= {value for (value,) in rows}


def test_facts_that_law_keeps_stay_without_the_buyer(story: told.Story) -> None:
    totals = "select count(*), sum(total_price) from marts.fct_order"
    assert story.company.query(totals) == story.was(totals)
    [(theirs,)] = story.was(
        "select count(*) from marts.fct_order where customer_id in (select unnest(?))",
        sorted(story.erased),
    )
    query = "select count(*) from marts.fct_order where customer_id is null"
    assert story.company.query(query)[0][0] - story.was(query)[0][0] == theirs > 50


def test_a_request_that_several_could_mean_is_left_to_a_person(story: told.Story) -> None:
    status, customers, *_ = story.proofs[told.SHARED]
    assert (status, customers) == ("ambiguous", 0)
    assert f"Erasure request {told.SHARED} was not acted on" in story.last.output


def test_whom_nobody_knows_is_kept_out(story: told.Story) -> None:
    assert story.proofs[told.UNKNOWN][:2] == ("done", 0)
    assert story.company.build_query(
        "select count(*) from raw.privacy__request where email = ?", told.STRANGER
    ) == [(0,)]


def test_the_proof_names_the_files_to_clean(story: told.Story) -> None:
    rows = story.company.query("select file, file_rows from privacy.erasure_landing_file")
    assert {file.split("/")[0] for file, _ in rows} >= {"shopify", "segment", "consent", "privacy"}
    path = story.company.settings.landing / "privacy/request/2026-12-01.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    named = {n for file, numbers in rows if file.endswith("2026-12-01.csv")
             and file.startswith("privacy/request") for n in numbers}  # fmt: skip
    assert {lines[n].split(",")[0] for n in named} == set(story.proofs) - {told.SHARED}


def test_loading_everything_again_gives_the_same_raw(
    story: told.Story, lenses: list[Lens], tmp_path: Path
) -> None:
    """Also what is delivered once more in other bytes, such as with a line break at its end."""
    settings = replace(story.company.settings, home=tmp_path / "home")
    shutil.copytree(story.company.settings.privacy, settings.privacy)
    shutil.copyfile(story.company.settings.secret_key, settings.secret_key)
    systems = ingestion.load_declarations(DEFS)
    work = plan.Work(settings, systems)
    work.__dict__["lenses"] = lenses  # compiled already
    with warehouse.connect(settings) as connection:
        ingestion.prepare(connection, systems, settings=settings)
        for system in systems:
            told.load_again(connection, work, system)
        again, unequal = told.raw_rows(connection), connection.execute(
            "select count(*) from ops.load_ledger"
            " where rows_read <> rows_loaded + rows_rejected + rows_erased"
        ).fetchall()  # fmt: skip
    with duckdb.connect(str(story.company.settings.build_warehouse), read_only=True) as kept:
        now = told.raw_rows(kept)
    assert unequal == [(0,)]
    assert {t: len(rows) for t, rows in again.items()} == {t: len(rows) for t, rows in now.items()}
    assert again == now
    left = scan(settings.home, Search(patterns(story.values)))
    assert {file for file, *_ in left.findings} <= {"build.duckdb"}
    assert {table for _, table, *_ in left.findings} <= {""}, "blocks that are not compacted yet"


@pytest.fixture(scope="module")
def lenses(story: told.Story) -> list[Lens]:
    return plan.Work.of(story.untouched).lenses


@pytest.fixture(scope="module")
def asks(story: told.Story) -> list[Ask]:
    return [Ask(f"r{n}", customer_id=one) for n, one in enumerate(sorted(story.erased)[:8])]


@pytest.fixture(scope="module")
def undisturbed(story: told.Story, asks: list[Ask], lenses: list[Lens]) -> Settings:
    settings = replace(story.untouched, home=story.untouched.home.with_name("undisturbed"))
    shutil.copytree(story.untouched.home, settings.home)
    assert told.in_process(partial(told.begins, settings, asks, some(lenses))) == 0
    return settings


def some(lenses: list[Lens]) -> list[Lens]:
    """Of every way in which rows go: whole, but for what law keeps, one of several people."""
    return [one for one in lenses if one.system in {"shopify", "segment", "referral", "zendesk"}]


@pytest.mark.parametrize("moment", told.MOMENTS)
def test_a_kill_between_any_two_steps_is_made_good(
    moment: str, story: told.Story, undisturbed: Settings, asks: list[Ask], lenses: list[Lens],
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    settings = replace(story.untouched, home=tmp_path / "home")
    shutil.copytree(story.untouched.home, settings.home)
    task = partial(told.begins, settings, asks, some(lenses), moment)
    assert told.in_process(task) == -signal.SIGKILL
    monkeypatch.setattr(screen, "all_lenses", lambda *_: some(lenses))
    if not erase.resume(settings):
        assert moment == "after the intent", "nothing was removed: the request is still open"
        told.begins(settings, asks, some(lenses))
    for part in ("raw", "ops"):
        assert told.compared(settings, part) == told.compared(undisturbed, part)
    assert told.notes(settings) == told.notes(undisturbed)


def test_an_access_package_holds_what_every_layer_holds(
    story: told.Story, lenses: list[Lens]
) -> None:
    settings, customer = story.untouched, sorted(story.erased)[0]
    work = plan.Work(settings, ingestion.load_declarations(DEFS))
    work.__dict__["lenses"] = lenses  # compiled already
    done = access.make(work, [Ask("dsr-access", customer_id=customer)])
    manifest = json.loads((done.folder / "package.json").read_text(encoding="utf-8"))
    assert manifest["customer_id"] == customer
    assert {name.split(".")[0] for name in manifest["tables"]} >= {
        "raw",
        "staging",
        "identity",
        "marts",
    }
    assert manifest["sources"] and manifest["purposes"]
    for table, rows in manifest["tables"].items():
        path = done.folder / table.replace(".", "/", 1)
        listed = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))
        assert len(listed) == rows
        assert path.with_name(f"{path.name}.csv").exists()
    assert {path.stat().st_mode & 0o077 for path in done.folder.rglob("*")} == {0}
    persons = story.was(
        "select record_key from identity.record_customer where customer_id = ?", customer
    )
    everything = "".join(path.read_text("utf-8") for path in done.folder.rglob("*.json"))
    assert all(key in everything for (key,) in persons)
    forget.packages(settings, [customer])
    assert not done.folder.exists()


def test_rows_past_their_period_go_and_stay_away(
    story: told.Story, lenses: list[Lens], tmp_path: Path
) -> None:
    settings = replace(story.untouched, home=tmp_path / "home")
    shutil.copytree(story.untouched.home, settings.home)
    systems = [one for one in ingestion.load_declarations(DEFS) if one.system == "pixel"]
    work = plan.Work(settings, systems)
    work.__dict__["lenses"] = [x for x in lenses if x.system == "pixel"]
    now = datetime(2028, 5, 1, tzinfo=UTC)
    query = "select count(*) from raw.pixel__access"
    [dry] = retention.run(work, enforce=False, now=now)
    assert 0 < dry.rows < dry.of
    retention.run(work, enforce=True, now=now)
    with warehouse.connect(settings) as connection:
        assert connection.execute(query).fetchall() == [(dry.of - dry.rows,)]
        connection.execute("delete from raw.pixel__access; delete from ops.load_ledger")
        outcomes = told.load_again(connection, work, systems[0])
        assert connection.execute(query).fetchall() == [(dry.of - dry.rows,)]
    assert sum(one.rows_erased for one in outcomes) == dry.rows
