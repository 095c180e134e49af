"""Components that YAML below ``orchestration/defs`` can instantiate.

Belongs here: what a declaration turns into in Dagster.
Does not belong here: reading extracts (``ingestion``).
"""

from orchestration.components.source_system import SourceSystem

__all__ = ["SourceSystem"]
