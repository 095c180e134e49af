"""One blocking step per layer, made from the layer's suites.

Belongs here: check specs and the step. Does not belong here: suites, judging.
Loading this module does not import Great Expectations (3 s); running a gate that has something
to judge does.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import dagster as dg
import duckdb

from expectations import ExpectationResult, Suite, SuiteResult, run_suites
from orchestration import state
from orchestration.gates import store
from orchestration.gates.cover import build_cover
from orchestration.gates.judges import Judge
from orchestration.gates.page import check_metadata
from orchestration.personal import Personal
from orchestration.resources import POOL, Warehouse, full_requested


@dataclass(frozen=True)
class Asked:
    """Suites and judges that give their verdicts, and what these may show of values."""

    suites: Sequence[Suite]
    judges: Sequence[Judge] = ()
    personal: Personal = field(default_factory=dict)

    @property
    def all_suites(self) -> list[Suite]:
        """The judges' suites, too."""
        return [*self.suites, *(one.suite for one in self.judges)]


def build_gate(
    layer: str,
    suites: Sequence[Suite],
    judges: Sequence[Judge] = (),
    personal: Personal | None = None,
) -> dg.AssetChecksDefinition:
    """The gate of a layer: one check per suite and judge, all in one step that downstream layers
    wait for. ``personal`` says which keys of failing rows are not for a log.
    """
    asked = Asked(suites, judges, personal or {})

    @dg.multi_asset_check(
        name=f"gate_{layer}",
        specs=[
            dg.AssetCheckSpec(
                suite.name,
                asset=asset_key(suite),
                blocking=True,
                description=suite.description,
                metadata={"expectations": len(suite.expectations)},
            )
            for suite in asked.all_suites
        ],
        can_subset=True,
        pool=POOL,
        op_tags={"layer": layer},
    )
    def gate(
        context: dg.AssetCheckExecutionContext, warehouse: Warehouse
    ) -> Iterable[dg.AssetCheckResult]:
        selected = context.selected_asset_check_keys
        chosen = replace(
            asked,
            suites=[suite for suite in suites if check_key(suite) in selected],
            judges=[one for one in judges if check_key(one.suite) in selected],
        )
        if len(chosen.all_suites) == len(asked.all_suites):
            yield from run_gate(context, warehouse, layer, asked)
        else:
            yield from run_suites_apart(context, warehouse, layer, chosen)

    return gate


def run_gate(
    context: dg.AssetCheckExecutionContext,
    warehouse: Warehouse,
    layer: str,
    asked: Asked,
) -> Iterator[dg.AssetCheckResult]:
    """Judge the layer, unless it was judged good for the same input."""
    step = f"gate_{layer}"
    with warehouse.connect() as connection:
        state.prepare(connection)
        fingerprint = state.fingerprint(connection)
        skip = state.done(connection, step, fingerprint) and not full_requested(context)
        if skip:
            results = store.last(connection, asked.all_suites)
        else:
            state.begin(connection, step)
            results = _judge(context, warehouse, connection, asked)
            store.save(connection, context.run.run_id, results)
            if not any(result.blocking for result in results):
                state.finish(connection, step, fingerprint, context.run.run_id)
    yield from _report(context, results, "unchanged, " if skip else "")


def run_suites_apart(
    context: dg.AssetCheckExecutionContext,
    warehouse: Warehouse,
    layer: str,
    asked: Asked,
) -> Iterator[dg.AssetCheckResult]:
    """Judge some tables only, asked for in the UI. It can close the gate, but not open it."""
    with warehouse.connect() as connection:
        state.prepare(connection)
        results = _judge(context, warehouse, connection, asked)
        if any(result.blocking for result in results):
            state.begin(connection, f"gate_{layer}")
            store.save(connection, context.run.run_id, results)
    yield from _report(context, results)


def _judge(
    context: dg.AssetCheckExecutionContext,
    warehouse: Warehouse,
    connection: duckdb.DuckDBPyConnection,
    asked: Asked,
) -> list[SuiteResult]:
    results = run_suites(
        connection,
        asked.suites,
        since_batch=state.published_batch(connection),
        cover=build_cover(asked.personal, warehouse.settings),
    )
    tags = context.run.tags if asked.judges else {}
    heard = (one.result(connection, warehouse.settings, tags) for one in asked.judges)
    return [*results, *heard]


def _report(
    context: dg.AssetCheckExecutionContext, results: Sequence[SuiteResult], prefix: str = ""
) -> Iterator[dg.AssetCheckResult]:
    context.log.info(prefix + summary(results))
    for result in results:
        for line, found in zip(problems(result), broken(result), strict=True):
            (context.log.error if found.blocking else context.log.warning)(line)
    for result in results:
        yield check_result(result)


def check_key(suite: Suite) -> dg.AssetCheckKey:
    """The check that shows a suite's result."""
    return dg.AssetCheckKey(asset_key(suite), suite.name)


def asset_key(suite: Suite) -> dg.AssetKey:
    """The asset a suite judges."""
    return dg.AssetKey(suite.table.split("."))


def summary(results: Sequence[SuiteResult]) -> str:
    """One line on a layer."""
    passed = sum(result.passed for result in results)
    failed = sum(result.failed for result in results)
    text = f"{passed} expectations hold on {len(results)} tables"
    return f"{text}, {failed} do not" if failed else text


def problems(result: SuiteResult) -> list[str]:
    """One sentence per expectation that does not hold: which, how many rows, which keys, files."""
    return [_problem(result, found) for found in broken(result)]


def broken(result: SuiteResult) -> list[ExpectationResult]:
    """The expectations that do not hold."""
    return [found for found in result.results if not found.success]


def _problem(suite: SuiteResult, found: ExpectationResult) -> str:
    subject = f"{suite.table}.{found.column}" if found.column else suite.table
    text = f"{found.severity}: {subject}: {found.type.replace('_', ' ')}"
    if found.detail:
        text += f": {found.detail}"
    if found.sample_keys:
        text += f"; such as {', '.join(found.sample_keys[:3])}"
    if found.sample_files:
        text += f"; from {', '.join(found.sample_files[:3])}"
    return text


def check_result(result: SuiteResult) -> dg.AssetCheckResult:
    """A suite's result as Dagster keeps and shows it."""
    severity = dg.AssetCheckSeverity.ERROR if result.blocking else dg.AssetCheckSeverity.WARN
    return dg.AssetCheckResult(
        asset_key=asset_key(result.suite),
        check_name=result.suite.name,
        passed=result.failed == 0,
        severity=severity,
        description="\n".join(problems(result)) or None,
        metadata=check_metadata(result),
    )
