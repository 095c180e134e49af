-- Grain: one row per customer, purpose and moment at which any of their subjects answered: what all of
-- them together allow from then on. A subject's latest answer counts, of several in one moment the most
-- restrictive; of a customer's subjects the most restrictive: they may have been two people before a merge.
with

said as (

    -- an answer without a time is older than every other
    select
        r.customer_id,
        r.purpose,
        r.subject,
        coalesce(a.answered_at, timestamp '1900-01-01') as said_at,
        max({{ consent_severity('a.state') }}) as severity,
        list({
            severity: {{ consent_severity('a.state') }},
            said_at: coalesce(a.answered_at, timestamp '1900-01-01'),
            consent_key: r.consent_key
        }) as answers

    from {{ ref('int_consent__reach') }} as r
    inner join {{ ref('int_consent__answer') }} as a on r.consent_key = a.consent_key
    group by r.customer_id, r.purpose, r.subject, coalesce(a.answered_at, timestamp '1900-01-01')

),

held as (

    select
        *,
        lead(said_at) over (partition by customer_id, purpose, subject order by said_at) as until
    from said

),

moments as (

    select distinct customer_id, purpose, said_at
    from said

),

standing as (

    select
        m.customer_id,
        m.purpose,
        m.said_at,
        max(h.severity) as severity,
        flatten(list(h.answers)) as answers

    from moments as m
    inner join held as h
        on m.customer_id = h.customer_id and m.purpose = h.purpose
        and h.said_at <= m.said_at and (h.until is null or m.said_at < h.until)
    group by m.customer_id, m.purpose, m.said_at

)

select
    customer_id,
    purpose,
    said_at,
    severity,
    -- the gravest, of these the latest
    list_max(answers).consent_key as consent_key,
    -- all that decide: every yes when it is yes, else those that say no
    list_sort(list_distinct(list_transform(
        list_filter(answers, lambda one: one.severity = standing.severity), lambda one: one.consent_key
    ))) as consent_keys

from standing
