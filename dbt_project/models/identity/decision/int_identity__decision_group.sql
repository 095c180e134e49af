-- Grain: one row per record that a reviewer called the same as another, with the group that such
-- decisions join. A group that also holds a pair decided as not the same contradicts itself.
{{ config(materialized='connected_components') }}

select left_id, right_id from {{ ref('int_identity__decision') }}
where verdict = 'same' and left_id is not null and right_id is not null
