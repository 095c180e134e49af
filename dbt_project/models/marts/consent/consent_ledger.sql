-- Grain: one row per customer, purpose and time in which the same was allowed for the same reason, from
-- before the first answer to now. Times meet without gaps: [valid_from, valid_to), null for always and
-- for until further notice. The one place where it is decided what a customer may be used for.
with

decided as (

    select
        *,
        case
            when erasure_id is not null then 'erasure'
            when is_restricted then 'restricted'
            when severity > 1 then {{ consent_state_of('severity') }}
            when other_severity > 1 then 'no_to_' || denied_with
            when severity = 1 then 'granted'
            when is_opt_out then 'not_denied'
            else 'no_answer'
        end as reason,
        -- a no to the other purpose decides unless there is a no to this one
        coalesce(severity, 0) <= 1 and coalesce(other_severity, 0) > 1 as is_by_other,
        case when erasure_id is not null then erasure_id when is_restricted then restriction_id end as request_id
    from {{ ref('int_consent__change') }}

),

told as (

    select
        * exclude (consent_key, consent_keys),
        case when is_by_other then other_key else consent_key end as consent_key,
        case when is_by_other then other_keys else coalesce(consent_keys, []) end as consent_keys
    from decided

),

whole_told as (

    select
        *,
        concat_ws(' ', reason, severity, 'r', request_id, 'a', consent_key, array_to_string(consent_keys, ' ')) as whole
    from told

),

news as (

    select
        *,
        coalesce(whole <> lag(whole) over (partition by customer_id, purpose order by cut_at), true) as is_news
    from whole_told

),

periods as (

    select *, lead(cut_at) over (partition by customer_id, purpose order by cut_at) as next_at
    from news
    where is_news

)

select
    ---------- ids
    p.customer_id,
    p.consent_key,
    p.consent_keys,
    p.request_id,

    ---------- text
    p.purpose,
    {{ consent_state_of('p.severity') }} as state,
    p.reason,
    p.law,
    case
        when a.consent_key is not null then coalesce(a.legal_basis, 'consent')
        when p.reason = 'not_denied' then 'notice_and_opt_out'
    end as legal_basis,
    a.source_system,
    a.source,

    ---------- flags
    p.reason in ('granted', 'not_denied') as is_allowed,

    ---------- timestamps
    case when p.cut_at > timestamp '0001-01-01' then p.cut_at end as valid_from,
    p.next_at as valid_to

from periods as p
left join {{ ref('int_consent__answer') }} as a on p.consent_key = a.consent_key
