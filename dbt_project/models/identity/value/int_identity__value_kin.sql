-- Grain: one row per identifier value worth a closer look, with the most people on it that one family
-- name, and one company, is common to.
with

carried as (

    select * from {{ ref('int_identity__crowd') }}

),

families as (

    select value_id, max(people) as people
    from (
        select value_id, token, count(distinct person) as people
        from (
            select
                value_id,
                person,
                unnest({{ family_tokens('family_name_key', 'full_name_key') }}) as token
            from carried where person is not null
        ) as tokens
        group by value_id, token
    ) as names
    group by value_id

),

companies as (

    select value_id, max(people) as people
    from (
        select value_id, company, count(distinct person) as people
        from carried where company is not null and person is not null
        group by value_id, company
    ) as employers
    group by value_id

)

select
    coalesce(f.value_id, m.value_id) as value_id,
    f.people as family_people,
    m.people as company_people

from families as f
full join companies as m on f.value_id = m.value_id
