-- Grain: one row per source record that describes a person, with the customer it belongs to.
-- The customer's id is derived from its anchor: the record seen in the earliest published batch,
-- then of the most trusted source, then the first by key. Growth cannot change it, of a merge the
-- older remains, after a split it stays with the anchor's part, and a full rebuild gives the same.
with

records as (

    select
        r.record_id,
        r.source_system,
        r.stream,
        r.record_key,
        r.first_batch,
        r.source_priority,
        coalesce(c.cluster_id, r.record_id) as cluster_id

    from {{ ref('int_identity__record') }} as r
    left join {{ ref('int_identity__cluster') }} as c on r.record_id = c.record_id

),

anchors as (

    select cluster_id, min({{ seniority() }}) as anchor
    from records
    group by cluster_id

),

customers as (

    select
        cluster_id,
        {{ customer_id('anchor') }} as customer_id,
        {{ anchor_id('anchor') }} as anchor_id
    from anchors

)

select
    r.source_system,
    r.stream,
    r.record_key,
    c.customer_id,
    r.record_id,
    r.record_id = c.anchor_id as is_anchor

from records as r
inner join customers as c on r.cluster_id = c.cluster_id
