"""Scored pairs as evidence between nodes (deterministic components, single descriptions).

Belongs here: grouping the candidates, every pair's bits per comparison, the arrays.
Does not belong here: joining (``resolve``), deciding (``decide``).
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa

from matching import groups, household, model, namesakes
from matching.levels import Comparison
from matching.resolve import Evidence
from matching.training import Parameters

NOT_KNOWN = -1e6


def put(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, np.ndarray]) -> None:
    """Create a table from arrays."""
    connection.register("arrays", pa.table(columns))
    connection.execute(f"create or replace table {table} as select * from arrays")
    connection.unregister("arrays")


def group(connection: duckdb.DuckDBPyConnection, candidates: str) -> bool:
    """Create ``grouped``, the features of what could belong together; False when nothing could."""
    found = connection.execute(
        f"select component_l, component_r, match_weight from {candidates} "
        "where component_l <> component_r order by all"
    ).fetchnumpy()
    connection.execute(f"drop table {candidates}")
    left, right = np.asarray(found["component_l"]), np.asarray(found["component_r"])
    if not len(left):
        return False
    nodes = np.unique(np.concatenate([left, right]))
    ends = np.searchsorted(nodes, left), np.searchsorted(nodes, right)
    label = groups.bounded(*ends, np.asarray(found["match_weight"]), len(nodes))
    put(connection, "member", {"component": nodes, "block_group": nodes[label]})
    connection.execute(
        "create or replace table grouped as select * from feature join member using (component)"
    )
    return True


def weigh(
    connection: duckdb.DuckDBPyConnection,
    scored: str,
    comparisons: Sequence[Comparison],
    parameters: Parameters,
) -> None:
    """Create ``pair``, levels ``gX``, bits ``wX``, household bits ``hX`` of every scored pair, and
    ``pair_evidence``: the same in words.
    """
    columns = []
    for place, c in enumerate(comparisons):
        adjustment = f" + mw_tf_adj_{c.name}" if any(c.frequencies) else ""
        if c.name == "given_name":
            adjustment += " - namesake_bits"
        columns.append(f"gamma_{c.name} as g{place}, mw_{c.name}{adjustment} as w{place}")
        if c.shared:
            columns.append(f"{household.bits_sql(c, parameters)} as h{place}")
    factors = ", ".join(repr(bits) for bits in np.log2(parameters.namesake).tolist())
    place_of = namesakes.place_sql(comparisons, "gamma_{name}", "given_script_l")
    prior, family = household.prior_bits(parameters)
    shared = " + ".join(f"h{place}" for place, c in enumerate(comparisons) if c.shared) or "0"
    connection.execute(f"""
        create or replace table pair as
        select row_number() over (order by id_l, id_r) as row, *,
            -greatest({family} + {shared}, 0) - log2(1 + pow(2, -abs({family} + {shared})))
                as household_bits,
            bits + household_bits as own_bits
        from (
            select id_l, id_r, least(component_l, component_r) as left_node,
                greatest(component_l, component_r) as right_node,
                match_weight - namesake_bits + {prior - model.bits(parameters.match)} as bits,
                {", ".join(columns)}
            from (select *, [{factors}][1 + {place_of}] as namesake_bits from {scored})
            where component_l <> component_r
        )
    """)
    connection.execute(f"drop table {scored}")
    _tell(connection, comparisons, prior)


def _tell(
    connection: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison], prior: float
) -> None:
    findings = []
    for place, c in enumerate(comparisons):
        words = " ".join(f"when {v} then '{c.label(v)}'" for v in range(c.size))
        findings.append(
            f"{{feature: '{c.name}', gamma: g{place}, weight: w{place}, "
            f"level: case g{place} {words} end}}"
        )
    connection.execute(f"""
        create or replace view pair_evidence as
        select row, id_l, id_r, own_bits,
            list_transform(
                list_filter([{", ".join(findings)}], lambda e: e.gamma >= 0),
                lambda e: {{feature: e.feature, level: e.level, weight: round(e.weight, 3)}}
            ) as fields,
            [{{feature: 'prior', level: 'any two records that share no identifier',
                weight: round({prior}, 3)}}] as prior,
            [{{feature: 'household', level: 'people of one household agree on it, too',
                weight: round(household_bits, 3)}}] as household
        from pair
    """)


def evidence(
    connection: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison]
) -> tuple[Evidence, np.ndarray]:
    """The pairs as edges between nodes, and the nodes (component ids) in their order."""
    found = connection.execute("select * from pair order by row").fetchnumpy()
    nodes = np.unique(np.concatenate([found["left_node"], found["right_node"]]))
    places = range(len(comparisons))
    shared = [place for place in places if comparisons[place].shared]

    def stack(letter: str, wanted: Sequence[int]) -> np.ndarray:
        columns = [np.asarray(found[f"{letter}{place}"], dtype=float) for place in wanted]
        return np.stack(columns, 1) if columns else np.zeros((len(found["row"]), 0))

    known, household_known = stack("g", places) >= 0, stack("g", shared) >= 0
    weights, family = stack("w", places), stack("h", shared)
    edges = Evidence(
        left=np.searchsorted(nodes, found["left_node"]),
        right=np.searchsorted(nodes, found["right_node"]),
        weights=np.where(known, weights, 0.0),
        known=known.astype(float),
        best=np.where(known, weights, NOT_KNOWN),
        household=np.where(household_known, family, 0.0),
        household_known=household_known.astype(float),
        household_best=np.where(household_known, family, NOT_KNOWN),
        pair=np.asarray(found["row"], dtype=np.int64),
        pair_bits=np.asarray(found["own_bits"], dtype=float),
    )
    return edges, nodes


def sizes(connection: duckdb.DuckDBPyConnection, nodes: np.ndarray) -> np.ndarray:
    """Records behind every node."""
    found = connection.execute(
        "select component, sum(weight) as records from feature group by all order by all"
    ).fetchnumpy()
    at = np.searchsorted(np.asarray(found["component"]), nodes)
    return np.asarray(found["records"], dtype=float)[at]
