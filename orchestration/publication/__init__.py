"""Publishing: the last step, and the only one readers see.

Belongs here: building ``kokyaku.duckdb`` and the documentation page, and swapping them in.
Does not belong here: anything that decides what is in a table.
"""

from orchestration.publication.assets import DOCUMENTATION, PUBLISHED, build_publication

__all__ = ["DOCUMENTATION", "PUBLISHED", "build_publication"]
