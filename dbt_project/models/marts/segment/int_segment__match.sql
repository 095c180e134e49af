-- Grain: one row per segment that is due and customer its condition holds for.
{%- set segments = var('segments', {}) %}
with

customers as (

    select * from {{ ref('customer_360') }}

),

events as (

    {{ segment_event_rows(ref('fct_event'), ref('int_time__as_of')) }}

),

matches as (
    {% for name, segment in segments.items() %}
    select '{{ name }}' as segment, c.customer_id
    from customers as c
    {%- if segment['uses_events'] %}
    left join events as e on c.customer_id = e.customer_id
    {%- endif %}
    where {{ segment['sql'] }}
    union all
    {% endfor %}
    select cast(null as varchar) as segment, cast(null as varchar) as customer_id where false

)

select
    m.segment,
    m.customer_id

from matches as m
inner join {{ ref('int_segment__declared') }} as d on m.segment = d.segment and d.is_due
