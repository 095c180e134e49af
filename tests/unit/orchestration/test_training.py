"""The training job on a warehouse of invented people: a file for review, and drift against it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestration import warehouse
from orchestration.linkage import NothingToTrainError, build_training_job, train
from orchestration.settings import Settings
from tests.identity.people import COLUMNS, crowd


def home(tmp_path: Path, people: int, seed: int) -> Settings:
    settings = Settings(landing=tmp_path, home=tmp_path / "home")
    rows, _ = crowd(people, seed)
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    with warehouse.connect(settings) as connection:
        connection.execute("create schema if not exists identity")
        table = "identity.int_identity__description"
        connection.execute(f"create or replace table {table} ({columns})")
        for place, row in enumerate(rows):
            full = {"description_id": place, "record_ids": [place], **row}
            connection.execute(
                f"insert into {table} ({', '.join(full)}) values ({', '.join('?' * len(full))})",
                list(full.values()),
            )
    return settings


def test_a_training_writes_the_file_and_then_reports_drift(tmp_path: Path) -> None:
    file = tmp_path / "parameters.json"
    settings = home(tmp_path, 150, seed=1)
    first = train(settings, file)
    assert first.drift == []
    assert first.matches > 0
    written = json.loads(file.read_text())
    assert set(written) == {"parameters", "profile"}
    again = train(settings, file)
    assert again.fitted
    assert {change[1:] for change in again.drift} == {(0.0, 0.0, False)}


def test_nothing_to_train_on_is_said(tmp_path: Path) -> None:
    with pytest.raises(NothingToTrainError, match="make run"):
        train(Settings(landing=tmp_path, home=tmp_path / "home"), tmp_path / "parameters.json")


def test_the_job_stands_by_its_name() -> None:
    assert build_training_job().name == "train_matching"
