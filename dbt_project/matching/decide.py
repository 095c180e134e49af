"""Scored pairs to decided pairs, with the evidence of each.

Belongs here: what is linked, what a reviewer should see, and why.
Does not belong here: how groups join (``resolve``), the threshold (``threshold``).
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np

from matching import findings, groups, household, model, threshold, weigh
from matching.blocking import Block
from matching.levels import Comparison
from matching.resolve import Evidence, Joins, agglomerate
from matching.training import Parameters

# Weaker pairs are not even grouped; below a probability of .1 nothing is worth a look.
GROUP_BITS = -3.0
REVIEW_BITS = -3.17
# One field, however telling, may be shared or mistyped.
LEAST_FIELDS = 2


def link(
    connection: duckdb.DuckDBPyConnection,
    description: str,
    comparisons: Sequence[Comparison],
    parameters: Parameters,
    blocks: Sequence[Block],
) -> None:
    """Score the candidates, join groups, and add a finding per link and per pair for review."""
    broad = model.settings(comparisons, parameters, blocks)
    candidates = model.score(connection, "feature", broad, comparisons, GROUP_BITS)
    if not weigh.group(connection, candidates):
        return
    inside = [Block("group", "block_group", 0, 0, 0, 0, None)]
    detailed = model.settings(comparisons, parameters, inside, detailed=True)
    scored = model.score(connection, "grouped", detailed, comparisons, None)
    weigh.weigh(connection, scored, comparisons, parameters)
    edges, nodes = weigh.evidence(connection, comparisons)
    priors = household.prior_bits(parameters)
    joins, left = agglomerate(edges, weigh.sizes(connection, nodes), priors, REVIEW_BITS)
    left_bits = left.bits(*priors)
    left_over = float(threshold.probability(left_bits).sum())
    certain = connection.execute(
        "select coalesce(sum(n * (n - 1) / 2), 0) from (select sum(len(record_ids)) as n "
        f"from {description} where component_id is not null group by component_id)"
    ).fetchall()[0][0]
    least, expected = threshold.choose(
        joins.height, joins.bits, joins.pairs, float(certain), left_over
    )
    findings.add_threshold(connection, least, expected)
    _add(connection, joins, left, left_bits, least)
    _add_copies(connection, description, nodes, joins, least)


def _add(
    connection: duckdb.DuckDBPyConnection,
    joins: Joins,
    left: Evidence,
    left_bits: np.ndarray,
    least: float,
) -> None:
    """Every join by its strongest pair, and what is left between groups that may be one."""
    queued = left_bits >= REVIEW_BITS
    bits = np.concatenate([joins.height, left_bits[queued]])
    decided = {
        "row": np.concatenate([joins.pair, left.pair[queued]]),
        "bits": bits,
        "probability": threshold.probability(bits),
        "linked": np.concatenate([joins.height >= least, np.zeros(int(queued.sum()), dtype=bool)]),
    }
    weigh.put(connection, "decided", decided)
    connection.execute(f"""
        insert into finding
            (kind, left_id, right_id, match_weight, probability, status, reason, evidence)
        with judged as (
            select e.id_l, e.id_r, d.bits, d.probability, d.linked, e.own_bits,
                e.prior || e.fields || list_filter(e.household, lambda h: h.weight <= -0.001)
                || case when abs(d.bits - e.own_bits) >= 0.001 then [{{
                    feature: 'group', level: 'what the other records of the two say',
                    weight: round(d.bits - e.own_bits, 3)
                }}] else [] end as evidence,
                d.linked and len(list_filter(e.fields, lambda f: f.weight > 1)) >= {LEAST_FIELDS}
                    as links
            from decided as d
            inner join pair_evidence as e using (row)
        )
        select 'pair', least(id_l, id_r), greatest(id_l, id_r), bits, probability,
            case when links then 'link' else 'review' end,
            case
                when links then null
                when linked then 'one_field_alone'
                when own_bits >= {least} then 'groups_contradict'
                else 'not_certain'
            end,
            evidence
        from judged
    """)


def _add_copies(
    connection: duckdb.DuckDBPyConnection,
    description: str,
    nodes: np.ndarray,
    joins: Joins,
    least: float,
) -> None:
    """Where two records of one description lie together, all that say the same do."""
    together = joins.height >= least
    label = groups.components(joins.left[together], joins.right[together], len(nodes))
    weigh.put(connection, "joined", {"component": nodes, "label": nodes[label]})
    connection.execute(f"""
        insert into finding
            (kind, left_id, right_id, match_weight, probability, status, evidence)
        select 'pair', d.record_ids[1], copy.id, e.own_bits, 1 / (1 + pow(2, -e.own_bits)), 'link',
            e.prior || e.fields || list_filter(e.household, lambda h: h.weight <= -0.001)
        from {description} as d
        inner join joined as a on a.component = d.record_ids[1]
        inner join joined as b on b.component = d.record_ids[2] and b.label = a.label
        inner join pair_evidence as e on e.id_l = d.record_ids[1] and e.id_r = d.record_ids[2],
        unnest(d.record_ids[3:]) as copy(id)
        where d.component_id is null
    """)
