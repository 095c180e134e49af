"""The truth files: who is who, who owns which event, which defect sits where.

Belongs here: writing the truth. The pipeline never reads it. Not here: extracts.
"""

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from seeds.defects import KINDS
from seeds.output import CsvFile, ExtractFile
from seeds.people import Person

HEADERS = {
    "person.csv": [
        "person_id", "household_id", "origin", "family_name", "given_name", "family_name_kana",
        "given_name_kana", "gender", "birth_date", "email", "previous_email", "mobile_phone",
        "previous_mobile_phone", "postcode", "country_code", "company", "defects",
    ],
    # kind: customer, agent, test; expected: loaded, rejected (its only row is broken).
    "record.csv": ["source_system", "stream", "record_key", "person_id", "kind", "expected"],
    # The same two for the shops' database, which is loaded only where a server has it.
    "backoffice_record.csv": [
        "source_system", "stream", "record_key", "person_id", "kind", "expected",
    ],
    "backoffice_defect.csv": [
        "kind", "source_system", "stream", "record_key", "person_id", "expected",
    ],
    # event_id: the id the vendor or the content gives; of a form that numbers nothing, file:row.
    "event_owner.csv.gz": ["event_id", "person_id", "kind", "source_system"],
    "defect.csv": [
        "kind", "source_system", "stream", "file", "row_number", "record_key", "person_ids",
        "expected", "detail",
    ],
    # rows: records in the file, header not counted; items: records in intact rows (a line of
    # events may hold a batch); same_as: the file whose bytes this one repeats.
    "file.csv": ["source_system", "stream", "file", "rows", "rejected", "items", "same_as"],
}  # fmt: skip


class Truth:
    """Truth of one part, written beside the others and concatenated at the end.

    Only the first part is `headed`, so that the files of the parts can simply follow each other.
    """

    def __init__(self, folder: Path, *, headed: bool, owners: bool) -> None:
        self._files = {name: CsvFile(folder, name, header) for name, header in HEADERS.items()}
        for file in self._files.values():
            file.headed = headed
        self._owners = owners

    def person(self, person: Person) -> None:
        """Write one human being."""
        self._files["person.csv"].write((
            person.person_id, person.household_id, person.origin, person.family.text,
            person.given.text, person.family_kana, person.given_kana, person.gender,
            person.birth.isoformat(), person.email, person.old_email, person.mobile.e164,
            person.old_mobile.e164 if person.old_mobile else "", person.address.postcode,
            person.address.country, "" if person.company is None else person.company,
            "|".join(person.defects),
        ))  # fmt: skip

    def record(
        self,
        folder: str,
        key: str,
        person_id: str,
        kind: str = "customer",
        expected: str = "loaded",
    ) -> None:
        """Write that record `key` of stream `folder` (`<system>/<stream>`) is of `person_id`."""
        system, stream = folder.split("/")
        self._files["record.csv"].write((system, stream, key, person_id, kind, expected))

    def backoffice(self, key: str, person_id: str) -> None:
        """Write that the card `key` of the shops' database is of `person_id`."""
        row = ("postgres", "store_member", key, person_id, "customer", "loaded")
        self._files["backoffice_record.csv"].write(row)

    def backoffice_defect(self, kind: str, key: str, person_id: str) -> None:
        """Label a defect of the card `key`."""
        row = (kind, "postgres", "store_member", key, person_id, KINDS[kind].expected)
        self._files["backoffice_defect.csv"].write(row)

    def event(self, event_id: str, person_id: str, kind: str, *, system: str = "segment") -> None:
        """Write who caused an event; nobody known when `person_id` is empty."""
        if self._owners:
            self._files["event_owner.csv.gz"].write((event_id, person_id, kind, system))

    def defect(
        self,
        kind: str,
        file: ExtractFile | None = None,
        row: int | str = "",
        key: str = "",
        people: Iterable[str] = (),
        detail: str = "",
        folder: str = "/",
    ) -> None:
        """Label a defect; `kind` must be in the catalogue, place and people may be unknown."""
        system, stream = (file.name if file else folder).split("/")[:2]
        self._files["defect.csv"].write((
            kind, system, stream, file.name if file else "", row, key, "|".join(people),
            KINDS[kind].expected, detail,
        ))  # fmt: skip

    def file(self, file: ExtractFile) -> None:
        """Write how many rows an extract holds; files that never got a row do not exist."""
        if file.rows:
            system, stream = file.name.split("/")[:2]
            self._files["file.csv"].write(
                (system, stream, file.name, file.rows, file.rejected, file.items, "")
            )

    def duplicate(self, name: str, original: str, counts: list[str]) -> None:
        """Write that file `name` holds the same bytes as `original`, with the same `counts`."""
        system, stream = name.split("/")[:2]
        self._files["file.csv"].write((system, stream, name, *counts, original))
        self._files["defect.csv"].write((
            "duplicate_file", system, stream, name, "", "", "", KINDS["duplicate_file"].expected,
            f"same bytes as {original}",
        ))  # fmt: skip

    def __enter__(self) -> Self:
        for file in self._files.values():
            file.stream  # noqa: B018  (every truth file exists, be it empty)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        for file in self._files.values():
            file.close()
