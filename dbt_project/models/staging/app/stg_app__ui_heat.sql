-- Grain: one row per account and device, day, screen and cell of the grid.
{{ config(materialized='staged', unique_key='heat_id') }}

with

source as (

    select * from {{ source('raw', 'app__ui_heat') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('user_id') }} as user_id,
        {{ key_text('device_id') }} as anonymous_id,

        ---------- text
        {{ text('screen') }} as screen,
        {{ text('app_version') }} as app_version,
        {{ text('os') }} as os_name,

        ---------- numerics
        {{ integer_value('cell_x') }} as cell_x,
        {{ integer_value('cell_y') }} as cell_y,
        {{ integer_value('taps') }} as taps,

        ---------- timestamps
        {{ date_value('day') }} as day,
        day as raw_day,
        {{ lineage() }}

    from source

)

select
    md5(concat_ws(
        '|', coalesce(user_id, ''), coalesce(anonymous_id, ''), day, screen, cell_x, cell_y
    )) as heat_id,
    user_id,
    anonymous_id,
    day,
    screen,
    cell_x,
    cell_y,
    taps,
    app_version,
    os_name,
    {{ reject_reasons(missing_key(['screen']) + [
        ['missing_timestamp:day', "coalesce(trim(raw_day), '') = ''"],
        ['invalid_date:day', "day is null and trim(raw_day) <> ''"],
        ['cell_outside_grid:cell_x', 'coalesce(cell_x not between 0 and 11, true)'],
        ['cell_outside_grid:cell_y', 'coalesce(cell_y not between 0 and 23, true)'],
        ['invalid_number:taps', 'coalesce(taps < 0, true)'],
    ]) }} as _reject_reasons,
    {{ field_issues([['missing_actor:user_id', 'user_id is null and anonymous_id is null']]) }}
        as _field_issues,
    {{ lineage() }}

from renamed
