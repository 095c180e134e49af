"""A run in the terminal with what open privacy requests ask for.

Belongs here: the runs around an erasure, and what is printed of it.
Does not belong here: erasing (``orchestration.privacy``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.console import Console
from rich.markup import escape

from orchestration.console.run import Outcome, run
from orchestration.privacy import erase
from orchestration.privacy.request import Ask
from orchestration.settings import Settings


def run_with_requests(
    settings: Settings,
    console: Console,
    *,
    full: bool = False,
    asks: Sequence[Ask] = (),
    only: str | None = None,
) -> Outcome:
    """Run the pipeline; then erase whom open requests mean, and run it again without them.

    An erasure that was killed is taken up first. ``asks`` and ``only`` are those of `make erase`.
    """

    def say(text: str) -> None:
        console.print(f"[bold]{escape(text)}[/]", soft_wrap=True)

    resumed = erase.resume(settings)
    if resumed:
        say("Going on with an erasure that was interrupted")
    outcome = run(settings, console, full=full)
    if not outcome.success:
        return outcome
    if resumed:
        _finish(settings, console)
    if erase.begin(settings, asks=asks, only=only, say=say):
        again = run(settings, console)
        outcome = replace(again, seconds=outcome.seconds + again.seconds)
        if outcome.success:
            _finish(settings, console)
    return outcome


def _finish(settings: Settings, console: Console) -> None:
    looked = erase.finish(settings)
    colour = "green" if looked.is_clean else "red"
    console.print(f"[{colour}]{escape(erase.told(looked))}[/]", soft_wrap=True)
    console.print("What went where: privacy.erasure_proof in the published warehouse")
