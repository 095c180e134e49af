-- Grain: one row per purchase, wherever it was made: order of the shop, receipt of a till, invoice of a
-- subscription, in the currency it was paid in and in the reporting currency. What counts as no purchase
-- (`excluded_reason`) stays, and has no revenue. More given back than was paid is a revenue of nothing.
with

priced as (

    select *, cast({{ local_time('purchased_at') }} as date) as purchased_on
    from {{ ref('int_purchase__priced') }}

),

days as (

    select distinct currency, purchased_on from priced

),

rates as (

    select
        d.currency,
        d.purchased_on,
        arg_max(r.unit_value, r.valid_from) filter (where r.currency = d.currency)
        / arg_max(r.unit_value, r.valid_from) filter (where r.currency = '{{ var("reporting_currency") }}')
            as reporting_rate
    from days as d
    inner join {{ ref('exchange_rate') }} as r
        on d.purchased_on >= r.valid_from
        and r.currency in (d.currency, '{{ var("reporting_currency") }}')
    group by d.currency, d.purchased_on

),

judged as (

    select
        p.purchase_type, p.source_system, p.source_key, p.customer_id, p.channel, p.currency,
        p.gross_amount, p.refunded_amount, p.purchased_on, p.purchased_at,
        r.reporting_rate,
        case
            when p.excluded_reason is not null then p.excluded_reason
            when p.purchased_at > {{ utc_now() }} then 'in_the_future'
            when p.gross_amount is null then 'no_amount'
            when p.gross_amount < 0 then 'negative_amount'
        end as reason
    from priced as p
    left join rates as r on p.currency = r.currency and p.purchased_on = r.purchased_on

)

select
    ---------- ids
    purchase_type || ':' || source_system || ':' || source_key as purchase_id,
    purchase_type,
    source_system,
    source_key,
    customer_id,

    ---------- text
    channel,
    currency,
    reason as excluded_reason,

    ---------- numerics
    cast(gross_amount as decimal(18, 4)) as gross_amount,
    cast(refunded_amount as decimal(18, 4)) as refunded_amount,
    cast(greatest(gross_amount - refunded_amount, 0) as decimal(18, 4)) as net_amount,
    cast(reporting_rate as double) as reporting_rate,
    cast(round(
        case when reason is null then greatest(gross_amount - refunded_amount, 0) * reporting_rate end, 2
    ) as decimal(18, 2)) as revenue,

    ---------- flags
    reason is null as is_counted,
    reason is null and purchase_type != 'invoice' as is_order,
    refunded_amount > gross_amount as is_refunded_beyond,
    reason is null and reporting_rate is null as is_without_rate,

    ---------- timestamps
    purchased_on,
    purchased_at

from judged
