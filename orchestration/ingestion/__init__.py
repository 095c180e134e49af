"""Extracts in the landing folder become rows in schema ``raw``, with a ledger of every file.

Belongs here: declarations, reading files, raw and operational tables.
Does not belong here: meaning of the values (staging), orchestration.

Order of use, on one writer's connection to the build warehouse::

    declarations = load_declarations(DEFS)
    prepare(connection, declarations)
    for system in declarations:
        outcomes = load_system(connection, settings, system, run_id=run_id)
    outcomes = record_unclaimed(connection, settings, declarations, run_id=run_id)
"""

from orchestration.ingestion.declaration import (
    ColumnDeclaration,
    DeclarationError,
    StreamDeclaration,
    SystemDeclaration,
    load_declarations,
)
from orchestration.ingestion.landing import check_landing
from orchestration.ingestion.load import load_system, record_unclaimed
from orchestration.ingestion.outcome import FileOutcome, LandingError
from orchestration.ingestion.tables import prepare

__all__ = [
    "ColumnDeclaration",
    "DeclarationError",
    "FileOutcome",
    "LandingError",
    "StreamDeclaration",
    "SystemDeclaration",
    "check_landing",
    "load_declarations",
    "load_system",
    "prepare",
    "record_unclaimed",
]
