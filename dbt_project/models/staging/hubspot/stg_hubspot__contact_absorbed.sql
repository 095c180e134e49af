-- Grain: one row per contact and contact id that went into it, directly or by way of others.
-- HubSpot tells a merge in two places, the audit and a property of the contact that remains; either
-- may be all there is. A chain is followed here and not left to identity, because the contact in the
-- middle of it is usually no longer delivered.
{{ config(materialized='table') }}

with recursive

told as (

    select
        canonical_contact_id,
        absorbed_contact_id as hubspot_contact_id,
        'contact_merge_audit' as told_by
    from {{ ref('stg_hubspot__contact_merge_audit') }}

    union all

    select
        hubspot_contact_id as canonical_contact_id,
        unnest(merged_contact_ids) as hubspot_contact_id,
        'contact' as told_by
    from {{ ref('stg_hubspot__contact') }}

),

-- union, not union all: the rows of a circle come to an end
chained as (

    select canonical_contact_id, hubspot_contact_id from told
    union
    select t.canonical_contact_id, c.hubspot_contact_id
    from told as t
    inner join chained as c on t.hubspot_contact_id = c.canonical_contact_id

)

select
    c.canonical_contact_id,
    c.hubspot_contact_id,
    coalesce(string_agg(distinct t.told_by, ',' order by t.told_by), 'chain') as told_by

from chained as c
left join told as t
    on c.canonical_contact_id = t.canonical_contact_id
    and c.hubspot_contact_id = t.hubspot_contact_id
where c.canonical_contact_id <> c.hubspot_contact_id
group by c.canonical_contact_id, c.hubspot_contact_id
