"""Suite files: what is accepted and what the errors say."""

from pathlib import Path

import pytest

from expectations.suite import LAYERS, SuiteError, load_suites

GOOD = """
table: staging.person
description: People.
key: [id]
expectations:
  - {type: expect_column_values_to_not_be_null, column: id}
  - {type: expect_column_values_to_be_in_set, column: gender, value_set: [a], severity: warning}
"""


def write(root: Path, text: str, name: str = "person.yml") -> Path:
    (root / "staging").mkdir(exist_ok=True)
    (root / "staging" / name).write_text(text, encoding="utf-8")
    return root


def test_reads_a_suite(tmp_path):
    [suite] = load_suites("staging", write(tmp_path, GOOD))
    assert suite.name == "gate_person"
    assert suite.key == ("id",)
    assert [e.severity for e in suite.expectations] == ["critical", "warning"]
    assert suite.expectations[1].columns == ("gender",)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("expect_column_values_to_not_be_null", "expect_nothing", "unknown type 'expect_nothing'"),
        ("severity: warning", "severity: mild", "unknown severity 'mild'"),
        ("value_set", "set_of_values", "missing value_set"),
        ("column: id}", "column: id, colour: red}", "unknown key colour"),
        ("staging.person", "person", "`table` must be `schema.table`"),
        ("key: [id]", "key: id", "`key` must be a list"),
        ("description:", "descripion:", "unknown key descripion"),
        ("table: staging.person", "table: [", "not valid YAML"),
    ],
)
def test_errors_name_file_and_remedy(tmp_path, before, after, message):
    root = write(tmp_path, GOOD.replace(before, after))
    with pytest.raises(SuiteError) as error:
        load_suites("staging", root)
    assert message in str(error.value)
    assert "person.yml" in str(error.value)


def test_two_suites_for_one_table(tmp_path):
    write(tmp_path, GOOD)
    with pytest.raises(SuiteError, match="already has a suite"):
        load_suites("staging", write(tmp_path, GOOD, "again.yml"))


@pytest.mark.parametrize("layer", LAYERS)
def test_shipped_suites_load(layer):
    suites = load_suites(layer)
    assert all(suite.description for suite in suites)
    assert len({suite.name for suite in suites}) == len(suites)


def test_loading_suites_does_not_import_great_expectations():
    import subprocess
    import sys

    code = (
        "import sys; from expectations import load_suites; load_suites('raw');"
        "assert 'great_expectations' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
