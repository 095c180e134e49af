-- Grain: one row per member's card of the shops, latest version.
{{ config(materialized='staged', unique_key='loyalty_id', version_by='updated_at') }}

{%- set zone = source_zone('postgres') %}

with

source as (

    select *, {{ country_code('country') }} as home_country
    from {{ source('raw', 'postgres__store_member') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('loyalty_id') }} as loyalty_id,
        {{ key_text('web_user_id') }} as user_id,
        {{ key_text('national_id') }} as national_id,
        {{ key_text('drivers_license') }} as drivers_license,
        {{ key_text('bank_account') }} as bank_account,
        {{ key_text('bank_account_last_digits') }} as bank_account_last_digits,

        ---------- text
        {{ person_name('name') }} as full_name,
        {{ kana('kana', words=true) }} as full_name_kana,
        {{ gender('gender') }} as gender,
        gender as raw_gender,
        {{ email('email') }} as email,
        email as raw_email,
        {{ phone('home_phone', 'home_country') }} as phone,
        home_phone as raw_phone,
        {{ phone('mobile_phone', 'home_country') }} as mobile_phone,
        mobile_phone as raw_mobile_phone,
        {{ address("concat_ws(' ', street, building)") }} as street,
        {{ text('city') }} as city,
        {{ text('prefecture') }} as state,
        {{ postcode('postcode', 'home_country') }} as postcode,
        home_country as country_code,
        country as raw_country_code,
        {{ text('occupation') }} as occupation,
        {{ text('industry') }} as industry,
        {{ text('income_band') }} as income_band,
        interests,

        ---------- flags
        {{ boolean('mail_allowed') }} as accepts_marketing,

        ---------- timestamps
        {{ birth_date('birth_date') }} as birth_date,
        birth_date as raw_birth_date,
        {{ timestamp_utc('joined_at', zone) }} as joined_at,
        joined_at as raw_joined_at,
        {{ timestamp_utc('updated_at', zone) }} as updated_at,
        updated_at as raw_updated_at,
        {{ lineage() }}

    from source

)

select
    loyalty_id,
    user_id,
    national_id,
    drivers_license,
    bank_account,
    bank_account_last_digits,
    full_name,
    full_name_kana,
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
    occupation,
    industry,
    income_band,
    interests,
    accepts_marketing,
    joined_at,
    updated_at,
    {{ reject_reasons(missing_key(['loyalty_id'])) }} as _reject_reasons,
    {{ field_issues(unread([
        'email', 'phone', 'mobile_phone', 'birth_date', 'gender', 'country_code', 'joined_at',
        'updated_at',
    ])) }} as _field_issues,
    {{ lineage() }}

from renamed
