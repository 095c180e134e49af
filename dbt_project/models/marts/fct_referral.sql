-- Grain: one row per invitation of the referral programme, with both people where they are known.
{%- set referrer = {'referrer_user_id': 'user_id', 'referrer_email': 'email'} %}
with

referrals as (

    select * from {{ ref('stg_referral__referral') }}

),

referees as (

    select record_key as referral_id, customer_id
    from {{ ref('record_customer') }}
    where source_system = 'referral' and stream = 'referral'

),

referrers as (

    select
        r.referral_id,
        r.referral_code,
        {{ customer_found(referrer) }} as customer_id

    from referrals as r
    {{ customer_joins('r', referrer) }}

),

codes as (

    -- a code belongs to the one customer who used it under their own name
    select
        referral_code,
        min(customer_id) as customer_id

    from referrers
    where referral_code is not null
    group by referral_code
    having count(distinct customer_id) = 1

)

select
    ---------- ids
    r.referral_id,
    'referral' as source_system,
    coalesce(n.customer_id, c.customer_id) as referrer_customer_id,
    f.customer_id as referee_customer_id,
    r.order_id,
    r.referral_code,

    ---------- text
    case
        when n.customer_id is not null then 'named'
        when c.customer_id is not null then 'referral_code'
        else 'unknown'
    end as referrer_rule,
    r.invited_by,
    r.status,
    r.reward_currency,

    ---------- numerics
    r.reward,

    ---------- flags
    coalesce(coalesce(n.customer_id, c.customer_id) = f.customer_id, false) as is_self_referral,

    ---------- timestamps
    r.invited_at,
    r.accepted_at

from referrals as r
left join referrers as n on r.referral_id = n.referral_id
left join codes as c on r.referral_code = c.referral_code
left join referees as f on r.referral_id = f.referral_id
