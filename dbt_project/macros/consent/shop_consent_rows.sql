{#- shop_consent_rows(channel): the answers shop customers gave about one channel, as rows of int_consent__answer. -#}
{% macro shop_consent_rows(channel) -%}
    select
        'shopify' as source_system,
        shop_customer_id || ':{{ channel }}' as consent_id,
        '{{ channel }}' as purpose,
        '{{ channel }}_marketing' as given_purpose,
        {{ channel }}_consent_state as state,
        shop_customer_id,
        coalesce({{ channel }}_consent_at, updated_at, created_at) as answered_at
    from {{ ref('stg_shopify__customer') }}
    where {{ channel }}_consent_state is not null
{%- endmacro %}
