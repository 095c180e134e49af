-- Grain: one row per customer of the lists that people upload, latest version of each record_id.
{{ config(materialized='staged', unique_key='record_id', version_by='updated_at') }}

with

source as (

    select *, {{ country_code('country') }} as home_country
    from {{ source('raw', 'manual__customers') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('record_id') }} as record_id,
        {{ key_text('national_id') }} as national_id,
        {{ key_text('social_security_number') }} as social_security_number,
        {{ key_text('passport_number') }} as passport_number,
        {{ key_text('drivers_license_number') }} as drivers_license_number,

        ---------- text
        case
            when lower({{ text('record_type') }}) in ('organization', 'organisation', 'company', '法人', '団体')
                then 'organization'
            else 'person'
        end as record_type,
        {{ person_name("coalesce(given_name, '') || coalesce(' ' || middle_name, '')") }} as given_name,
        {{ person_name('family_name') }} as family_name,
        {{ person_name('coalesce(full_name, native_name)') }} as whole_name,
        {{ kana('full_name_kana', words=true) }} as full_name_kana,
        {{ kana('given_name_kana') }} as given_name_kana,
        {{ kana('family_name_kana') }} as family_name_kana,
        {{ gender('gender') }} as gender,
        gender as raw_gender,
        {{ email('email') }} as email,
        email as raw_email,
        {{ phone('phone', 'home_country') }} as phone,
        phone as raw_phone,
        {{ phone('mobile_phone', 'home_country') }} as mobile_phone,
        mobile_phone as raw_mobile_phone,
        {{ address("coalesce(nullif(concat_ws(' ', street_number, street, street2), ''), address)") }}
            as street,
        {{ text('city') }} as city,
        {{ text('state') }} as state,
        {{ postcode('postcode', 'home_country') }} as postcode,
        home_country as country_code,
        country as raw_country_code,
        {{ organisation('company') }} as company,
        {{ text('job_title') }} as job_title,
        {{ text('birth_place') }} as birth_place,

        ---------- timestamps
        {{ birth_date('date_of_birth') }} as birth_date,
        date_of_birth as raw_birth_date,
        {{ timestamp_utc('updated_at', source_zone('manual')) }} as updated_at,
        updated_at as raw_updated_at,
        {{ lineage() }}

    from source

)

select
    record_id,
    national_id,
    social_security_number,
    passport_number,
    drivers_license_number,
    record_type,
    given_name,
    family_name,
    {{ full_name('whole_name', 'family_name', 'given_name') }} as full_name,
    full_name_kana,
    given_name_kana,
    family_name_kana,
    birth_date,
    birth_place,
    gender,
    email,
    phone,
    mobile_phone,
    street,
    city,
    state,
    postcode,
    country_code,
    company,
    job_title,
    updated_at,
    {{ reject_reasons(missing_key(['record_id'])) }} as _reject_reasons,
    {{ field_issues(unread([
        'email', 'phone', 'mobile_phone', 'birth_date', 'gender', 'country_code', 'updated_at',
    ])) }} as _field_issues,
    {{ lineage() }}

from renamed
