"""The segments file: its shape, its checks, and every error with file, segment, key and remedy.

Belongs here: reading ``segments.yml``. Does not belong here: conditions (``condition``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from orchestration.segments.audience import SERVES, Audience, Destination, Format, Purpose
from orchestration.segments.condition import Condition, bench, compile_condition
from orchestration.segments.terms import ConditionError
from orchestration.segments.vocabulary import Vocabulary, nearest, read_vocabulary
from orchestration.yaml_text import read_declared

FILE = "segments.yml"
Text = Annotated[str, Field(min_length=1)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Refresh = Literal["every_run", "daily", "weekly", "monthly"]


class SegmentError(ValueError):
    """The segments file cannot be used; the message names file, segment, key and what to do."""


class _Loader(yaml.SafeLoader):
    """YAML in which a key that stands twice is an error: the first would be lost in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen and key.value != "<<":
                line = key.start_mark.line + 1
                raise yaml.YAMLError(f"{key.value} stands twice (line {line}); rename one of them")
            seen.add(key.value)
        return super().construct_mapping(node, deep)


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Activation(_Declared):
    """Where a segment is delivered. ``purpose`` stands in for that of the segment."""

    to: Destination
    purpose: Purpose | None = None
    format: Format | None = None

    @model_validator(mode="before")
    @classmethod
    def _word(cls, value: Any) -> Any:
        return {"to": value} if isinstance(value, str) else value


class Segment(_Declared):
    """One segment; the keys are explained in the file itself."""

    owner: Text
    description: Text
    condition: Text
    purpose: Purpose
    refresh: Refresh = "every_run"
    activation: tuple[Activation, ...] = ()


class Segments(_Declared):
    """The whole file. ``conditions`` are those of the segments, checked and written as SQL."""

    segments: dict[Name, Segment] = {}
    conditions: dict[str, Condition] = Field(default={}, exclude=True)

    @property
    def audiences(self) -> list[Audience]:
        """Every segment that is marked for activation with every destination of it, by name."""
        found = [
            Audience(
                segment=name,
                destination=one.to,
                purpose=one.purpose or segment.purpose,
                format=one.format or ("ndjson" if one.to == "webhook" else "csv"),
            )
            for name, segment in self.segments.items()
            for one in segment.activation
        ]
        return sorted(found, key=lambda audience: audience.name)

    @property
    def variables(self) -> dict[str, Any]:
        """The dbt variables ``segments`` and ``segment_events``."""
        events = {
            one.column: {"function": one.function, "kind": one.kind, "days": one.days}
            for condition in self.conditions.values()
            for one in condition.events
        }
        segments = {
            name: {
                "owner": one.owner,
                "description": " ".join(one.description.split()),
                "condition": " ".join(one.condition.split()),
                "sql": self.conditions[name].sql,
                "uses_events": bool(self.conditions[name].events),
                "purpose": one.purpose,
                "refresh": one.refresh,
                "is_activated": bool(one.activation),
            }
            for name, one in self.segments.items()
        }
        return {"segments": segments, "segment_events": dict(sorted(events.items()))}


def load_segments(project: Path, path: Path | None = None) -> Segments:
    """The segments of a dbt project; ``path`` reads another file against the same project.

    Raises:
        SegmentError: see there; every problem of the file in one message.

    """
    path = path or project / FILE
    content = read_declared(path, SegmentError, _Loader)
    if not isinstance(content, dict) or set(content) - {"segments"}:
        raise SegmentError(f"{path}: expected one mapping, `segments`.")
    try:
        read = Segments.model_validate({"segments": content.get("segments") or {}})
    except ValidationError as error:
        problems = [_sentence(dict(one)) for one in error.errors()]
        raise SegmentError("\n".join(f"{path}: {text}" for text in problems)) from error
    try:
        vocabulary = read_vocabulary(project)
    except ValueError as error:
        raise SegmentError(f"{path}: {error}") from error
    conditions: dict[str, Condition] = {}
    problems = [*_wrong_conditions(read, vocabulary, conditions), *_wrong_destinations(read)]
    if problems:
        raise SegmentError("\n".join(f"{path}: {text}" for text in problems))
    return read.model_copy(update={"conditions": conditions})


def _wrong_conditions(
    read: Segments, vocabulary: Vocabulary, found: dict[str, Condition]
) -> Iterable[str]:
    with bench(vocabulary) as connection:
        for name, segment in read.segments.items():
            try:
                found[name] = compile_condition(segment.condition, vocabulary, connection)
            except ConditionError as error:
                yield f"segments.{name}.condition: {str(error).rstrip('.')}."


def _wrong_destinations(read: Segments) -> Iterable[str]:
    for name, segment in read.segments.items():
        place = f"segments.{name}.activation"
        told = [one.to for one in segment.activation]
        for to in sorted({one for one in told if told.count(one) > 1}):
            yield f"{place}: {to} stands twice; keep one."
        for position, one in enumerate(segment.activation):
            purpose = one.purpose or segment.purpose
            if purpose not in SERVES[one.to]:
                needed = " or ".join(sorted(SERVES[one.to]))
                yield (
                    f"{place}.{position}: {one.to} needs the purpose {needed}, not {purpose}; "
                    f"write {{to: {one.to}, purpose: {sorted(SERVES[one.to])[0]}}}."
                )


def _sentence(error: Mapping[str, Any]) -> str:
    """One validation error with its place, what was found and what to do."""
    parts = [str(part) for part in error["loc"]]
    place = ".".join(part for part in parts if part != "[key]") or "the file"
    if parts[-1] == "[key]":
        return f"{place}: a name is lower-case letters, digits and _, 40 at most; rename it."
    if error["type"] == "extra_forbidden":
        known = (Activation if "activation" in parts else Segment).model_fields
        return f"{place}: unknown key{nearest(parts[-1], known) or '.'} Known: {', '.join(known)}."
    if error["type"] == "missing":
        return f"{place}: missing; add it."
    text = str(error["msg"]).rstrip(".")
    given = error.get("input")
    shown = f", not {given!r}" if isinstance(given, int | float | str | None) else ""
    return f"{place}: {text[0].lower() + text[1:]}{shown}."
