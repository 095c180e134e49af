-- Grain: one row per user id seen in any event, with the latest value of each trait.
-- A person record made of events, so it is built on them and not on raw.
{{ config(materialized='table') }}

with

events as (

    select * from {{ ref('stg_segment__event') }} where user_id is not null

),

seen as (

    select
        user_id,
        min(occurred_at) as first_seen_at,
        max(occurred_at) as last_seen_at,
        count(*) as event_count,
        min(_first_batch) as _first_batch,
        arg_min(
            struct_pack(file := _file, row_number := _row, load_id := _load_id),
            struct_pack(at := occurred_at, id := message_id)
        ) as first_event
    from events
    group by user_id

),

told as (

    select
        user_id, occurred_at, trait_email, trait_phone,
        {{ nested_list('traits', segment_trait_keys()) }} as trait,
        row_number() over (partition by user_id order by occurred_at, message_id) as turn
    from events
    where traits is not null

),

latest as (

    select
        user_id,
        max(occurred_at) as updated_at,
        max_by(trait_email, turn) as email,
        max_by(trait_phone, turn) as phone,
        {% for name in segment_trait_names() -%}
        max_by({{ segment_trait(name) }}, turn) as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from told
    group by user_id

),

located as (

    select *, {{ country_code('country') }} as country_code from latest

),

normalised as (

    select
        user_id,
        {{ person_name('given_name') }} as given_name,
        {{ person_name('family_name') }} as family_name,
        {{ person_name('full_name') }} as whole_name,
        {{ kana('given_name_kana') }} as given_name_kana,
        {{ kana('family_name_kana') }} as family_name_kana,
        {{ birth_date('birth_date') }} as birth_date,
        birth_date as raw_birth_date,
        {{ gender('gender') }} as gender,
        gender as raw_gender,
        email, phone,
        {{ address('street') }} as street,
        {{ text('city') }} as city,
        {{ text('state') }} as state,
        {{ postcode('postcode', 'country_code') }} as postcode,
        country_code,
        country as raw_country_code,
        {{ text('company') }} as company,
        {{ text('job_title') }} as job_title,
        {{ timestamp_utc('created_at', source_zone('segment')) }} as created_at,
        updated_at
    from located

)

select
    s.user_id,
    n.given_name,
    n.family_name,
    {{ full_name('n.whole_name', 'n.family_name', 'n.given_name') }} as full_name,
    n.given_name_kana,
    n.family_name_kana,
    n.birth_date,
    n.gender,
    n.email,
    n.phone,
    n.street,
    n.city,
    n.state,
    n.postcode,
    n.country_code,
    n.company,
    n.job_title,
    n.created_at,
    n.updated_at,
    s.first_seen_at,
    s.last_seen_at,
    s.event_count,
    {{ field_issues(unread(['birth_date', 'gender', 'country_code'])) }} as _field_issues,
    s.first_event.file as _file,
    s.first_event.row_number as _row,
    s.first_event.load_id as _load_id,
    s._first_batch

from seen as s
left join normalised as n on s.user_id = n.user_id
