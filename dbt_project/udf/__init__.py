"""Functions that SQL cannot express, registered on the warehouse connection as dbt-duckdb plugins.

Here belong functions of one value that need a library. Not here: anything that reads a table or a
file, and anything a macro in macros/normalise can say.
"""
