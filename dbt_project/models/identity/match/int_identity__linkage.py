"""Grain: one row per finding of the probabilistic linkage: a pair, a blocking key, a model level.

Belongs here: what dbt needs to run it. Does not belong here: linking, see ``matching``. SQL can
neither train nor score the model; the SQL models behind take the findings apart.
"""

from matching import linkage


def model(dbt, session):
    """Link the descriptions."""
    dbt.config(materialized="table")
    dbt.ref("int_identity__description")  # the scratch connection reads it by its full name
    name = f'"{dbt.this.database}"."{dbt.this.schema}"."int_identity__description"'
    found = linkage.find(session, name)
    return found  # noqa: RET504 - dbt wants a name
