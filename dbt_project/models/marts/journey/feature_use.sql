-- Grain: one row per month and feature of the site or the app, or cell of a screen's grid, with who used
-- it how often. A user is the customer, else the account, else the device. Active is who did anything in
-- a system that tells the use of features, or tapped a screen.
with

as_of as (

    select as_of_at, as_of_date from {{ ref('int_time__as_of') }}

),

events as (

    select
        source_system, {{ local_month('occurred_at') }} as month, event_kind,
        coalesce(object_name, event_name) as feature,
        coalesce(customer_id, user_id, anonymous_id, device_id) as feature_user
    from {{ ref('fct_event') }}
    where
        not is_bot
        and occurred_at <= (select as_of_at from as_of)
        and source_system in (
            select distinct source_system from {{ ref('fct_event') }} where event_kind = 'feature_use'
        )

),

taps as (

    select
        cast(date_trunc('month', day) as date) as month, screen as feature, cell_x, cell_y,
        coalesce(customer_id, user_id, anonymous_id) as feature_user, taps
    from {{ ref('fct_ui_heat') }}
    where day <= (select as_of_date from as_of)

),

uses as (

    select
        'feature' as feature_type, month, feature, cast(null as bigint) as cell_x,
        cast(null as bigint) as cell_y, feature_user, 1 as uses
    from events
    where event_kind = 'feature_use' and feature is not null

    union all

    select 'screen_cell' as feature_type, month, feature, cell_x, cell_y, feature_user, taps as uses
    from taps

),

active as (

    select 'feature' as feature_type, month, count(distinct feature_user) as active_users
    from events
    group by month

    union all

    select 'screen_cell' as feature_type, month, count(distinct feature_user) as active_users
    from taps
    group by month

),

used as (

    select
        feature_type, month, feature, cell_x, cell_y,
        count(distinct feature_user) as users,
        sum(uses) as uses
    from uses
    group by feature_type, month, feature, cell_x, cell_y

)

select
    ---------- text
    u.feature_type,
    u.feature,

    ---------- numerics
    u.cell_x,
    u.cell_y,
    u.users,
    cast(u.uses as bigint) as uses,
    a.active_users,
    u.users / nullif(a.active_users, 0) as share_of_active_users,
    p.users as users_month_before,
    (u.users - p.users) / nullif(p.users, 0) as trend,

    ---------- flags
    u.month + to_months(1) <= (select as_of_date from as_of) as is_complete_month,

    ---------- timestamps
    u.month

from used as u
inner join active as a on u.feature_type = a.feature_type and u.month = a.month
left join used as p
    on u.feature_type = p.feature_type
    and u.feature = p.feature
    and u.cell_x is not distinct from p.cell_x
    and u.cell_y is not distinct from p.cell_y
    and u.month = p.month + to_months(1)
