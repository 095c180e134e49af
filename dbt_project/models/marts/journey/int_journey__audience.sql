-- Grain: one row per audience that was delivered, with what its people did afterwards: a campaign of its own,
-- whose messages another system sent.
select
    ---------- ids
    audience as campaign,

    ---------- text
    string_agg(distinct destination, ',' order by destination) as channel,

    ---------- numerics
    count(*) as recipients,
    count(*) filter (where has_opened) as recipients_opened,
    count(*) filter (where has_clicked) as recipients_clicked,
    cast(sum(orders) as bigint) as orders_after,
    cast(sum(revenue) as decimal(18, 2)) as revenue_after,

    ---------- timestamps
    min(delivered_at) as began_at,
    max(delivered_at) as ended_at

from {{ ref('delivery') }}
group by audience
