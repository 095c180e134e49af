-- Grain: one row per CRM account (a company, or a person account), latest version.
{{ config(materialized='staged', unique_key='account_id', version_by='modified_at') }}

{%- set zone = source_zone('salesforce') %}

with

source as (

    select *, {{ country_code('coalesce(billing_country_code, billing_country)') }} as home_country
    from {{ source('raw', 'salesforce__account') }}

),

renamed as (

    select
        ---------- ids
        {{ crm_id('id') }} as account_id,
        {{ crm_id('master_record_id') }} as master_account_id,
        {{ crm_id('parent_id') }} as parent_account_id,
        {{ crm_id('person_contact_id') }} as person_contact_id,
        {{ key_text('owner_id') }} as owner_id,

        ---------- text
        {{ text('name') }} as account_name,
        {{ text('type') }} as account_type,
        {{ text('industry') }} as industry,
        {{ text('account_source') }} as account_source,
        {{ text('website') }} as website,
        {{ phone('phone', 'home_country') }} as phone,
        phone as raw_phone,
        {{ address('billing_street') }} as street,
        {{ text('billing_city') }} as city,
        {{ text('coalesce(billing_state, billing_state_code)') }} as state,
        {{ postcode('billing_postal_code', 'home_country') }} as postcode,
        home_country as country_code,
        coalesce(billing_country_code, billing_country) as raw_country_code,

        ---------- numerics
        {{ number('annual_revenue', has_decimal_comma('salesforce')) }} as annual_revenue,
        annual_revenue as raw_annual_revenue,
        {{ integer_value('number_of_employees') }} as employee_count,
        number_of_employees as raw_employee_count,

        ---------- flags
        coalesce({{ boolean('is_person_account') }}, false) as is_person_account,
        coalesce({{ boolean('is_deleted') }}, false) as is_deleted,

        ---------- timestamps
        {{ timestamp_utc('created_date', zone) }} as created_at,
        created_date as raw_created_at,
        {{ timestamp_utc('coalesce(system_modstamp, last_modified_date)', zone) }} as modified_at,
        coalesce(system_modstamp, last_modified_date) as raw_modified_at,
        {{ lineage() }}

    from source

)

select
    account_id,
    master_account_id,
    parent_account_id,
    person_contact_id,
    owner_id,
    account_name,
    account_type,
    industry,
    account_source,
    website,
    phone,
    street,
    city,
    state,
    postcode,
    country_code,
    annual_revenue,
    employee_count,
    is_person_account,
    is_deleted,
    created_at,
    modified_at,
    {{ reject_reasons(missing_key(['account_id'])) }} as _reject_reasons,
    {{ field_issues(unread([
        'phone', 'country_code', 'annual_revenue', 'employee_count', 'created_at', 'modified_at',
    ])) }} as _field_issues,
    {{ lineage() }}

from renamed
