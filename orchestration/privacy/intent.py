"""What an erasure has begun and not finished, so that a killed one can be taken up again.

Belongs here: the intent and its file. Does not belong here: acting on it.

Once rows are gone nothing tells any more whom the scan has to look for. So the values stand, until
the scan has found nothing, in one file that only its owner may read; then it is deleted.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from orchestration.privacy.needles import Value
from orchestration.settings import Settings


@dataclass(frozen=True)
class Intent:
    """``cases``: request → customer ids. ``values`` (kind, text) to look for, ``keys`` of rows and
    ``records`` (ids of identity) that go.
    """

    cases: dict[str, list[str]] = field(default_factory=dict)
    values: list[tuple[str, str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    records: list[int] = field(default_factory=list)

    @property
    def customers(self) -> list[str]:
        """All customers of all cases."""
        return sorted({one for listed in self.cases.values() for one in listed})

    @property
    def searched(self) -> list[Value]:
        """The values as the search takes them."""
        return [Value(kind, text) for kind, text in self.values]


def path(settings: Settings) -> Path:
    """The file; it exists only while an erasure is under way."""
    return settings.privacy / "intent.json"


def write(settings: Settings, intent: Intent) -> None:
    """Put the intent on disk, whole, before anything is removed."""
    settings.privacy.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = path(settings)
    draft = target.with_suffix(".draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(intent), file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)


def read(settings: Settings) -> Intent | None:
    """The intent of an erasure under way; None when there is none."""
    path(settings).with_suffix(".draft").unlink(missing_ok=True)
    if not path(settings).exists():
        return None
    given = json.loads(path(settings).read_text(encoding="utf-8"))
    given["values"] = [(kind, text) for kind, text in given["values"]]
    return Intent(**given)


def forget(settings: Settings) -> None:
    """The erasure is done: nothing tells of the person any more."""
    path(settings).unlink(missing_ok=True)
