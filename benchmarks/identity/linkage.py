"""Speed of the probabilistic pass alone on a million descriptions of people, parameters kept.

`python -m benchmarks.identity.linkage <way> <people.parquet> <parameters.json> <answer.json>` runs
one way in a process of its own; its training ran before, in another, and is not counted.

Belongs here: the ways and their order. Does not belong here: who the people are
(``linkage_people``), our model (dbt_project/matching).
"""

from __future__ import annotations

import json
import re
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from scipy.sparse import coo_matrix  # type: ignore[import-untyped]
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]

from benchmarks import measure
from benchmarks.identity.clustering import Clock
from benchmarks.identity.linkage_people import write_people
from orchestration import warehouse
from orchestration.settings import DBT_PROJECT

HEADS = (
    "way",
    "rows",
    "candidate pairs",
    "seconds",
    "cpu s",
    "peak GB",
    "precision",
    "recall",
    "F1",
)
WAYS = ("ours", "splink")
EXACT = ("email", "postcode", "city", "phone")
# some 30 candidates a row at a million rows
RULES = (
    ("birth_date",), ("given_name", "family_name"), ("family_name", "year(birth_date)"),
    ("family_name", "city"), ("postcode", "given_name"), ("email",), ("phone",),
    ("given_name", "substr(family_name, 1, 3)"),
)  # fmt: skip


@dataclass(frozen=True)
class Pass:
    """What one way took and found; ``error`` says why it did not finish."""

    way: str
    answer: dict[str, Any]
    error: str = ""


def bench_linkage(work: Path, rows: int) -> Iterator[Pass]:
    """Train once per way, then every way with what was learned."""
    folder = work / "linkage"
    people = folder / f"people-{rows}.parquet"
    write_people(people, rows)
    for way in WAYS:
        kept = folder / f"{way}-{rows}.json"
        if not kept.exists():
            _run(f"train_{way}", people, kept, folder)
        yield _run(way, people, kept, folder)


def _run(way: str, people: Path, kept: Path, folder: Path) -> Pass:
    answer = folder / f"{way}.answer.json"
    answer.unlink(missing_ok=True)
    command = [sys.executable, "-m", __name__, way, str(people), str(kept), str(answer)]
    log = folder / f"{way}.log"
    done = measure.run(command, {}, log)
    if done.exit_code:
        return Pass(way, {}, log.read_text(encoding="utf-8").strip().splitlines()[-1][:80])
    return Pass(way, json.loads(answer.read_text(encoding="utf-8")))


def _connection(people: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(
        config={"threads": warehouse.threads(), "memory_limit": warehouse.memory_limit()}
    )
    connection.execute("set preserve_insertion_order = false")
    connection.execute(f"create table description as select * exclude (person) from '{people}'")
    return connection


def _matching() -> Any:
    sys.path.append(str(DBT_PROJECT))
    from matching import kept, linkage  # noqa: PLC0415 - the path must be set before

    return kept, linkage


def train_ours(people: Path, kept: Path) -> dict[str, Any]:
    """Learn parameters and keep them."""
    file, linkage = _matching()
    model = linkage.train(_connection(people), "description")
    file.save(kept, model.parameters, model.profile)
    return {}


def ours(people: Path, kept: Path) -> dict[str, Any]:
    """The whole pass: features, blocking, scoring, groups, threshold, findings."""
    _, linkage = _matching()
    connection = _connection(people)
    clock = Clock()
    found = linkage.run(connection, "description", kept)
    seconds, cpu = clock.read()
    ((origin,),) = connection.execute(
        f"select max(status) from {found} where kind = 'level' and status in ('kept', 'trained')"
    ).fetchall()
    ((candidates,),) = connection.execute(
        "select sum(cast(detail ->> 'pairs' as bigint))"
        f" from {found} where kind = 'block' and reason is null"
    ).fetchall()
    connection.execute(
        f"create table linked as select left_id, right_id from {found}"
        " where kind = 'pair' and status = 'link'"
    )
    return {"origin": origin, **_answer(connection, people, seconds, cpu, candidates)}


def _comparisons() -> list[Any]:
    from splink.internals import comparison_library as cl  # noqa: PLC0415

    return [
        cl.NameComparison("given_name"),
        cl.NameComparison("family_name"),
        cl.DateOfBirthComparison("birth_date", input_is_string=False),
        *(cl.ExactMatch(one).configure(term_frequency_adjustments=True) for one in EXACT),
    ]


def _settings() -> Any:
    from splink import SettingsCreator, block_on  # noqa: PLC0415

    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="description_id",
        comparisons=_comparisons(),
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in RULES],
    )


