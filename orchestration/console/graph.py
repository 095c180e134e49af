"""`make graph CUSTOMER=c…`: one customer's identity graph as an SVG file that needs no network.

Belongs here: reading the customer's evidence from the published warehouse and drawing it.
Does not belong here: deciding what links (dbt_project/models/identity).

Left the customer's records, in the middle what they share with somebody, right records of other
customers that it was refused to join. The picture shows personal values, so the file is readable by
its owner alone.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from statistics import fmean
from typing import Any

import duckdb

from orchestration.private import keep_private
from orchestration.settings import Settings

MOST_OTHERS = 12
"""Records of other customers that are drawn; a blocked value may have thousands."""

# The published table lies in the order of its left customer; the right side is found by its
# records, numbers that are read much faster than ids, and then its rows: 30 ms, not two seconds.
_EVIDENCE = """
with place as materialized (
    select rowid as place from identity.evidence where left_customer_id = $1
    union
    select rowid from identity.evidence
    where right_id in (select record_id from identity.record_customer where customer_id = $1)
),

mine as (from identity.evidence where rowid in (select place from place))

select m.edge_type, linked, reason,
    coalesce(m.identifier_type, edge_type) as kind,
    coalesce({value}, decision_id, cast(round(probability, 3) as varchar)) as value,
    [{{'id': left_id, 'own': left_customer_id = $1, 'name': concat_ws(' / ', left_system,
        left_stream, left_key), 'source': concat_ws(' row ', left_file, left_file_row)}},
     {{'id': right_id, 'own': right_customer_id = $1, 'name': concat_ws(' / ', right_system,
        right_stream, right_key), 'source': concat_ws(' row ', right_file, right_file_row)}}
    ] as ends
from mine as m
{known}
order by kind, value, left_id, right_id
"""
_HASHED = {"value": "m.identifier_value", "known": ""}
_NAMED = {
    "value": "coalesce(p.identifier_value, m.identifier_value)",
    "known": (
        "left join pii.identifier_customer as p on m.identifier_type = p.identifier_type"
        " and m.identifier_value = p.identifier_value_hash"
    ),
}
_IS_NAMED = """
select 1 from duckdb_tables() where schema_name = 'pii' and table_name = 'identifier_customer'
"""
_ALONE = """
select record_id, concat_ws(' / ', source_system, stream, record_key) from identity.record_customer
where customer_id = $1 order by all
"""


@dataclass
class Graph:
    """``records`` id → (name, source, own), ``shared`` (kind, value) → reasons, and the edges
    between the two → whether they link.
    """

    records: dict[int, tuple[str, str, bool]] = field(default_factory=dict)
    shared: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    edges: dict[tuple[int, tuple[str, str]], bool] = field(default_factory=dict)


def read(connection: duckdb.DuckDBPyConnection, customer: str) -> Graph:
    """The graph of one customer; without records when there is no such customer. Values show as
    keyed hashes where the file has no schema ``pii``.
    """
    graph = Graph()
    for record, name in connection.execute(_ALONE, [customer]).fetchall():
        graph.records[record] = (name, "", True)
    others = 0
    named = connection.execute(_IS_NAMED).fetchall()
    evidence = _EVIDENCE.format(**(_NAMED if named else _HASHED))
    for _, linked, reason, kind, value, both in connection.execute(evidence, [customer]).fetchall():
        strangers = [e for e in both if not e["own"] and e["id"] not in graph.records]
        drawn = others + len(strangers) <= MOST_OTHERS
        ends = [e for e in both if drawn or e not in strangers]
        others += len(strangers) if drawn else 0
        reasons = graph.shared.setdefault((kind, value), set())
        reasons |= {reason} if reason and not linked else set()
        for end in ends:
            graph.records[end["id"]] = (end["name"], end["source"], end["own"])
            edge = (end["id"], (kind, value))
            graph.edges[edge] = graph.edges.get(edge, False) or linked
    return graph


def draw(
    graph: Graph,
    title: str,
    link: Callable[[int], str] | None = None,
    chosen: Collection[int] = (),
) -> str:
    """The picture as SVG; ``link`` says where a record leads to, ``chosen`` ones stand out."""
    own = sorted((id_ for id_, r in graph.records.items() if r[2]), key=_name(graph))
    rows = {id_: float(i) for i, id_ in enumerate(own)}
    near: dict[Any, list[float]] = defaultdict(list)
    for record, value in graph.edges:
        near[value] += [rows[record]] if record in rows else []
    values = sorted(graph.shared, key=lambda v: (fmean(near[v] or [0]), v))
    middle = {value: float(i) for i, value in enumerate(values)}
    for record, value in graph.edges:
        near[record].append(middle[value])
    others = sorted(
        (id_ for id_, r in graph.records.items() if not r[2]), key=lambda r: (fmean(near[r]), r)
    )
    longest = max(len(own), len(values), len(others), 1)
    place: dict[Any, tuple[float, float]] = {
        **{id_: _place(0, i, len(own), longest) for i, id_ in enumerate(own)},
        **{value: _place(1, i, len(values), longest) for i, value in enumerate(values)},
        **{id_: _place(2, i, len(others), longest) for i, id_ in enumerate(others)},
    }
    parts = [
        _line(place[record], place[value], linked=linked, own=graph.records[record][2])
        for (record, value), linked in sorted(graph.edges.items(), key=lambda e: -e[1])
    ]
    for id_, (name, source, is_own) in graph.records.items():
        kind = f"{'own' if is_own else 'other'}{' chosen' if id_ in chosen else ''}"
        box = _box(place[id_], name, source, kind)
        parts.append(f'<a href="{escape(link(id_))}">{box}</a>' if link else box)
    for value, reasons in graph.shared.items():
        text = " · ".join((*sorted(reasons), value[1]))
        parts.append(_box(place[value], value[0], text, "refused" if reasons else "shared"))
    return _PAGE.format(
        width=_WIDTH, height=longest * 46 + 70, title=escape(title), body="\n".join(parts)
    )


_WIDTH, _BOX = 1160, 330
_PAGE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" \
font-family="sans-serif" font-size="12">
<style>
.box {{ stroke-width: 1.5; rx: 6px }} .own {{ fill: #e8f1fb; stroke: #2b6cb0 }}
.other {{ fill: #f4f4f4; stroke: #999 }} .chosen {{ stroke-width: 3.5 }}
.shared {{ fill: #eef8ee; stroke: #3a8a3a }}
.refused {{ fill: #fff3f0; stroke: #c0392b }} .small {{ font-size: 10px; fill: #555 }}
.link {{ stroke: #3a8a3a; stroke-width: 1.6 }}
.cut {{ stroke: #c0392b; stroke-width: 1.3; stroke-dasharray: 5 4 }}
</style>
<rect width="100%" height="100%" fill="white"/>
<text x="20" y="26" font-size="15">{title}</text>
<text x="20" y="44" class="small">green: joins; red and dashed: refused, with the reason</text>
{body}
</svg>
"""


