asked as materialized (

    select a.record_id as a, b.record_id as b, a.customer_id as customer_a, b.customer_id as customer_b
    from identity.record_customer as a, identity.record_customer as b
    where a.source_system = system_a and a.stream = stream_a and a.record_key = cast(key_a as varchar)
        and b.source_system = system_b and b.stream = stream_b and b.record_key = cast(key_b as varchar)

),

whose as materialized (

    select customer_a as customer_id from asked
    union
    select customer_b from asked

),

-- the edges of the customers asked for, and no others; found over two narrow columns, then read
hit as materialized (

    select e.rowid as place from identity.evidence as e
    where e.left_customer_id in (select customer_id from whose)
    union
    select e.rowid from identity.evidence as e
    where e.right_id in (
        select r.record_id from identity.record_customer as r where r.customer_id in (select customer_id from whose)
    )

),

near as materialized (

    select e.*, coalesce(e.priority, 1000 - e.probability) as weakness
    from identity.evidence as e inner join hit on e.rowid = hit.place

),

records as (

    select
        left_id as record_id, left_system as source_system, left_stream as stream, left_key as record_key,
        left_file as file, left_file_row as file_row, left_customer_id as customer_id
    from near
    union
    select right_id, right_system, right_stream, right_key, right_file, right_file_row, right_customer_id
    from near

)
