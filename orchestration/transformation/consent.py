"""What silence means, as declared in ``dbt_project/consent_policies.yml``.

Belongs here: the shape of the file and its checks. Does not belong here: how it is applied
(``dbt_project/models/marts/consent``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from orchestration.segments.audience import Purpose
from orchestration.yaml_text import read_declared

FILE = "consent_policies.yml"
REST = "elsewhere"
"""The law of everybody whose region no other law names."""
PURPOSES: tuple[str, ...] = get_args(Purpose)
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Region = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^'\\{}\s][^'\\{}]*$")]


class ConsentError(ValueError):
    """The consent policies cannot be used; the message names file, key and what to do."""


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Law(_Declared):
    regions: list[Region] = []
    purposes: dict[Purpose, Literal["opt_in", "opt_out"]]


class _Policies(_Declared):
    denied_with: dict[Purpose, Purpose] = {}
    laws: dict[Name, _Law] = Field(min_length=1)


def load_consent_policies(path: Path) -> dict[str, Any]:
    """The dbt variable ``consent_policies``: ``laws`` as a list in the order of the file, regions
    in upper case, and ``denied_with``.

    Raises:
        ConsentError: see there; every problem of the file in one message.

    """
    content = read_declared(path, ConsentError)
    try:
        found = _Policies.model_validate(content)
    except ValidationError as error:
        problems = [_sentence(dict(one)) for one in error.errors()]
    else:
        problems = list(_contradictions(found))
    if problems:
        raise ConsentError("\n".join(f"{path}: {text}" for text in problems))
    laws = [
        {
            "name": name,
            "regions": sorted({region.upper() for region in law.regions}),
            "purposes": {purpose: law.purposes[purpose] for purpose in PURPOSES},  # type: ignore[index]
        }
        for name, law in found.laws.items()
    ]
    return {"laws": laws, "denied_with": dict(sorted(found.denied_with.items()))}


def _contradictions(found: _Policies) -> Iterator[str]:
    if REST not in found.laws:
        yield f"laws.{REST}: missing; add it, with opt_in or opt_out for every purpose."
    owner: dict[str, str] = {}
    for name, law in found.laws.items():
        missing = [purpose for purpose in PURPOSES if purpose not in law.purposes]
        if missing:
            yield f"laws.{name}.purposes: {', '.join(missing)} missing; say opt_in or opt_out."
        if name == REST and law.regions:
            yield f"laws.{name}.regions: it is the law of all other regions; remove them."
        if name != REST and not law.regions:
            yield f"laws.{name}.regions: nobody falls under it; name a region, such as JP or US-CA."
        for region in law.regions:
            if owner.setdefault(region.upper(), name) != name:
                yield (
                    f"laws.{name}.regions: {region} stands under {owner[region.upper()]} already; "
                    "leave it to one of them."
                )
    for purpose, other in found.denied_with.items():
        if purpose == other or other in found.denied_with:
            yield f"denied_with.{purpose}: {other} must be another purpose that stands alone."


def _sentence(error: dict[str, Any]) -> str:
    place = ".".join(str(part) for part in error["loc"] if part != "[key]") or "the file"
    text = str(error["msg"])
    if error["type"] == "extra_forbidden":
        return f"{place}: unknown key; remove it."
    if error["type"] == "missing":
        return f"{place}: missing; add it."
    if error.get("input") is False and "regions" in error["loc"]:
        return f'{place}: YAML reads NO as false; write "NO".'
    return f"{place}: {text[0].lower() + text[1:]}, not {str(error.get('input'))[:60]!r}."
