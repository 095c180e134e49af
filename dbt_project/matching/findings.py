"""The table ``finding``: everything a linkage run has to tell, see int_identity__linkage.

Belongs here: its columns, the blocking report, the model. Does not belong here: pairs (``decide``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import duckdb

from matching import namesakes
from matching.blocking import Block
from matching.levels import Comparison
from matching.training import Parameters


def create(connection: duckdb.DuckDBPyConnection, blocks: Sequence[Block]) -> None:
    """Create the table with a row per blocking key."""
    connection.execute("""
        create or replace table finding (
            kind varchar, left_id bigint, right_id bigint, match_weight double, probability double,
            status varchar, reason varchar,
            evidence struct(feature varchar, level varchar, weight double)[], detail json
        )
    """)
    for block in blocks:
        detail = {
            "key": block.key, "rows": block.rows, "pairs": block.pairs,
            "largest_block": block.largest_block, "blocks_left_out": block.blocks_left_out,
        }  # fmt: skip
        connection.execute(
            "insert into finding (kind, status, reason, detail) values ('block', ?, ?, ?)",
            ["used" if block.column else "left_out", block.reason, json.dumps(detail)],
        )


def add_model(
    connection: duckdb.DuckDBPyConnection,
    comparisons: Sequence[Comparison],
    parameters: Parameters,
    origin: str,
) -> None:
    """Add a row per comparison level, and one for the priors."""
    rows: list[dict[str, object]] = [
        {
            "feature": c.name,
            "level": c.label(value),
            "match": parameters.m[c.name][value],
            "household": parameters.h[c.name][value],
            "stranger": parameters.u[c.name][value],
        }
        for c in comparisons
        for value in range(c.size)
    ]
    priors = {
        "match": parameters.match,
        "household": parameters.household,
        "stranger": 1 - parameters.match - parameters.household,
    }
    prior = {"feature": "prior", "level": "any two records that share no identifier", **priors}
    together = [
        {"feature": "namesakes", "level": f"both names, {script}", "stranger": factor}
        for script, factor in zip(namesakes.SCRIPTS, parameters.namesake[1:], strict=True)
    ]
    for row in [*rows, *together, prior]:
        connection.execute(
            "insert into finding (kind, status, detail) values ('level', ?, ?)",
            [origin, json.dumps(row)],
        )


def add_threshold(connection: duckdb.DuckDBPyConnection, least: float, expected: float) -> None:
    """Add the threshold, in bits, and the pairwise F1 expected of it."""
    detail = {"feature": "threshold", "level": "least bits", "weight": round(least, 3)}
    detail["expected_f1"] = round(expected, 4)
    connection.execute(
        "insert into finding (kind, detail) values ('level', ?)", [json.dumps(detail)]
    )
