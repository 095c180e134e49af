"""Dagster: order, schedule and publication of the platform; no business rules."""
