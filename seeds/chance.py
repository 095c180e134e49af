"""The one place where random generators are made: seeded, so that everything repeats.

Belongs here: generators from keys. Not here: what is drawn.
"""

from random import Random


def chance(*key: str | int) -> Random:
    """Return a generator that depends on nothing but `key`."""
    return Random(" ".join(map(str, key)))  # noqa: S311  (a sample company needs no secrecy)
