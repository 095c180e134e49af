-- Grain: one row per customer who answered a survey, wrote something or needed support: what they think
-- of the company as of now.
with

responses as (

    select
        r.customer_id, r.responded_at, r.nps_score, {{ csat_normalised('r.csat_score') }} as csat_score,
        (r.responded_at, r.response_id) as given_in_order
    from {{ ref('fct_survey_response') }} as r
    inner join {{ ref('int_time__as_of') }} as t on r.responded_at <= t.as_of_at
    where r.customer_id is not null and r.is_test is not true

),

{#- The two latest answers of a customer to one question, latest first. -#}
{%- for question in ['nps', 'csat'] %}

{{ question }} as (

    select
        customer_id,
        arg_max(struct_pack(score := {{ question }}_score, told_at := responded_at), given_in_order, 2) as answers
    from responses
    where {{ question }}_score is not null
    group by customer_id

),
{%- endfor %}

tones as (

    select
        customer_id,
        arg_max(
            struct_pack(sentiment := sentiment, score := sentiment_score, told_at := said_at),
            (said_at, source_system, text_type, record_id)
        ) as tone
    from {{ ref('int_attitude__text') }}
    where customer_id is not null and sentiment is not null
    group by customer_id

),

tickets as (

    select
        k.customer_id, k.opened_at, coalesce(k.is_complaint, false) as is_complaint,
        k.solved_at is null and coalesce(k.status, 'open') not in ('solved', 'closed', 'deleted') as is_open
    from {{ ref('fct_ticket') }} as k
    inner join {{ ref('int_time__as_of') }} as t on k.opened_at <= t.as_of_at
    where k.customer_id is not null

),

contacts as (

    select *, opened_at as said_at from tickets
    union all by name
    select e.customer_id, e.occurred_at as said_at
    from {{ ref('fct_event') }} as e
    inner join {{ ref('int_time__as_of') }} as t on e.occurred_at <= t.as_of_at
    where e.customer_id is not null and e.event_kind in ('call', 'message') and {{ own_act() }}

),

support as (

    select
        customer_id,
        count(opened_at) as tickets,
        count(*) filter (where is_open) as open_tickets,
        count(*) filter (where is_complaint) as complaints,
        count(*) filter (where is_complaint and is_open) as open_complaints,
        max(said_at) as last_contact_with_support_at
    from contacts
    group by customer_id

),

customers as (

    select customer_id from responses
    union
    select customer_id from tones
    union
    select customer_id from support

)

select
    ---------- ids
    k.customer_id,

    ---------- text
    {{ nps_group('n.answers[1].score') }} as nps_group,
    o.tone.sentiment as sentiment,

    ---------- numerics
    cast(n.answers[1].score as bigint) as nps_score,
    cast(n.answers[1].score - n.answers[2].score as bigint) as nps_change,
    cast(c.answers[1].score as double) as csat_score,
    cast(c.answers[1].score - c.answers[2].score as double) as csat_change,
    o.tone.score as sentiment_score,
    coalesce(s.tickets, 0) as tickets,
    coalesce(s.open_tickets, 0) as open_tickets,
    coalesce(s.complaints, 0) as complaints,
    coalesce(s.open_complaints, 0) as open_complaints,

    ---------- timestamps
    n.answers[1].told_at as nps_at,
    c.answers[1].told_at as csat_at,
    o.tone.told_at as sentiment_at,
    s.last_contact_with_support_at

from customers as k
left join nps as n on k.customer_id = n.customer_id
left join csat as c on k.customer_id = c.customer_id
left join tones as o on k.customer_id = o.customer_id
left join support as s on k.customer_id = s.customer_id
