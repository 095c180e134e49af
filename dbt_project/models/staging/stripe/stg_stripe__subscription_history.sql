-- Grain: one row per subscription and state it was in (valid_from), as a replication service kept them.
{{ config(materialized='staged', unique_key=['subscription_id', 'valid_from']) }}

{{ stripe_subscription_model(source('raw', 'stripe__subscription_history')) }}
