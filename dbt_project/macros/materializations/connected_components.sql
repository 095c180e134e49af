{#-
    Materialization `connected_components`: edges in, one component label per node out.

    The model returns (left_id, right_id): any number of undirected edges between hashed node ids;
    self edges and duplicates are allowed. The table has (node_id, component_id), one row per node
    that has an edge; component_id is equal for two nodes exactly when a path joins them.

    Method: min-label edge contraction. Each round every node points to the least of itself and its
    neighbours; both ends of every edge are replaced by what they point to; edges that became self
    edges or duplicates go. When none is left, the rounds' maps are composed backwards. With ids
    that are hashes the number of rounds grows with the logarithm of the longest path; ids in an
    order that follows the paths would need as many rounds as the path is long, so never pass
    sequence numbers.

    Raises a compilation error after `max_contraction_rounds` (var) rounds rather than publish a
    partition that has not converged.
    Statements used: group by, min, least, join, distinct; temporary tables are the only thing to
    dispatch for another engine.
-#}
{% materialization connected_components, adapter='duckdb' %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set rounds = [] -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {% call statement('edges') -%}
        create or replace temporary table _cc_edge as
        select distinct least(left_id, right_id) as a, greatest(left_id, right_id) as b
        from ({{ compiled_code }})
        where left_id <> right_id
    {%- endcall %}
    {% set state = namespace(edges=1) %}
    {% for round in range(var('max_contraction_rounds') + 1) if state.edges > 0 %}
        {% set state.edges = run_query('select count(*) from _cc_edge').columns[0].values()[0] %}
        {% if state.edges > 0 %}
            {% if round == var('max_contraction_rounds') %}
                {% do exceptions.raise_compiler_error(
                    this.identifier ~ ': components did not converge in ' ~ round ~ ' rounds. Are '
                    ~ 'the node ids hashes? Sequence numbers need as many rounds as the longest '
                    ~ 'chain is long.') %}
            {% endif %}
            {% do rounds.append(round) %}
            {% do run_query(contraction_map(round)) %}
            {% do run_query(contraction_step(round)) %}
        {% endif %}
    {% endfor %}

    {#- from the last round back to the first: a node's label is the label of what it points to -#}
    {% for round in rounds | reverse %}
        {% do run_query(contraction_label(round, rounds | length)) %}
    {% endfor %}
    {% call statement('main') -%}
        create or replace table {{ target_relation }} as
        {% if rounds -%}
        select node_id, component_id from _cc_label_0
        {%- else -%}
        select null::bigint as node_id, null::bigint as component_id where false
        {%- endif %}
    {%- endcall %}
    {% do run_query('drop table if exists _cc_edge') %}
    {% for round in rounds %}{% do run_query('drop table if exists _cc_label_' ~ round) %}{% endfor %}

    {% do persist_docs(target_relation, model) %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do adapter.commit() %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{#- node -> least of itself and its neighbours, over the edges of this round -#}
{% macro contraction_map(round) -%}
    create or replace temporary table _cc_map_{{ round }} as
    select node_id, min(least(node_id, neighbour)) as target
    from (
        select a as node_id, b as neighbour from _cc_edge
        union all
        select b, a from _cc_edge
    )
    group by node_id
{%- endmacro %}

{#- both ends of every edge replaced by their targets -#}
{% macro contraction_step(round) -%}
    create or replace temporary table _cc_edge as
    select distinct least(l.target, r.target) as a, greatest(l.target, r.target) as b
    from _cc_edge as e
    join _cc_map_{{ round }} as l on e.a = l.node_id
    join _cc_map_{{ round }} as r on e.b = r.node_id
    where l.target <> r.target
{%- endmacro %}

{#- label of a node = label its target got in the next round, or the target when it has none -#}
{% macro contraction_label(round, rounds) -%}
    create or replace temporary table _cc_label_{{ round }} as
    select
        m.node_id,
        {{ 'coalesce(n.component_id, m.target)' if round + 1 < rounds else 'm.target' }}
            as component_id
    from _cc_map_{{ round }} as m
    {% if round + 1 < rounds -%}
    left join _cc_label_{{ round + 1 }} as n on m.target = n.node_id
    {%- endif %};
    drop table _cc_map_{{ round }}
{%- endmacro %}
