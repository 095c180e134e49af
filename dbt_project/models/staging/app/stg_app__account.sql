-- Grain: one row per account that got into the app, with when its owner is used to log in.
-- A person record made of events, so it is built on them and not on raw.
{{ config(materialized='table') }}

with

logins as (

    select * from {{ ref('stg_app__login') }}

),

failed as (

    select account_id, count(*) as failed_login_count
    from logins
    where is_success = false and account_id is not null
    group by account_id

),

-- Ties go to the earlier hour and weekday, so that the order of rows does not matter.
hours as (

    select user_id, arg_min(local_hour, struct_pack(fewest := -times, hour := local_hour)) as usual_hour
    from (
        select user_id, local_hour, count(*) as times
        from logins
        where local_hour is not null
        group by user_id, local_hour
    ) as counted
    group by user_id

),

weekdays as (

    select
        user_id,
        arg_min(local_weekday, struct_pack(fewest := -times, weekday := local_weekday)) as usual_weekday
    from (
        select user_id, local_weekday, count(*) as times
        from logins
        where local_weekday is not null
        group by user_id, local_weekday
    ) as counted
    group by user_id

),

accounts as (

    select
        user_id,
        count(*) as login_count,
        count(distinct anonymous_id) as device_count,
        min(occurred_at) as first_login_at,
        max(occurred_at) as last_login_at,
        min(_first_batch) as _first_batch,
        arg_min(
            struct_pack(file := _file, row_number := _row, load_id := _load_id),
            struct_pack(at := occurred_at, id := login_event_id)
        ) as first_event
    from logins
    where user_id is not null
    group by user_id

)

select
    a.user_id,
    a.user_id as login_id,
    a.login_count,
    coalesce(f.failed_login_count, 0) as failed_login_count,
    a.device_count,
    h.usual_hour,
    w.usual_weekday,
    a.first_login_at,
    a.last_login_at,
    cast([] as varchar[]) as _field_issues,
    a.first_event.file as _file,
    a.first_event.row_number as _row,
    a.first_event.load_id as _load_id,
    a._first_batch

from accounts as a
left join failed as f on a.user_id = f.account_id
left join hours as h on a.user_id = h.user_id
left join weekdays as w on a.user_id = w.user_id
