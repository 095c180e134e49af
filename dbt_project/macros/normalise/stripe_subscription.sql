{#-
    One state of a subscription, the same for the stream of subscriptions and for their history; see
    stg_stripe__subscription and, for prices, stripe_items.
-#}
{% macro stripe_subscription_columns() -%}
    {%- set text_of = 'offered[1].price' -%}
    ---------- ids
    {{ key_text('id') }} as subscription_id,
    {{ stripe_id('customer_id') }} as stripe_customer_id,
    {{ key_text(text_of ~ '[1]') }} as plan_id,
    {{ stripe_id(text_of ~ '[3]') }} as product_id,

    ---------- text
    {{ text(text_of ~ '[2]') }} as plan_name,
    {{ text('product_name') }} as product_name,
    lower({{ text('status') }}) as status,
    upper({{ key_text(text_of ~ '[6]') }}) as currency,
    lower({{ text('coalesce(' ~ text_of ~ '[7], ' ~ text_of ~ '[8])') }}) as billing_interval,
    {{ text("cancellation_details ->> '$.reason'") }} as cancellation_reason,

    ---------- numerics
    len(offered) as item_count,
    {{ integer_value('coalesce(offered[1].quantity, quantity)') }} as quantity,
    coalesce(offered[1].quantity, quantity) as raw_quantity,
    coalesce({{ integer_value(text_of ~ '[9]') }}, {{ integer_value(text_of ~ '[10]') }}, 1) as billing_interval_count,
    {{ minor_amount('coalesce(' ~ text_of ~ '[4], ' ~ text_of ~ '[5])', 'upper(trim(' ~ text_of ~ '[6]))') }} as unit_amount,
    coalesce({{ text_of }}[4], {{ text_of }}[5]) as raw_unit_amount,
    {{ stripe_monthly() }} as mrr,

    ---------- flags
    coalesce({{ boolean('cancel_at_period_end') }}, false) as is_cancelled_at_period_end,
    coalesce(json_type(pause_collection) not in ('NULL'), false)
        and coalesce(pause_collection ->> '$', '') <> '' as is_paused,
    {{ boolean('is_active') }} as is_in_force,
    not coalesce({{ boolean('livemode') }}, true) as is_test,

    ---------- timestamps
    {% for column in ['trial_start', 'trial_end', 'cancel_at', 'canceled_at', 'ended_at',
        'current_period_start', 'current_period_end', 'created', 'start_date', 'valid_from', 'synced_at'] -%}
    {{ stripe_time(column, stripe_time_names().get(column)) }}{{ ',' if not loop.last }}
    {% endfor %}
{%- endmacro %}

{% macro stripe_time_names() -%}
    {{ return({'trial_start': 'trial_started_at', 'trial_end': 'trial_ends_at', 'created': 'created_at',
        'current_period_start': 'period_started_at', 'current_period_end': 'period_ends_at',
        'start_date': 'began_at', 'valid_from': 'stated_at'}) }}
{%- endmacro %}

{#- Published columns of a subscription's state, in order. -#}
{% macro stripe_subscription_names() -%}
    {{ return(['subscription_id', 'stripe_customer_id', 'plan_id', 'product_id', 'plan_name',
        'product_name', 'status', 'currency', 'billing_interval', 'cancellation_reason', 'item_count',
        'quantity', 'billing_interval_count', 'unit_amount', 'mrr', 'is_cancelled_at_period_end',
        'is_paused', 'is_in_force', 'is_test', 'trial_started_at', 'trial_ends_at', 'cancel_at',
        'canceled_at', 'ended_at', 'period_started_at', 'period_ends_at', 'created_at']) }}
{%- endmacro %}

{% macro stripe_subscription_model(relation) -%}
    with

    source as (

        select *, {{ stripe_items() }} as offered from {{ relation }}

    ),

    renamed as (

        select
            {{ stripe_subscription_columns() }},
            {{ lineage() }}
        from source

    ),

    dated as (

        -- the API says since when a state holds only through the times of its steps
        select
            *,
            coalesce(began_at, created_at) as started_at,
            coalesce(stated_at, synced_at, greatest(
                created_at, began_at, period_started_at, canceled_at, trial_started_at
            )) as valid_from,
            coalesce(raw_stated_at, raw_synced_at, raw_created_at) as raw_valid_from
        from renamed

    )

    select
        {{ stripe_subscription_names() | join(',\n        ') }},
        started_at,
        valid_from,
        {{ reject_reasons(
            missing_key(['subscription_id'])
            + [
                ['missing_timestamp:valid_from', "valid_from is null and coalesce(trim(raw_valid_from), '') = ''"],
                ['invalid_timestamp:valid_from', "valid_from is null and trim(raw_valid_from) <> ''"],
            ]
        ) }} as _reject_reasons,
        {{ field_issues(unread([
            'unit_amount', 'quantity', 'trial_started_at', 'trial_ends_at', 'cancel_at', 'canceled_at',
            'ended_at', 'period_started_at', 'period_ends_at', 'created_at',
        ])) }} as _field_issues,
        {{ lineage() }}

    from dated
{%- endmacro %}
