"""A declared stream is complete: table, model, suites. What a new one lacks fails here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from expectations import load_suites
from orchestration.ingestion import load_declarations
from orchestration.settings import DEFS

STREAMS = [
    (system.system, stream.name, system.table(stream))
    for system in load_declarations(DEFS)
    for stream in system.streams
]


@pytest.mark.parametrize(("system", "stream", "table"), STREAMS, ids=[s[2] for s in STREAMS])
def test_a_stream_has_model_and_suites(
    system: str,
    stream: str,
    table: str,
    manifest: Mapping[str, Any],
    models: Sequence[Mapping[str, Any]],
) -> None:
    sources = {
        key
        for key, source in manifest["sources"].items()
        if source["schema"] == "raw" and source["identifier"] == table
    }
    assert len(sources) == 1, "declared once as a dbt source"
    readers = [
        model["name"]
        for model in models
        if sources & set(model["depends_on"]["nodes"]) and model["fqn"][1] == "staging"
    ]
    assert readers, "read by a staging model"
    staged = {
        model["name"]
        for model in models
        if model["config"]["meta"].get("source_system") == system
        and model["config"]["meta"].get("stream") == stream
    }
    assert staged & set(readers), "a staging model says it is its own"
    assert f"raw.{table}" in {suite.table for suite in load_suites("raw")}
    judged = {suite.table.removeprefix("staging.") for suite in load_suites("staging")}
    assert staged - judged == set()


def test_no_suite_or_source_outlives_its_stream(manifest: Mapping[str, Any]) -> None:
    tables = {f"raw.{table}" for _, _, table in STREAMS}
    judged = {suite.table for suite in load_suites("raw") if suite.table.startswith("raw.")}
    sources = {
        f"raw.{source['identifier']}"
        for source in manifest["sources"].values()
        if source["schema"] == "raw"
    }
    assert judged == sources == tables


@pytest.mark.parametrize("layer", ["staging", "identity", "marts"])
def test_every_table_readers_see_has_a_suite(
    layer: str, models: Sequence[Mapping[str, Any]]
) -> None:
    tables = {
        f"{layer}.{model['name']}"
        for model in models
        if model["fqn"][1] == layer
        and layer != "identity"
        and not (layer == "marts" and model["name"].startswith("int_"))
    }
    if layer == "identity":
        tables = {"identity.record_customer", "identity.identifier_customer"}
    judged = {suite.table for suite in load_suites(layer)}
    assert tables - judged == set()


def test_every_critical_share_says_what_it_means() -> None:
    silent = [
        f"{suite.table}: {expectation.type} {expectation.label}"
        for layer in ("raw", "staging", "identity", "marts")
        for suite in load_suites(layer)
        for expectation in suite.expectations
        if "mostly" in expectation.arguments and not expectation.meaning
    ]
    assert silent == []
