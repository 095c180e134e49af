"""The app: looking customers up in the published warehouse, on this machine only.

Belongs here: search, one customer's pages, serving them. Does not belong here: figures (the marts),
who is who (identity), and anything that writes.
"""
