-- Grain: one row per customer or sign of the household graph that has an edge.
{{ config(materialized='connected_components') }}

select left_id, right_id from {{ ref('int_identity__household_edge') }}
