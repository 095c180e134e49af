-- Grain: one row per request about one's own data, latest version.
{{ config(materialized='staged', unique_key='request_id', version_by='updated_at') }}

{%- set zone = source_zone('privacy') %}

with

source as (

    select * from {{ source('raw', 'privacy__request') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('request_id') }} as request_id,
        {{ key_text('user_id') }} as user_id,
        {{ email('email') }} as email,
        email as raw_email,
        {{ phone('phone') }} as phone,
        phone as raw_phone,

        ---------- text
        {{ privacy_kind('kind') }} as kind,
        {{ person_name('full_name') }} as full_name,
        lower({{ text('channel') }}) as channel,
        replace(lower({{ text('state') }}), ' ', '_') as state,
        upper({{ text('region') }}) as region,
        {{ long_text('note') }} as note,
        {{ rectified_attribute('attribute') }} as attribute,
        {{ text('attribute') }} as raw_attribute,
        {{ rectified_value(rectified_attribute('attribute'), 'value') }} as corrected_value,
        {{ text('value') }} as raw_value,

        ---------- timestamps
        {{ timestamp_utc('received_at', zone) }} as received_at,
        received_at as raw_received_at,
        {{ timestamp_utc('due_at', zone) }} as due_at,
        due_at as raw_due_at,
        {{ timestamp_utc('closed_at', zone) }} as closed_at,
        closed_at as raw_closed_at,
        {{ timestamp_utc('coalesce(updated_at, closed_at, received_at)', zone) }} as updated_at,
        updated_at as raw_updated_at,
        {{ lineage() }}

    from source

)

select
    request_id,
    kind,
    user_id,
    email,
    phone,
    full_name,
    channel,
    state,
    region,
    note,
    attribute,
    case when kind = 'rectification' then corrected_value end as corrected_value,
    received_at,
    due_at,
    closed_at,
    updated_at,
    {{ reject_reasons(
        missing_key(['request_id']) + no_identifier(['user_id', 'email', 'phone'])
        + [['unknown_kind:kind', 'kind is null']] + unclear_rectification()
        + missing_time('received_at') + unread(['received_at'])
    ) }} as _reject_reasons,
    {{ field_issues(unread(['email', 'phone', 'due_at', 'closed_at', 'updated_at'])) }}
        as _field_issues,
    {{ lineage() }}

from renamed
