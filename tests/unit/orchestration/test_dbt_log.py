"""dbt itself, on a project of one model that fails over a value: nobody is told the value."""

import os

from orchestration.transformation.dbt import Dbt
from orchestration.transformation.results import summary

PROFILE = """
kokyaku: {target: duckdb, outputs: {duckdb: {
  type: duckdb, path: "{{ env_var('KOKYAKU_HOME') }}/build.duckdb", schema: main, threads: 1}}}
"""
PROJECT = "{name: kokyaku, profile: kokyaku, version: '1.0', model-paths: [models]}"


def test_a_model_that_fails_over_a_value_does_not_tell_it(settings, tmp_path, monkeypatch):
    for part in ("HOME", "DBT_PROJECT", "MEMORY", "THREADS"):  # put back what running dbt sets
        monkeypatch.setenv(f"KOKYAKU_{part}", os.environ.get(f"KOKYAKU_{part}", ""))
    project = tmp_path / "dbt_project"
    (project / "models").mkdir(parents=True)
    (project / "profiles.yml").write_text(PROFILE)
    (project / "dbt_project.yml").write_text(PROJECT)
    (project / "models" / "broken.sql").write_text(
        "{{ config(materialized='table') }}"
        " select cast(one as integer) as one from (select 'Mar' || 'ker' as one from range(2))"
    )
    dbt = Dbt(settings, project, declarations=[])
    dbt.prepare()
    [result] = dbt.build(["broken"])
    assert "Marker" in result.message
    told = summary([result])
    log = (settings.dbt_logs / "dbt.log").read_text(encoding="utf-8")
    for text in (told, log):
        assert "Marker" not in text
        assert "Conversion Error: Could not convert string '…'" in text
    assert "broken" in told
