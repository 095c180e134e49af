"""`python -m orchestration.console.retention [--enforce]`: what is older than its declared period.

Belongs here: arguments, the table, the exit code. Does not belong here: removing rows.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from orchestration.console.__main__ import quieten
from orchestration.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Say, or remove, what is past its period."""
    parser = argparse.ArgumentParser(prog="make retention", description="Enforce periods.")
    parser.add_argument("--enforce", action="store_true", help="remove the rows from raw")
    options = parser.parse_args(arguments)
    settings, console = Settings.from_environment(), Console()
    quieten()
    from orchestration.privacy.plan import Work  # noqa: PLC0415 - slow
    from orchestration.privacy.retention import run  # noqa: PLC0415
    from orchestration.warehouse import WarehouseBusyError  # noqa: PLC0415

    if not settings.build_warehouse.exists():
        console.print("There is nothing yet. Run: make run")
        return 1
    try:
        found = run(Work.of(settings), enforce=options.enforce)
    except WarehouseBusyError as error:
        console.print(f"[red]Failed:[/] {escape(str(error))}", soft_wrap=True)
        return 1
    table = Table("stream", "period", "before", "rows past it", "of")
    for one in found:
        where, day = f"{one.system}.{one.stream}", f"{one.cutoff:%Y-%m-%d}"
        table.add_row(where, one.period, day, f"{one.rows:,}", f"{one.of:,}")
    console.print(table)
    if options.enforce:
        console.print("Removed from raw. Next: [bold]make run[/] builds the rest without them.")
    else:
        console.print("Nothing was removed. [bold]make retention ENFORCE=1[/] removes them.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
