"""How messages arrive: files by period, one message a line or a visit in a batch, late, twice, cut.

Belongs here: delivery and its defects. Not here: what the messages say.
"""

from random import Random

from seeds import calendar
from seeds.defects import EVENT_RATES, SESSION_RATES
from seeds.output import LineFile
from seeds.records import Part
from seeds.segment_visits import Message, Visit

FOLDER = "segment/events"
_PERIODS = ["2025-q4", "2026-q1", "2026-q2", "2026-q3", "2026-10"]
_STARTS = [calendar.EVENTS_START + calendar.DAY * days for days in (61, 151, 242, 334)]
_BATCHED = 0.18  # share of visits whose messages come in one line
_SKEW = 366 * calendar.DAY


class Delivery:
    """Writes the messages of visits to the files of one part."""

    def __init__(self, part: Part) -> None:
        self._truth, self._messy = part.truth, part.options.messy
        self._files = [part.landing.lines(FOLDER, period) for period in _PERIODS]

    def deliver(self, rng: Random, visit: Visit) -> None:
        """Write a visit to the file of the period in which it began."""
        file = self._files[sum(visit.start >= start for start in _STARTS)]
        batched, draw = rng.random() < _BATCHED, rng.random()
        tag = ""
        if self._messy and draw < SESSION_RATES["clock_skew"]:
            tag = "clock_skew"
        elif self._messy and visit.device.kind != "web" and draw < SESSION_RATES["late_event"]:
            tag = "late_event"
        if batched and not tag:
            self._batch(visit, file)
            return
        for message in visit.messages:
            self._single(rng, visit, message, file, tag)

    def _single(
        self, rng: Random, visit: Visit, message: Message, file: LineFile, tag: str
    ) -> None:
        at, ms = message.at, message.at * 7919 % 1000
        skew = _SKEW if tag == "clock_skew" else 0
        delay = 3 * calendar.DAY if tag == "late_event" else 0
        happened = calendar.millis(at, ms)
        original = calendar.millis(at + skew, ms) if skew else happened
        line = (
            f'{{{message.body},"originalTimestamp":"{original}",'
            f'"sentAt":"{calendar.millis(at + skew + delay + 1, ms)}",'
            f'"receivedAt":"{calendar.millis(at + delay + 2, ms // 2)}","timestamp":"{happened}"}}'
        )
        row = file.write(line)
        if not self._messy:
            return
        self._label(visit, message, file, row)
        if tag:
            self._truth.defect(tag, file, row, message.id, _people(visit))
        draw = rng.random()
        if draw < sum(EVENT_RATES.values()):
            self._spoil(draw, visit, message, file, line)

    def _batch(self, visit: Visit, file: LineFile) -> None:
        messages = ",".join(
            f'{{{message.body},"timestamp":"{calendar.millis(message.at, 0)}"}}'
            for message in visit.messages
        )
        sent = calendar.millis(visit.messages[-1].at + 2, 0)
        line = f'{{"batch":[{messages}],"sentAt":"{sent}","writeKey":"hinata-web"}}'
        row = file.write(line, len(visit.messages))
        for message in visit.messages:
            self._label(visit, message, file, row)

    def _label(self, visit: Visit, message: Message, file: LineFile, row: int) -> None:
        for kind in message.kinds:
            self._truth.defect(kind, file, row, visit.user_id, _people(visit), message.id)

    def _spoil(
        self, draw: float, visit: Visit, message: Message, file: LineFile, line: str
    ) -> None:
        """Add a broken line or a second delivery after a good line."""
        kind = ""
        for kind, rate in EVENT_RATES.items():  # noqa: B007  (the kind that stops the loop)
            draw -= rate
            if draw < 0:
                break
        if kind == "truncated_json":
            cut = line.replace(message.id, f"lost-{message.id}")[: len(line) * 3 // 5]
            self._truth.defect(kind, file, file.write(cut, 0, broken=True), "", _people(visit))
        elif kind == "not_an_object":
            self._truth.defect(kind, file, file.write('"ping"', 0, broken=True))
        elif message.type != "identify":
            self._truth.defect(kind, file, file.write(line), message.id, _people(visit))


def _people(visit: Visit) -> list[str]:
    return [visit.owner] if visit.owner else []
