"""The labelled identity sets that lie beside the checkout, as a landing file and its truth.

Belongs here: where a set is and how its labels are written. The files are read, never copied into
the project; without them a set is reported as absent.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestration.settings import CHECKOUT

SHARED = CHECKOUT.parent / "shared" / "data" / "identity"


@dataclass(frozen=True)
class LabelledSet:
    """One set: the extract a pipeline run reads and a function that yields (record key, entity)."""

    name: str
    extract: Path
    labels: Callable[[], Iterator[tuple[str, str]]]

    @property
    def present(self) -> bool:
        """Whether the files are there."""
        return self.extract.is_file()

    def truth(self) -> dict[str, str]:
        """Record key -> entity."""
        return dict(self.labels())


def _column(path: Path, key: str, entity: str) -> Callable[[], Iterator[tuple[str, str]]]:
    def labels() -> Iterator[tuple[str, str]]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield row[key], row[entity]

    return labels


def _febrl(path: Path) -> Callable[[], Iterator[tuple[str, str]]]:
    # rec-122-org and rec-122-dup-0 are the same person
    def labels() -> Iterator[tuple[str, str]]:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, skipinitialspace=True):
                yield row["rec_id"], re.sub(r"^(rec-\d+)-.*$", r"\1", row["rec_id"])

    return labels


def _senzing(folder: Path) -> Callable[[], Iterator[tuple[str, str]]]:
    def labels() -> Iterator[tuple[str, str]]:
        path = folder / "actual_truthset_key.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if row["DATA_SOURCE"] == "CUSTOMERS":
                    yield row["RECORD_ID"], row["CLUSTER_ID"]

    return labels


FAKE_1000 = SHARED / "fake_1000.csv"
FEBRL_1 = SHARED / "febrl" / "dataset1.csv"
FEBRL_2 = SHARED / "febrl" / "dataset2.csv"
SENZING = SHARED / "senzing_truthset"

LABELLED_SETS = [
    LabelledSet("fake_1000", FAKE_1000, _column(FAKE_1000, "unique_id", "cluster")),
    LabelledSet("febrl_dataset1", FEBRL_1, _febrl(FEBRL_1)),
    LabelledSet("febrl_dataset2", FEBRL_2, _febrl(FEBRL_2)),
    LabelledSet("senzing_truthset", SENZING / "customers.csv", _senzing(SENZING)),
]
