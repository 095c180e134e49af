"""The report: one page of pictures of the published warehouse.

Belongs here: declared pictures (``pictures/*.yml``), reading them, drawing them, the page.
Does not belong here: figures. Each is a column of a published table; a picture's SQL selects,
orders and lays out, and adds counts of rows up, but computes no measure of its own.
"""

from orchestration.report.page import write
from orchestration.report.picture import Picture, Reading, load, read

__all__ = ["Picture", "Reading", "load", "read", "write"]
