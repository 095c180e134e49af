"""Why two records of a customer are one person, or are not.

Belongs here: the graph with its records as links, the answer of identity.why for two of them.
Does not belong here: drawing (console.graph), deciding (dbt_project/models/identity).
"""

from __future__ import annotations

from orchestration.app.store import Row, Store
from orchestration.console import graph

_RECORD = """
select source_system, stream, record_key, customer_id from identity.record_customer
where record_id = ?
"""
_WHY = """
select step, edge_type, identifier_type, identifier_value, probability, linked, reason,
    left_system, left_stream, left_key, left_file, left_file_row,
    right_system, right_stream, right_key, right_file, right_file_row
from identity.why(?, ?, ?, ?, ?, ?)
"""
NEEDED = ("identity.evidence", "identity.record_customer")


def read(store: Store, customer: str) -> graph.Graph | None:
    """The customer's graph; None when the file cannot tell."""
    if not store.tables.issuperset(NEEDED):
        return None
    return graph.read(store.connection, customer)


def picture(found: graph.Graph, customer: str, left: int | None, right: int | None) -> str:
    """The graph as SVG in which each record leads to the question about it."""

    def link(record: int) -> str:
        if left is None or right is not None or record == left:
            return f"/customer/{customer}/identity?left={record}#why"
        return f"/customer/{customer}/identity?left={left}&right={record}#why"

    chosen = {record for record in (left, right) if record is not None}
    return graph.draw(found, "", link=link, chosen=chosen)


def why(store: Store, left: int, right: int) -> list[Row] | None:
    """The steps that join two records, then what was refused between them; None when one of them
    does not exist.
    """
    ends = [store.rows(NEEDED, _RECORD, record) for record in (left, right)]
    if not all(ends):
        return None
    keys = [end[0][part] for end in ends for part in ("source_system", "stream", "record_key")]
    return store.rows(NEEDED, _WHY, *keys)
