-- Grain: one row per answer and purpose as it was given; a TCF string answers about eleven purposes.
{{ config(materialized='staged', unique_key=['consent_id', 'given_purpose'], version_by='answered_at') }}

{%- set zone = source_zone('consent') %}

with

source as (

    select *, {{ tcf('tc_string') }} as told, {{ key_text('tc_string') }} is not null as is_tcf,
        coalesce({{ boolean('gpc') }}, false) as has_signal
    from {{ source('raw', 'consent__consent') }}

),

answers as (

    select
        *,
        unnest(case
            when told is not null then list_transform(range(1, 12), lambda place: struct_pack(
                given := 'tcf:' || place,
                tcf_purpose := cast(place as varchar),
                state := case when told.purposes[place] then 'granted' else 'denied' end
            ))
            when has_signal and {{ text('purpose') }} is null and not is_tcf then []
            else [struct_pack(
                given := {{ text('purpose') }},
                tcf_purpose := cast(null as varchar),
                state := {{ consent_state('state') }}
            )]
        end || case when has_signal then [struct_pack(
            given := 'sale', tcf_purpose := cast(null as varchar), state := 'denied'
        )] else [] end) as answer
    from source

),

renamed as (

    select
        ---------- ids
        {{ key_text('consent_id') }} as consent_id,
        {{ key_text('user_id') }} as user_id,
        {{ key_text('anonymous_id') }} as anonymous_id,
        {{ email('email') }} as email,
        email as raw_email,
        {{ phone('phone') }} as phone,
        phone as raw_phone,

        ---------- text
        answer.given as given_purpose,
        answer.tcf_purpose,
        case when answer.tcf_purpose is null then {{ consent_purpose('answer.given') }} end as purpose,
        answer.state,
        replace(lower({{ text('legal_basis') }}), ' ', '_') as legal_basis,
        {{ text('source') }} as source,
        upper({{ text('region') }}) as region,
        {{ text('policy_version') }} as policy_version,
        {{ text('proof') }} as proof,

        ---------- numerics
        told.cmp_id,
        told.vendor_list_version,

        ---------- flags
        is_tcf,
        is_tcf and told is null as is_broken,

        ---------- timestamps
        coalesce(
            {{ timestamp_utc('answered_at', zone) }},
            case when coalesce(trim(answered_at), '') = '' then told.updated_at end
        ) as answered_at,
        answered_at as raw_answered_at,
        {{ lineage() }}

    from answers

)

select
    consent_id,
    given_purpose,
    tcf_purpose,
    purpose,
    state,
    user_id,
    anonymous_id,
    email,
    phone,
    legal_basis,
    source,
    region,
    policy_version,
    proof,
    cmp_id,
    vendor_list_version,
    answered_at,
    {{ reject_reasons(
        missing_key(['consent_id']) + no_identifier(['user_id', 'email', 'phone', 'anonymous_id'])
        + [
            ['invalid_tc_string:tc_string', 'is_broken'],
            ['missing_purpose:purpose', 'given_purpose is null and not is_tcf'],
            ['unknown_state:state', 'state is null and not is_tcf'],
        ]
        + missing_time('answered_at') + unread(['answered_at'])
    ) }} as _reject_reasons,
    {{ field_issues(unread(['email', 'phone'])) }} as _field_issues,
    {{ lineage() }}

from renamed
