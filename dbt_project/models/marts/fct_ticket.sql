-- Grain: one row per support ticket, with the customer who asked.
with

tickets as (

    select * from {{ ref('stg_zendesk__ticket') }}

),

requesters as (

    select identifier_value as support_user_id, customer_id
    from {{ ref('identifier_customer') }}
    where identifier_type = 'support_user_id'

)

select
    ---------- ids
    t.ticket_id,
    'zendesk' as source_system,
    r.customer_id,
    t.support_user_id,

    ---------- text
    t.subject,
    t.ticket_type,
    t.status,
    t.priority,
    t.channel,
    t.satisfaction,

    ---------- flags
    t.is_complaint,

    ---------- timestamps
    t.opened_at,
    t.solved_at,
    t.updated_at

from tickets as t
left join requesters as r on t.support_user_id = r.support_user_id
