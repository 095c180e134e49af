-- Grain: one row per contact, latest version; deleted ones are kept and say so.
{{ config(materialized='staged', unique_key='hubspot_contact_id', version_by='updated_at') }}

{%- set zone = source_zone('hubspot') %}

with

source as (

    select *, {{ nested_list('properties', hubspot_contact_keys()) }} as prop
    from {{ source('raw', 'hubspot__contact') }}

),

told as (

    select
        {{ hubspot_columns(hubspot_contact_keys()) }},
        id, is_deleted, {{ lineage() }}
    from source

),

located as (

    select *, {{ country_code('country') }} as country_code from told

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as hubspot_contact_id,
        {{ key_text('associatedcompanyid') }} as hubspot_company_id,
        {{ key_text('hubspot_owner_id') }} as owner_id,
        {{ merged_ids('hs_calculated_merged_vids') }} as merged_contact_ids,

        ---------- text
        {{ person_name('firstname') }} as given_name,
        {{ person_name('lastname') }} as family_name,
        {{ kana('firstname_kana') }} as given_name_kana,
        {{ kana('lastname_kana') }} as family_name_kana,
        {{ birth_date('date_of_birth') }} as birth_date,
        date_of_birth as raw_birth_date,
        {{ gender('gender') }} as gender,
        gender as raw_gender,
        {{ email('email') }} as email,
        email as raw_email,
        {{ phone('phone', 'country_code') }} as phone,
        phone as raw_phone,
        {{ phone('mobilephone', 'country_code') }} as mobile_phone,
        mobilephone as raw_mobile_phone,
        {{ social_handle('twitterhandle', 'x') }} as social_handle,
        twitterhandle as raw_social_handle,
        {{ social_handle('instagram_handle', 'instagram') }} as instagram_handle,
        {{ address('address') }} as street,
        {{ text('city') }} as city,
        {{ text('state') }} as state,
        {{ postcode('zip', 'country_code') }} as postcode,
        country_code,
        country as raw_country_code,
        {{ organisation('company') }} as company,
        {{ text('jobtitle') }} as job_title,
        {{ text('industry') }} as industry,
        {{ text('income_band') }} as income_band,
        lower({{ text('hs_language') }}) as preferred_language,
        lower({{ text('lifecyclestage') }}) as lifecycle_stage,
        lower({{ text('hs_lead_status') }}) as lead_status,

        ---------- flags
        {{ boolean('hs_email_optout') }} as has_opted_out_of_email,
        coalesce({{ boolean('is_deleted') }}, false) as is_deleted,

        ---------- timestamps
        {{ timestamp_utc('createdate', zone) }} as created_at,
        createdate as raw_created_at,
        {{ timestamp_utc('lastmodifieddate', zone) }} as updated_at,
        lastmodifieddate as raw_updated_at,
        {{ lineage() }}

    from located

)

select
    hubspot_contact_id, hubspot_company_id, owner_id, merged_contact_ids,
    given_name, family_name,
    {{ full_name('cast(null as varchar)', 'family_name', 'given_name') }} as full_name,
    given_name_kana, family_name_kana, birth_date, gender, email, phone, mobile_phone,
    social_handle, instagram_handle, street, city, state, postcode, country_code, company, job_title, industry,
    income_band, preferred_language, lifecycle_stage, lead_status, has_opted_out_of_email,
    is_deleted, created_at, updated_at,
    {{ reject_reasons(missing_key(['hubspot_contact_id'])) }} as _reject_reasons,
    {{ field_issues(unread([
        'birth_date', 'gender', 'email', 'phone', 'mobile_phone', 'country_code', 'created_at',
        'updated_at',
    ]) + [[
        'invalid_handle:social_handle', "social_handle is null and trim(raw_social_handle) <> ''",
    ]]) }} as _field_issues,
    {{ lineage() }}

from renamed
