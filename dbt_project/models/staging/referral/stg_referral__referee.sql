-- Grain: one row per invitation whose friend can be told: the friend as a person.
-- Apart from the invitation, because there the columns of two people stand in one row and only the
-- friend's may say who this record is.
{{ config(materialized='table') }}

with

referrals as (

    select * from {{ ref('stg_referral__referral') }}

)

select
    referral_id,
    referee_user_id as user_id,
    referee_full_name as full_name,
    referee_email as email,
    updated_at,
    _file,
    _row,
    _load_id,
    _first_batch

from referrals
where referee_email is not null or referee_user_id is not null
