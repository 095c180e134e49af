-- Grain: one row per support user, latest version; agents and administrators are rows too.
{{ config(materialized='staged', unique_key='support_user_id', version_by='updated_at') }}

{%- set zone = source_zone('zendesk') %}

with

source as (

    select * from {{ source('raw', 'zendesk__user') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as support_user_id,
        {{ key_text('external_id') }} as user_id,
        {{ key_text('organization_id') }} as organization_id,

        ---------- text
        {{ person_name('name') }} as full_name,
        {{ email('email') }} as email,
        email as raw_email,
        {{ phone('phone') }} as phone,
        phone as raw_phone,
        coalesce(lower({{ text('role') }}), 'end-user') as role,
        {{ text('locale') }} as locale,
        {{ text('time_zone') }} as time_zone,

        ---------- flags
        coalesce({{ boolean('active') }}, true) as is_active,
        {{ boolean('suspended') }} as is_suspended,
        {{ boolean('verified') }} as is_verified,
        coalesce({{ boolean('shared_phone_number') }}, false) as has_shared_phone,

        ---------- timestamps
        {{ timestamp_utc('last_login_at', zone) }} as last_login_at,
        last_login_at as raw_last_login_at,
        {{ timestamp_utc('created_at', zone) }} as created_at,
        created_at as raw_created_at,
        {{ timestamp_utc('updated_at', zone) }} as updated_at,
        updated_at as raw_updated_at,
        {{ lineage() }}

    from source

)

select
    support_user_id,
    user_id,
    organization_id,
    full_name,
    email,
    phone,
    role,
    locale,
    time_zone,
    is_active,
    is_suspended,
    is_verified,
    has_shared_phone,
    last_login_at,
    created_at,
    updated_at,
    {{ reject_reasons(missing_key(['support_user_id'])) }} as _reject_reasons,
    {{ field_issues(unread(['email', 'phone', 'last_login_at', 'created_at', 'updated_at'])) }}
        as _field_issues,
    {{ lineage() }}

from renamed
