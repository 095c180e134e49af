{#-
    buyer_columns(): who bought, from the struct `buyer` and the country_code beside it; the same for
    an order and for a checkout that was left. The billing address says who, because the shipping
    address may be a gift's. The whole name is composed in the final select.
-#}
{% macro buyer_columns() -%}
    {{ person_name('buyer.first_name') }} as given_name,
    {{ person_name('buyer.last_name') }} as family_name,
    {{ person_name('buyer.name') }} as composed_name,
    {{ email('coalesce(email, account[2])') }} as email,
    coalesce(email, account[2]) as raw_email,
    {{ phone('coalesce(phone, buyer.phone)', 'country_code') }} as phone,
    coalesce(phone, buyer.phone) as raw_phone,
    {{ address("concat_ws(' ', buyer.address_1, buyer.address_2)") }} as street,
    {{ text('buyer.city') }} as city,
    {{ text('coalesce(buyer.province, buyer.province_code)') }} as state,
    {{ postcode('buyer.zip', 'country_code') }} as postcode,
    country_code,
    coalesce(buyer.country_code, buyer.country) as raw_country_code,
    {{ text('buyer.company') }} as company
{%- endmacro %}

{#- The columns of buyer_columns() that are published, without what only judges them. -#}
{% macro buyer_column_names() -%}
    {{ return(['given_name', 'family_name', 'email', 'phone', 'street', 'city', 'state', 'postcode',
        'country_code', 'company']) }}
{%- endmacro %}

{#-
    buyer_address(): struct of the address that says who bought: billing when it says anything,
    else shipping. Never a mixture: parts of two addresses are nobody's.
-#}
{% macro buyer_address() -%}
    case
        when {% for part in ['address_1', 'zip', 'last_name', 'name'] -%}
            {{ shop_address('billing_address', 'nested_billing', part) }} is not null
            {{- ' or ' if not loop.last }}
            {%- endfor %}
            then {{ address_struct('billing') }}
        else {{ address_struct('shipping') }}
    end
{%- endmacro %}

{% macro address_struct(kind) -%}
    struct_pack(
        {%- for part in shop_address_columns() %}
        {{ part }} := {{ shop_address(kind ~ '_address', 'nested_' ~ kind, part) }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
