"""What an identifier value may do, as declared in ``dbt_project/identity_policies.yml``.

Belongs here: the shape of the file, its checks, the digest of its meaning.
Does not belong here: how a limit is counted (``dbt_project``), what a change does (``change``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import duckdb
import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from orchestration.yaml_text import LOADER, read_declared

FILE = "identity_policies.yml"
T = TypeVar("T")


class PolicyError(ValueError):
    """The policies file cannot be used; the message names file, type, key and what to do."""


def _pattern(value: str) -> str:
    try:
        duckdb.execute("select regexp_matches('', ?)", [value]).fetchall()
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].partition(": ")[2] or str(error)
        raise ValueError(f"{value!r} is no pattern of RE2 ({reason}); correct it") from None
    return value


def _not_bool(value: T) -> T:
    """YAML's yes and true are numbers to Python."""
    if isinstance(value, bool):
        raise ValueError("must be a whole number")
    return value


Pattern = Annotated[str, Field(min_length=1), AfterValidator(_pattern)]
Count = Annotated[int, BeforeValidator(_not_bool), Field(ge=1)]
Text = Annotated[str, Field(min_length=1)]


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Window(_Declared):
    """At most ``people`` distinct people within any ``days`` days."""

    days: Annotated[int, BeforeValidator(_not_bool), Field(ge=1, le=36_500)]
    people: Count


class Policy(_Declared):
    """One identifier type; the keys are explained in the file itself."""

    priority: Annotated[int, BeforeValidator(_not_bool), Field(ge=1, le=99)]
    check_person: bool
    strength: Literal["strong", "weak"] = "strong"
    max_people: Count
    max_people_in: Window | None = None
    max_per_customer: Count | None = None
    block: dict[Text, Annotated[tuple[Pattern, ...], Field(min_length=1)]] = {}

    @model_validator(mode="after")
    def _consistent(self) -> Policy:
        if self.strength == "weak" and not self.check_person:
            raise ValueError("strength: weak needs check_person: true")
        if self.max_people_in and self.max_people_in.people >= self.max_people:
            raise ValueError(
                f"max_people_in.people ({self.max_people_in.people}) never acts: "
                f"make it less than max_people ({self.max_people})"
            )
        return self


class Policies(_Declared):
    """The whole file. ``accept_change_share`` is a share of customers, 0 to 1."""

    accept_change_share: float = Field(default=0.02, ge=0, le=1)
    accepted_changes: tuple[Text, ...] = ()
    types: dict[str, Policy] = Field(min_length=1)

    @property
    def variable(self) -> dict[str, Any]:
        """The dbt variable ``identity_policies``: type -> every key, in the order of the file."""
        return {name: policy.model_dump(mode="json") for name, policy in self.types.items()}

    @property
    def meaning(self) -> str:
        """What decides about customers, as JSON that does not depend on writing or order."""
        return json.dumps(self.variable, sort_keys=True)


def load_policies(project: Path, path: Path | None = None) -> Policies:
    """The policies of a dbt project; ``path`` reads another file against the same project.

    Raises:
        PolicyError: see there; every problem of the file in one message.

    """
    path = path or project / FILE
    content = read_declared(path, PolicyError)
    if not isinstance(content, dict):
        raise PolicyError(f"{path}: expected a mapping with `types`.")
    try:
        policies = Policies.model_validate(content)
    except ValidationError as error:
        problems = [_sentence(content, dict(one)) for one in error.errors()]
        raise PolicyError("\n".join(f"{path}: {text}" for text in problems)) from error
    problems = list(_types(policies, used_types(project)))
    if problems:
        raise PolicyError("\n".join(f"{path}: {text}" for text in problems))
    return policies


def used_types(project: Path) -> dict[str, tuple[str, bool]]:
    """Identifier types of staging columns -> (one column, whether a person's record has it).

    A type that only events carry (a cookie) needs no policy: it never links persons.
    """
    found: dict[str, tuple[str, bool]] = {}
    for path in sorted((project / "models" / "staging").rglob("_stg_*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER) or {}  # noqa: S506
        for model in content.get("models", []):
            meta = (model.get("config") or {}).get("meta") or {}
            personal = bool({"identity", "identifies"} & set(meta))
            for column in model.get("columns", []):
                said = (column.get("config") or {}).get("meta") or {}
                kind = said.get("identifier")
                if kind and (kind not in found or (personal and not found[kind][1])):
                    found[kind] = (f"{model['name']}.{column['name']}", personal)
    return found


def change_digest(before: str, after: str) -> str:
    """Twelve hexadecimal digits that stand for the change from one meaning to another."""
    return hashlib.sha256(f"{before}\n{after}".encode()).hexdigest()[:12]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What a change says, one line per type and key, such as ``email.max_people: 12 -> 3``."""
    lines = []
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            lines.append(f"{name}: {'new' if old is None else 'removed'}")
            continue
        for key in sorted({*old, *new}):
            if old.get(key) != new.get(key):
                shown = ("changed", "") if key == "block" else (old.get(key), new.get(key))
                lines.append(f"{name}.{key}: " + " -> ".join(_plain(s) for s in shown if s != ""))
    return lines


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _types(policies: Policies, used: Mapping[str, tuple[str, bool]]) -> Iterable[str]:
    for name in policies.types:
        if name not in used:
            yield (
                f"types.{name}: unknown type, no staging column has `identifier: {name}`. Remove "
                f"it, or correct it to one of {', '.join(sorted(used))}."
            )
    for name, (column, personal) in sorted(used.items()):
        if personal and name not in policies.types:
            yield (
                f"types.{name}: missing, and {column} carries `identifier: {name}`. Add it with "
                "priority, check_person and max_people."
            )


def _sentence(content: Mapping[str, Any], error: Mapping[str, Any]) -> str:
    """One validation error with its place, what was found and what to do."""
    parts = [str(part) for part in error["loc"] if part != "[key]"]
    place = ".".join(parts) or "the file"
    if error["type"] == "extra_forbidden":
        known: type[BaseModel] = Policies if len(parts) == 1 else Policy
        known = Window if "max_people_in" in parts else known
        return f"{place}: unknown key; remove it, or use one of {', '.join(known.model_fields)}."
    if error["type"] == "missing":
        return f"{place}: missing; add it."
    text = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    given = error.get("input")
    shown = f", not {given!r}" if isinstance(given, int | float | str | None) else ""
    if error["type"] == "value_error":
        shown = ""
    return f"{place}: {text[0].lower() + text[1:]}{shown}."
