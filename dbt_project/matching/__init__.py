"""Probabilistic record linkage: which descriptions are of one person, with Splink on DuckDB.

Belongs here: comparisons, blocking, training without labels, the threshold, scoring.
Does not belong here: reading or writing the warehouse beyond the tables a dbt model hands over.
"""
