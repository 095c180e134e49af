-- Grain: one row per company, latest version.
{{ config(materialized='staged', unique_key='hubspot_company_id', version_by='updated_at') }}

{%- set zone = source_zone('hubspot') %}

with

source as (

    select *, {{ nested_list('properties', hubspot_company_keys()) }} as prop
    from {{ source('raw', 'hubspot__company') }}

),

told as (

    select
        {{ hubspot_columns(hubspot_company_keys()) }},
        id, is_deleted, {{ lineage() }}
    from source

),

located as (

    select *, {{ country_code('country') }} as country_code from told

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as hubspot_company_id,

        ---------- text
        {{ text('name') }} as company,
        lower({{ text('domain') }}) as domain,
        {{ long_text('description') }} as description,
        {{ text('industry') }} as industry,
        {{ phone('phone', 'country_code') }} as phone,
        phone as raw_phone,
        {{ address("concat_ws(' ', address, address_2)") }} as street,
        {{ text('city') }} as city,
        {{ text('state') }} as state,
        {{ postcode('zip', 'country_code') }} as postcode,
        country_code,
        country as raw_country_code,

        ---------- numerics
        {{ number('annualrevenue') }} as annual_revenue,
        annualrevenue as raw_annual_revenue,
        {{ integer_value('numberofemployees') }} as employees,
        numberofemployees as raw_employees,

        ---------- flags
        coalesce({{ boolean('is_deleted') }}, false) as is_deleted,

        ---------- timestamps
        {{ timestamp_utc('createdate', zone) }} as created_at,
        createdate as raw_created_at,
        {{ timestamp_utc('hs_lastmodifieddate', zone) }} as updated_at,
        hs_lastmodifieddate as raw_updated_at,
        {{ lineage() }}

    from located

)

select
    hubspot_company_id, company, domain, description, industry, phone, street, city, state,
    postcode, country_code, annual_revenue, employees, is_deleted, created_at, updated_at,
    {{ reject_reasons(missing_key(['hubspot_company_id'])) }} as _reject_reasons,
    {{ field_issues(unread([
        'phone', 'country_code', 'annual_revenue', 'employees', 'created_at', 'updated_at',
    ])) }} as _field_issues,
    {{ lineage() }}

from renamed
