"""The labelled sets as landing files and their truth: those beside the checkout and generated ones.

Belongs here: where a set is, how its labels are written, and writing the generated ones. Files
beside the checkout are read, never copied into the project; without them a set is reported
as absent.
Does not belong here: who the generated people are (``generated``).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from benchmarks.identity import japanese
from benchmarks.identity.generated import GENERATED, Labelled
from orchestration.settings import CHECKOUT

SHARED = CHECKOUT.parent / "shared" / "data" / "identity"


@dataclass(frozen=True)
class LabelledSet:
    """One set.

    ``extract`` is what a pipeline run reads; ``labels`` yields (record key, entity). ``key`` is the
    column of the extract with the record key; ``left_out`` are columns that peers do not get: they
    give the entity away, or describe an account rather than a person. ``make`` writes the
    files of a generated set.
    """

    name: str
    extract: Path
    labels: Callable[[], Iterator[tuple[str, str]]]
    key: str
    left_out: tuple[str, ...] = ()
    make: Callable[[], None] | None = None

    @property
    def present(self) -> bool:
        """Whether the files are there; a generated set is made when it is asked for."""
        if self.make and not self.extract.is_file():
            self.make()
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
    LabelledSet(
        "fake_1000",
        FAKE_1000,
        _column(FAKE_1000, "unique_id", "cluster"),
        "unique_id",
        ("cluster",),
    ),
    LabelledSet("febrl_dataset1", FEBRL_1, _febrl(FEBRL_1), "rec_id"),
    LabelledSet("febrl_dataset2", FEBRL_2, _febrl(FEBRL_2), "rec_id"),
    LabelledSet(
        "senzing_truthset",
        SENZING / "customers.csv",
        _senzing(SENZING),
        "RECORD_ID",
        (
            "data_source",
            "record_type",
            "addr_type",
            "phone_type",
            "amount",
            "category",
            "date",
            "status",
        ),
    ),
]


def generated_sets(work: Path) -> list[LabelledSet]:
    """The generated sets below ``work``/generated, written where they are missing."""
    found = []
    for name, rows in GENERATED.items():
        folder = work / "generated" / name.replace(" ", "_")
        extract, truth = folder / "customers.csv", folder / "truth.csv"
        make = partial(_write, rows, extract, truth)
        labels = _column(truth, "record_id", "entity")
        found.append(LabelledSet(name, extract, labels, "record_id", make=make))
    folder = work / "generated" / "japanese_customers"
    extract, truth = folder / "landing/manual/customers/japanese.csv", folder / "truth.csv"
    labels = _column(truth, "record_id", "person_id")
    make = partial(_write_japanese, folder)
    return [*found, LabelledSet("Japanese customers", extract, labels, "record_id", make=make)]


def _write_japanese(folder: Path) -> None:
    japanese.write(folder)


def _write(rows: Callable[[], Iterator[Labelled]], extract: Path, truth: Path) -> None:
    labelled = list(rows())
    # records of one person must not lie side by side, nor may their numbers
    Random(len(labelled)).shuffle(labelled)
    extract.parent.mkdir(parents=True, exist_ok=True)
    with (
        truth.open("w", encoding="utf-8", newline="") as labels,
        extract.open("w", encoding="utf-8", newline="") as list_,
    ):
        entities = csv.writer(labels)
        entities.writerow(["record_id", "entity"])
        records = csv.DictWriter(list_, ["record_id", *labelled[0][1]])
        records.writeheader()
        for number, (entity, row) in enumerate(labelled):
            entities.writerow([number, entity])
            records.writerow({"record_id": number, **row})
