"""Loggers for runs started from the terminal.

Belongs here: what of Dagster's event stream a person sees, and what goes to the log file.
Does not belong here: the summary at the end.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import Any

import dagster as dg
from rich.console import Console
from rich.markup import escape

TITLES = {
    "close_ledger": "ledger",
    "gate_raw": "gate raw",
    "gate_staging": "gate staging",
    "gate_identity": "gate identity",
    "gate_marts": "gate marts",
    "published__kokyaku": "publish",
    "published__documentation": "documentation",
    "published__report": "report",
}

DELIVERY = "exports__"
"""What the steps that deliver an audience begin with."""

DAGSTER_SAYS = ("Dependencies for step", "op '")
"""Beginnings of messages that repeat, at length, what a step's line already says."""


class ProgressHandler(logging.Handler):
    """One line per step when it ends, one per warning; the step that is going as a status."""

    def __init__(self, console: Console) -> None:
        super().__init__(logging.DEBUG)
        self.console = console
        self.started: dict[str, float] = {}
        self.said: dict[str, str] = {}
        self.status = console.status("starting ...")

    def emit(self, record: logging.LogRecord) -> None:
        """Called for every event of the run."""
        meta: dict[str, Any] = getattr(record, "dagster_meta", {}) or {}
        event = meta.get("dagster_event")
        if event is None:
            self._message(meta, record)
            return
        kind, step = event.event_type_value, event.step_key
        if kind == "STEP_START":
            self.started[step] = time.monotonic()
            if self.console.is_terminal:
                self.status.update(f"{title(step)} ...")
                self.status.start()
        elif kind in {"STEP_SUCCESS", "STEP_FAILURE"}:
            self.status.stop()
            self._end(step, good=kind == "STEP_SUCCESS")

    def _message(self, meta: dict[str, Any], record: logging.LogRecord) -> None:
        step = meta.get("step_key")
        text = str(meta.get("orig_message") or record.getMessage())
        if text.startswith(DAGSTER_SAYS):
            return
        if record.levelno >= logging.ERROR:
            return  # told at the end, with what to do
        if record.levelno == logging.WARNING:
            self.console.print(f"    [yellow]{escape(text)}[/]", soft_wrap=True)
        elif step and record.levelno >= logging.INFO:
            self.said[step] = text

    def _end(self, step: str, *, good: bool) -> None:
        seconds = time.monotonic() - self.started.get(step, time.monotonic())
        mark = "[green]✓[/]" if good else "[red]✗[/]"
        said = escape(self.said.get(step, ""))
        self.console.print(f"  {mark} {title(step):<18} {seconds:6.1f} s  {said}", soft_wrap=True)


def title(step: str) -> str:
    """A step's name as a person would say it."""
    if step.startswith(DELIVERY):
        return "deliver " + step.removeprefix(DELIVERY).replace("__", " to ").replace("_", " ")
    return TITLES.get(step, step.replace("_", " "))


@dg.logger(config_schema=None, description="One line per step on the terminal.")
def progress(context: dg.InitLoggerContext) -> logging.Logger:
    """For runs in a terminal."""
    return _logger(f"kokyaku.progress.{context.run_id}", ProgressHandler(Console()))


@dg.logger(
    config_schema={"path": dg.Field(str, description="File to append to.")},
    description="Every event of the run, in a file.",
)
def file(context: dg.InitLoggerContext) -> logging.Logger:
    """For looking up what a run did."""
    path = Path(context.logger_config["path"])
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    return _logger(f"kokyaku.file.{context.run_id}", handler)


def _logger(name: str, handler: logging.Handler) -> logging.Logger:
    logger = logging.Logger(name, level=logging.DEBUG)  # outside the tree: nothing else prints it
    logger.addHandler(handler)
    return logger


LOGGERS = {"console": dg.colored_console_logger, "progress": progress, "file": file}
