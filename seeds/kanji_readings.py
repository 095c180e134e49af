"""Learns how each kanji is read inside names: python -m seeds.kanji_readings.

Belongs here: making dbt_project/udf/kanji_reading.csv from the names and readings of the package
japanese-personal-name-dataset (MIT). Does not belong here: using it (udf/kanji_reading.py).

A name of two or three kanji does not say which sounds belong to which kanji. Expectation
maximisation finds it: every division of the reading is weighted by how usual its parts are, and
the parts are counted by these weights, three times over. Families and given names apart: 崎 is
read saki or zaki in 山崎, and never in a given name.
"""

from __future__ import annotations

import csv
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

UDF = Path(__file__).parents[1] / "dbt_project" / "udf"
ROUNDS = 3
LONGEST = 3  # kanji of a name that is learned from
MOST = 10  # readings kept of a kanji
LEAST = 0.5  # names a reading must have been seen in
DOUBT = 2.0  # names added to every kanji's count, so that one seen once is not certain
NEVER_FIRST = set("んっゃゅょー")

Weights = dict[str, dict[str, float]]


def divisions(parts: int, reading: str) -> Iterator[tuple[str, ...]]:
    """All ways to divide a reading into so many parts that can begin where they begin."""
    if parts == 1:
        yield (reading,)
        return
    for end in range(1, len(reading) - parts + 2):
        if reading[end] not in NEVER_FIRST:
            for rest in divisions(parts - 1, reading[end:]):
                yield (reading[:end], *rest)


def learned(names: Iterable[tuple[str, str]]) -> Weights:
    """kanji -> reading -> names it was read so in, from (name, reading in hiragana)."""
    cases = [
        (name, list(divisions(len(name), reading)))
        for name, reading in names
        if len(name) <= LONGEST and len(reading) >= len(name)
    ]
    weights: Weights = defaultdict(lambda: defaultdict(lambda: 1.0))
    for _ in range(ROUNDS + 1):
        sums = {kanji: sum(readings.values()) + DOUBT for kanji, readings in weights.items()}
        counted: Weights = defaultdict(lambda: defaultdict(float))
        for name, ways in cases:
            likely = [
                math.prod(
                    weights[kanji][part] / sums.get(kanji, 1.0)
                    for kanji, part in zip(name, way, strict=True)
                )
                for way in ways
            ]
            whole = sum(likely) or 1.0
            for way, chance in zip(ways, likely, strict=True):
                for kanji, part in zip(name, way, strict=True):
                    counted[kanji][part] += chance / whole
        weights = counted
    return weights


def rows(place: str, weights: Weights) -> Iterator[tuple[str, str, str, str]]:
    """place, kanji, reading, share of the kanji's names that are read so."""
    for kanji, readings in sorted(weights.items()):
        whole = sum(readings.values()) + DOUBT
        ranked = sorted(readings.items(), key=lambda item: (-item[1], item[0]))[:MOST]
        for reading, weight in ranked:
            if weight >= LEAST:
                yield place, kanji, reading, f"{weight / whole:.3f}"


def main() -> None:
    """Write the table anew."""
    from japanese_personal_name_dataset import get_last_names, load_dataset  # noqa: PLC0415

    sys.path.insert(0, str(UDF.parent))
    from udf.kanji import plain_kanji  # noqa: PLC0415

    family = [(plain_kanji(name["kanji"]), name["reading"]) for name in get_last_names()]
    given = [
        (plain_kanji(name), kana)
        for names in load_dataset()
        for kana, entry in names.items()
        for name in entry["kanji"]
    ]
    with (UDF / "kanji_reading.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("place", "kanji", "reading", "share"))
        writer.writerows(rows("family", learned(family)))
        writer.writerows(rows("given", learned(given)))


if __name__ == "__main__":
    main()
