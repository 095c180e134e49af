-- Grain: one row per card or bank debit whose customer has a name.
-- Says who pays with it: the customer, not the name embossed on it. A family's card is kept by two
-- customers, and only their own names can tell them apart; without a name it would join them.
{{ config(materialized='table') }}

select
    c.payment_method_id,
    c.stripe_customer_id,
    c.card_fingerprint,
    c.bank_mandate,
    p.full_name,
    c.updated_at,
    c._file,
    c._row,
    c._load_id,
    c._first_batch

from {{ ref('stg_stripe__card') }} as c
inner join {{ ref('stg_stripe__customer') }} as p on c.stripe_customer_id = p.stripe_customer_id
where p.full_name is not null and not c.is_test and not p.is_test