def train_splink(people: Path, kept: Path) -> dict[str, Any]:
    """Splink's own training, as its tutorial has it."""
    from splink import DuckDBAPI, Linker, block_on  # noqa: PLC0415

    connection = _connection(people)
    linker = Linker(DuckDBAPI(connection=connection).register("description"), _settings())
    linker.training.estimate_probability_two_random_records_match(
        [block_on("given_name", "family_name", "birth_date"), block_on("email")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (("given_name", "family_name"), ("birth_date",)):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    linker.misc.save_model_to_json(str(kept), overwrite=True)
    return {}


def splink(people: Path, kept: Path) -> dict[str, Any]:
    """Splink 5: candidates, scores, clusters at .95."""
    from splink import DuckDBAPI, Linker  # noqa: PLC0415

    connection = _connection(people)
    clock = Clock()
    linker = Linker(
        DuckDBAPI(connection=connection).register("description"),
        json.loads(kept.read_text(encoding="utf-8")),
    )
    pairs = linker.inference.predict(threshold_match_probability=0.01)
    seconds, cpu = clock.read()
    connection.execute(
        "create table linked as select description_id_l as left_id, description_id_r as right_id"
        f" from {pairs.physical_name} where match_probability >= 0.95"
    )
    answer = _answer(connection, people, seconds, cpu, None)
    return {**answer, "candidates": _candidates(connection)}


def _candidates(connection: duckdb.DuckDBPyConnection) -> int:
    """Pairs that the rules bring together, each counted by the first rule that does."""
    before, counts = "", []
    for rule in RULES:
        sides = [tuple(_of(side, part) for part in rule) for side in ("l", "r")]
        equal = " and ".join(f"{left} = {right}" for left, right in zip(*sides, strict=True))
        counts.append(
            "select count(*) from description as l inner join description as r"
            f" on {equal} and l.description_id < r.description_id where true{before}"
        )
        before += f" and not coalesce({equal}, false)"
    return sum(connection.execute(one).fetchall()[0][0] for one in counts)


def _of(side: str, expression: str) -> str:
    return re.sub(r"\b(\w+_\w+|email|phone|city|postcode)\b", rf"{side}.\1", expression)


def _answer(
    connection: duckdb.DuckDBPyConnection, people: Path, seconds: float, cpu: float, pairs: Any
) -> dict[str, Any]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6

    links = connection.execute("select left_id, right_id from linked").fetchnumpy()
    ((rows,),) = connection.execute("select count(*) from description").fetchall()
    ones = np.ones(len(links["left_id"]), dtype=bool)
    graph = coo_matrix((ones, (links["left_id"], links["right_id"])), shape=(rows, rows))
    found = connected_components(graph, directed=False)[1]
    truth = connection.execute(
        f"select person from '{people}' order by description_id"
    ).fetchnumpy()["person"]
    made, true, both = (_pairs(key) for key in (found, truth, found * (truth.max() + 1) + truth))
    precision, recall = both / max(made, 1), both / max(true, 1)
    return {
        "rows": rows, "candidates": pairs, "seconds": seconds, "cpu": cpu, "peak": peak,
        "precision": precision, "recall": recall,
        "f1": 2 * precision * recall / max(precision + recall, 1e-9),
    }  # fmt: skip


def _pairs(keys: Any) -> float:
    sizes = np.unique(keys.astype("int64"), return_counts=True)[1]
    return float((sizes * (sizes - 1) // 2).sum())


def pass_row(one: Pass) -> list[str]:
    """Cells in the order of HEADS."""
    if one.error:
        return [one.way, "", "", one.error, "", "", "", "", ""]
    a = one.answer
    return [
        f"{one.way} ({a['origin']} parameters)" if "origin" in a else one.way,
        f"{a['rows']:,}", f"{a['candidates']:,}", f"{a['seconds']:.1f}", f"{a['cpu']:.1f}",
        f"{a['peak']:.2f}", f"{a['precision']:.3f}", f"{a['recall']:.3f}", f"{a['f1']:.3f}",
    ]  # fmt: skip


if __name__ == "__main__":
    way, people, kept, target = sys.argv[1], *map(Path, sys.argv[2:])
    function = {one.__name__: one for one in (ours, splink, train_ours, train_splink)}[way]
    target.write_text(json.dumps(function(people, kept)), encoding="utf-8")
