-- Grain: one row per customer: stage of life, recency, frequency and monetary scores, and churn risk.
with

known as (

    select
        c.customer_id,
        coalesce(p.order_count, 0) as order_count,
        coalesce(p.order_days, 0) as order_days,
        p.order_revenue,
        a.as_of_date - p.last_order_on as days_since_last_order,
        a.as_of_date - p.first_purchase_on as first_purchase_days,
        a.as_of_date - p.last_purchase_on as silent_days,
        a.as_of_date - r.returned_on as returned_days,
        r.at_risk_days, r.lapsed_days, r.churned_days,
        s.customer_id is not null as is_subscriber,
        case when s.is_staying then s.yearly_churn end as subscriber_risk,
        case when l.method = 'model' and l.frequency > 0 then l.probability_alive else l.silence_probability end
            as stays
    from {{ ref('dim_customer') }} as c
    cross join {{ ref('int_time__as_of') }} as a
    left join {{ ref('int_customer__purchase') }} as p on c.customer_id = p.customer_id
    left join {{ ref('int_customer__rhythm') }} as r on c.customer_id = r.customer_id
    left join {{ ref('int_customer__subscription') }} as s on c.customer_id = s.customer_id
    left join {{ ref('lifetime_value') }} as l on c.customer_id = l.customer_id

),

scored as (

    select
        customer_id, is_subscriber, subscriber_risk, stays, order_count, first_purchase_days, days_since_last_order,
        {{ rfm_score('-days_since_last_order') }} as recency_score,
        {{ rfm_score('order_count') }} as frequency_score,
        {{ rfm_score('order_revenue') }} as monetary_score,
        {{ lifecycle_stage() }} as lifecycle_stage
    from known

),

risks as (

    select
        *,
        case
            -- who pays by contract goes by giving notice, not by silence
            when subscriber_risk is not null then least(coalesce(1 - stays, 1), subscriber_risk)
            when order_count > 0 then 1 - stays
            -- the subscription has ended or is about to, and they never ordered
            when first_purchase_days is not null then 1
        end as churn_risk
    from scored

)

select
    ---------- ids
    customer_id,

    ---------- text
    lifecycle_stage,
    cast(recency_score as varchar) || cast(frequency_score as varchar) || cast(monetary_score as varchar) as rfm_score,
    {{ rfm_segment() }} as rfm_segment,
    case
        when churn_risk >= {{ var('churn_risk').high }} then 'high'
        when churn_risk >= {{ var('churn_risk').medium }} then 'medium'
        when churn_risk is not null then 'low'
    end as churn_risk_band,

    ---------- numerics
    cast(days_since_last_order as bigint) as days_since_last_order,
    recency_score,
    frequency_score,
    monetary_score,
    cast(churn_risk as double) as churn_risk,

    ---------- flags
    is_subscriber

from risks
