-- Grain: one row per subscription and state it was delivered in (valid_from). All states stay: what
-- changed between them is the fact. The state in force is the latest.
{{ config(materialized='staged', unique_key=['subscription_id', 'valid_from']) }}

{{ stripe_subscription_model(source('raw', 'stripe__subscription')) }}
