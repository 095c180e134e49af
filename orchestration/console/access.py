"""`python -m orchestration.console.access`: the package of all that is held on one person.

Belongs here: arguments, what is printed, the exit code. Does not belong here: collecting it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from orchestration.console.__main__ import quieten
from orchestration.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the package and say where; 1 when there is none to write."""
    parser = argparse.ArgumentParser(prog="make access", description="Write an access package.")
    parser.add_argument("--request", help="id of the request; alone: of the register")
    parser.add_argument("--customer", help="customer_id")
    parser.add_argument("--identifier", help="type=value, such as email=a@example.jp")
    options = parser.parse_args(arguments)
    if not (options.request or options.customer or options.identifier):
        parser.error("name a request, a customer or an identifier")
    console = Console()
    quieten()
    from orchestration.console.erase import given  # noqa: PLC0415 - slow
    from orchestration.privacy.access import AccessError, make  # noqa: PLC0415
    from orchestration.privacy.plan import Work  # noqa: PLC0415
    from orchestration.warehouse import WarehouseBusyError  # noqa: PLC0415

    try:
        settings = Settings.from_environment()
        asks = given(settings, options.request, options.customer, options.identifier)
        done = make(Work.of(settings), asks, options.request)
    except (AccessError, ValueError, WarehouseBusyError) as error:
        console.print(f"[red]Failed:[/] {escape(str(error))}", soft_wrap=True)
        return 1
    rows = sum(done.tables.values())
    console.print(f"{len(done.tables)} tables, {rows:,} rows: {done.folder}", soft_wrap=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
