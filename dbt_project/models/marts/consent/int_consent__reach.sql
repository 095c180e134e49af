-- Grain: one row per answer and subject whom it is about. A subject is the person that one source record
-- describes, or whoever uses a cookie that no record names; subjects of one customer about whom the same
-- was said are one. A yes counts for the one customer whom it certainly names, a no for everybody whom it
-- may mean: all who share the address it came from.
with

answers as (

    select
        a.consent_key, a.purpose, a.state, a.record_id, a.user_id, a.shop_customer_id, a.email, a.phone,
        a.anonymous_id, f.customer_id as found
    from {{ ref('int_consent__answer') }} as a
    inner join {{ ref('fct_consent') }} as f on a.consent_key = f.consent_key
    where a.purpose <> 'other'

),

-- the accounts that were seen with a cookie of one customer: its banner answers are theirs
seen as (

    select distinct e.anonymous_id, e.user_id
    from {{ ref('fct_event') }} as e
    inner join {{ ref('anonymous_customer') }} as d on e.anonymous_id = d.anonymous_id
    where
        d.customer_id is not null and e.user_id is not null
        and e.anonymous_id in (select anonymous_id from answers where anonymous_id is not null)

),

named as (

    {% for type in ['user_id', 'shop_customer_id', 'email', 'phone'] %}
    select consent_key, '{{ type }}' as identifier_type, {{ type }} as identifier_value
    from answers
    where {{ type }} is not null
    union all
    {% endfor %}
    select a.consent_key, 'user_id' as identifier_type, s.user_id as identifier_value
    from answers as a
    inner join seen as s on a.anonymous_id = s.anonymous_id
    where coalesce(a.user_id, a.shop_customer_id, a.email, a.phone) is null

),

of_records as (

    select n.consent_key, i.record_id, c.customers
    from named as n
    inner join {{ ref('int_identity__identifier') }} as i
        on n.identifier_type = i.identifier_type and n.identifier_value = i.identifier_value
    inner join {{ ref('identifier_customer') }} as c
        on n.identifier_type = c.identifier_type and n.identifier_value = c.identifier_value
    union all
    select consent_key, record_id, 1 as customers
    from answers
    where record_id is not null

),

meant as (

    select distinct a.consent_key, a.purpose, c.customer_id, 'record ' || c.record_id as subject
    from of_records as r
    inner join answers as a on r.consent_key = a.consent_key
    inner join {{ ref('record_customer') }} as c on r.record_id = c.record_id
    where
        c.customer_id = a.found
        or (a.state <> 'granted' and (a.found is null or r.customers = 1))

    union all

    select a.consent_key, a.purpose, a.found as customer_id, 'cookie ' || coalesce(a.anonymous_id, '') as subject
    from answers as a
    left join of_records as r on a.consent_key = r.consent_key
    where a.found is not null and r.consent_key is null

    union all

    -- an address that stands in no record, but in what somebody corrected
    select distinct a.consent_key, a.purpose, x.customer_id, 'corrected ' || x.value as subject
    from answers as a
    inner join {{ ref('int_identity__rectification') }} as x
        on x.value = case x.attribute when 'email' then a.email when 'phone' then a.phone when 'mobile_phone' then a.phone end
    where a.state <> 'granted'

),

-- the hundred orders of one person say nothing more than one of them
heard as (

    select customer_id, purpose, subject, list_sort(list(consent_key)) as consent_keys
    from meant
    group by customer_id, purpose, subject

),

alike as (

    select distinct customer_id, purpose, consent_keys
    from heard

)

select
    customer_id,
    purpose,
    md5(array_to_string(consent_keys, ' ')) as subject,
    unnest(consent_keys) as consent_key

from alike
