"""Which part of the dbt project each step builds. Unit tests prove the project, not the data: `make
test` runs them.

Belongs here: one line per layer. Does not belong here: how a layer is built.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Layer:
    """``name`` is the step's name, ``select`` a dbt selection (a union), ``schemas`` what it
    fills, ``excluded`` the resource types it leaves out; ``by_system``: its models lie in folders
    by source system, and those of a system read nothing of another.
    """

    name: str
    select: tuple[str, ...]
    schemas: tuple[str, ...]
    excluded: tuple[str, ...] = ("unit_test",)
    by_system: bool = False


LAYERS = (
    # What dbt would test of a staging table, the gate behind it judges in one reading of the table;
    # two hundred tests more cost a third of the layer's time on small data.
    Layer(
        "staging",
        ("fqn:kokyaku.staging", "resource_type:seed"),
        ("staging", "reference"),
        excluded=("unit_test", "test"),
        by_system=True,
    ),
    Layer("identity", ("fqn:kokyaku.identity",), ("identity",)),
    Layer("marts", ("fqn:kokyaku.marts", "fqn:kokyaku.quarantine"), ("marts", "quarantine")),
)
