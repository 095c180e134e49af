-- Grain: one row per node of the identity graph that has an edge.
{{ config(materialized='connected_components') }}

select left_id, right_id from {{ ref('int_identity__edge') }}
