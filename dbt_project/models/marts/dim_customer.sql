-- Grain: one row per customer. Every attribute is the golden record's; which source it came from is
-- in identity.golden_attribute.
with

golden as (

    select * from {{ ref('int_identity__golden_wide') }}

),

linked as (

    select
        customer_id,
        list_sort(list(distinct source_system)) as source_systems

    from {{ ref('record_customer') }}
    group by customer_id

)

select
    ---------- ids
    g.customer_id,

    ---------- text
    {{ display_name('g.full_name', 'g.family_name', 'g.given_name') }} as full_name,
    g.family_name,
    g.given_name,
    coalesce(nullif(concat_ws(' ', g.family_name_kana, g.given_name_kana), ''), g.full_name_kana) as full_name_kana,
    g.family_name_kana,
    g.given_name_kana,
    g.gender,
    g.email,
    g.phone,
    g.mobile_phone,
    g.address.street as street,
    g.address.city as city,
    g.address.state as state,
    g.address.postcode as postcode,
    g.address.country_code as country_code,
    g.company,
    g.job_title,
    g.industry,
    g.income_band,
    g.preferred_language,
    g.login_id,
    array_to_string(l.source_systems, ',') as source_systems,

    ---------- numerics
    g.records as record_count,
    cast(len(l.source_systems) as integer) as source_system_count,
    date_sub('year', g.birth_date, current_date) as age,

    ---------- timestamps
    g.birth_date,
    g.updated_at

from golden as g
inner join linked as l on g.customer_id = l.customer_id
