"""The file that says what silence means: every error it can hold, with key and remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from orchestration.ingestion import load_declarations
from orchestration.settings import DBT_PROJECT, DEFS
from orchestration.transformation.consent import (
    FILE,
    PURPOSES,
    ConsentError,
    load_consent_policies,
)
from orchestration.transformation.variables import variables

MARKETING = ("email", "sms", "phone", "ads")


@pytest.fixture
def load(tmp_path: Path) -> Callable[[Callable[[Any], Any]], dict[str, Any]]:
    """Load the project's file after an edit of its content."""

    def go(edit: Callable[[Any], Any]) -> dict[str, Any]:
        content = yaml.safe_load((DBT_PROJECT / FILE).read_text(encoding="utf-8"))
        edit(content)
        path = tmp_path / FILE
        path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
        return load_consent_policies(path)

    return go


WRONG = {
    "unknown key": (lambda c: c.update(law={}), "law: unknown key; remove it."),
    "no laws": (lambda c: c.pop("laws"), "laws: missing; add it."),
    "no law of the rest": (lambda c: c["laws"].pop("elsewhere"), "laws.elsewhere: missing; add it"),
    "unknown rule": (
        lambda c: c["laws"]["appi"]["purposes"].update(email="yes"),
        "laws.appi.purposes.email: input should be 'opt_in' or 'opt_out', not 'yes'",
    ),
    "unknown purpose": (
        lambda c: c["laws"]["appi"]["purposes"].update(fax="opt_in"),
        "laws.appi.purposes.fax: input should be 'analytics', 'personalisation'",
    ),
    "missing purpose": (
        lambda c: c["laws"]["gdpr"]["purposes"].pop("sms"),
        "laws.gdpr.purposes: sms missing; say opt_in or opt_out.",
    ),
    "one region twice": (
        lambda c: c["laws"]["ccpa"]["regions"].append("jp"),
        "laws.appi.regions: JP stands under ccpa already; leave it to one of them.",
    ),
    "no region": (
        lambda c: c["laws"]["ccpa"].update(regions=[]),
        "laws.ccpa.regions: nobody falls under it; name a region",
    ),
    "region of the rest": (
        lambda c: c["laws"]["elsewhere"].update(regions=["BR"]),
        "laws.elsewhere.regions: it is the law of all other regions; remove them.",
    ),
    "norway": (
        lambda c: c["laws"]["gdpr"]["regions"].append(False),
        'YAML reads NO as false; write "NO".',
    ),
    "a quote": (
        lambda c: c["laws"]["gdpr"]["regions"].append("x' or true --"),
        "laws.gdpr.regions.36: string should match pattern",
    ),
    "a name that is none": (
        lambda c: c["laws"].update({"x' --": c["laws"]["appi"]}),
        "laws.x' --: string should match pattern",
    ),
    "circle": (
        lambda c: c["denied_with"].update(sale="ads"),
        "denied_with.sale: ads must be another purpose that stands alone.",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_with_file_key_and_remedy(name: str, load: Any) -> None:
    edit, told = WRONG[name]
    with pytest.raises(ConsentError) as error:
        load(edit)
    assert FILE in str(error.value)
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("text", "told"), [("laws: [", "not valid YAML"), (None, "cannot be read"), ("- x", "the file")]
)
def test_a_file_that_cannot_be_read(text: str | None, told: str, tmp_path: Path) -> None:
    path = tmp_path / FILE
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ConsentError, match=told):
        load_consent_policies(path)


def test_marketing_waits_for_a_yes_everywhere_as_it_is_shipped() -> None:
    shipped = variables(load_declarations(DEFS), DBT_PROJECT)["consent_policies"]
    laws = {law["name"]: law["purposes"] for law in shipped["laws"]}
    assert {rules[purpose] for rules in laws.values() for purpose in MARKETING} == {"opt_in"}
    assert set(laws["gdpr"].values()) == set(laws["elsewhere"].values()) == {"opt_in"}
    assert laws["ccpa"]["sale"] == "opt_out"
    assert laws["appi"]["sale"] == "opt_in"
    assert shipped["denied_with"] == {"ads": "sale"}
    assert all(list(rules) == list(PURPOSES) for rules in laws.values())
    ((norway,),) = ([law["name"] for law in shipped["laws"] if "NO" in law["regions"]],)
    assert norway == "gdpr"
