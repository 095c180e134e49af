-- Grain: one row per source system and event name, with the conformed kind the name stands for.
-- A line of the reference list for the system itself goes before one for all systems (*), and what
-- a system calls by any other name (*) comes last.
with

names as (

    select source_system, event_name, count(*) as events
    from ({{ gather_events() }})
    where event_name is not null and event_kind is null
    group by source_system, event_name

),

folded as (

    select *, regexp_replace(lower(event_name), '[^\p{L}\p{N}]', '', 'g') as name_key
    from names

)

select
    f.source_system,
    f.event_name,
    f.events,
    coalesce(own.event_kind, general.event_kind, other.event_kind) as event_kind

from folded as f
left join {{ ref('event_kind') }} as own
    on f.source_system = own.source_system and f.name_key = own.event_name
left join {{ ref('event_kind') }} as general
    on general.source_system = '*' and f.name_key = general.event_name
left join {{ ref('event_kind') }} as other
    on f.source_system = other.source_system and other.event_name = '*'
