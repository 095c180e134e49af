"""The picture of a customer's graph: its records, what joined them, what was refused."""

from __future__ import annotations

import stat
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest

from orchestration.console import graph
from tests.identity.conftest import create_decisions, load, resolve
from tests.identity.test_customer_id import ids
from tests.identity.test_why import PEOPLE
from tests.support.dbt import DbtProject, create_empty_staging

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def home(project: DbtProject, tmp_path_factory: pytest.TempPathFactory) -> Path:
    create_empty_staging(project)
    load(project, PEOPLE)
    create_decisions(project, [("a", "f", "same"), ("a", "e", "not_same")])
    resolve(project)
    home = tmp_path_factory.mktemp("home")
    project.publish(home / "kokyaku.duckdb")
    return home


def test_a_customers_records_and_what_was_refused_are_drawn(
    home: Path, project: DbtProject, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("KOKYAKU_HOME", str(home))
    assert graph.main([ids(project)["a"]]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    picture = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    texts = [t.text or "" for t in picture.iter(f"{SVG}text")]
    own = [f"manual / customers / {key}" for key in "abcdf"]
    others = [f"manual / customers / {key}" for key in "egh"]
    assert {text for text in texts if text.startswith("manual")} == {*own, *others}
    assert any("cannot_link:decision" in text for text in texts)
    kinds = [line.get("class") for line in picture.iter(f"{SVG}line")]
    # a-b e-mail, b-c phone, c-d passport, a-f decision
    assert kinds.count("link") == 8
    assert "cut" in kinds
    assert "http" not in path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")


def test_values_are_drawn_where_the_file_has_them(home: Path, project: DbtProject) -> None:
    drawn = {}
    for name in ("kokyaku.duckdb", "kokyaku_analytics.duckdb"):
        with duckdb.connect(str(home / name), read_only=True) as connection:
            drawn[name] = graph.draw(graph.read(connection, ids(project)["a"]), "")
    assert "t@mail.example" in drawn["kokyaku.duckdb"]
    assert "@" not in drawn["kokyaku_analytics.duckdb"]


def test_an_old_or_unknown_id_is_said(home: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("KOKYAKU_HOME", str(home))
    with duckdb.connect(str(home / "kokyaku.duckdb")) as connection:
        connection.execute("insert into identity.redirect values ('cold', 'cnew', 'replaced')")
    assert graph.main(["cold"]) == 1
    assert "cnew" in capsys.readouterr().out
    assert graph.main([]) == 1
