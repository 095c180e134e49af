-- Grain: one row per segment of the last publication, with when and by which condition it was looked at.
{{ config(materialized='view') }}

{{ ledger_rows('segment_evaluated', {'segment': 'varchar', 'condition': 'varchar', 'evaluated_at': 'timestamp'}) }}
