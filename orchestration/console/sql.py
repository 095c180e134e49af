"""`make sql`: DuckDB's own prompt on the published warehouse, read-only and shut in.

Belongs here: finding the tool and the file. Does not belong here: queries.

In the tool's safe mode a statement reads and writes no other file, loads no extension and starts
no program: what is pasted into the prompt can do no more than ask. Results are taken out by
redirecting what it prints; who needs more opens the file with a tool of their own.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from orchestration.settings import Settings


def main() -> int:
    """Replace this process by the prompt; further arguments go to it (such as ``-c QUERY``)."""
    published = Settings.from_environment().published_warehouse
    if not published.exists():
        print(f"There is no published warehouse at {published} yet. Run: make run", file=sys.stderr)
        return 1
    beside = Path(sys.executable).with_name("duckdb")
    tool = str(beside) if beside.exists() else shutil.which("duckdb")
    if tool is None:
        print("The DuckDB prompt is not installed. Run: make install", file=sys.stderr)
        return 1
    command = [tool, "-readonly", str(published), "-cmd", ".safe_mode", *sys.argv[1:]]
    return os.execv(tool, command)  # noqa: S606 - no shell


if __name__ == "__main__":
    sys.exit(main())
