"""Calling dbt: the kept manifest and messages people can read. dbt itself is not started."""

import json

import pytest

from orchestration.transformation.dbt import Dbt, DbtError
from orchestration.transformation.results import NodeResult, readable, summary
from orchestration.transformation.variables import variables


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


def test_parses_again_when_a_declaration_says_something_else(parsed, settings, shop):
    project, count, make = parsed
    make().prepare()
    told = shop.model_copy(update={"region": "JP"})
    for _ in range(2):
        Dbt(settings, project, [told]).prepare()
    assert len(count) == 2


def declared(shop, system, **said):
    return type(shop).model_validate(
        shop.model_dump(exclude_unset=True) | said | {"system": system}
    )


def test_variables_are_those_declared_over_those_of_the_project(shop, tmp_path):
    (tmp_path / "dbt_project.yml").write_text(
        "vars: {naive_timezones: {a: Asia/Tokyo, z: Asia/Seoul}, decimal_comma: [a, z]}"
    )
    plain = declared(shop, "b")
    assert variables([plain], tmp_path) == {}
    systems = [
        declared(shop, "z", timezone="UTC", decimal_comma=False),
        declared(shop, "c", timezone="Europe/Berlin", decimal_comma=True, date_order="dmy"),
        declared(shop, "b", region="DE"),
    ]
    found = variables(systems, tmp_path)
    assert found == {
        "naive_timezones": {"a": "Asia/Tokyo", "c": "Europe/Berlin", "z": "UTC"},
        "date_orders": {"c": "dmy"},
        "decimal_comma": ["a", "c"],
        "regions": {"b": "DE"},
    }
    assert json.dumps(found) == json.dumps(variables(systems[::-1], tmp_path))


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
