{#-
    The part of a graph that changed edges reach, and the labels it gets (see change_components).
-#}
{#- Every node of a component that lost an edge. -#}
{% macro reset_nodes(components) -%}
    create or replace temporary table _cc_reset as
    select node_id from {{ components }}
    where component_id in (
        select component_id from {{ components }}
        where node_id in (select a from _cc_changed where not is_new)
    )
{%- endmacro %}

{#- New edges, and the edges that components which lost one still have. -#}
{% macro reaching_edges(kept) -%}
    create or replace temporary table _cc_reaching as
    select a, b from _cc_changed where is_new
    union all
    select k.a, k.b
    from (select a, b from {{ kept }} where a in (select node_id from _cc_reset)) as k
    left join (select a, b from _cc_changed where not is_new) as gone
        on k.a = gone.a and k.b = gone.b
    where gone.a is null
{%- endmacro %}

{#- The ends of these edges with the node that stands for them: themselves when new or reset. -#}
{% macro places(components) -%}
    create or replace temporary table _cc_place as
    with ends as (
        select a as node_id from _cc_reaching
        union
        select b from _cc_reaching
    )
    select
        e.node_id,
        coalesce(c.component_id, e.node_id) as place_id,
        c.component_id is null as is_own
    from ends as e
    left join (
        select node_id, component_id from {{ components }}
        where node_id in (select node_id from ends)
            and node_id not in (select node_id from _cc_reset)
    ) as c on e.node_id = c.node_id
{%- endmacro %}

{% macro super_edges() -%}
    create or replace temporary table _cc_super as
    select least(l.place_id, r.place_id) as a, greatest(l.place_id, r.place_id) as b
    from _cc_reaching as e
    join _cc_place as l on e.a = l.node_id
    join _cc_place as r on e.b = r.node_id
    where l.place_id <> r.place_id
{%- endmacro %}

{#- The rows that are new or have another label than before. -#}
{% macro changed_rows(components) -%}
    create or replace temporary table _cc_row as
    select p.node_id, coalesce(j.component_id, p.place_id) as component_id
    from _cc_place as p
    left join _cc_joined as j on p.place_id = j.node_id
    where p.is_own
    union all
    select c.node_id, j.component_id
    from {{ components }} as c
    join (
        select node_id, component_id from _cc_joined
        where node_id <> component_id and node_id not in (select node_id from _cc_reset)
    ) as j on c.component_id = j.node_id
{%- endmacro %}
