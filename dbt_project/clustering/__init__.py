"""Algorithms of identity that are sequential by nature, called by the dbt models written in Python.

Here belongs what works on plain values. Not here: reading and writing tables (the models do), and
anything that SQL can say.
"""
