"""A linkage run from descriptions to decided pairs.

Belongs here: the order of the steps. Does not belong here: what a step does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from matching import blocking, decide, features, findings, kept, maximisation, namesakes, training
from matching.blocking import Block
from matching.kept import Profile
from matching.levels import Comparison
from matching.training import Parameters

SCRATCH = "kokyaku_linkage"


@dataclass(frozen=True)
class Model:
    """Parameters and where they come from: ``kept`` in the file or ``trained`` on these data."""

    comparisons: list[Comparison]
    parameters: Parameters
    profile: Profile
    origin: str


@contextmanager
def scratch(session: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection beside the session whose tables vanish; it reads the warehouse by full names."""
    connection = session.cursor()
    (home,) = connection.execute("select current_database()").fetchall()[0]
    connection.execute(f"attach ':memory:' as {SCRATCH}")
    try:
        connection.execute(f"use {SCRATCH}")
        yield connection
    finally:
        connection.execute(f'use "{home}"')
        connection.execute(f"detach {SCRATCH}")
        connection.close()


def fit(
    connection: duckdb.DuckDBPyConnection,
    rows: int,
    blocks: list[Block],
    file: Path | None = kept.FILE,
) -> Model:
    """The kept parameters where they fit the data, else parameters trained on the data.

    ``file`` holds the kept parameters; None trains in any case.
    """
    comparisons = training.usable(connection)
    data = kept.profile(connection, comparisons)
    if not comparisons:
        return Model([], Parameters(0.0, 0.0), data, "trained")
    found = kept.load(file, comparisons) if file else None
    if found and kept.fits(found[1], data):
        return Model(comparisons, found[0].scaled(found[1].rows, rows), data, "kept")
    random = training.draw(connection, comparisons, rows)
    seen = training.count_patterns(connection, comparisons, blocks, random.u)
    together = namesakes.count(connection)
    parameters = maximisation.maximise(comparisons, seen, random, together)
    return Model(comparisons, parameters, data, "trained")


def run(
    connection: duckdb.DuckDBPyConnection, description: str, file: Path | None = kept.FILE
) -> str:
    """Link ``description``; return the name of the table of findings, see ``findings``."""
    rows = features.create(connection, description)
    blocks = blocking.choose(connection, rows)
    findings.create(connection, blocks)
    if rows > 1:
        model = fit(connection, rows, blocks, file)
        if model.comparisons:
            decide.link(connection, description, model.comparisons, model.parameters, blocks)
            findings.add_model(connection, model.comparisons, model.parameters, model.origin)
    return "finding"


def find(session: duckdb.DuckDBPyConnection, description: str) -> pa.Table:
    """Link ``description``, a table of the warehouse by its full name; leave nothing behind."""
    with scratch(session) as connection:
        return connection.sql(f"from {run(connection, description)}").to_arrow_table()


def train(connection: duckdb.DuckDBPyConnection, description: str) -> Model | None:
    """Train on ``description``, whatever is kept; None where there is nothing to compare."""
    rows = features.create(connection, description)
    if rows < 2:
        return None
    model = fit(connection, rows, blocking.choose(connection, rows), None)
    return model if model.comparisons else None
