-- Grain: one row per contact that was merged and the contact it went into, as the audit says.
{{ config(
    materialized='staged',
    unique_key=['canonical_contact_id', 'absorbed_contact_id'],
    version_by='merged_at'
) }}

with

source as (

    select * from {{ source('raw', 'hubspot__contact_merge_audit') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('canonical_vid') }} as canonical_contact_id,
        {{ key_text('vid_to_merge') }} as absorbed_contact_id,
        {{ key_text('user_id') }} as merged_by,

        ---------- numerics
        {{ integer_value('num_properties_moved') }} as properties_moved,
        num_properties_moved as raw_properties_moved,

        ---------- timestamps
        {{ timestamp_utc('timestamp', source_zone('hubspot')) }} as merged_at,
        timestamp as raw_merged_at,
        {{ lineage() }}

    from source

)

select
    canonical_contact_id,
    absorbed_contact_id,
    merged_by,
    properties_moved,
    merged_at,
    {{ reject_reasons(missing_key(['canonical_contact_id', 'absorbed_contact_id'])) }}
        as _reject_reasons,
    {{ field_issues(unread(['properties_moved', 'merged_at'])) }} as _field_issues,
    {{ lineage() }}

from renamed
