-- Grain: one row per key by which records are brought together to be compared, with what it brings.
select
    detail ->> 'key' as blocking_key,
    status,
    reason,
    cast(detail ->> 'rows' as bigint) as rows_in_blocks,
    cast(detail ->> 'pairs' as bigint) as candidate_pairs,
    cast(detail ->> 'largest_block' as bigint) as largest_block,
    cast(detail ->> 'blocks_left_out' as bigint) as blocks_left_out

from {{ ref('int_identity__linkage') }}
where kind = 'block'
