"""Publishing: the last step, and the only one readers see.

Belongs here: building ``kokyaku.duckdb``, the documentation page and the report, and swapping them
in.
Does not belong here: anything that decides what is in a table.
"""

from orchestration.publication.assets import DOCUMENTATION, PUBLISHED, build_publication
from orchestration.publication.pictures import REPORT, build_report

__all__ = ["DOCUMENTATION", "PUBLISHED", "REPORT", "build_publication", "build_report"]
