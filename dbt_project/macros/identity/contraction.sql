{#-
    Connected components of a table of edges, as statements that any engine has: group by, min, join,
    union all, distinct.

    contract_edges(edges, labels)
      edges   relation with (a, b), a < b, both not null; read, not changed. Duplicates are allowed.
      labels  name of the temporary table to make: (node_id, component_id), one row per node of an
              edge; component_id is the least node of the component.

    A round: every node hooks to its least smaller neighbour. Hooks only descend, so they are trees;
    each is flattened by looking upwards, twice as far each time, until every node points to its root.
    The edges that were hooks are done; both ends of the others are replaced by their roots. Only
    roots are left for the next round: at most half of the nodes, whatever the order of ids, and a
    third or fewer when ids are hashes. So rounds, and looks within a round, grow with the logarithm of
    the nodes for any shape. A node stands in the tree of exactly one round, hence labels are the
    trees composed from the last round back.

    `max_contraction_rounds` (var) bounds both loops: beyond it compilation fails rather than publish
    a partition that has not converged.
-#}
{% macro contract_edges(edges, labels) -%}
    {%- set state = namespace(edges=edges, left=rows_of(edges), rounds=0) -%}
    {%- for round in range(var('max_contraction_rounds') + 1) if state.left > 0 -%}
        {%- do stop_unless_converging(round) -%}
        {%- do run_query(contraction_hook(state.edges)) -%}
        {%- do run_query(contraction_tree(round)) -%}
        {%- do flatten_tree(round) -%}
        {%- set is_dense = state.left > 2 * rows_of('_cc_hook') -%}
        {%- do run_query(contraction_step(state.edges, round, is_dense)) -%}
        {%- set state.edges = '_cc_edge' -%}
        {%- set state.left = rows_of('_cc_edge') -%}
        {%- set state.rounds = round + 1 -%}
    {%- endfor -%}
    {%- for round in range(state.rounds) | reverse -%}
        {%- do run_query(contraction_label(round, is_last=loop.first)) -%}
        {%- do run_query('drop table _cc_tree_' ~ round) -%}
    {%- endfor -%}
    {%- do run_query(contraction_result(labels, state.rounds)) -%}
    {%- for name in ['_cc_edge', '_cc_hook', '_cc_moved', '_cc_seen', '_cc_label'] -%}
        {%- do run_query('drop table if exists ' ~ name) -%}
    {%- endfor -%}
{%- endmacro %}

{#- Both ends of every edge that was no hook replaced by their roots; duplicates go where many are likely. -#}
{% macro contraction_step(edges, round, is_dense) -%}
    create or replace temporary table _cc_edge as
    select {{ 'distinct' if is_dense }} least(l, r) as a, greatest(l, r) as b
    from (
        select coalesce(left_tree.root, e.a) as l, right_tree.root as r
        from {{ edges }} as e
        join _cc_tree_{{ round }} as right_tree on e.b = right_tree.node_id
        left join _cc_tree_{{ round }} as left_tree on e.a = left_tree.node_id
        where e.a <> right_tree.target
    )
    where l <> r
{%- endmacro %}

{#- Nodes of this round's trees take the label their root got later; those of later rounds are kept. -#}
{% macro contraction_label(round, is_last) -%}
    create or replace temporary table _cc_label as
    {%- if is_last %}
    select node_id, root as component_id from _cc_tree_{{ round }}
    {%- else %}
    select t.node_id, coalesce(n.component_id, t.root) as component_id
    from _cc_tree_{{ round }} as t
    left join _cc_label as n on t.root = n.node_id
    union all
    select node_id, component_id from _cc_label
    {%- endif %}
{%- endmacro %}

{#- Roots of the last round hook to nothing and are their own label. -#}
{% macro contraction_result(labels, rounds) -%}
    create or replace temporary table {{ labels }} as
    {%- if rounds %}
    select node_id, component_id from _cc_label
    union all
    select distinct component_id as node_id, component_id from _cc_label
    {%- else %}
    select cast(null as bigint) as node_id, cast(null as bigint) as component_id where false
    {%- endif %}
{%- endmacro %}

{% macro rows_of(relation) -%}
    {{ return(run_query('select count(*) from ' ~ relation).columns[0].values()[0]) }}
{%- endmacro %}

{% macro stop_unless_converging(round) -%}
    {%- if round >= var('max_contraction_rounds') -%}
        {%- do exceptions.raise_compiler_error(
            'Components did not converge in ' ~ round ~ ' rounds (max_contraction_rounds)') -%}
    {%- endif -%}
{%- endmacro %}
