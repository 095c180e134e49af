-- Grain: one row per channel, with the share of all conversions that would be lost without it: what the
-- Markov chain of int_journey__transition says when every way into the channel ends in nothing.
--
-- The chance to get from one state to another in any number of steps is the limit of the powers of the
-- matrix of chances; it is squared until nobody is under way, which a matrix of a score of channels
-- reaches in some ten rounds. What is on its way to nothing is left out of the matrix.
with recursive

transitions as (

    select from_state, to_state, transitions from {{ ref('int_journey__transition') }}

),

chances as (

    select
        from_state, to_state, transitions / sum(transitions) over (partition by from_state) as chance
    from transitions

),

removals as (

    select distinct from_state as removed from chances where from_state != '(start)'

    union all

    select '(none)' as removed

),

powers as (

    select 0 as doublings, r.removed, c.from_state, c.to_state, c.chance
    from removals as r
    inner join chances as c
        on c.from_state != r.removed and c.to_state != r.removed and c.to_state != '(null)'

    union all

    select 0 as doublings, removed, '(conversion)' as from_state, '(conversion)' as to_state, 1.0 as chance
    from removals

),

reached as (

    select doublings, removed, from_state, to_state, cast(chance as double) as chance from powers

    union all

    -- 2^30 steps: a channel that a billionth of its visitors leave is still right
    select
        l.doublings + 1 as doublings, l.removed, l.from_state, r.to_state, sum(l.chance * r.chance) as chance
    from reached as l
    inner join reached as r on l.removed = r.removed and l.to_state = r.from_state
    where l.doublings < 30
    group by l.doublings, l.removed, l.from_state, r.to_state
    having sum(l.chance * r.chance) > 1e-100

),

converting as (

    select removed, chance from reached
    where doublings = 30 and from_state = '(start)' and to_state = '(conversion)'

)

select
    r.removed as channel,
    {{ steady('a.chance', 12) }} as conversion_chance,
    {{ steady('coalesce(c.chance, 0)', 12) }} as conversion_chance_without,
    -- unrounded, the last digits may say that more is reached without the channel
    greatest({{ steady('1 - coalesce(c.chance, 0) / a.chance', 12) }}, 0) as removal_effect

from removals as r
inner join converting as a on a.removed = '(none)'
left join converting as c on r.removed = c.removed
where r.removed != '(none)'
