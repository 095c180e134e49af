"""`python -m orchestration.console.erase`: erase one person, by request, identifier or customer.

Belongs here: arguments, the runs, the exit code. Does not belong here: erasing.

Exit codes: 0 erased, and the scan finds nothing; 1 it failed, or the request says too little; 3 the
scan found something (privacy.erasure_proof says where).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import duckdb
from rich.console import Console
from rich.markup import escape

from orchestration.console.__main__ import quieten
from orchestration.privacy.request import Ask
from orchestration.settings import Settings

LEFT = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Erase and report; the exit code."""
    parser = argparse.ArgumentParser(prog="make erase", description="Erase one person.")
    parser.add_argument(
        "--request",
        help="id under which the erasure is recorded; alone: the "
        "request of the register with this id, whatever its state",
    )
    parser.add_argument("--customer", help="customer_id")
    parser.add_argument("--identifier", help="type=value, such as email=a@example.jp")
    options = parser.parse_args(arguments)
    if not (options.request or options.customer or options.identifier):
        parser.error("name a request, a customer or an identifier")
    settings, console = Settings.from_environment(), Console()
    quieten()
    from orchestration.console.requests import run_with_requests  # noqa: PLC0415 - slow
    from orchestration.privacy import proof  # noqa: PLC0415
    from orchestration.warehouse import WarehouseBusyError, writer_lock  # noqa: PLC0415

    try:
        asks = given(settings, options.request, options.customer, options.identifier)
        only = options.request if not asks else None
        with writer_lock(settings, say=console.print):
            outcome = run_with_requests(settings, console, asks=asks, only=only)
        if not outcome.success:
            for step, text in outcome.failures:
                console.print(f"[red]{escape(step)} failed:[/] {escape(text)}", soft_wrap=True)
            return 1
        wanted = asks[0].request_id if asks else options.request
        status, detail = proof.status(settings, wanted)
    except (ValueError, OSError, duckdb.Error, WarehouseBusyError) as error:
        console.print(f"[red]Failed:[/] {escape(str(error))}", soft_wrap=True)
        return 1
    console.print(f"Request {wanted}: {status}{': ' + detail if detail else ''}", soft_wrap=True)
    return {"done": 0, "found": LEFT}.get(status, 1)


def given(
    settings: Settings, request: str | None, customer: str | None, identifier: str | None
) -> list[Ask]:
    """What the arguments ask for; empty when only a request is named.

    Raises:
        ValueError: an identifier that is none.

    """
    from orchestration.privacy.identifier import asks  # noqa: PLC0415 - slow

    kind, _, value = (identifier or "").partition("=")
    return asks(settings, request or "", customer or "", kind, value)


if __name__ == "__main__":
    sys.exit(main())
