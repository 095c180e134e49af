"""Lifetime value: what each customer will buy in the time to come, by BG/NBD and Gamma-Gamma.

Belongs here: speaking to the library that fits and predicts, and judging whether a fit may be used.
Does not belong here: counting purchases and the fallback for thin histories (SQL), reading or
writing the warehouse beyond the table a dbt model hands over.
"""
