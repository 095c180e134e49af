"""What the model's parameters are learned from: outcomes of random pairs and of candidates.

Belongs here: the parameters, counting pairs. Does not belong here: what is compared, what the
counts say (``maximisation``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

import duckdb
import numpy as np

from matching.blocking import Block, candidates_sql
from matching.comparisons import COMPARISONS
from matching.features import with_frequencies
from matching.levels import Comparison, pair_sql
from matching.namesakes import NONE, place_sql

RANDOM_PAIRS = 1_000_000
TRAINING_PAIRS = 3_000_000
FLOOR = 1e-7


@dataclass
class Parameters:
    """``m``, ``h``, ``u``: by comparison, shares by level value. ``match``, ``household``: priors
    among all pairs across components. ``namesake``: factors of ``namesakes``.
    """

    match: float
    household: float
    m: dict[str, list[float]] = field(default_factory=dict)
    h: dict[str, list[float]] = field(default_factory=dict)
    u: dict[str, list[float]] = field(default_factory=dict)
    namesake: list[float] = field(default_factory=lambda: list(NONE))

    def scaled(self, trained_rows: int, rows: int) -> Parameters:
        """For another number of rows: a row has as many matches, among more or fewer rows."""
        factor = max(trained_rows - 1, 1) / max(rows - 1, 1)
        match, household = min(self.match * factor, 0.5), min(self.household * factor, 0.4)
        return replace(self, match=match, household=household)


def usable(connection: duckdb.DuckDBPyConnection) -> list[Comparison]:
    """The comparisons whose columns hold at least two values between them."""
    columns = sorted({column for c in COMPARISONS for column in c.columns})
    counts = connection.execute(
        "select " + ", ".join(f"approx_count_distinct({c})" for c in columns) + " from feature"
    ).fetchall()[0]
    varied = {column for column, count in zip(columns, counts, strict=True) if count > 1}
    return [c for c in COMPARISONS if varied & set(c.columns)]


def frequency_sql(comparison: Comparison, gamma: str, u: Sequence[float]) -> str:
    """SQL of the weight, in bits, that a pair's value frequency adds to its level.

    Columns ``l_tf_x`` and ``r_tf_x`` hold the frequency of the value of ``x`` on either side.
    """
    whens = [
        f"when {gamma} = {value} then log2({max(u[value], FLOOR)!r} / "
        f"greatest(l_tf_{column}, r_tf_{column}, {FLOOR}))"
        for value, column in enumerate(comparison.frequencies)
        if column
    ]
    return f"coalesce(case {' '.join(whens)} else 0 end, 0)" if whens else "0"


@dataclass(frozen=True)
class Random:
    """Random pairs of ``rows`` rows: how many were ``drawn``, and of those, by comparison, the
    pairs by level value.
    """

    rows: int
    drawn: int
    counts: dict[str, np.ndarray]

    @property
    def total(self) -> float:
        """All pairs of the rows."""
        return self.rows * (self.rows - 1) / 2

    @cached_property
    def u(self) -> dict[str, list[float]]:
        """Shares by level value, as if no random pair were a match."""
        return {name: shares(counts + 0.5) for name, counts in self.counts.items()}


def draw(
    connection: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison], rows: int
) -> Random:
    """Compare random pairs, all where there are few."""
    buckets = max(1, rows // 1000)
    kept = max(1, RANDOM_PAIRS // 500_000) if buckets > 1 else 1
    each = ", ".join(f"{pair_sql(c)} as g{place}" for place, c in enumerate(comparisons))
    connection.execute(f"""
        create or replace temp table random_pair as
        with chosen as (
            select *, hash(id, 'random') % {buckets} as bucket from feature
            where hash(id, 'random') % {buckets} < {kept}
        )
        select {each} from chosen as L inner join chosen as R on L.bucket = R.bucket and L.id < R.id
    """)
    counts = {}
    for place, comparison in enumerate(comparisons):
        found = np.zeros(comparison.size)
        for value, count in connection.execute(
            f"select g{place}, count(*) from random_pair where g{place} >= 0 group by all"
        ).fetchall():
            found[value] = count
        counts[comparison.name] = found
    drawn = connection.execute("select count(*) from random_pair").fetchall()[0][0]
    connection.execute("drop table random_pair")
    return Random(rows, int(drawn), counts)


@dataclass(frozen=True)
class Patterns:
    """Distinct outcomes of the candidates.

    ``levels``: outcome x comparison, -1 not known; ``bits``, ``shared_bits``: what value
    frequencies add, in all and over the shared fields alone; ``pairs``: how many candidates
    have the outcome; ``inside``: whether they lie in one deterministic component; ``namesake``:
    place among the factors of ``namesakes``.
    """

    levels: np.ndarray
    bits: np.ndarray
    shared_bits: np.ndarray
    pairs: np.ndarray
    inside: np.ndarray
    namesake: np.ndarray

    def take(self, kept: np.ndarray) -> Patterns:
        """Only some of the outcomes."""
        return Patterns(*(getattr(self, column.name)[kept] for column in fields(self)))


def count_patterns(
    connection: duckdb.DuckDBPyConnection,
    comparisons: Sequence[Comparison],
    blocks: list[Block],
    u: dict[str, list[float]],
) -> Patterns:
    """Compare the candidates (a fixed sample of them where there are many)."""
    pairs = sum(b.pairs for b in blocks if b.column)
    step = max(1, round(pairs / TRAINING_PAIRS))
    sample = f"hash(L.id, R.id) % {step} = 0" if step > 1 else "true"
    gammas = ", ".join(f"{pair_sql(c)} as g{place}" for place, c in enumerate(comparisons))
    names = ", ".join(f"g{place}" for place in range(len(comparisons)))
    bits = [frequency_sql(c, f"g{place}", u[c.name]) for place, c in enumerate(comparisons)]
    shared = [bit for bit, c in zip(bits, comparisons, strict=True) if c.shared] or ["0"]
    namesake = place_sql(comparisons, "g{place}", "given_script")
    columns = sorted({f for c in comparisons for f in c.frequencies if f})
    frequencies = "".join(f", L.tf_{c} as l_tf_{c}, R.tf_{c} as r_tf_{c}" for c in columns)
    with_frequencies(connection, columns)
    found = connection.execute(f"""
        with pair as ({candidates_sql(blocks, sample)}),
        compared as (
            select L.component = R.component as inside, L.given_script, {gammas}{frequencies}
            from pair inner join feature_frequency as L on pair.left_id = L.id
            inner join feature_frequency as R on pair.right_id = R.id
        )
        select {names}, inside, {namesake} as namesake, round({" + ".join(bits)}) as bits,
            round({" + ".join(shared)}) as shared_bits, count(*) * {step} as pairs
        from compared group by all order by all
    """).fetchnumpy()
    connection.execute("drop table feature_frequency")
    levels = [np.asarray(found[f"g{place}"], dtype=int) for place in range(len(comparisons))]
    rest = (np.asarray(found[name], dtype=float) for name in ("bits", "shared_bits", "pairs"))
    inside, place = np.asarray(found["inside"], dtype=bool), np.asarray(found["namesake"], int)
    return Patterns(np.stack(levels, 1), *rest, inside, place)


def shares(counts: np.ndarray) -> list[float]:
    """Counts as shares, none of them nothing."""
    floored = np.maximum(counts / max(counts.sum(), 1e-12), FLOOR)
    return [float(share) for share in floored / floored.sum()]
