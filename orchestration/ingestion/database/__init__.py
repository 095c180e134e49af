"""Tables of a live PostgreSQL server become rows in ``raw``, as files do.

Belongs here: connecting, reading by watermark, remembering how far.
Does not belong here: files, and what a row of raw looks like (``rows``).
"""
