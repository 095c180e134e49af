{#-
    What the Stripe models share. The API nests what a replication service lays flat; either is read.

    stripe_id(c)  id of a reference, which the API delivers as the whole object when asked to expand it
-#}
{% macro stripe_id(c) -%}
    case
        when starts_with({{ c }}, '{') then json_extract_string(try_cast({{ c }} as json), '$.id')
        else {{ key_text(c) }}
    end
{%- endmacro %}

{#- stripe_time(column): a time and its text, under the same name, as staging needs them. -#}
{% macro stripe_time(column, name=none) -%}
    {{ timestamp_utc(column, source_zone('stripe')) }} as {{ name or column }},
    {{ column }} as raw_{{ name or column }}
{%- endmacro %}

{% macro stripe_address_parts() -%}
    {{ return(['line_1', 'line_2', 'city', 'state', 'postal_code', 'country']) }}
{%- endmacro %}

{#- stripe_address(flat, nested): struct of an address; `nested` is the JSON object of the API. -#}
{% macro stripe_address(flat, nested) -%}
    {{ let('nested', nested_list(nested, ['line1', 'line2', 'city', 'state', 'postal_code', 'country']),
        stripe_address_struct(flat)) }}
{%- endmacro %}

{% macro stripe_address_struct(flat) -%}
    struct_pack(
        {%- for part in stripe_address_parts() %}
        {{ part }} := coalesce({{ flat }}_{{ part }}, nested[{{ loop.index }}]){{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{#- Published columns of a billing customer, in order. -#}
{% macro stripe_customer_names() -%}
    {{ return(['stripe_customer_id', 'user_id', 'external_id', 'full_name', 'email', 'phone', 'street',
        'city', 'state', 'postcode', 'country_code', 'shipping_full_name', 'shipping_phone',
        'shipping_street', 'shipping_city', 'shipping_postcode', 'preferred_language', 'currency',
        'is_deleted', 'is_delinquent', 'is_test', 'created_at', 'updated_at']) }}
{%- endmacro %}
