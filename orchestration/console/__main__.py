"""`python -m orchestration.console [--full]`: one run of the pipeline in this process.

Belongs here: arguments, the run, the exit code. Does not belong here: what is printed of it.

Exit codes: 0 published; 1 the run failed and readers keep what they had; 2 published, but some
files or tables of a database could not be loaded, or some audiences not be delivered.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
import warnings
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from orchestration.private import keep_private, mend
from orchestration.settings import Settings

FAILED, PARTLY = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and report; the exit code."""
    parser = argparse.ArgumentParser(prog="make run", description="Run the pipeline once.")
    parser.add_argument("--full", action="store_true", help="build everything, changed or not")
    options = parser.parse_args(arguments)
    keep_private()
    settings = Settings.from_environment()
    mend(settings)
    console = Console()
    console.print(f"[bold]Kokyaku[/]  {settings.landing} → {settings.home}", soft_wrap=True)
    quieten()
    # After the first line: the imports below take two to five seconds, a third of it collecting
    # garbage that is none.
    gc.disable()
    from dagster import DagsterError  # noqa: PLC0415

    from orchestration.console.requests import run_with_requests  # noqa: PLC0415
    from orchestration.console.summary import show  # noqa: PLC0415
    from orchestration.ingestion import DeclarationError, LandingError  # noqa: PLC0415
    from orchestration.transformation.dbt import DbtError  # noqa: PLC0415
    from orchestration.warehouse import WarehouseBusyError, writer_lock  # noqa: PLC0415

    gc.freeze()
    gc.enable()
    problems = (
        DagsterError, DbtError, DeclarationError, LandingError, OSError, ValueError,
        WarehouseBusyError,
    )  # fmt: skip
    try:
        with writer_lock(settings, say=console.print):
            outcome = run_with_requests(settings, console, full=options.full)
            files_failed = show(settings, console, outcome)
    except KeyboardInterrupt:
        console.print("\nStopped. Nothing was published; run again to go on.")
        return 130
    except problems as error:
        cause: BaseException = error
        while cause.__cause__ is not None:
            cause = cause.__cause__
        console.print(f"[red]Failed:[/] {escape(str(cause))}", soft_wrap=True)
        return FAILED
    if not outcome.success:
        return FAILED
    return PARTLY if files_failed or outcome.undelivered else 0


def quieten() -> None:
    """Keep what is meant for developers of the libraries off a user's terminal."""
    warnings.simplefilter("ignore")
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    logging.getLogger("alembic").setLevel(logging.WARNING)


if __name__ == "__main__":
    sys.exit(main())
