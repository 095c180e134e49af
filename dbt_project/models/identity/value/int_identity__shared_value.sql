-- Grain: one row per identifier value that more than one record carries, in numbers.
-- One wide group-by drops what a single record carries; text is fetched later, for what is left.
with

carried as (

    select
        i.value_id,
        i.record_id,
        {{ run_hash('r.signature') }} as person

    from {{ ref('int_identity__identifier') }} as i
    inner join {{ ref('int_identity__record') }} as r on i.record_id = r.record_id

)

select
    value_id,
    min(record_id) as first_record_id,
    count(*) as records,
    count(person) as named_records,
    coalesce(min(person) <> max(person), false) as has_people

from carried
group by value_id
having count(*) > 1
