-- Grain: one row per shop customer account, latest version.
{{ config(materialized='staged', unique_key='shop_customer_id', version_by='updated_at') }}

{%- set zone = source_zone('shopify') -%}
{%- set comma = has_decimal_comma('shopify') %}

with

source as (

    select *, {{ nested_list('default_address', shop_address_keys()) }} as nested_default
    from {{ source('raw', 'shopify__customer') }}

),

addressed as (

    select *, {{ address_struct('default') }} as home from source

),

located as (

    select *, {{ country_code('coalesce(home.country_code, home.country)') }} as country_code
    from addressed

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as shop_customer_id,
        {{ key_text('user_id') }} as user_id,

        ---------- text
        {{ person_name('coalesce(first_name, home.first_name)') }} as given_name,
        {{ person_name('coalesce(last_name, home.last_name)') }} as family_name,
        {{ kana('first_name_kana') }} as given_name_kana,
        {{ kana('last_name_kana') }} as family_name_kana,
        {{ gender('gender') }} as gender,
        gender as raw_gender,
        {{ email('email') }} as email,
        email as raw_email,
        {{ phone('coalesce(phone, home.phone)', 'country_code') }} as phone,
        coalesce(phone, home.phone) as raw_phone,
        {{ address("concat_ws(' ', home.address_1, home.address_2)") }} as street,
        {{ text('home.city') }} as city,
        {{ text('coalesce(home.province, home.province_code)') }} as state,
        {{ postcode('home.zip', 'country_code') }} as postcode,
        country_code,
        coalesce(home.country_code, home.country) as raw_country_code,
        {{ text('home.company') }} as company,
        lower({{ text('state') }}) as account_state,
        {{ text('locale') }} as locale,
        {{ text('tags') }} as tags,
        upper({{ key_text('currency') }}) as currency,

        ---------- numerics
        {{ integer_value('orders_count') }} as order_count,
        orders_count as raw_order_count,
        {{ number('total_spent', comma) }} as total_spent,
        total_spent as raw_total_spent,

        ---------- flags
        {{ boolean('verified_email') }} as has_verified_email,
        {{ boolean('accepts_marketing') }} as accepts_marketing,
        {{ shop_consent_columns() }},

        ---------- timestamps
        {{ birth_date('birth_date') }} as birth_date,
        birth_date as raw_birth_date,
        {{ timestamp_utc('created_at', zone) }} as created_at,
        created_at as raw_created_at,
        {{ timestamp_utc('updated_at', zone) }} as updated_at,
        updated_at as raw_updated_at,
        {{ lineage() }}

    from located

)

select
    shop_customer_id,
    user_id,
    given_name,
    family_name,
    {{ full_name('null', 'family_name', 'given_name') }} as full_name,
    given_name_kana,
    family_name_kana,
    birth_date,
    gender,
    email,
    phone,
    street,
    city,
    state,
    postcode,
    country_code,
    company,
    account_state,
    locale,
    tags,
    currency,
    order_count,
    total_spent,
    has_verified_email,
    accepts_marketing,
    {{ shop_consent_names() | join(',\n    ') }},
    created_at,
    updated_at,
    {{ reject_reasons(missing_key(['shop_customer_id'])) }} as _reject_reasons,
    {{ field_issues(unread([
        'email', 'phone', 'birth_date', 'gender', 'country_code', 'order_count', 'total_spent',
        'created_at', 'updated_at',
    ])) }} as _field_issues,
    {{ lineage() }}

from renamed
