{#-
    The trees of one round of contraction (see contract_edges): every node hooked to its least smaller
    neighbour, then looking upwards until it points to its root.
-#}
{#- Every node that has a smaller neighbour, with the least of them. -#}
{% macro contraction_hook(edges) -%}
    create or replace temporary table _cc_hook as
    select b as node_id, min(a) as target from {{ edges }} group by b
{%- endmacro %}

{#- The hooks with a first look upwards: `root` is the target's own target where it has one. -#}
{% macro contraction_tree(round) -%}
    create or replace temporary table _cc_tree_{{ round }} as
    select
        h.node_id,
        h.target,
        coalesce(up.target, h.target) as root,
        up.target is not null as is_open
    from _cc_hook as h
    left join _cc_hook as up on h.target = up.node_id
{%- endmacro %}

{#- Further looks, by the few nodes that have not arrived. Pointers only descend, so of all that a
    node has seen its furthest is the least. -#}
{% macro flatten_tree(round) -%}
    {%- set tree = '_cc_tree_' ~ round -%}
    {%- set state = namespace(left=rows_of(tree ~ ' where is_open')) -%}
    {%- if state.left > 0 -%}
        {%- do run_query('create or replace temporary table _cc_moved as select node_id, root from '
            ~ tree ~ ' where is_open') -%}
        {%- do run_query('create or replace temporary table _cc_seen as select node_id, root from _cc_moved') -%}
        {%- for look in range(var('max_contraction_rounds') + 1) if state.left > 0 -%}
            {%- do stop_unless_converging(look) -%}
            {%- do run_query(contraction_look(tree)) -%}
            {%- set state.left = rows_of('_cc_moved') -%}
            {%- do run_query(contraction_seen()) -%}
        {%- endfor -%}
        {%- do run_query(contraction_flat(tree)) -%}
    {%- endif -%}
{%- endmacro %}

{% macro contraction_look(tree) -%}
    create or replace temporary table _cc_moved as
    select m.node_id, coalesce(further.root, up.root) as root
    from _cc_moved as m
    join {{ tree }} as up on m.root = up.node_id
    left join _cc_seen as further on m.root = further.node_id
{%- endmacro %}

{% macro contraction_seen() -%}
    create or replace temporary table _cc_seen as
    select node_id, min(root) as root
    from (
        select node_id, root from _cc_seen
        union all
        select node_id, root from _cc_moved
    )
    group by node_id
{%- endmacro %}

{% macro contraction_flat(tree) -%}
    create or replace temporary table {{ tree }} as
    select t.node_id, t.target, coalesce(seen.root, t.root) as root
    from {{ tree }} as t
    left join _cc_seen as seen on t.node_id = seen.node_id
{%- endmacro %}
