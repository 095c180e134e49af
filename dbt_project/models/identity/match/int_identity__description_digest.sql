-- Grain: one row per record that describes a person, with a digest of all that linkage compares.
{{ config(materialized='view') }}

with

described as (

    select unnest(record_ids) as record_id, * exclude (record_ids, description_id, component_id)
    from {{ ref('int_identity__description') }}

)

select
    record_id,
    md5(cast(row(columns(* exclude (record_id))) as varchar)) as digest

from described
