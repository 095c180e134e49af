"""What every vendor's writer shares: two deliveries of a stream, versions of a row, labelled mess.

Belongs here: when a row is delivered and how its defects reach the truth. Not here: columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from seeds import calendar
from seeds.defects import CORRECTION_RATE, RAGGED_RATE
from seeds.options import Options
from seeds.output import Cell, CsvFile, Landing
from seeds.people import Person
from seeds.truth import Truth


@dataclass(frozen=True, slots=True)
class Part:
    """What the writers of one part of the company share."""

    options: Options
    landing: Landing
    truth: Truth


@dataclass(frozen=True, slots=True)
class Version:
    """One delivery of a record: what was known at `known`, stamped `modified`.

    `wrong` versions carry a mistake that must not survive; `tag` names the defect, if any.
    """

    late: bool
    known: int
    modified: int
    tag: str = ""

    @property
    def wrong(self) -> bool:
        """Whether this is the version that must lose."""
        return bool(self.tag)


def versions(rng: Random, person: Person, created: int, *, messy: bool) -> list[Version]:
    """Return the deliveries of a record made at `created`, in order of delivery."""
    learned = person.moved > created and rng.random() < 0.6
    draw, delay = rng.random(), rng.random()
    if created >= calendar.CUT:
        return [Version(True, created, created)]
    if learned and person.moved >= calendar.CUT:
        return [Version(False, created, created), Version(True, person.moved, person.moved)]
    known = person.moved if learned else created
    if messy and draw < CORRECTION_RATE:
        fixed = calendar.CUT + int(delay * 30 * calendar.DAY)
        return [Version(False, known, known, "late_correction"), Version(True, known, fixed)]
    if messy and draw < CORRECTION_RATE * 1.5:
        newer = known + int((calendar.CUT - known) * delay)
        return [Version(False, known, newer), Version(True, known, known, "stale_redelivery")]
    return [Version(False, known, known)]


class Stream:
    """A stream of CSV extracts: a first delivery and a later one that may have more columns."""

    def __init__(
        self,
        part: Part,
        folder: str,
        header: Sequence[str],
        *,
        new_columns: Sequence[str] = (),
        big: bool = False,
    ) -> None:
        self.folder, self._part, self._new = folder, part, list(new_columns)
        landing = part.landing
        self.first = landing.table(folder, calendar.FIRST_DELIVERY, header, big=big)
        self.second = landing.table(
            folder, calendar.SECOND_DELIVERY, [*header, *new_columns], big=big
        )

    def write(
        self,
        row: Sequence[Cell],
        *,
        late: bool,
        key: str,
        people: Sequence[str] = (),
        kinds: Sequence[str] = (),
        new: Sequence[Cell] = (),
    ) -> None:
        """Append a row to the delivery it belongs to and label its defects."""
        file = self.second if late else self.first
        number = file.write([*row, *new] if late and self._new else row)
        if late and number == 1:
            for column in self._new:
                self._part.truth.defect("unknown_column", file, detail=column)
        for kind in kinds:
            self._part.truth.defect(kind, file, number, key, people)

    def write_ragged(
        self, rng: Random, row: Sequence[Cell], *, late: bool, key: str, people: Sequence[str]
    ) -> None:
        """Append a row whose cells do not match the header."""
        file = self.second if late else self.first
        label_ragged(self._part.truth, rng, file, row, key, people)


def label_ragged(
    truth: Truth, rng: Random, file: CsvFile, row: Sequence[Cell], key: str, people: Sequence[str]
) -> None:
    """Write `row` with too few or too many cells for `file` and label it."""
    if rng.random() < 0.5:
        cells, detail = list(row)[: len(row) // 2], "too few cells"
    else:
        surplus = len(file.header) - len(row) + 2
        cells, detail = [*row, *["?"] * surplus], "too many cells"
    truth.defect("ragged_row", file, file.write(cells, broken=True), key, people, detail)


def is_ragged(rng: Random, *, messy: bool) -> bool:
    """Draw whether a row arrives broken."""
    return rng.random() < RAGGED_RATE and messy
