-- Grain: one row per address and list, latest version.
{{ config(materialized='staged', unique_key='membership_id', version_by='updated_at') }}

{%- set zone = source_zone('mailchimp') %}

with

source as (

    select
        *,
        {{ nested_list('merge_fields', ['FNAME', 'LNAME', 'PHONE', 'BIRTHDAY', 'COMPANY', 'ADDRESS.addr1',
            'ADDRESS.addr2', 'ADDRESS.city', 'ADDRESS.state', 'ADDRESS.zip', 'ADDRESS.country']) }} as merge,
        {{ nested_list('location', ['country_code', 'timezone', 'latitude', 'longitude']) }} as place
    from {{ source('raw', 'mailchimp__member') }}

),

renamed as (

    select
        ---------- ids
        {{ mailchimp_member_id('id', 'email_address') }} as mailchimp_member_id,
        {{ key_text('list_id') }} as list_id,

        ---------- text
        {{ email('email_address') }} as email,
        email_address as raw_email,
        {{ person_name('coalesce(merge_fname, merge[1])') }} as given_name,
        {{ person_name('coalesce(merge_lname, merge[2])') }} as family_name,
        {{ person_name('full_name') }} as whole_name,
        {{ country_code('merge[11]') }} as country_code,
        merge[11] as raw_country_code,
        coalesce(merge_phone, merge[3]) as raw_phone,
        {{ text('coalesce(merge_birthday, merge[4])') }} as birthday,
        {{ organisation('coalesce(merge_company, merge[5])') }} as company,
        {{ address("concat_ws(' ', merge[6], merge[7])") }} as street,
        {{ text('merge[8]') }} as city,
        {{ text('merge[9]') }} as state,
        merge[10] as raw_postcode,
        lower({{ text('status') }}) as status,
        {{ text('unsubscribe_reason') }} as unsubscribe_reason,
        {{ text('language') }} as preferred_language,
        {{ text('email_client') }} as email_client,
        upper({{ text('coalesce(country_code, place[1])') }}) as seen_in_country_code,
        {{ text('coalesce(timezone, place[2])') }} as time_zone,

        ---------- numerics
        {{ integer_value('member_rating') }} as member_rating,

        ---------- flags
        {{ boolean('vip') }} as is_vip,

        ---------- timestamps
        {{ timestamp_utc('timestamp_signup', zone) }} as signed_up_at,
        timestamp_signup as raw_signed_up_at,
        {{ timestamp_utc('timestamp_opt', zone) }} as opted_in_at,
        timestamp_opt as raw_opted_in_at,
        {{ timestamp_utc('last_changed', zone) }} as updated_at,
        last_changed as raw_updated_at,
        {{ lineage() }}

    from source

),

placed as (

    select
        *,
        {{ phone('raw_phone', 'country_code') }} as phone,
        {{ postcode('raw_postcode', 'country_code') }} as postcode,
        {{ mailchimp_consent('status') }} as consent_state
    from renamed

)

select
    concat_ws('/', coalesce(list_id, '-'), mailchimp_member_id) as membership_id,
    mailchimp_member_id,
    list_id,
    email,
    given_name,
    family_name,
    {{ full_name('whole_name', 'family_name', 'given_name') }} as full_name,
    phone,
    birthday,
    street,
    city,
    state,
    postcode,
    country_code,
    company,
    preferred_language,
    status,
    consent_state,
    case consent_state
        when 'granted' then coalesce(opted_in_at, signed_up_at, updated_at)
        when 'withdrawn' then updated_at
    end as changed_at,
    unsubscribe_reason,
    email_client,
    member_rating,
    is_vip,
    seen_in_country_code,
    time_zone,
    signed_up_at,
    opted_in_at,
    updated_at,
    {{ reject_reasons(missing_key(['mailchimp_member_id'])) }} as _reject_reasons,
    {{ field_issues(unread(['email', 'phone', 'country_code', 'signed_up_at', 'opted_in_at', 'updated_at'])
        + [['unknown_status:status', 'status not in ' ~ mailchimp_statuses()]]) }} as _field_issues,
    {{ lineage() }}

from placed
