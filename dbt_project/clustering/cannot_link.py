"""Which edges of an identity graph are refused, so that no cluster breaks a constraint.

Here belongs the algorithm: Kruskal's, where a union that would break a constraint is refused. Not
here: where edges and constraints come from, and which groups have to be looked at.

Nodes are integers; a node that is no record simply has no constraints. A union of two parts is
refused, in this order of reasons, when
  decision       a reviewer told a record of one part and a record of the other apart;
  a value type   together they hold more distinct values of it than the limit, and more than the
                 larger part holds already (one record may hold several itself);
  person         a person of one part and a person of the other are two people, and neither part
                 holds that pair already.
A reviewer's word joins against the last two: only another reviewer's word is stronger. A match that
is as good as certain was found by weighing what is known of the two, and two numbers or birth dates
that an error of typing tells apart are part of that: it joins against `person` and against the
types that were weighed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

Pair = tuple[int, int]
Edge = tuple[int, int, str]
"""Two nodes and the type of the edge; ``DECISION`` is a reviewer's word."""
DECISION = "decision"
CERTAIN = "certain match"
PERSON = "person"
BLOCK = 5_000  # edges looked at ahead
MOST_ASKED = 200_000  # pairs compared at once, unless one union needs more


@dataclass
class Constraints:
    """What must not meet.

    apart   record -> records that a reviewer told apart from it (both directions)
    values  record -> identifier type -> value ids, for types that have a limit
    limits  identifier type -> most distinct values of one cluster, at least 1
    person  record -> person, for records whose birth date is known
    people  what tells two persons apart
    weighed identifier types that a match has weighed
    """

    apart: Mapping[int, set[int]] = field(default_factory=dict)
    values: Mapping[int, Mapping[str, set[int]]] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    person: Mapping[int, int] = field(default_factory=dict)
    people: People = field(default_factory=lambda: People({}))
    weighed: Collection[str] = ()


class People:
    """Pairs of persons that are two people: known ones, and for ``large`` (persons of groups too
    large to compare everybody with everybody) those that ``ask`` finds among the pairs in question.
    """

    def __init__(
        self,
        known: Mapping[int, set[int]],
        large: Collection[int] = (),
        ask: Callable[[list[Pair]], Iterable[Pair]] = lambda pairs: (),
    ) -> None:
        self._known = {person: set(others) for person, others in known.items()}
        self._large, self._ask = large, ask
        self._asked: set[Pair] = set()
        self.asks = bool(large)

    def conflict(self, left: set[int], right: set[int]) -> bool:
        """Whether somebody of ``left`` cannot be somebody of ``right``, in a pair that neither
        holds yet.
        """
        if not (left and right and self._known):
            return False
        small, big = sorted((left - right, right - left), key=len)
        return any(not self._known.get(one, _NOBODY).isdisjoint(big) for one in small)

    def unknown(self, left: set[int], right: set[int]) -> set[Pair]:
        """Pairs across the two that nobody has compared yet."""
        if left.isdisjoint(self._large):
            return set()
        new, other = left - right, right - left
        return {(min(a, b), max(a, b)) for a in new for b in other} - self._asked

    def learn(self, pairs: set[Pair]) -> None:
        """Compare the pairs."""
        self._asked |= pairs
        for a, b in self._ask(sorted(pairs)):
            self._known.setdefault(a, set()).add(b)
            self._known.setdefault(b, set()).add(a)


_NOBODY: set[int] = set()


class _Part:
    """What a part of the graph holds that a constraint speaks of."""

    __slots__ = ("apart", "people", "values")

    def __init__(self, record: int, given: Constraints) -> None:
        self.apart = {record} if record in given.apart else set()
        self.people = {given.person[record]} if record in given.person else set()
        held = given.values.get(record, {})
        self.values = {kind: set(values) for kind, values in held.items()}

    @property
    def size(self) -> int:
        return len(self.apart) + len(self.people) + sum(map(len, self.values.values()))

    def take(self, other: _Part) -> None:
        self.apart |= other.apart
        self.people |= other.people
        for kind, values in other.values.items():
            self.values.setdefault(kind, set()).update(values)


class _Forest:
    """The parts that the edges kept so far have made."""

    def __init__(self, given: Constraints) -> None:
        self._given = given
        self._parent: dict[int, int] = {}
        self._parts: dict[int, _Part] = {}

    def find(self, node: int) -> int:
        """The node that stands for the part ``node`` lies in."""
        parent, root = self._parent, node
        while (above := parent.get(root, root)) != root:
            root = above
        while parent.get(node, node) != root:
            parent[node], node = root, parent.get(node, node)
        return root

    def part(self, root: int) -> _Part:
        """What the part holds."""
        if root not in self._parts:
            self._parts[root] = _Part(root, self._given)
        return self._parts[root]

    def unite(self, a: int, b: int) -> None:
        """Make one part of two, the smaller taken over by the larger."""
        if self.part(a).size < self.part(b).size:
            a, b = b, a
        self.part(a).take(self._parts.pop(b))
        self._parent[b] = a

    def unknown(self, edges: Iterable[Edge]) -> set[Pair]:
        """Persons to compare before the edges can be judged, as the parts are now."""
        found: set[Pair] = set()
        for left, right, _ in edges:
            a, b = self.find(left), self.find(right)
            if a != b and len(found) < MOST_ASKED:
                found |= self._given.people.unknown(self.part(a).people, self.part(b).people)
        return found


def refused(edges: Iterable[Edge], given: Constraints) -> Iterator[tuple[Edge, str]]:
    """The edges that are refused, each with the reason; they come strongest first.

    Time grows with the edges and what the smaller part of each union holds; memory with the nodes.
    Persons who have to be compared are asked for with those of the edges to come, since asking is
    dear: a pair too many costs nothing, and the answer is the same.
    """
    forest, coming = _Forest(given), iter(edges)
    while block := list(islice(coming, BLOCK)):
        for position, edge in enumerate(block):
            a, b = forest.find(edge[0]), forest.find(edge[1])
            if a == b:
                continue
            if given.people.asks and forest.unknown([edge]):
                given.people.learn(forest.unknown(block[position:]))
            reason = _broken(forest.part(a), forest.part(b), given, edge[2])
            if reason:
                yield edge, reason
            else:
                forest.unite(a, b)


def _broken(one: _Part, other: _Part, given: Constraints, edge_type: str) -> str | None:
    """The first constraint that the union of two parts would break; None when it breaks none."""
    if one.apart and other.apart:
        small, big = sorted((one.apart, other.apart), key=len)
        if any(not given.apart[record].isdisjoint(big) for record in small):
            return DECISION
    if edge_type == DECISION:
        return None
    shared = one.values.keys() & other.values.keys() if one.values and other.values else ()
    for kind in sorted(shared):
        if edge_type == CERTAIN and kind in given.weighed:
            continue
        fewer, more = sorted((one.values[kind], other.values[kind]), key=len)
        together = len(more) + sum(value not in more for value in fewer)
        if together > max(given.limits[kind], len(more)):
            return kind
    if edge_type == CERTAIN:
        return None
    return PERSON if given.people.conflict(one.people, other.people) else None
