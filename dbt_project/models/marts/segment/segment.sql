-- Grain: one row per declared segment.
with

members as (

    select segment, count(*) as members
    from {{ ref('segment_membership') }}
    where is_member
    group by segment

)

select
    ---------- ids
    d.segment,

    ---------- text
    d.description,
    d.owner,
    d.purpose,
    d.condition,
    d.refresh,

    ---------- numerics
    coalesce(m.members, 0) as members,

    ---------- flags
    d.is_activated,

    ---------- timestamps
    d.evaluated_at

from {{ ref('int_segment__declared') }} as d
left join members as m on d.segment = m.segment
