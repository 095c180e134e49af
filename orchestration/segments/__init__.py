"""Segments of customers, as declared in ``dbt_project/segments.yml``.

Belongs here: reading and checking the declarations, turning conditions into safe SQL.
Does not belong here: who is in a segment (``dbt_project``), what is delivered (``activation``).
"""

from orchestration.segments.audience import Audience
from orchestration.segments.declaration import FILE, SegmentError, Segments, load_segments

__all__ = ["FILE", "Audience", "SegmentError", "Segments", "load_segments"]
