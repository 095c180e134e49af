-- Grain: one row per declared segment. A segment is due when it is new, its condition has changed, or a
-- new day, week or month (of the reporting time zone) has begun since its members were last looked at.
with

declared as (

    {{ segment_rows() }}

),

as_of as (

    select * from {{ ref('int_time__as_of') }}

),

weighed as (

    select
        d.segment,
        d.description,
        d.owner,
        d.purpose,
        d.condition,
        d.refresh,
        d.is_activated,
        k.evaluated_at as kept_at,
        a.as_of_at,
        k.evaluated_at is null
        or k.condition <> d.condition
        or case d.refresh
            {%- for refresh, unit in {'daily': 'day', 'weekly': 'week', 'monthly': 'month'}.items() %}
            when '{{ refresh }}'
                then {{ dbt.date_trunc(unit, local_time('k.evaluated_at')) }}
                    <> {{ dbt.date_trunc(unit, local_time('a.as_of_at')) }}
            {%- endfor %}
            else true
        end as is_due

    from declared as d
    cross join as_of as a
    left join {{ ref('int_segment__kept') }} as k on d.segment = k.segment

)

select
    segment,
    description,
    owner,
    purpose,
    condition,
    refresh,
    is_activated,
    is_due,
    case when is_due then as_of_at else kept_at end as evaluated_at

from weighed
