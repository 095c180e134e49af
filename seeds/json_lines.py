"""A stream of NDJSON extracts: a first delivery and a later one, defects labelled.

Belongs here: when a record is delivered and how its defects reach the truth. Not here: records.
"""

import json
from collections.abc import Mapping, Sequence

from seeds import calendar
from seeds.records import Part


class JsonLines:
    """Writes one part's records of a stream, one JSON object a line."""

    def __init__(self, part: Part, folder: str) -> None:
        self.folder, self._truth = folder, part.truth
        self._first = part.landing.lines(folder, calendar.FIRST_DELIVERY)
        self._second = part.landing.lines(folder, calendar.SECOND_DELIVERY)

    def write(
        self,
        record: Mapping[str, object],
        *,
        late: bool,
        key: str = "",
        people: Sequence[str] = (),
        kinds: Sequence[str] = (),
        split: bool = False,
    ) -> None:
        """Append a record to its delivery and label its defects; `split` breaks the line in two."""
        file = self._second if late else self._first
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        if split:
            line = line.replace(",", ",\n", 1)
        number = file.write(line)
        for kind in [*kinds, *["split_record"] * split]:
            self._truth.defect(kind, file, number, key, people)

    def write_broken(self, line: str, kind: str) -> None:
        """Append a line to the later delivery that is no record."""
        number = self._second.write(line, 0, broken=True)
        self._truth.defect(kind, self._second, number)
