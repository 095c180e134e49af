e.edge.linked, e.edge.edge_type, e.edge.identifier_type, {value} as identifier_value, e.edge.probability,
    e.edge.priority,
    case when not e.edge.linked then e.edge.reason end as reason,
    l.source_system as left_system, l.stream as left_stream, l.record_key as left_key,
    l.file as left_file, l.file_row as left_file_row,
    r.source_system as right_system, r.stream as right_stream, r.record_key as right_key,
    r.file as right_file, r.file_row as right_file_row
