-- Grain: one row per CRM opportunity (a possible sale to an account), latest version.
{{ config(materialized='staged', unique_key='opportunity_id', version_by='modified_at') }}

{%- set zone = source_zone('salesforce') %}

with

source as (

    select * from {{ source('raw', 'salesforce__opportunity') }}

),

renamed as (

    select
        ---------- ids
        {{ crm_id('id') }} as opportunity_id,
        {{ crm_id('account_id') }} as account_id,
        {{ crm_id('contact_id') }} as contact_id,
        {{ key_text('campaign_id') }} as campaign_id,
        {{ key_text('owner_id') }} as owner_id,

        ---------- text
        {{ text('name') }} as opportunity_name,
        {{ text('type') }} as opportunity_type,
        {{ text('stage_name') }} as stage,
        {{ text('forecast_category') }} as forecast_category,
        {{ text('lead_source') }} as lead_source,
        upper({{ key_text('currency_iso_code') }}) as currency,

        ---------- numerics
        {{ number('amount', has_decimal_comma('salesforce')) }} as amount,
        amount as raw_amount,
        {{ number('probability', has_decimal_comma('salesforce')) }} as probability_percent,
        probability as raw_probability_percent,

        ---------- flags
        {{ boolean('is_closed') }} as is_closed,
        {{ boolean('is_won') }} as is_won,
        coalesce({{ boolean('is_deleted') }}, false) as is_deleted,

        ---------- timestamps
        {{ date_value('close_date') }} as close_date,
        close_date as raw_close_date,
        {{ timestamp_utc('created_date', zone) }} as created_at,
        created_date as raw_created_at,
        {{ timestamp_utc('coalesce(system_modstamp, last_modified_date)', zone) }} as modified_at,
        coalesce(system_modstamp, last_modified_date) as raw_modified_at,
        {{ lineage() }}

    from source

)

select
    opportunity_id,
    account_id,
    contact_id,
    campaign_id,
    owner_id,
    opportunity_name,
    opportunity_type,
    stage,
    forecast_category,
    lead_source,
    currency,
    amount,
    probability_percent,
    is_closed,
    is_won,
    is_deleted,
    close_date,
    created_at,
    modified_at,
    {{ reject_reasons(
        missing_key(['opportunity_id']) + unread(['amount', 'created_at'])
    ) }} as _reject_reasons,
    {{ field_issues(unread(['probability_percent', 'close_date', 'modified_at'])) }}
        as _field_issues,
    {{ lineage() }}

from renamed
