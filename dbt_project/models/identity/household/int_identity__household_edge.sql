-- Grain: one row per customer and sign that somebody else lives in the same household: a node that all
-- customers of the household share. `reason` says which sign it is.
with

homes as (

    select * from {{ ref('int_identity__home') }}

),

carried as (

    -- e-mail addresses and phones that several customers have, since identity did not link on them
    select distinct i.value_id, c.customer_id
    from {{ ref('int_identity__identifier') }} as i
    inner join {{ ref('int_identity__value') }} as v on i.value_id = v.value_id
    inner join {{ ref('record_customer') }} as c on i.record_id = c.record_id
    where v.identifier_type in ('email', 'phone') and v.status <> 'blocked'

),

contacts as (

    select *
    from carried
    qualify count(*) over (partition by value_id) between 2 and {{ household_rule('max_customers') }}

),

signs as (

    select
        customer_id,
        'family_at_address' as reason,
        {{ hash_id(["'family'", 'cast(home_id as varchar)', 'family']) }} as sign_id
    from homes
    where refusal is null and family is not null

    union all

    select
        c.customer_id,
        'contact_at_address' as reason,
        {{ hash_id(["'contact'", 'cast(h.home_id as varchar)', 'cast(c.value_id as varchar)']) }} as sign_id
    from contacts as c
    inner join homes as h on c.customer_id = h.customer_id
    where h.refusal is null

    union all

    select
        c.customer_id,
        'family_with_contact' as reason,
        {{ hash_id(["'kin'", 'h.family', 'cast(c.value_id as varchar)']) }} as sign_id
    from contacts as c
    inner join homes as h on c.customer_id = h.customer_id
    where h.family is not null

)

select
    customer_id,
    {{ hash_id(["'customer'", 'customer_id']) }} as left_id,
    sign_id as right_id,
    reason

from signs
qualify count(*) over (partition by sign_id) > 1
