"""Calling dbt: the kept manifest and messages people can read. dbt itself is not started."""

import json

import pytest

from orchestration.transformation.dbt import Dbt, DbtError, NodeResult, readable, summary
from orchestration.transformation.translator import person_models


@pytest.fixture
def parsed(settings, tmp_path, monkeypatch):
    """A project of one file and a `Dbt` whose parse is counted."""
    project = tmp_path / "dbt_project"
    project.mkdir()
    (project / "model.sql").write_text("select 1")
    count = []

    def parse(self):
        count.append(1)
        self.manifest_path.write_text(json.dumps({"nodes": {}}))

    monkeypatch.setattr(Dbt, "_parse", parse)
    return project, count, lambda: Dbt(settings, project)


def test_parses_only_when_a_file_has_changed(parsed):
    project, count, make = parsed
    for _ in range(3):
        make().prepare()
    assert len(count) == 1
    (project / "model.sql").write_text("select 2")
    make().prepare()
    assert len(count) == 2


def test_a_parse_that_failed_is_tried_again(parsed, monkeypatch):
    _, count, make = parsed

    def fail(self):
        raise DbtError("no such model")

    with monkeypatch.context() as patch:
        patch.setattr(Dbt, "_parse", fail)
        with pytest.raises(DbtError):
            make().prepare()
    make().prepare()
    assert len(count) == 1


def result(name, status, message=""):
    return NodeResult(f"model.kokyaku.{name}", name, status, message, 0.1, None)


def test_summary_names_the_model_and_counts_what_waits_for_it():
    message = (
        "Runtime Error in model b (b.sql)\n\n  Binder Error: no column x\n  compiled code at y"
    )
    text = summary([result("a", "success"), result("b", "error", message), result("c", "skipped")])
    assert "b: Runtime Error" in text and "no column x" in text
    assert "compiled code" not in text
    assert text.endswith("1 more not built because of it.")
    assert summary([result("a", "success"), result("t", "warn")]) == ""


def test_long_messages_are_cut():
    assert readable("\n".join(f"line {n}" for n in range(100))).count("\n") == 8


def test_person_models_are_found_by_meta():
    manifest = {
        "nodes": {
            "a": {"resource_type": "model", "config": {"meta": {"identity": {}}}, "name": "a"},
            "b": {"resource_type": "model", "config": {"meta": {}}, "name": "b"},
            "c": {"resource_type": "test", "config": {"meta": {"identity": {}}}, "name": "c"},
        }
    }
    assert [node["name"] for node in person_models(manifest)] == ["a"]
