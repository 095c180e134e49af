-- Grain: one row per customer and purpose: what silence means, by the law that applies to them. Regions
-- are those of their records and of their answers and requests; of several laws the one that asks for a
-- yes counts, then the first of the file.
with

regions as (

    select c.customer_id, upper(r.country_code || coalesce('-' || r.state, '')) as place, upper(r.country_code) as region
    from {{ ref('int_identity__record') }} as r
    inner join {{ ref('record_customer') }} as c on r.record_id = c.record_id
    where r.country_code is not null

    union

    select m.customer_id, a.region as place, a.region
    from {{ ref('int_consent__reach') }} as m
    inner join {{ ref('int_consent__answer') }} as a on m.consent_key = a.consent_key
    where a.region is not null

    union

    select customer_id, upper(region) as place, upper(region) as region
    from {{ ref('fct_privacy_request') }}
    where customer_id is not null and region is not null

),

known as (

    {{ consent_region_rows() }}

),

rules as (

    {{ consent_purpose_rows() }}

),

applying as (

    select distinct r.customer_id, coalesce(narrow.law, wide.law) as law
    from regions as r
    left join known as narrow on r.place = narrow.region
    left join known as wide on r.region = wide.region
    where coalesce(narrow.law, wide.law) is not null

),

of_everybody as (

    select c.customer_id, coalesce(a.law, 'elsewhere') as law
    from (select distinct customer_id from {{ ref('record_customer') }}) as c
    left join applying as a on c.customer_id = a.customer_id

)

select
    e.customer_id,
    r.purpose,
    arg_min(e.law, (r.is_opt_out, r.place)) as law,
    bool_and(r.is_opt_out) as is_opt_out,
    any_value(r.denied_with) as denied_with

from of_everybody as e
inner join rules as r on e.law = r.law
group by e.customer_id, r.purpose
