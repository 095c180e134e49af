-- Grain: one row per month from the first subscription to as_of: what subscribers paid a month at its
-- beginning, every movement, and at its end, in the reporting currency at the rates of as_of; losses are
-- negative, so that opening and movements add up to closing. Subscribers likewise.
{%- set movements = ['new', 'won_back', 'resumed', 'expansion', 'contraction', 'paused', 'churned'] %}
with

changes as (

    select *, {{ month_of('changed_on') }} as month from {{ ref('int_trend__subscriber_change') }}

),

months as (

    select unnest({{ each_month('min(month)', month_of('min(as_of_date)')) }}) as month,
        {{ month_of('min(as_of_date)') }} as running_month
    from changes
    cross join {{ ref('int_time__as_of') }}
    having count(*) > 0

),

moved as (

    select
        month,
        sum(mrr_delta) as mrr_delta,
        sum(subscriber_delta) as subscriber_delta,
        {%- for movement in movements %}
        coalesce(sum(mrr_delta) filter (where movement = '{{ movement }}'), 0) as {{ movement }}_mrr,
        coalesce(sum(subscriber_delta) filter (where movement = '{{ movement }}'), 0) as {{ movement }}_subscribers,
        {%- endfor %}
        count(*) filter (where movement = 'ended_while_paused') as ended_while_paused,
        sum(unpriced_changes) as unpriced_changes
    from changes
    group by month

),

-- subscribers of the month's beginning alone, as retention is told of them: what they pay at its end
kept as (

    select
        month, subscriber_id,
        arg_min(mrr_before, changed_at) as opening,
        arg_max(mrr_after, changed_at) as closing
    from changes
    group by month, subscriber_id

),

retained as (

    select
        month,
        sum(closing - opening) as net_change,
        sum(greatest(opening - closing, 0)) as loss
    from kept
    where opening > 0
    group by month

),

balanced as (

    select
        m.month, m.running_month, coalesce(r.net_change, 0) as net_change, coalesce(r.loss, 0) as loss,
        {%- for movement in movements %}
        coalesce(v.{{ movement }}_mrr, 0) as {{ movement }}_mrr,
        coalesce(v.{{ movement }}_subscribers, 0) as {{ movement }}_subscribers,
        {%- endfor %}
        coalesce(v.ended_while_paused, 0) as ended_while_paused,
        coalesce(v.unpriced_changes, 0) as unpriced_changes,
        sum(coalesce(v.mrr_delta, 0)) over by_month as closing_mrr,
        sum(coalesce(v.mrr_delta, 0)) over by_month - coalesce(v.mrr_delta, 0) as opening_mrr,
        sum(coalesce(v.subscriber_delta, 0)) over by_month as closing_subscribers,
        sum(coalesce(v.subscriber_delta, 0)) over by_month - coalesce(v.subscriber_delta, 0)
            as opening_subscribers
    from months as m
    left join moved as v on m.month = v.month
    left join retained as r on m.month = r.month
    window by_month as (order by m.month rows unbounded preceding)

)

select
    ---------- ids
    month,

    ---------- numerics
    {%- for amount in ['opening'] + movements + ['closing'] %}
    cast({{ amount }}_mrr as decimal(18, 2)) as {{ amount }}_mrr,
    {%- endfor %}
    {%- for count in ['opening'] + movements | reject('in', ['expansion', 'contraction']) | list + ['closing'] %}
    cast({{ count }}_subscribers as bigint) as {{ count }}_subscribers,
    {%- endfor %}
    ended_while_paused,
    cast(unpriced_changes as bigint) as unpriced_changes,
    cast(-churned_subscribers as double) / nullif(opening_subscribers, 0) as logo_churn_rate,
    cast(-(churned_mrr + contraction_mrr) as double) / nullif(opening_mrr, 0) as revenue_churn_rate,
    cast(opening_mrr + net_change as double) / nullif(opening_mrr, 0) as net_revenue_retention,
    cast(opening_mrr - loss as double) / nullif(opening_mrr, 0) as gross_revenue_retention,

    ---------- flags
    month < running_month as is_complete

from balanced
