-- Grain: one row per customer, name any of its records carries and reading of it: what a person is looked up by.
with

records as (

    select
        record_id, full_name, family_name, given_name, full_name_key, family_name_key, given_name_key
    from {{ ref('int_identity__record') }}

),

readings as (

    select record_id, family_name_reading, given_name_reading, full_name_reading
    from {{ ref('int_identity__comparison') }}

),

customers as (

    select record_id, customer_id
    from {{ ref('record_customer') }}

),

names as (

    select
        c.customer_id,
        {{ display_name('r.full_name', 'r.family_name', 'r.given_name') }} as full_name,
        replace(
            coalesce(r.full_name_key, concat(r.family_name_key, r.given_name_key)), ' ', ''
        ) as name_key,
        nullif(replace(
            coalesce(s.family_name_reading || s.given_name_reading, s.full_name_reading), ' ', ''
        ), '') as reading_key

    from records as r
    inner join customers as c on r.record_id = c.record_id
    left join readings as s on r.record_id = s.record_id

)

select
    customer_id,
    min(full_name) as full_name,
    name_key,
    reading_key,
    count(*) as record_count

from names
where name_key != ''
group by customer_id, name_key, reading_key
