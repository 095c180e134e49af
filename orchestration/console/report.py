"""`make report`: the page of pictures of what is published, written again.

Belongs here: which file is read, where the page goes, what is said. Does not belong here: pictures.
"""

from __future__ import annotations

import sys

import duckdb

from orchestration import report
from orchestration.private import keep_private
from orchestration.settings import Settings


def main() -> int:
    """Write the page and say where; 1 when nothing is published."""
    keep_private()
    settings = Settings.from_environment()
    if not settings.published_warehouse.exists():
        print(f"Nothing is published in {settings.home} yet. Run: make run", file=sys.stderr)
        return 1
    with duckdb.connect(str(settings.published_warehouse), read_only=True) as connection:
        readings = [report.read(connection, picture) for picture in report.load()]
        report.write(connection, readings, settings.report)
    for reading in readings:
        if reading.missing:
            print(f"{reading.picture.title}: {reading.missing}")
    print(settings.report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
