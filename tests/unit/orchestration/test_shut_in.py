"""Who can put a statement to the published file can do no more than ask it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.app.store import opened
from orchestration.publication.swap import STORAGE
from orchestration.settings import CHECKOUT

SECRET = "known to nobody"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a published file and, beside it, a file that is none of its business."""
    found = tmp_path_factory.mktemp("home")
    with duckdb.connect() as connection:
        connection.execute(
            f"attach '{found / 'kokyaku.duckdb'}' as k (storage_version '{STORAGE}');"
            "create table k.answer as select 42 as value"
        )
    (found / "secret.csv").write_text(f"word\n{SECRET}\n", encoding="utf-8")
    return found


STATEMENTS = {
    "read": "select * from read_csv('{home}/secret.csv')",
    "read text": "select content from read_text('{home}/secret.csv')",
    "read by name": "select * from '{home}/secret.csv'",
    "list": "select * from glob('{home}/*')",
    "write": "copy answer to '{home}/out.csv'",
    "export": "export database '{home}/out.csv'",
    "attach": "attach '{home}/out.csv'",
    "change": "insert into answer values (43)",
    "create": "create table more as select 1",
    "unlock": "set enable_external_access = true",
    "reach out": "install httpfs",
    "load": "load '{home}/secret.csv'",
}


@pytest.mark.parametrize("what", STATEMENTS)
def test_the_app_cannot_be_made_to(what: str, home: Path) -> None:
    with opened(home / "kokyaku.duckdb") as store, pytest.raises(duckdb.Error):
        store.rows([], STATEMENTS[what].format(home=home))
    assert not (home / "out.csv").exists()


@pytest.fixture(scope="module")
def prompted(home: Path) -> str:
    """What the prompt says to every statement and to the commands that are the tool's own."""
    lines = [f"{text.format(home=home)};" for text in STATEMENTS.values()]
    lines += [".shell cat secret.csv", ".system cat secret.csv", ".read secret.csv"]
    lines += [".import secret.csv answer", ".output out.csv", ".once out.csv", ".open out.csv"]
    lines += [".cd /", "select getenv('WORD');", "select value + 1 as next from answer;"]
    done = subprocess.run(
        [sys.executable, "-m", "orchestration.console.sql", "-csv"],
        input="\n".join(lines), cwd=CHECKOUT, capture_output=True, text=True, check=False,
        env={"KOKYAKU_HOME": str(home), "WORD": SECRET, "HOME": str(home), "PATH": ""},
    )  # fmt: skip
    return done.stdout + done.stderr


def test_the_prompt_answers_and_reads_and_writes_nothing_else(prompted: str, home: Path) -> None:
    assert "43" in prompted.splitlines(), prompted
    assert SECRET not in prompted
    assert {path.name for path in home.iterdir()} == {"kokyaku.duckdb", "secret.csv"}
    with duckdb.connect(str(home / "kokyaku.duckdb"), read_only=True) as connection:
        assert connection.execute("from answer").fetchall() == [(42,)]
