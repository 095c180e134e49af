-- Grain: one row per event with which a person's answer about a purpose changed: Google's consent mode
-- and signals of Global Privacy Control. What the same cookie or account says again is no new answer.
with

told as (

    select
        e.source_system,
        e.stream,
        e.event_id,
        e.customer_id,
        e.user_id,
        e.anonymous_id,
        e.country_code,
        e.occurred_at,
        unnest([
            {purpose: 'analytics', given: 'analytics_storage', is_yes: e.has_analytics_consent},
            {purpose: 'ads', given: 'ads_storage', is_yes: e.has_ads_consent},
            {purpose: 'sale', given: 'global_privacy_control', is_yes: case when e.has_privacy_signal then false end}
        ]) as said

    from {{ ref('fct_event') }} as e
    where
        (e.has_analytics_consent is not null or e.has_ads_consent is not null or e.has_privacy_signal)
        and not e.is_bot
        and coalesce(e.user_id, e.anonymous_id, e.customer_id) is not null

),

changed as (

    select
        *,
        said.is_yes is distinct from lag(said.is_yes) over (
            partition by source_system, user_id, anonymous_id, customer_id, said.purpose
            order by occurred_at, event_id
        ) as is_news
    from told
    where said.is_yes is not null

)

select
    source_system,
    stream,
    event_id,
    said.purpose as purpose,
    said.given as given_purpose,
    case when said.is_yes then 'granted' else 'denied' end as state,
    customer_id,
    user_id,
    anonymous_id,
    country_code as region,
    occurred_at as answered_at

from changed
where is_news
