-- Grain: one row per account and device, day, screen and cell of the grid, with the customer who tapped.
with

heat as (

    select * from {{ ref('stg_app__ui_heat') }}

),

users as (

    select identifier_value as user_id, customer_id
    from {{ ref('identifier_customer') }}
    where identifier_type = 'user_id'

),

devices as (

    select * from {{ ref('anonymous_customer') }}

)

select
    ---------- ids
    h.heat_id,
    'app' as source_system,
    coalesce(
        users.customer_id, case when h.user_id is null then d.customer_id end
    ) as customer_id,
    h.user_id,
    h.anonymous_id,

    ---------- text
    h.screen,
    h.app_version,
    h.os_name,

    ---------- numerics
    h.cell_x,
    h.cell_y,
    h.taps,

    ---------- timestamps
    h.day

from heat as h
left join users on h.user_id = users.user_id
left join devices as d on h.anonymous_id = d.anonymous_id
