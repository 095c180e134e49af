{#-
    What changed edges do to components, without reading the graph whole.

    change_components(components, kept, edges, limit)
      components  table (node_id, component_id) of the run before; changed in place
      kept        table (a, b) of the edges it was made of; changed in place
      edges       relation (a, b), a < b: the edges of now
      limit       number of changed edges above which nothing is done
    Returns whether it was done. The outcome equals contracting `edges` whole: components that lost an
    edge fall apart into nodes and are joined again by the edges they keep; every other component is
    one node under its label, its least member; over these the new edges are contracted.

    New edges are those that were not kept. Whether any kept edge is gone is first asked of sums of
    hashes (kept and new add up to all; that they do by chance is as likely as two equal ids), and only
    when they differ of the edges.
-#}
{% macro change_components(components, kept, edges, limit) -%}
    {%- do run_query(edges_without('_cc_changed', edges, kept, 'true')) -%}
    {%- if run_query(digests_differ(kept, edges)).columns[0].values()[0] -%}
        {%- do run_query(edges_without('_cc_gone', kept, edges, 'false')) -%}
        {%- do run_query('insert into _cc_changed select a, b, is_new from _cc_gone') -%}
    {%- endif -%}
    {%- set changed = rows_of('_cc_changed') -%}
    {%- set is_done = changed <= limit -%}
    {%- if is_done and changed > 0 -%}
        {%- do run_query(reset_nodes(components)) -%}
        {%- do run_query(reaching_edges(kept)) -%}
        {%- do run_query(places(components)) -%}
        {%- do run_query(super_edges()) -%}
        {%- do contract_edges('_cc_super', '_cc_joined') -%}
        {%- do run_query(changed_rows(components)) -%}
        {%- for name in ['_cc_row', '_cc_reset'] -%}
            {%- do run_query('delete from ' ~ components
                ~ ' where node_id in (select node_id from ' ~ name ~ ')') -%}
        {%- endfor -%}
        {%- do run_query('insert into ' ~ components
            ~ ' select node_id, component_id from _cc_row') -%}
        {%- do run_query('delete from ' ~ kept ~ ' as k using _cc_changed as c'
            ~ ' where k.a = c.a and k.b = c.b and not c.is_new') -%}
        {%- do run_query('insert into ' ~ kept ~ ' select a, b from _cc_changed where is_new') -%}
    {%- endif -%}
    {%- for name in ['gone', 'changed', 'reset', 'reaching', 'place', 'super', 'joined', 'row'] -%}
        {%- do run_query('drop table if exists _cc_' ~ name) -%}
    {%- endfor -%}
    {{ return(is_done) }}
{%- endmacro %}

{#- The distinct edges of one relation that another does not have. -#}
{% macro edges_without(name, edges, others, is_new) -%}
    create or replace temporary table {{ name }} as
    select distinct e.a, e.b, {{ is_new }} as is_new
    from {{ edges }} as e
    where not exists (select 1 from {{ others }} as o where e.a = o.a and e.b = o.b)
{%- endmacro %}

{% macro digests_differ(kept, edges) -%}
    select (select {{ digest() }} from {{ edges }})
        <> (select {{ digest() }} from {{ kept }}) + (select {{ digest() }} from _cc_changed)
{%- endmacro %}

{% macro digest() -%} coalesce(sum(cast(hash(a, b) >> 1 as bigint)), 0) {%- endmacro %}
