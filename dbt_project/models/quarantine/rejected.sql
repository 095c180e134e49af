-- Grain: one row per record that did not get through, whichever layer stopped it; a file nothing of
-- which could be read is one row without a row number. `reason` is the first code, `detail` all.
with

at_ingestion as (

    select source_system, stream, file, row_number, reason, detail
    from {{ source('ops', 'rejected_record') }}

),

at_staging as (

    {{ gather_quarantined() }}

)

select source_system, stream, 'raw' as layer, file, row_number, reason, detail
from at_ingestion

union all

select source_system, stream, 'staging' as layer, file, row_number, reason, detail
from at_staging
