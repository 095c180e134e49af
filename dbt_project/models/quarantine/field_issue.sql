-- Grain: one row per value that could not be understood and became null; its row was accepted.
select
    source_system,
    stream,
    file,
    row_number,
    split_part(issue, ':', 2) as column_name,
    split_part(issue, ':', 1) as issue

from ({{ gather_field_issues() }})
