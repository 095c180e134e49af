"""Which part of the dbt project each step builds.

Belongs here: one line per layer. Does not belong here: how a layer is built.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Layer:
    """``name`` is the step's name, ``select`` a dbt selection (a union), ``schemas`` what it
    fills.
    """

    name: str
    select: tuple[str, ...]
    schemas: tuple[str, ...]


LAYERS = (
    Layer("staging", ("fqn:kokyaku.staging", "resource_type:seed"), ("staging", "reference")),
    Layer("identity", ("fqn:kokyaku.identity",), ("identity",)),
    Layer("marts", ("fqn:kokyaku.marts", "fqn:kokyaku.quarantine"), ("marts", "quarantine")),
)
EXCLUDED_TYPES = ("unit_test",)
"""Unit tests prove the project, not the data: `make test` runs them."""
