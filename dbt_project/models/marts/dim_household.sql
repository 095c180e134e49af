-- Grain: one row per household: customers who live together as far as the data shows. Name and address
-- are those of the member who has been known longest.
with

members as (

    select
        h.household_id,
        h.is_anchor,
        h.reason,
        c.customer_id,
        c.family_name,
        c.street,
        c.city,
        c.state,
        c.postcode,
        c.country_code,
        c.updated_at

    from {{ ref('household') }} as h
    inner join {{ ref('dim_customer') }} as c on h.customer_id = c.customer_id

)

select
    ---------- ids
    household_id,
    {%- for column in ['customer_id', 'family_name', 'street', 'city', 'state', 'postcode', 'country_code'] %}
    any_value({{ column }}) filter (where is_anchor) as {{ 'anchor_' if loop.first }}{{ column }},
    {%- endfor %}
    string_agg(distinct reason, ',' order by reason) as reason,

    ---------- numerics
    count(*) as customer_count,

    ---------- timestamps
    max(updated_at) as updated_at

from members
group by household_id
