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
            struct_pack(purpose := 'analytics', given := 'analytics_storage', is_yes := e.has_analytics_consent),
            struct_pack(purpose := 'ads', given := 'ads_storage', is_yes := e.has_ads_consent),
            struct_pack(purpose := 'sale', given := 'global_privacy_control', is_yes := not e.has_privacy_signal)
        ]) as said

    from {{ ref('fct_event') }} as e
    where
        (e.has_analytics_consent is not null or e.has_ads_consent is not null or e.has_privacy_signal)
        and not e.is_bot
        and coalesce(e.user_id, e.anonymous_id, e.customer_id) is not null

),

answers as (

    select
        source_system, stream, event_id, customer_id, user_id, anonymous_id, country_code, occurred_at,
        said.purpose as purpose,
        said.given as given_purpose,
        said.is_yes as is_yes
    from told

),

changed as (

    select
        *,
        coalesce(is_yes <> lag(is_yes) over (
            partition by source_system, user_id, anonymous_id, customer_id, purpose
            order by occurred_at, event_id
        ), true) as is_news
    from answers
    where is_yes is not null

)

select
    source_system,
    stream,
    event_id,
    purpose,
    given_purpose,
    case when is_yes then 'granted' else 'denied' end as state,
    customer_id,
    user_id,
    anonymous_id,
    country_code as region,
    occurred_at as answered_at

from changed
where is_news
