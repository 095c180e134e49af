-- Grain: one row per segment, customer and stay of the last publication.
{{ config(materialized='view') }}

{{ ledger_rows('segment_membership', segment_stay_columns()) }}
