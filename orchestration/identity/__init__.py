"""What governs identity from outside the models: policies, and what a change of them does.

Belongs here: the policies file, the published state it is compared with, measuring a change.
Does not belong here: linking records (``dbt_project/models/identity``), steps of a run.
"""
