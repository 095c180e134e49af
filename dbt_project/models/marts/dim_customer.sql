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
    h.household_id,

    ---------- text
    {{ display_name('g.name.full_name', 'g.name.family_name', 'g.name.given_name') }} as full_name,
    g.name.family_name as family_name,
    g.name.given_name as given_name,
    coalesce(
        nullif(concat_ws(' ', g.kana.family_name_kana, g.kana.given_name_kana), ''), g.kana.full_name_kana
    ) as full_name_kana,
    g.kana.family_name_kana as family_name_kana,
    g.kana.given_name_kana as given_name_kana,
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
    {{ completeness('g') }} as completeness,

    ---------- timestamps
    g.birth_date,
    g.updated_at

from golden as g
inner join linked as l on g.customer_id = l.customer_id
inner join {{ ref('household') }} as h on g.customer_id = h.customer_id
