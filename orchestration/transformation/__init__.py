"""dbt inside this process, one Dagster step per layer.

Belongs here: calling dbt, turning its manifest and results into Dagster's assets and checks.
Does not belong here: transformations themselves (``dbt_project``).
"""
