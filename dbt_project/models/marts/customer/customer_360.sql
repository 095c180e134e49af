-- Grain: one row per customer: everything that is known and expected of them, without a direct personal field.
{%- set scores = ['engagement_score', 'engagement_web', 'engagement_app', 'engagement_email', 'engagement_social',
    'engagement_support'] %}
{%- set counts = ['events_90d', 'sessions_90d', 'emails_opened_90d', 'emails_clicked_90d', 'product_views_7d'] %}
{%- set purposes = consent_purposes() %}

select
    ---------- ids
    c.customer_id,
    c.household_id,

    ---------- text
    st.lifecycle_stage,
    st.rfm_score,
    st.rfm_segment,
    st.churn_risk_band,
    coalesce(v.method, 'none') as lifetime_value_method,
    h.favourite_category,
    h.favourite_channel,
    h.main_device_type,
    e.first_touch_channel,
    a.nps_group,
    a.sentiment,
    {%- for purpose in purposes %}
    coalesce(k.consent_{{ purpose }}, 'unknown') as consent_{{ purpose }},
    {%- endfor %}
    c.country_code,
    c.state,
    c.gender,
    {{ age_band('c.birth_date', 't.as_of_date') }} as age_band,
    c.preferred_language,
    c.source_systems,

    ---------- numerics
    coalesce(p.order_count, 0) as order_count,
    coalesce(p.revenue, 0) as revenue,
    coalesce(p.order_revenue, 0) as order_revenue,
    coalesce(p.subscription_revenue, 0) as subscription_revenue,
    p.average_order_value,
    r.interpurchase_days,
    st.days_since_last_order,
    cast(t.as_of_date - cast({{ local_time(last_contact_at()) }} as date) as bigint) as days_since_last_contact,
    coalesce(p.refunded_order_count, 0) as refunded_order_count,
    coalesce(p.item_count, 0) as item_count,
    st.recency_score,
    st.frequency_score,
    st.monetary_score,
    v.probability_alive,
    v.expected_orders_365d,
    v.expected_order_value,
    coalesce(p.revenue, 0) as lifetime_value_to_date,
    coalesce(v.lifetime_value_365d, 0) as lifetime_value_365d,
    st.churn_risk,
    {%- for score in scores %}
    coalesce(e.{{ score }}, 0) as {{ score }},
    {%- endfor %}
    {%- for figure in counts %}
    coalesce(e.{{ figure }}, 0) as {{ figure }},
    {%- endfor %}
    h.favourite_hour,
    h.favourite_weekday,
    a.nps_score,
    a.nps_change,
    a.csat_score,
    a.csat_change,
    a.sentiment_score,
    coalesce(a.tickets, 0) as tickets,
    coalesce(a.open_tickets, 0) as open_tickets,
    coalesce(a.complaints, 0) as complaints,
    coalesce(a.open_complaints, 0) as open_complaints,
    coalesce(s.active_subscriptions, 0) as active_subscriptions,
    coalesce(s.monthly_recurring_revenue, 0) as monthly_recurring_revenue,
    c.completeness,
    extract(month from c.birth_date) as birth_month,

    ---------- flags
    st.is_subscriber,
    coalesce(e.is_cart_abandoned, false) as is_cart_abandoned,
    coalesce(e.is_high_intent, false) as is_high_intent,
    coalesce(extract(month from c.birth_date) = extract(month from t.as_of_date), false) as is_birthday_this_month,
    coalesce(k.is_erasure_requested, false) as is_erasure_requested,
    coalesce(k.is_restricted, false) as is_restricted,

    ---------- timestamps
    {{ first_contact_at() }} as first_contact_at,
    {{ last_contact_at() }} as last_contact_at,
    p.first_order_at,
    p.last_order_at,
    a.nps_at,
    a.csat_at,
    a.sentiment_at,
    e.cart_abandoned_at,
    t.as_of_at

from {{ ref('dim_customer') }} as c
inner join {{ ref('int_customer__standing') }} as st on c.customer_id = st.customer_id
cross join {{ ref('int_time__as_of') }} as t
left join {{ ref('int_customer__purchase') }} as p on c.customer_id = p.customer_id
left join {{ ref('int_customer__rhythm') }} as r on c.customer_id = r.customer_id
left join {{ ref('int_customer__subscription') }} as s on c.customer_id = s.customer_id
left join {{ ref('lifetime_value') }} as v on c.customer_id = v.customer_id
left join {{ ref('int_customer__engagement') }} as e on c.customer_id = e.customer_id
left join {{ ref('int_customer__habit') }} as h on c.customer_id = h.customer_id
left join {{ ref('int_customer__attitude') }} as a on c.customer_id = a.customer_id
left join {{ ref('int_customer__consent') }} as k on c.customer_id = k.customer_id
