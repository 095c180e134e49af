-- Grain: one row per customer and attribute that they asked to have corrected: the value they gave last, with
-- the request it stands in. It survives over every source. A request that names nobody for certain corrects
-- nobody, and one that was refused corrects nothing.
{%- set identifiers = {'user_id': 'user_id', 'email': 'email', 'phone': 'phone'} %}
with

asked as (

    select
        {{ customer_found(identifiers) }} as customer_id,
        s.attribute,
        s.corrected_value,
        s.request_id,
        s.received_at,
        s._file as file,
        s._row as file_row

    from {{ ref('stg_privacy__request') }} as s
    {{ customer_joins('s', identifiers) }}
    where s.kind = 'rectification' and s.corrected_value is not null and not {{ is_refused('s.state') }}

)

select
    customer_id,
    attribute,
    corrected_value as value,
    request_id,
    received_at,
    file,
    file_row

from asked
where customer_id is not null
qualify row_number() over (
    partition by customer_id, attribute order by received_at desc, request_id desc
) = 1
