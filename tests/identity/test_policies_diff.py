"""What a changed policies file would do, on a small home that is only read."""

from __future__ import annotations

import hashlib
from io import StringIO
from pathlib import Path

import pytest
import yaml
from rich.console import Console

from orchestration.console import identity_diff
from orchestration.console.identity_diff import NEEDS_A_WORD, DiffError, compare, show
from orchestration.identity import published
from orchestration.identity.policies import FILE, change_digest, load_policies
from orchestration.settings import DBT_PROJECT, Settings
from orchestration.state import prepare
from tests.identity.conftest import create_decisions, load, resolve
from tests.support.dbt import DbtProject, create_empty_staging

PEOPLE = [
    {"record_id": "a1", "given_name": "Jun", "family_name": "Sato", "email": "a@mail.example"},
    {"record_id": "a2", "given_name": "Jun", "family_name": "Sato", "email": "a@mail.example"},
    {"record_id": "b1", "given_name": "Emi", "family_name": "Doi", "phone": "+819012340001"},
    {"record_id": "b2", "given_name": "Emi", "family_name": "Doi", "phone": "+819012340001"},
    {"record_id": "c1", "given_name": "Aki", "family_name": "Abe", "email": "c@mail.example"},
]


@pytest.fixture(scope="module")
def home(project: DbtProject) -> Settings:
    """A home whose identity was published with the project's own policies."""
    create_empty_staging(project)
    create_decisions(project, [])
    load(project, PEOPLE)
    resolve(project)
    with project.connect() as connection:
        connection.execute("create schema if not exists ops")
        prepare(connection)
        published.keep(connection, load_policies(DBT_PROJECT).meaning, "run")
        connection.execute(
            "create or replace table ops.identity_published as"
            " select record_id, customer_id from identity.record_customer"
        )
    return Settings(landing=project.home, home=project.home)


def edited(path: Path, **keys: object) -> Path:
    content = yaml.safe_load((DBT_PROJECT / FILE).read_text(encoding="utf-8"))
    content["types"]["phone"] |= keys
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_change_is_shown_before_it_is_run(home: Settings, tmp_path: Path) -> None:
    block = {"a line that many share": [r"^\+8190"]}
    changed = edited(tmp_path / "policies.yml", block=block)
    as_it_was = digest(home.build_warehouse)
    before, change = compare(home, changed)
    assert digest(home.build_warehouse) == as_it_was
    assert list(home.temporary.iterdir()) == []
    assert (change.customers, change.moved, change.split) == (3, 1, 1)
    ((customer, records, parts),) = change.splits
    assert (records, parts) == (2, 2) and customer.startswith("c")

    policies = load_policies(DBT_PROJECT, changed)
    text = StringIO()
    code = show(Console(file=text, width=200), before, change, policies)
    shown = text.getvalue()
    assert code == NEEDS_A_WORD
    assert "phone.block: changed" in shown and "1 of 3 published customers (33.3%)" in shown
    assert customer in shown and change_digest(before, policies.meaning) in shown
    assert "+8190" not in shown and "Emi" not in shown, "ids only"
    accepted = policies.model_copy(
        update={"accepted_changes": (change_digest(before, policies.meaning),)}
    )
    assert show(Console(file=StringIO()), before, change, accepted) == 0


def test_the_file_as_it_was_published_changes_nothing(home: Settings) -> None:
    before, change = compare(home)
    assert change.moved == 0 and change.customers == 3
    text = StringIO()
    assert show(Console(file=text), before, change, load_policies(DBT_PROJECT)) == 0
    assert "unchanged" in text.getvalue()


def test_without_a_publication_there_is_nothing_to_compare(tmp_path: Path) -> None:
    empty = Settings(landing=tmp_path, home=tmp_path / "home")
    with pytest.raises(DiffError, match="make run"):
        compare(empty)


def test_a_wrong_file_is_an_error_and_not_a_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KOKYAKU_HOME", str(tmp_path))
    wrong = edited(tmp_path / "wrong.yml", max_people=-3)
    assert identity_diff.main(["--policies", str(wrong)]) == 1
    assert "types.phone.max_people" in capsys.readouterr().out
