"""What of a table every reader gets, and what stands apart in schema ``pii``.

Belongs here: the SQL of both, column by column. Does not belong here: which columns are personal
(``orchestration.personal``), files (``swap``).

A ``direct`` text becomes its pseudonym, so that joins and counts still work; a ``sensitive`` value,
and a direct one that is no text, becomes null. Both stand whole in ``pii.<table>``, beside the
table's key. An ``indirect`` text stays, without the addresses and phone numbers that came into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from orchestration import contact
from orchestration.ingestion.rows import identifier
from orchestration.ingestion.secret import pseudonym
from orchestration.personal import Model
from orchestration.tables import quote

SCHEMA = "pii"
HASH = "_hash"
"""Ends the name of a key column that is itself direct: its pseudonym, by which tables are joined to
``pii``, where the column under its own name holds the value."""
_TEXT = frozenset({"VARCHAR", "JSON"})


@dataclass(frozen=True)
class Table:
    """A table of the build warehouse (``source``) with the name it is published under, its model,
    and the type of each column, in order.
    """

    source: str
    name: str
    model: Model
    types: Mapping[str, str]
    comments: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""

    @property
    def apart(self) -> tuple[str, ...]:
        """Columns whose values stand in ``pii`` alone."""
        return tuple(c for c in self.types if self.model.is_apart(c))

    @property
    def beside(self) -> str:
        """Where they stand."""
        return f"{SCHEMA}.{self.name.partition('.')[2]}"

    def is_hashed(self, column: str) -> bool:
        """Whether the column holds pseudonyms for those who read the table."""
        return self.model.tag(column) == "direct" and self.types[column].removesuffix("[]") in _TEXT

    def public(self) -> str:
        """The select for everybody."""
        columns = ", ".join(f"{self._public(c)} as {identifier(c)}" for c in self.types)
        return f"select {columns} from {quote(self.source)}"

    def private(self) -> str:
        """The select for ``pii``: rows that have something to tell."""
        columns = []
        for key in self.model.key:
            name = f"{key}{HASH}" if self.is_hashed(key) else key
            if self.is_hashed(key) or key not in self.apart:
                columns.append(f"{self._public(key)} as {identifier(name)}")
        columns += map(identifier, self.apart)
        told = " or ".join(f"{identifier(c)} is not null" for c in self.apart)
        return f"select {', '.join(columns)} from {quote(self.source)} where {told}"

    def told(self, column: str) -> str | None:
        """The column's comment for everybody: what became of a value that stands apart."""
        comment = self.comments.get(column)
        if comment is None or column not in self.apart:
            return comment
        what = "A keyed hash" if self.is_hashed(column) else "Null"
        return f"{comment} {what} here; the value stands in {self.beside}."

    def _public(self, column: str) -> str:
        name, kind = identifier(column), self.types[column]
        if self.is_hashed(column):
            if kind.endswith("[]"):
                return f"list_transform({name}, lambda one: {pseudonym('one::varchar')})"
            hashed = pseudonym(f"{name}::varchar")
            return f"to_json({hashed})" if kind == "JSON" else hashed
        if column in self.apart:
            return f"null::{kind}"
        if self.model.tag(column) == "indirect" and kind in _TEXT:
            return self._cleaned(f"{name}::varchar", kind)
        return name

    def _cleaned(self, text: str, kind: str) -> str:
        rest = contact.removed(text)
        if kind == "JSON":
            return f"({rest})::json"
        return (
            f"case when {contact.holds(text)} is not true then {text}"
            f" when {contact.whole(text)} then {pseudonym(f'lower({text})')} else {rest} end"
        )
