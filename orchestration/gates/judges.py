"""Verdicts on a layer that no suite can give: they need the policies, the last published state or
the truth of the sample company.

Belongs here: the shape of such a verdict, and those of identity. Does not belong here: how a change
or quality is measured (``orchestration.identity``), the step (``factory``).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import duckdb

from expectations import ExpectationResult, Suite, SuiteResult
from expectations.suite import Expectation
from orchestration.identity import published, truth
from orchestration.identity.change import Change, measure
from orchestration.identity.policies import Policies, change_digest, differences
from orchestration.settings import Settings

ACCEPT_TAG = "kokyaku/accept-identity-change"
ACCEPT_VARIABLE = "KOKYAKU_ACCEPT_IDENTITY_CHANGE"
TABLE = "identity.record_customer"
ENOUGH = 1_000
"""Labelled records below which a share says little."""
AIMS = {"precision": 0.99, "recall": 0.95, "b_cubed": 0.97}
"""What the sample company is held to; docs/identity/policies.md says what was measured."""


@dataclass(frozen=True)
class Judge:
    """A verdict with the suite it stands for; ``judge`` takes the build warehouse, the settings and
    the run's tags, and gives one result per expectation of the suite.
    """

    suite: Suite
    judge: Callable[
        [duckdb.DuckDBPyConnection, Settings, Mapping[str, str]], list[ExpectationResult]
    ]

    def result(
        self,
        connection: duckdb.DuckDBPyConnection,
        settings: Settings,
        tags: Mapping[str, str],
    ) -> SuiteResult:
        """The verdict as a gate shows and keeps it."""
        found = self.judge(connection, settings, tags)
        return SuiteResult(self.suite, max(one.evaluated for one in found), found)


def identity_judges(policies: Policies) -> list[Judge]:
    """Those of the identity layer."""
    change = Expectation("change_of_policies_is_accepted", "critical", {})
    aims = tuple(
        Expectation(f"{name}_on_known_truth", "critical", {"min_value": aim})
        for name, aim in AIMS.items()
    )

    def judge_change(
        connection: duckdb.DuckDBPyConnection, settings: Settings, tags: Mapping[str, str]
    ) -> list[ExpectationResult]:
        del settings
        accepted = {*policies.accepted_changes, tags.get(ACCEPT_TAG, "")}
        accepted |= set(os.environ.get(ACCEPT_VARIABLE, "").replace(",", " ").split())
        return [policy_change(connection, policies, accepted)]

    def judge_truth(
        connection: duckdb.DuckDBPyConnection, settings: Settings, tags: Mapping[str, str]
    ) -> list[ExpectationResult]:
        del tags
        return known_truth(connection, settings)

    return [
        Judge(
            _suite(
                "gate_policy_change",
                "A change of the policies that moves many customers is accepted by somebody first.",
                (change,),
            ),
            judge_change,
        ),
        Judge(
            _suite(
                "gate_known_truth",
                "Where the truth is known (the sample company), people are found and kept apart.",
                aims,
            ),
            judge_truth,
        ),
    ]


def policy_change(
    connection: duckdb.DuckDBPyConnection, policies: Policies, accepted: set[str]
) -> ExpectationResult:
    """Whether what the policies do now may be published."""
    before = published.policies(connection)
    if before is None or before == policies.meaning:
        detail = "nothing published yet" if before is None else "policies are as published"
        return _held("change_of_policies_is_accepted", 0, detail)
    change = measure(connection, published.RECORDS, TABLE)
    digest = change_digest(before, policies.meaning)
    text = change_text(change, before, policies)
    if change.share <= policies.accept_change_share or digest in accepted:
        return _held("change_of_policies_is_accepted", change.customers, text)
    return ExpectationResult(
        type="change_of_policies_is_accepted",
        column=None,
        severity="critical",
        success=False,
        evaluated=change.customers,
        unexpected=change.moved,
        sample_keys=change.examples,
        detail=f"{text}. {how_to_accept(digest, policies)}",
    )


def change_text(change: Change, before: str, policies: Policies) -> str:
    """What was changed and what it does, in one sentence."""
    said = "; ".join(differences(json.loads(before), policies.variable))
    grown = f"; {change.new_records:,} records came since" if change.new_records else ""
    return f"the policies changed ({said}) and move {change.sentence}{grown}"


def how_to_accept(digest: str, policies: Policies) -> str:
    """The three ways to let a change through."""
    return (
        f"More than {policies.accept_change_share:.1%} needs a word: look with `make "
        f"identity-diff`, then run with {ACCEPT_VARIABLE}={digest}, or with the run tag "
        f"{ACCEPT_TAG}={digest}, or put {digest} into accepted_changes of "
        "dbt_project/identity_policies.yml. To keep what is published, undo the change"
    )


def known_truth(
    connection: duckdb.DuckDBPyConnection, settings: Settings
) -> list[ExpectationResult]:
    """Precision, recall and B-cubed where the landing folder is a generated company's."""
    files = truth.truth_files(settings.landing)
    names = {name: f"{name}_on_known_truth" for name in AIMS}
    if not files:
        return [_held(name, 0, "no truth is known of this landing") for name in names.values()]
    quality = truth.score(connection, files)
    if quality.records < max(ENOUGH, 0.9 * quality.expected):
        few = f"not judged: {quality.records:,} of {quality.expected:,} labelled records are here"
        return [_held(name, 0, few) for name in names.values()]
    results = []
    for key, name in names.items():
        value = float(getattr(quality, key))
        results.append(
            ExpectationResult(
                type=name, column=None, severity="critical", success=value >= AIMS[key],
                evaluated=quality.records, unexpected=0,
                detail=f"observed {value:.4f}, aim {AIMS[key]}",
            )
        )  # fmt: skip
    return results


def _held(name: str, evaluated: int, detail: str) -> ExpectationResult:
    return ExpectationResult(name, None, "critical", True, evaluated, 0, detail=detail)


def _suite(name: str, description: str, expectations: tuple[Expectation, ...]) -> Suite:
    return Suite(
        layer="identity",
        name=name,
        table=TABLE,
        description=description,
        key=("customer_id",),
        expectations=expectations,
    )
