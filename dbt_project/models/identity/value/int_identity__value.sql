-- Grain: one row per identifier value that more than one record carries.
-- `status` says what the value may do: link (join all its records), contested (join only records
-- that look like the same person) or blocked (join nobody; `reason` and `rule` say why).
-- What was blocked or contested when somebody was erased stays so: with one carrier less it may not begin
-- to join the others.
with

held as (

    {{ ledger_rows('identity_held_value', {
        'value_id': 'bigint', 'status': 'varchar', 'rule': 'varchar', 'kind': 'varchar',
    }) }}

),

described as (

    select
        v.value_id,
        i.identifier_type,
        i.identifier_value,
        v.records,
        p.priority,
        p.max_people,
        p.window_days,
        p.window_people,
        p.is_weak,
        coalesce(c.people, least(v.named_records, 1)) as people,
        coalesce(c.nameless_people, 0) as nameless_people,
        coalesce(c.people_in_window, 0) as people_in_window,
        coalesce(c.kind, h.kind) as kind,
        h.rule as held_rule,
        coalesce(h.status = 'contested', false) as is_held_contested,
        -- a system's own key is taken at its word, unless three unrelated people have it
        p.check_person or (c.people >= 3 and c.kind in ('office', 'placeholder')) as is_checked,
        {{ blocked_reason('i.identifier_type', 'i.identifier_value') }} as pattern_reason

    from {{ ref('int_identity__shared_value') }} as v
    inner join {{ ref('int_identity__identifier') }} as i
        on v.value_id = i.value_id and v.first_record_id = i.record_id
    inner join ({{ identity_policy_rows() }}) as p on i.identifier_type = p.identifier_type
    left join {{ ref('int_identity__value_people') }} as c on v.value_id = c.value_id
    left join held as h on v.value_id = h.value_id

),

ruled as (

    select
        *,
        case
            when pattern_reason is not null then 'pattern'
            when greatest(people, nameless_people) > max_people
                then 'more than ' || max_people || ' people'
            when people_in_window > window_people
                then 'more than ' || window_people || ' people in ' || window_days || ' days'
            when is_weak and people = 0 then 'weak'
            when held_rule <> 'weak' then held_rule
        end as rule
    from described

)

select
    value_id,
    identifier_type,
    identifier_value,
    records,
    people,
    priority,
    case
        when rule is not null then 'blocked'
        when is_checked and people > 1 or is_weak or is_held_contested then 'contested'
        else 'link'
    end as status,
    case
        when rule = 'pattern' then 'pattern:' || pattern_reason
        when rule = 'weak' then 'weak:nobody is named'
        when rule is not null then 'shared:' || kind
    end as reason,
    rule,
    kind,
    is_weak

from ruled
