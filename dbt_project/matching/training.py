"""The model's parameters from the data, without labels.

Belongs here: expectation maximisation over the distinct outcomes of the comparisons.
Does not belong here: what is compared, scoring.

Every pair of all rows is of one of three kinds: one person (M), two people of one household or
family (H), two people otherwise (U). Fields agree independently within a kind (Fellegi and Sunter
1969); H shares with M the fields that a household has in common and with U all others, so that a
family at one address is no evidence for one person. U is measured: level shares from random pairs,
value frequencies where a level has them. M and H are found by expectation maximisation (Winkler
1988) over the candidates; the pairs that no key brought together count as U. A Dirichlet prior of
``BELIEF`` pairs keeps what the data say nothing about at what is believed of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb
import numpy as np

from matching.blocking import Block, candidates_sql
from matching.comparisons import COMPARISONS
from matching.features import with_frequencies
from matching.levels import Comparison, pair_sql

BELIEF = 30.0
ROUNDS = 200
RANDOM_PAIRS = 1_000_000
TRAINING_PAIRS = 3_000_000
FLOOR = 1e-7
RAREST = 1e-12


@dataclass
class Parameters:
    """``m``, ``h``, ``u``: by comparison, shares by level value; priors among all pairs."""

    match: float
    household: float
    m: dict[str, list[float]] = field(default_factory=dict)
    h: dict[str, list[float]] = field(default_factory=dict)
    u: dict[str, list[float]] = field(default_factory=dict)

    def scaled(self, trained_rows: int, rows: int) -> Parameters:
        """For another number of rows: a row has as many matches, among more or fewer rows."""
        factor = max(trained_rows - 1, 1) / max(rows - 1, 1)
        match, household = min(self.match * factor, 0.5), min(self.household * factor, 0.4)
        return Parameters(match, household, self.m, self.h, self.u)


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


def random_counts(
    connection: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison], rows: int
) -> tuple[dict[str, np.ndarray], int]:
    """Pairs by level value among random pairs (all where there are few), and their number."""
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
    return counts, int(drawn)


@dataclass(frozen=True)
class Patterns:
    """Distinct outcomes of the candidates.

    ``levels``: outcome x comparison, -1 not known; ``bits``, ``shared_bits``: what value
    frequencies add, in all and over the shared fields alone; ``pairs``: how many candidates
    have the outcome; ``inside``: whether they lie in one deterministic component.
    """

    levels: np.ndarray
    bits: np.ndarray
    shared_bits: np.ndarray
    pairs: np.ndarray
    inside: np.ndarray


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
    columns = sorted({f for c in comparisons for f in c.frequencies if f})
    frequencies = "".join(f", L.tf_{c} as l_tf_{c}, R.tf_{c} as r_tf_{c}" for c in columns)
    with_frequencies(connection, columns)
    found = connection.execute(f"""
        with pair as ({candidates_sql(blocks, sample)}),
        compared as (
            select L.component = R.component as inside, {gammas}{frequencies}
            from pair inner join feature_frequency as L on pair.left_id = L.id
            inner join feature_frequency as R on pair.right_id = R.id
        )
        select {names}, inside, round({" + ".join(bits)}) as bits,
            round({" + ".join(shared)}) as shared_bits, count(*) * {step} as pairs
        from compared group by all order by all
    """).fetchnumpy()
    connection.execute("drop table feature_frequency")
    levels = [np.asarray(found[f"g{place}"], dtype=int) for place in range(len(comparisons))]
    rest = (np.asarray(found[name], dtype=float) for name in ("bits", "shared_bits", "pairs"))
    return Patterns(np.stack(levels, 1), *rest, np.asarray(found["inside"], dtype=bool))


def maximise(
    comparisons: Sequence[Comparison],
    seen: Patterns,
    random: dict[str, np.ndarray],
    drawn: int,
    rows: int,
) -> Parameters:
    """Expectation maximisation from what is believed of matches to where it settles."""
    total = rows * (rows - 1) / 2
    now = Parameters(match=min(0.5, 0.3 / max(rows, 1)), household=min(0.5, 0.3 / max(rows, 1)))
    for c in comparisons:
        now.m[c.name] = c.m
        now.u[c.name] = shares(random[c.name] + 0.5)
        now.h[c.name] = c.m if c.shared else now.u[c.name]
    # frequency bits were taken against the u of the first estimate
    first_u = {name: np.array(u) for name, u in now.u.items()}
    random_share = drawn / total if total else 0.0
    for _ in range(ROUNDS):
        before = now.match
        match, household = responsibilities(comparisons, seen, now, first_u)
        now.match = max(float((match * seen.pairs).sum() / total), RAREST)
        now.household = max(float((household * seen.pairs).sum() / total), RAREST)
        for place, c in enumerate(comparisons):
            known = seen.levels[:, place] >= 0
            at = seen.levels[known, place]
            for weights, into in ((match, now.m), (household, now.h)):
                counted = np.bincount(at, (weights * seen.pairs)[known], minlength=c.size)
                if into is now.m or c.shared:
                    into[c.name] = shares(counted + BELIEF * np.array(c.m))
                if into is now.m:
                    # random pairs hold their share of the matches
                    others = np.maximum(random[c.name] - counted * random_share, 0)
                    now.u[c.name] = shares(others + 0.5)
            if not c.shared:
                now.h[c.name] = now.u[c.name]
        if abs(now.match - before) <= 1e-6 * before:
            break
    return now


def shares(counts: np.ndarray) -> list[float]:
    """Counts as shares, none of them nothing."""
    floored = np.maximum(counts / max(counts.sum(), 1e-12), FLOOR)
    return [float(share) for share in floored / floored.sum()]


def responsibilities(
    comparisons: Sequence[Comparison],
    seen: Patterns,
    now: Parameters,
    first_u: dict[str, np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    """Probability by outcome of being one person, and of being one household."""
    match = np.log2(now.match / max(1 - now.match - now.household, 1e-9)) + seen.bits
    household = np.log2(now.household) + seen.shared_bits
    for place, c in enumerate(comparisons):
        known = seen.levels[:, place] >= 0
        at = np.where(known, seen.levels[:, place], 0)
        # where a value's frequency counts, it was held against the first u
        by_value = np.array([column is not None for column in c.frequencies])
        base = np.log2(np.where(by_value, first_u[c.name], now.u[c.name]))
        match += np.where(known, (np.log2(now.m[c.name]) - base)[at], 0)
        if c.shared:
            household += np.where(known, (np.log2(now.h[c.name]) - base)[at], 0)
    top = np.maximum(np.maximum(match, household), 0)
    m, h, u = np.exp2(match - top), np.exp2(household - top), np.exp2(-top)
    return m / (m + h + u), h / (m + h + u)
