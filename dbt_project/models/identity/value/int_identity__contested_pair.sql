-- Grain: one row per contested identifier value and pair of signatures on it.
-- `verdict` is what names and birth dates say of the two; `links` whether the value joins them.
-- A value on which two people are told apart joins only signatures that agree, and none that agrees
-- with both sides of a difference: such a one could be either, and would join them in passing. A value
-- of a weak type joins only signatures that agree in any case. One document is one person's: on it, an
-- equal given or family name is enough, unless the birth dates conflict.
with

signatures as (

    select * from {{ ref('int_identity__contested_person') }}

),

pairs as (

    select
        a.value_id,
        a.signature_id as left_id,
        b.signature_id as right_id,
        case
            when a.is_document
                and not {{ births_conflict('a.person.birth_date', 'b.person.birth_date') }}
                and (a.person.family_name_key = b.person.family_name_key
                    or a.person.given_name_key = b.person.given_name_key)
                then 'same'
            else {{ person_verdict('a.person', 'b.person') }}
        end as verdict

    from signatures as a
    inner join signatures as b
        on a.value_id = b.value_id and a.signature < b.signature

),

differing as (

    select left_id, right_id from pairs where verdict = 'different'
    union all
    select right_id as left_id, left_id as right_id from pairs where verdict = 'different'

),

agreeing as (

    select left_id, right_id from pairs where verdict = 'same'
    union all
    select right_id as left_id, left_id as right_id from pairs where verdict = 'same'

),

either_side as (

    -- agrees with one end of a difference and with its other end too
    select distinct s.left_id as signature_id
    from agreeing as s
    inner join differing as d on s.right_id = d.left_id
    inner join agreeing as t on s.left_id = t.left_id and t.right_id = d.right_id

),

-- a weak value never joins on its own word, so it stands as if somebody had been told apart on it
split as (

    select value_id from pairs where verdict = 'different'
    union distinct
    select value_id from signatures where is_weak

)

select
    p.value_id,
    p.left_id,
    p.right_id,
    p.verdict,
    case
        when x.value_id is null then true
        when p.verdict <> 'same' then false
        else l.signature_id is null and r.signature_id is null
    end as links,
    case
        when x.value_id is null then null
        when p.verdict = 'different' then 'different_people'
        when p.verdict = 'unknown' then 'not_enough_known'
        when l.signature_id is not null or r.signature_id is not null then 'could_be_either'
    end as reason

from pairs as p
left join split as x on p.value_id = x.value_id
left join either_side as l on p.left_id = l.signature_id
left join either_side as r on p.right_id = r.signature_id
