-- Grain: one row per change of a customer's id since the first publication. Rows of this run have no run
-- and time until it is published.
{{ ledger_rows('identity_history', history_columns()) }}

union all

select
    c.change,
    c.old_customer_id,
    c.new_customer_id,
    c.records,
    w.cause,
    w.detail,
    null as batch,
    null as run_id,
    null as published_at

from {{ ref('int_identity__change') }} as c
left join {{ ref('int_identity__cause') }} as w
    on c.old_customer_id = w.old_customer_id
    and c.new_customer_id is not distinct from w.new_customer_id