def _name(graph: Graph) -> Any:
    return lambda id_: (graph.records[id_][0], id_)


def _place(column: int, row: int, rows: int, longest: int) -> tuple[float, float]:
    """Corner of a box; shorter columns stand in the middle."""
    return 20 + column * 395, 60 + (row + (longest - rows) / 2) * 46


def _line(a: tuple[float, float], b: tuple[float, float], *, linked: bool, own: bool) -> str:
    left, right = (a, b) if own else (b, a)
    kind = "link" if linked and own else "cut"
    return (
        f'<line x1="{left[0] + _BOX}" y1="{left[1] + 18:.0f}" x2="{right[0]}"'
        f' y2="{right[1] + 18:.0f}" class="{kind}"/>'
    )


def _box(at: tuple[float, float], name: str, more: str, kind: str) -> str:
    x, y = at
    return (
        f'<rect x="{x}" y="{y:.0f}" width="{_BOX}" height="36" class="box {kind}"/>'
        f'<text x="{x + 8}" y="{y + 15:.0f}">{escape(_short(name, 44))}</text>'
        f'<text x="{x + 8}" y="{y + 29:.0f}" class="small">{escape(_short(more, 54))}'
        f"<title>{escape(more)}</title></text>"
    )


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def main(arguments: list[str]) -> int:
    """Write the picture and say where; 1 when there is nothing to draw."""
    keep_private()
    settings = Settings.from_environment()
    if not arguments or not settings.published_warehouse.exists():
        print("Name a customer of a published warehouse: make graph CUSTOMER=c…", file=sys.stderr)
        return 1
    customer = arguments[0]
    with duckdb.connect(str(settings.published_warehouse), read_only=True) as connection:
        graph = read(connection, customer)
        now = connection.execute(
            "select customer_id from identity.redirect where old_customer_id = ?"
            " and customer_id is not null order by all", [customer],
        ).fetchall()  # fmt: skip
    if not graph.records:
        known = ", ".join(id_ for (id_,) in now)
        print(f"There is no customer {customer}" + (f"; it is now {known}" if known else ""))
        return 1
    path = Path(arguments[1]) if arguments[1:] else settings.home / "graph" / f"{customer}.svg"
    path.parent.mkdir(parents=True, exist_ok=True)
    own = sum(is_own for *_, is_own in graph.records.values())
    text = draw(graph, f"Customer {customer}: {own} records")
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
