-- Grain: one row per invitation, latest version. It names two people; neither is decided on here.
{{ config(materialized='staged', unique_key='referral_id', version_by='updated_at') }}

{%- set zone = source_zone('referral') %}

with

source as (

    select * from {{ source('raw', 'referral__referral') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('referral_id') }} as referral_id,
        {{ key_text('referrer_user_id') }} as referrer_user_id,
        upper({{ key_text('referral_code') }}) as referral_code,
        {{ key_text('referee_user_id') }} as referee_user_id,
        {{ key_text('order_id') }} as order_id,

        ---------- text
        {{ email('referrer_email') }} as referrer_email,
        referrer_email as raw_referrer_email,
        {{ email('referee_email') }} as referee_email,
        referee_email as raw_referee_email,
        {{ person_name('referee_name') }} as referee_full_name,
        lower({{ text('channel') }}) as invited_by,
        lower({{ text('status') }}) as status,
        coalesce(
            upper({{ text('reward_currency') }}),
            case when regexp_matches({{ text('reward') }}, '^[¥￥]|円$') then 'JPY' end
        ) as reward_currency,

        ---------- numerics
        {{ number('reward') }} as reward,
        reward as raw_reward,

        ---------- timestamps
        {{ timestamp_utc('invited_at', zone) }} as invited_at,
        invited_at as raw_invited_at,
        {{ timestamp_utc('accepted_at', zone) }} as accepted_at,
        accepted_at as raw_accepted_at,
        {{ timestamp_utc('coalesce(updated_at, accepted_at, invited_at)', zone) }} as updated_at,
        updated_at as raw_updated_at,
        {{ lineage() }}

    from source

)

select
    referral_id,
    referrer_user_id,
    referral_code,
    referee_user_id,
    order_id,
    referrer_email,
    referee_email,
    referee_full_name,
    invited_by,
    case
        when invited_by in ('mail', 'email', 'e-mail') then 'email'
        when invited_by in ('line', 'sms') then 'message'
        when invited_by = 'url' then 'web'
        else 'other'
    end as channel,
    {{ referral_status('status') }} as status,
    reward_currency,
    reward,
    invited_at,
    accepted_at,
    updated_at,
    {{ reject_reasons(
        missing_key(['referral_id']) + missing_time('invited_at') + unread(['invited_at'])
    ) }} as _reject_reasons,
    {{ field_issues(unread([
        'referrer_email', 'referee_email', 'reward', 'accepted_at', 'updated_at',
    ]) + [[
        'missing_referrer:referrer_user_id',
        'coalesce(referrer_user_id, raw_referrer_email, referral_code) is null',
    ]]) }} as _field_issues,
    {{ lineage() }}

from renamed
