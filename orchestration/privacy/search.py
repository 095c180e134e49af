"""Many byte patterns in large data, in one pass.

Belongs here: the search over bytes in memory. Does not belong here: files, what is looked for.

Every pattern is known by six of its bytes, those that fewest other patterns have. All windows of
six bytes of the data are looked up in a table at once (numpy), and only where one is known the
pattern is compared: some hundred megabytes a second, whatever number of patterns.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

import numpy as np

WINDOW = 6
_BITS = 24
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - _BITS)
PIECE = 1 << 22
"""Bytes looked at at a time: eight times as many are in memory meanwhile."""


class Search:
    """Find lower-cased patterns, of six bytes or more, in data of any case."""

    def __init__(self, patterns: Mapping[bytes, str]) -> None:
        self.longest = max(map(len, patterns), default=WINDOW)
        self.kinds = dict(patterns)
        common = Counter(
            pattern[at : at + WINDOW]
            for pattern in patterns
            for at in range(len(pattern) - WINDOW + 1)
        )
        self._known: dict[int, list[tuple[int, bytes]]] = defaultdict(list)
        for pattern in patterns:
            places = range(len(pattern) - WINDOW + 1)
            at = min(places, key=lambda one: (common[pattern[one : one + WINDOW]], -one))
            key = int.from_bytes(pattern[at : at + WINDOW], "little")
            self._known[key].append((at, pattern))
        self._keys = np.array(sorted(self._known), dtype=np.uint64)
        self._table = np.zeros(1 << _BITS, dtype=bool)
        self._table[self._slots(self._keys)] = True

    @staticmethod
    def _slots(keys: np.ndarray) -> np.ndarray:
        return (keys * _FACTOR) >> _SHIFT

    def find(self, data: bytes) -> Counter[str]:
        """How often a pattern of which kind stands in the data."""
        return Counter(self.kinds[pattern] for _, pattern in self.places(data))

    def places(self, data: bytes) -> list[tuple[int, bytes]]:
        """(offset, pattern) of every occurrence."""
        found: list[tuple[int, bytes]] = []
        if not self._known:
            return found
        lowered = data.lower()
        for start in range(0, len(lowered), PIECE):
            for place in self._candidates(lowered[start : start + PIECE + WINDOW - 1]):
                at = start + int(place)
                key = int.from_bytes(lowered[at : at + WINDOW], "little")
                for offset, pattern in self._known[key]:
                    begin = at - offset
                    if begin >= 0 and lowered.startswith(pattern, begin):
                        found.append((begin, pattern))
        return found

    def _candidates(self, piece: bytes) -> np.ndarray:
        count = len(piece) - WINDOW + 1
        if count <= 0:
            return np.array([], dtype=np.int64)
        data = np.frombuffer(piece, dtype=np.uint8)
        keys = np.zeros(count, dtype=np.uint64)
        for byte in range(WINDOW):
            keys |= data[byte : byte + count].astype(np.uint64) << np.uint64(8 * byte)
        near = np.flatnonzero(self._table[self._slots(keys)])
        at = np.searchsorted(self._keys, keys[near])
        at[at == len(self._keys)] = 0
        return np.asarray(near[self._keys[at] == keys[near]])
