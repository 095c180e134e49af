-- Grain: one row per record of the last publication, with the customer it belonged to.
{{ config(materialized='view') }}

{{ ledger_rows('identity_published', {'record_id': 'bigint', 'customer_id': 'varchar'}) }}
