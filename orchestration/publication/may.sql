-- consent.may(customer, purpose, day): whether the customer may be used for the purpose on a day (UTC), and
-- why. One row; of a day on which it changed, the part that allows least, and of equals the later.
create macro consent.may(customer, about, on_day) as table
select
    l.is_allowed as may, l.reason, l.state, l.law, l.legal_basis, l.valid_from, l.valid_to,
    a.answered_at, a.source_system, a.source, a.consent_id, a.proof, l.request_id,
    len(l.consent_keys) as deciding_answers
from marts.consent_ledger as l
left join marts.fct_consent as a on l.consent_key = a.consent_key
where l.customer_id = customer and l.purpose = about
    and (l.valid_from is null or l.valid_from < cast(on_day as date) + interval 1 day)
    and (l.valid_to is null or l.valid_to > cast(on_day as date))
order by l.is_allowed, l.valid_from desc nulls last
limit 1
