-- identity.why(two records): the path that joins them, then what was refused between them.
create or replace macro identity.why(system_a, stream_a, key_a, system_b, stream_b, key_b) as table
select * from identity.why_linked(system_a, stream_a, key_a, system_b, stream_b, key_b)
union all
select * from identity.why_refused(system_a, stream_a, key_a, system_b, stream_b, key_b)
order by step nulls last, priority nulls last, identifier_type, left_key, right_key
