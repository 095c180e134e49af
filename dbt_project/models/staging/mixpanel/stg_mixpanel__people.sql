-- Grain: one row per profile, latest version; profiles of devices nobody signed in on are rows too.
{{ config(materialized='staged', unique_key='profile_id', version_by='updated_at') }}

{%- set zone = source_zone('mixpanel') %}

with

source as (

    select *, {{ nested_list('properties', mixpanel_people_keys().values() | list) }} as prop
    from {{ source('raw', 'mixpanel__people') }}

),

lifted as (

    select
        {{ key_text('distinct_id') }} as profile_id,
        {{ mixpanel_values(mixpanel_people_keys()) }},
        {{ lineage() }}
    from source

),

actors as (

    select
        *,
        {{ mixpanel_somebody('profile_id') }} as sent_id,
        {{ mixpanel_is_device('profile_id') }} as is_device_profile
    from lifted

),

renamed as (

    select
        ---------- ids
        profile_id,
        coalesce(user_id, case when not is_device_profile then sent_id end) as who,
        case when is_device_profile then regexp_replace(sent_id, '^\$device:', '') end as anonymous_id,

        ---------- text
        {{ person_name('first_name') }} as given_name,
        {{ person_name('last_name') }} as family_name,
        {{ person_name('name') }} as whole_name,
        {{ email('email') }} as email,
        email as raw_email,
        {{ phone('phone') }} as phone,
        phone as raw_phone,
        {{ organisation('company') }} as company,
        {{ text('title') }} as job_title,
        {{ text('city') }} as seen_in_city,
        {{ text('region') }} as seen_in_region,
        upper(country_code) as seen_in_country_code,
        timezone as time_zone,

        ---------- timestamps
        {{ timestamp_utc('created', zone) }} as created_at,
        created as raw_created_at,
        {{ timestamp_utc('last_seen', zone) }} as updated_at,
        last_seen as raw_updated_at,
        {{ lineage() }}

    from actors

)

select
    profile_id,
    case when not contains(who, '@') then who end as user_id,
    anonymous_id,
    given_name,
    family_name,
    {{ full_name('whole_name', 'family_name', 'given_name') }} as full_name,
    coalesce(email, {{ email('who') }}) as email,
    phone,
    company,
    job_title,
    seen_in_city,
    seen_in_region,
    seen_in_country_code,
    time_zone,
    created_at,
    updated_at,
    {{ reject_reasons(missing_key(['profile_id'])) }} as _reject_reasons,
    {{ field_issues(unread(['email', 'phone', 'created_at', 'updated_at'])) }} as _field_issues,
    {{ lineage() }}

from renamed
