"""`make train`: learn the linkage parameters from the build warehouse, for review.

Belongs here: saying what came of it. Does not belong here: training.
"""

from __future__ import annotations

import sys

from orchestration.linkage import NothingToTrainError, train
from orchestration.private import keep_private
from orchestration.settings import Settings


def main() -> int:
    """Train, and print how far the data are from those the file was trained on."""
    keep_private()
    try:
        done = train(Settings.from_environment())
    except NothingToTrainError as nothing:
        print(nothing, file=sys.stderr)
        return 1
    print(f"{done.rows} descriptions, about {done.matches:.0f} pairs of one person among them.")
    for feature, fill, variety, too_far in done.drift:
        mark = "  too far: the kept parameters would not be used" if too_far else ""
        print(f"  {feature:<16} filled {fill:+.2f}   variety {variety:+.1f} bits{mark}")
    print(f"Written to {done.file}. Look at the difference, then commit it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
