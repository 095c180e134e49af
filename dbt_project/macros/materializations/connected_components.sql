{#-
    Materialization `connected_components`: edges in, one component label per node out.

    The model returns (left_id, right_id): any number of undirected edges between hashed node ids;
    self edges and duplicates are allowed. The table has (node_id, component_id), one row per node
    that has an edge; component_id is the least node of the component, so that it is equal for two
    nodes exactly when a path joins them. How: macro contract_edges.

    Beside it lies `<model>__kept`, the edges the labels were made of. A later run compares the edges
    with these and touches only the components that changed edges reach: macro change_components,
    which gives what a full run gives. The first run, `--full-refresh`, a missing table of the two
    and changes of more than `max_changed_share` (config, default 0.1) of the edges do it whole.
    Both tables change in one transaction, so a killed run leaves the pair of the run before.
-#}
{% materialization connected_components, adapter='duckdb' %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set kept = api.Relation.create(database=this.database, schema=this.schema,
        identifier=this.identifier ~ '__kept', type='table') -%}
    {%- set has_state = existing is not none and existing.type == 'table' and not should_full_refresh()
        and load_cached_relation(kept) is not none -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% if existing is not none and existing.type == 'view' %}{% do adapter.drop_relation(existing) %}{% endif %}

    {#- the first statement opens the transaction that the commit below ends -#}
    {% call statement('main') -%}
        create or replace {{ 'temporary table _cc_new' if has_state else 'table ' ~ kept }} as
        select least(left_id, right_id) as a, greatest(left_id, right_id) as b
        from ({{ compiled_code }})
        where left_id <> right_id
    {%- endcall %}
    {% set state = namespace(is_done=false) %}
    {% if has_state %}
        {% set limit = config.get('max_changed_share', 0.1) * rows_of(kept) %}
        {% set state.is_done = change_components(target_relation, kept, '_cc_new', limit) %}
        {% if not state.is_done %}
            {% do run_query('create or replace table ' ~ kept ~ ' as select a, b from _cc_new') %}
        {% endif %}
        {% do run_query('drop table _cc_new') %}
    {% endif %}
    {% if not state.is_done %}
        {% do contract_edges(kept, '_cc_result') %}
        {% do run_query('create or replace table ' ~ target_relation
            ~ ' as select node_id, component_id from _cc_result') %}
        {% do run_query('drop table _cc_result') %}
    {% endif %}

    {% do persist_docs(target_relation, model) %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do adapter.commit() %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_relation, kept]}) }}
{% endmaterialization %}
