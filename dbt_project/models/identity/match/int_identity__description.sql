-- Grain: one row per distinct description of a person: records that say the same once folded, and lie
-- in one deterministic component (or in none), are one row.
-- Probabilistic linkage compares these, so a million copies of a record cost no more than two.
-- An address or number that may join nobody (a role mailbox, a shared line) is no evidence here either.
{%- set described = [
    'given_name', 'family_name', 'full_name', 'given_reading', 'family_reading', 'full_reading',
    'given_readings', 'family_readings', 'birth_date', 'gender', 'birth_place', 'email', 'phone',
    'mobile_phone', 'street', 'room', 'city', 'state', 'postcode', 'company', 'job_title',
    'national_id', 'passport', 'drivers_license',
] %}
with

government_ids as (

    select
        record_id,
        {%- for identifier_type in weighed_identifiers() %}
        min(value_id) filter (where identifier_type = '{{ identifier_type }}') as {{ identifier_type }}
        {{- ',' if not loop.last }}
        {%- endfor %}

    from {{ ref('int_identity__identifier') }}
    where {{ is_weighed('identifier_type') }}
    group by record_id

),

blocked as (

    select identifier_type, identifier_value from {{ ref('int_identity__value') }}
    where status = 'blocked' and identifier_type in ('email', 'phone')

),

folded as (

    select
        r.record_id,
        c.component_id,
        coalesce({{ comparable_words('given_name') }}, f.given_name_part, f.given_name_reading) as given_name,
        coalesce({{ comparable_words('family_name') }}, f.family_name_part, f.family_name_reading) as family_name,
        coalesce(r.full_name_key, f.full_name_reading) as full_name,
        f.given_name_reading as given_reading,
        f.family_name_reading as family_reading,
        f.full_name_reading as full_reading,
        f.given_name_readings as given_readings,
        f.family_name_readings as family_readings,
        birth_date,
        gender,
        {{ comparable_words('birth_place') }} as birth_place,
        case when e.identifier_value is null then r.email end as email,
        case when p.identifier_value is null then r.phone end as line,
        case when m.identifier_value is null then r.mobile_phone end as mobile_line,
        f.address_key as street,
        f.address_room as room,
        {{ comparable_words('city') }} as city,
        {{ comparable_words('state') }} as state,
        nullif(replace(replace(upper(postcode), ' ', ''), '-', ''), '') as postcode,
        {{ comparable_words('company') }} as company,
        {{ comparable_words('job_title') }} as job_title,
        national_id,
        passport,
        drivers_license

    from {{ ref('int_identity__record') }} as r
    inner join {{ ref('int_identity__comparison') }} as f on r.record_id = f.record_id
    left join government_ids as g on r.record_id = g.record_id
    left join {{ ref('int_identity__component') }} as c on r.record_id = c.node_id
    left join blocked as e on e.identifier_type = 'email' and r.email = e.identifier_value
    left join blocked as p on p.identifier_type = 'phone' and r.phone = p.identifier_value
    left join blocked as m on m.identifier_type = 'phone' and r.mobile_phone = m.identifier_value

),

reached as (

    select
        * exclude (line, mobile_line),
        coalesce(line, mobile_line) as phone,
        case when line <> mobile_line then mobile_line end as mobile_phone
    from folded

)

select
    min(record_id) as description_id,
    list(record_id order by record_id) as record_ids,
    component_id,
    {{ described | join(',\n    ') }}

from reached
where
    coalesce(given_name, family_name, full_name, birth_place, email, phone, street, city, postcode, company)
    is not null
    or birth_date is not null
    or coalesce(national_id, passport, drivers_license) is not null
group by all
