{#-
    Materialization `table`: the select in, one table out, as dbt-duckdb's own does it: the table is
    built beside the one that stands and takes its place in the same transaction, so a killed run
    leaves the table of the run before, and a model may read its own last version.

    Taking the place is one statement here. dbt-duckdb renames twice and drops a backup, for which
    dbt makes a context of all macros each time: that took a third of a run on small data. What it
    does besides for foreign keys, indexes, grants and DuckLake, no model of this project uses.
-#}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}
    {%- set language = model['language'] -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set beside = make_intermediate_relation(target_relation) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {#- the first statement opens the transaction that the commit below ends -#}
    {% call statement('main', language=language) -%}
        {{- create_table_as(False, beside, compiled_code, language) }}
    {%- endcall %}
    {% call statement('replace') -%}
        {% if existing is not none %}drop {{ existing.type }} {{ existing }};{% endif %}
        alter table {{ beside }} rename to {{ target_relation.include(database=False, schema=False) }};
    {%- endcall %}

    {% do persist_docs(target_relation, model) %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do adapter.commit() %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
