-- Grain: one row per campaign.
with

campaigns as (

    select * from {{ ref('stg_mailchimp__campaign') }}

)

select
    ---------- ids
    c.campaign_id,
    'mailchimp' as source_system,
    c.list_id,

    ---------- text
    c.campaign_name,
    c.subject,
    c.campaign_type,
    c.status,
    'email' as channel,

    ---------- numerics
    c.emails_sent,

    ---------- timestamps
    c.created_at,
    c.sent_at

from campaigns as c
