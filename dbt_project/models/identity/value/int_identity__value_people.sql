-- Grain: one row per identifier value worth a closer look, with the people on it and what they have in
-- common.
-- A person is a name and birth date; of nameless records, the other identifier they carry. `kind` is
-- explained in docs/identity/policies.md.
with

carried as (

    select * from {{ ref('int_identity__crowd') }}

),

-- how many people are seen within the window, wherever it begins
windows as (

    select value_id, max(people) as people_in_window
    from (
        select
            value_id,
            count(distinct person) over (
                partition by value_id order by seen_on
                range between current row and days_after following
            ) as people
        from carried
        where days_after is not null and seen_on is not null and person is not null
    ) as seen
    group by value_id

),

-- a nameless record stands for whoever carries its strongest other identifier
others as (

    select
        i.record_id,
        arg_min(i.value_id, (p.priority, i.value_id)) as strongest,
        arg_max(i.value_id, (p.priority, i.value_id)) as weakest

    from {{ ref('int_identity__identifier') }} as i
    inner join ({{ identity_policy_rows() }}) as p on i.identifier_type = p.identifier_type
    where i.record_id in (select record_id from carried where person is null)
    group by i.record_id

),

counted as (

    select
        c.value_id,
        count(distinct c.person) as people,
        count(distinct case
            when o.strongest <> c.value_id then o.strongest
            when o.weakest <> c.value_id then o.weakest
        end) as nameless_people

    from carried as c
    left join others as o on c.record_id = o.record_id and c.person is null
    group by c.value_id

)

select
    c.value_id,
    c.people,
    c.nameless_people,
    coalesce(w.people_in_window, 0) as people_in_window,
    case
        when k.family_people >= 2 and k.family_people >= 0.8 * c.people then 'family'
        when k.company_people >= 2 and k.company_people >= 0.5 * c.people then 'office'
        when c.people = 2 then 'strangers'
        else 'placeholder'
    end as kind

from counted as c
left join windows as w on c.value_id = w.value_id
left join {{ ref('int_identity__value_kin') }} as k on c.value_id = k.value_id
