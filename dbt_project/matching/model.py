"""The Splink model that carries the parameters, and the scoring of pairs with it.

Belongs here: everything that speaks Splink. Does not belong here: where parameters come from.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker

from matching.blocking import Block
from matching.levels import Comparison
from matching.training import FLOOR, Parameters


def settings(
    comparisons: Sequence[Comparison],
    parameters: Parameters,
    blocks: Sequence[Block],
    *,
    detailed: bool = False,
) -> dict[str, Any]:
    """A Splink settings dictionary: rules, comparisons, m and u of every level, prior.

    ``detailed`` models give every pair's levels and weights by comparison.
    """
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "id",
        "probability_two_random_records_match": parameters.match,
        "blocking_rules_to_generate_predictions": rules(blocks),
        "comparisons": [_comparison(c, parameters) for c in comparisons],
        "retain_intermediate_calculation_columns": detailed,
        "retain_matching_columns": detailed,
        "additional_columns_to_retain": ["component"],
    }


def rules(blocks: Sequence[Block]) -> list[dict[str, str]]:
    """The blocking rules in Splink's words."""
    return [
        {"blocking_rule": f"l.{b.column} = r.{b.column}", "sql_dialect": "duckdb"}
        for b in blocks
        if b.column
    ]


def _comparison(comparison: Comparison, parameters: Parameters) -> dict[str, Any]:
    m, u = parameters.m[comparison.name], parameters.u[comparison.name]
    levels: list[dict[str, Any]] = [
        {
            "sql_condition": f"not ({_sides(comparison.known)})",
            "label_for_charts": "not known of both",
            "is_null_level": True,
        }
    ]
    for place, level in enumerate(comparison.levels):
        value = comparison.size - 1 - place
        levels.append(
            {
                "sql_condition": _sides(level.condition),
                "label_for_charts": level.label,
                "m_probability": m[value],
                "u_probability": u[value],
            }
        )
        if level.frequency:
            levels[-1] |= {
                "tf_adjustment_column": level.frequency,
                "tf_minimum_u_value": FLOOR,
                "disable_tf_exact_match_detection": True,
            }
    levels.append(
        {
            "sql_condition": "ELSE",
            "label_for_charts": "differs",
            "m_probability": m[0],
            "u_probability": u[0],
        }
    )
    return {"output_column_name": comparison.name, "comparison_levels": levels}


def _sides(condition: str) -> str:
    # L.column in Splink's words is column_l
    return re.sub(r"\b([LR])\.(\w+)", lambda side: f"{side[2]}_{side[1].lower()}", condition)


def score(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    model: dict[str, Any],
    comparisons: Sequence[Comparison],
    least_bits: float | None,
) -> str:
    """Score the pairs that the model's rules find in ``table``; return the table of scored pairs.

    Pairs of a match weight below ``least_bits`` are left out; None keeps all.
    """
    api = DuckDBAPI(connection)
    rows = api.table_to_splink_dataframe("__splink__df_input", table)
    linker = Linker(rows, model, log_level=None, validate_settings=False)
    for column in sorted({f for c in comparisons for f in c.frequencies if f}):
        lookup = api.table_to_splink_dataframe(f"__splink__df_tf_{column}", f"frequency_{column}")
        linker.table_management.register_term_frequency_lookup(lookup, column)
    scored = linker.inference.predict_within(
        rows, threshold_match_weight=least_bits, warning_mode="never"
    )
    return str(scored.physical_name)


def bits(probability: float) -> float:
    """Odds of a probability as a weight of evidence in bits."""
    return math.log2(probability / (1 - probability))
