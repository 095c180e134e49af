-- Grain: one row per device that several customers used and event on it: who was at the device.
-- A run of events without a pause is a visit. Within a visit a customer stays at the device from the
-- event that names them to a log-out or the next name; what happened before the only name of a
-- visit is theirs as well. A kiosk forgets sooner, and only a log-in opens an interval there.
{%- set pause, kiosk_pause = device_rule('pause_minutes'), device_rule('kiosk_pause_minutes') %}
with

shared_devices as (

    select
        anonymous_id,
        device_kind = 'kiosk' as is_kiosk,
        to_minutes(case when device_kind = 'kiosk' then {{ kiosk_pause }} else {{ pause }} end) as pause
    from {{ ref('anonymous_customer') }}
    where customers > 1

),

gathered as (

    select *, regexp_replace(lower(event_name), '[^\p{L}\p{N}]', '', 'g') as name_key
    from ({{ gather_device_events() }})

),

named as (

    select -- whom an event names: a customer, or somebody who is none or several (?)
        g.*,
        d.is_kiosk,
        coalesce(coalesce(g.event_kind, own.event_kind, general.event_kind) = 'log_out', false) as logs_out,
        case
            when not g.names_somebody then null
            when g.customer_id is null or (d.is_kiosk and not g.logs_in) then '?'
            else g.customer_id
        end as person,
        coalesce(g.occurred_at - lag(g.occurred_at) over device_events > d.pause, true) as begins_visit

    from gathered as g
    inner join shared_devices as d on g.anonymous_id = d.anonymous_id
    left join {{ ref('event_kind') }} as own
        on g.source_system = own.source_system and g.name_key = own.event_name
    left join {{ ref('event_kind') }} as general
        on general.source_system = '*' and g.name_key = general.event_name
    window device_events as (
        partition by g.anonymous_id order by g.occurred_at, g.source_system, g.stream, g.event_id
    )

),

visits as (

    -- what an event says of who is there from then on: the one it names, or nobody (-)
    select
        *,
        case when logs_out then '-' else person end as word,
        sum(cast(begins_visit as integer)) over (
            partition by anonymous_id order by occurred_at, source_system, stream, event_id
            rows unbounded preceding
        ) as visit_number
    from named

),

heard as (

    select
        *,
        last_value(word ignore nulls)
            over (visit_events rows between unbounded preceding and 1 preceding) as last_word,
        first_value(coalesce(person, word) ignore nulls)
            over (visit_events rows between current row and unbounded following) as next_word,
        min(person) over (partition by anonymous_id, visit_number)
        = max(person) over (partition by anonymous_id, visit_number) as has_one_person
    from visits
    window visit_events as (
        partition by anonymous_id, visit_number order by occurred_at, source_system, stream, event_id
    )

),

judged as (

    select
        *,
        case
            when names_somebody then null
            when last_word is not null then {{ somebody('last_word') }}
            when has_one_person and not is_kiosk then {{ somebody('next_word') }}
        end as interval_customer_id,
        coalesce({{ somebody('word') }} is distinct from last_word, false)
        and {{ somebody('word') }} is not null as begins_interval
    from heard

)

select
    anonymous_id,
    source_system,
    stream,
    event_id,
    occurred_at,
    visit_number,
    sum(cast(begins_interval as integer)) over (
        partition by anonymous_id order by occurred_at, source_system, stream, event_id
        rows unbounded preceding
    ) + cast(interval_customer_id is not null and last_word is null as integer) as interval_number,
    interval_customer_id as customer_id,
    case
        when interval_customer_id is null then null
        when last_word is null then 'before_login'
        else 'login_interval'
    end as attribution_rule,
    coalesce(
        interval_customer_id, {{ somebody('word') }}, case when person = last_word then last_word end
    ) as present_customer_id,
    begins_interval,
    logs_out

from judged
