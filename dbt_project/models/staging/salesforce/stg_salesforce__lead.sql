-- Grain: one row per CRM lead, latest version; converted leads stay and name their contact.
{{ config(materialized='staged', unique_key='lead_id', version_by='modified_at') }}

{%- set zone = source_zone('salesforce') %}

with

source as (

    select *, {{ country_code('coalesce(country_code, country)') }} as home_country
    from {{ source('raw', 'salesforce__lead') }}

),

renamed as (

    select
        ---------- ids
        {{ crm_id('id') }} as lead_id,
        {{ crm_id('master_record_id') }} as master_lead_id,
        {{ crm_id('converted_contact_id') }} as converted_contact_id,
        {{ crm_id('converted_account_id') }} as converted_account_id,
        {{ crm_id('converted_opportunity_id') }} as converted_opportunity_id,
        {{ key_text('owner_id') }} as owner_id,

        ---------- text
        {{ person_name('first_name') }} as given_name,
        {{ person_name('last_name') }} as family_name,
        {{ person_name('name') }} as composed_name,
        {{ kana('first_name_local') }} as given_name_kana,
        {{ kana('last_name_local') }} as family_name_kana,
        {{ gender('gender') }} as gender,
        gender as raw_gender,
        {{ email('email') }} as email,
        email as raw_email,
        {{ phone('phone', 'home_country') }} as phone,
        phone as raw_phone,
        {{ phone('mobile_phone', 'home_country') }} as mobile_phone,
        mobile_phone as raw_mobile_phone,
        {{ address('street') }} as street,
        {{ text('city') }} as city,
        {{ text('coalesce(state, state_code)') }} as state,
        {{ postcode('postal_code', 'home_country') }} as postcode,
        home_country as country_code,
        coalesce(country_code, country) as raw_country_code,
        {{ organisation('company') }} as company,
        {{ text('title') }} as job_title,
        {{ text('status') }} as status,
        {{ text('lead_source') }} as lead_source,

        ---------- flags
        coalesce({{ boolean('is_converted') }}, false) as is_converted,
        coalesce({{ boolean('is_deleted') }}, false) as is_deleted,
        {{ boolean('has_opted_out_of_email') }} as has_opted_out_of_email,

        ---------- timestamps
        {{ birth_date('birthdate') }} as birth_date,
        birthdate as raw_birth_date,
        {{ timestamp_utc('converted_date', zone) }} as converted_at,
        {{ timestamp_utc('created_date', zone) }} as created_at,
        created_date as raw_created_at,
        {{ timestamp_utc('coalesce(system_modstamp, last_modified_date)', zone) }} as modified_at,
        coalesce(system_modstamp, last_modified_date) as raw_modified_at,
        {{ lineage() }}

    from source

)

select
    lead_id,
    master_lead_id,
    converted_contact_id,
    converted_account_id,
    converted_opportunity_id,
    owner_id,
    given_name,
    family_name,
    {{ full_name('composed_name', 'family_name', 'given_name') }} as full_name,
    given_name_kana,
    family_name_kana,
    birth_date,
    gender,
    email,
    phone,
    mobile_phone,
    street,
    city,
    state,
    postcode,
    country_code,
    company,
    job_title,
    status,
    lead_source,
    is_converted,
    is_deleted,
    has_opted_out_of_email,
    converted_at,
    created_at,
    modified_at,
    {{ reject_reasons(missing_key(['lead_id'])) }} as _reject_reasons,
    {{ field_issues(unread([
        'email', 'phone', 'mobile_phone', 'birth_date', 'gender', 'country_code',
        'created_at', 'modified_at',
    ])) }} as _field_issues,
    {{ lineage() }}

from renamed
