"""The sample company: a deterministic generator of source extracts with known truth.

Belongs here: the generator, its output (`sample/`) and reference data (`reference/`). Not here:
anything real, and anything the pipeline imports.
"""
