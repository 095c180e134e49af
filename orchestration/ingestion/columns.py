"""Which column of a file is which declared column.

Belongs here: the folding of names and the matching, pure functions on names.
Does not belong here: reading headers from files, SQL.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orchestration.ingestion.declaration import StreamDeclaration


class DuplicateColumnError(ValueError):
    """A file has the same declared column twice under one name."""


def normalise(name: str) -> str:
    """Fold a column name: NFKC, lower case, letters and digits only.

    ``First Name``, ``first_name`` and ``FirstName`` all give ``firstname``.
    """
    folded = unicodedata.normalize("NFKC", name).lower()
    return "".join(letter for letter in unicodedata.normalize("NFKC", folded) if letter.isalnum())


@dataclass(frozen=True)
class Matching:
    """Positions in the file by declared column, best spelling first, and those nobody claims."""

    declared: dict[str, tuple[int, ...]]
    undeclared: tuple[int, ...]

    def missing(self, stream: StreamDeclaration) -> list[str]:
        """Name the required columns of the stream that the file lacks."""
        return [c.name for c in stream.columns if c.required and c.name not in self.declared]


def match(names: Sequence[str], stream: StreamDeclaration) -> Matching:
    """Match a file's column names against a stream.

    Two different spellings of one declared column: the canonical name wins, then aliases in
    their order, then the first in the file; the loser keeps its own name among the undeclared.

    Raises:
        DuplicateColumnError: one name of a declared column stands in the file twice.

    """
    rank = {
        spelling: (column.name, order)
        for column in stream.columns
        for order, spelling in enumerate(column.spellings)
    }
    candidates: dict[str, list[tuple[int, int]]] = {}
    undeclared = []
    seen: set[str] = set()
    for position, name in enumerate(names):
        hit = rank.get(normalise(name))
        if hit is None:
            undeclared.append(position)
            continue
        if name.strip() in seen:
            raise DuplicateColumnError(name.strip())
        seen.add(name.strip())
        candidates.setdefault(hit[0], []).append((hit[1], position))
    declared = {
        column: tuple(position for _, position in sorted(ranked))
        for column, ranked in candidates.items()
    }
    return Matching(declared=declared, undeclared=tuple(undeclared))
