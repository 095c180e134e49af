-- Grain: one row per edge of the identity graph between two records: what joined them, or what was
-- refused and why. Two records of one customer are joined by a path of its `linked` rows.
with

ends as (

    select
        c.record_id,
        c.customer_id,
        c.source_system,
        c.stream,
        c.record_key,
        r.file,
        r.file_row

    from {{ ref('record_customer') }} as c
    inner join {{ ref('int_identity__record') }} as r on c.record_id = r.record_id

)

select
    e.edge_type,
    v.identifier_type,
    v.identifier_value,
    e.probability,
    e.decision_id,
    if(e.edge_type = 'decision', 0, v.priority) as priority,
    v.records as records_with_value,
    v.people as people_with_value,
    e.linked,
    e.reason,
    {%- for side, one in [('left', 'l'), ('right', 'r')] %}
    {{ one }}.customer_id as {{ side }}_customer_id,
    {{ one }}.source_system as {{ side }}_system,
    {{ one }}.stream as {{ side }}_stream,
    {{ one }}.record_key as {{ side }}_key,
    {{ one }}.file as {{ side }}_file,
    {{ one }}.file_row as {{ side }}_file_row,
    {{ one }}.record_id as {{ side }}_id,
    {%- endfor %}
    e.node_id

from {{ ref('int_identity__evidence') }} as e
left join {{ ref('int_identity__value') }} as v on e.value_id = v.value_id
inner join ends as l on e.left_id = l.record_id
inner join ends as r on e.right_id = r.record_id
