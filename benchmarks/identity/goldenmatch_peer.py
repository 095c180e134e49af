"""GoldenMatch with its defaults, run by the interpreter of the peers' own environment.

`<python of .bench/peers> goldenmatch_peer.py <list.csv> <clusters.csv>`. It imports nothing of the
project: that environment has GoldenMatch alone.
"""

import csv
import sys

import goldenmatch  # type: ignore[import-not-found]


def main(path: str, target: str) -> None:
    """Deduplicate a list and write (row number, cluster) of every row that is in a cluster."""
    result = goldenmatch.dedupe(path)
    with open(target, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
        rows = csv.writer(file)
        for cluster, found in result.clusters.items():
            for member in found["members"]:
                rows.writerow([member, cluster])


if __name__ == "__main__":
    main(*sys.argv[1:])
