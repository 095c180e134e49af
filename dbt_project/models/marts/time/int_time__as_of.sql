-- Grain: one row: the moment as of which recency, lifecycle and trends are told. It is the latest thing
-- that happened, so that the same extracts give the same figures on any day; the var as_of sets it. A
-- time that lies after the run is a wrong clock and counts for nothing.
{%- set moments = {
    'fct_event': 'occurred_at', 'fct_order': 'ordered_at', 'fct_refund': 'refunded_at',
    'fct_store_purchase': 'sold_at', 'fct_invoice': 'coalesce(paid_at, invoiced_at)',
    'fct_subscription_change': 'changed_at', 'fct_ticket': 'opened_at',
    'fct_survey_response': 'responded_at', 'fct_consent': 'answered_at',
    'fct_privacy_request': 'greatest(received_at, coalesce(closed_at, received_at))'} %}

with

latest as (
    {% for model, moment in moments.items() %}
    select max({{ moment }}) as happened_at
    from {{ ref(model) }}
    where {{ moment }} <= {{ utc_now() }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}

),

chosen as (

    select
        {%- if var('as_of') %}
        cast('{{ var("as_of") }}' as timestamp) as as_of_at
        {%- else %}
        coalesce(max(happened_at), {{ utc_now() }}) as as_of_at
        {%- endif %}
    from latest

)

select
    as_of_at,
    cast({{ local_time('as_of_at') }} as date) as as_of_date

from chosen
