"""Figures as Markdown tables. Nothing is measured here."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.ingest import Rate
from benchmarks.speed import RunCost

GIGABYTE = 1_000_000_000
LAYERS = {
    "ingest": ("load_", "close_ledger"),
    "staging": ("staging",),
    "identity": ("identity",),
    "marts": ("marts",),
    "gates": ("gate_",),
    "publish": ("published__",),
}


def speed_table(costs: Sequence[RunCost]) -> str:
    """One row per run: wall seconds and peak memory, then seconds and peak memory by layer."""
    heads = ["customers", "run", "wall s", "peak GB", *(f"{n} s (GB)" for n in LAYERS), "fixed s"]
    rows = []
    for cost in costs:
        cells = [
            f"{cost.customers:,}",
            cost.case,
            f"{cost.wall:.1f}",
            f"{cost.peak / GIGABYTE:.2f}",
        ]
        for beginnings in LAYERS.values():
            steps = [s for s in cost.steps if s.name.startswith(beginnings)]
            seconds = sum(s.seconds for s in steps)
            peak = max((s.peak for s in steps), default=0) / GIGABYTE
            cells.append(f"{seconds:.1f} ({peak:.1f})")
        rows.append([*cells, f"{cost.fixed:.1f}"])
    return _table(heads, rows)


def ingest_table(rates: Sequence[Rate]) -> str:
    """One row per stream: both rates and how much of DuckDB's own rate the load keeps."""
    heads = ["stream", "records", "packed MB", "DuckDB alone s (cpu s)", "load s (cpu s)",
             "DuckDB alone /s", "load /s", "ratio", "ratio by cpu"]  # fmt: skip
    rows = []
    for one in rates:
        (wall, cpu), (load_wall, load_cpu) = one.alone, one.loaded
        cells = [one.stream, f"{one.events:,}", f"{one.packed_bytes / 1e6:.0f}"]
        cells += [f"{wall:.1f} ({cpu:.1f})", f"{load_wall:.1f} ({load_cpu:.1f})"]
        cells += [f"{one.events / wall:,.0f}", f"{one.events / load_wall:,.0f}"]
        rows.append([*cells, f"{wall / load_wall:.2f}", f"{cpu / load_cpu:.2f}"])
    return _table(heads, rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join([head(heads), *(line(row) for row in rows)])


def head(heads: Sequence[str]) -> str:
    """The first two lines of a table, for rows that are printed as they are measured."""
    return line(heads) + "\n" + line(["---"] * len(heads))


def line(cells: Sequence[str]) -> str:
    """One line of a table."""
    return "| " + " | ".join(cells) + " |"
