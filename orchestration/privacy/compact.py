"""Writing the build warehouse anew, so that its free blocks hold nothing of what was deleted.

Belongs here: the copy and its swap. Does not belong here: the published file, which is always new.
"""

from __future__ import annotations

import os

import duckdb

from orchestration import warehouse
from orchestration.ingestion.rows import literal
from orchestration.settings import Settings


def compact(settings: Settings) -> None:
    """Copy the build warehouse into a new file and put that in its place, whole.

    Nothing may have the file open. A run killed in between leaves the old file and a draft, which
    the next one removes.
    """
    target = settings.build_warehouse
    draft = target.with_name("build.compact.draft")
    for left in target.parent.glob("build.compact.draft*"):
        left.unlink()
    config = {"memory_limit": warehouse.memory_limit(), "temp_directory": str(settings.temporary)}
    with warehouse.writer_lock(settings), duckdb.connect(config=config) as connection:
        connection.execute("set preserve_insertion_order = true")
        for path, name, mode in ((target, "build", " (read_only)"), (draft, "fresh", "")):
            connection.execute(f"attach {literal(str(path))} as {name}{mode}")
        connection.execute("copy from database build to fresh")
        connection.execute("detach fresh")
        connection.execute("detach build")
        descriptor = os.open(draft, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        draft.replace(target)
