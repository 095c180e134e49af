{#-
    Materialization `staged`: one select in, two tables out.

    The model returns every version of every row with `_reject_reasons`, a list of codes. Rows
    with a reason move whole to `quarantine.<model>`; of the others the latest version per
    `unique_key` stays in the model's own table. All of it is one transaction, so a killed run
    leaves the tables of the run before.

    Config
      unique_key       column (or list) that identifies a row
      version_by       column that orders versions of a key, latest first; without it, or where it
                       is equal or null, the file name decides, then the later delivery, then the
                       later row. Arrival order is asked last, so that the order in which files
                       come cannot change the outcome while their names tell them apart.
    Adds
      _first_batch     first published batch in which the key was seen (anchors stable ids)
      _version_count   versions of the key seen so far
    Only keys that occur more than once are sorted: in a stream of events nearly none do.
-#}
{% materialization staged, adapter='duckdb' %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set keys = config.require('unique_key') -%}
    {%- set keys = [keys] if keys is string else keys -%}
    {%- set key = keys | join(', ') -%}
    {%- set version_by = config.get('version_by') -%}
    {%- set quarantined = api.Relation.create(
        database=this.database, schema='quarantine', identifier=this.identifier, type='table') -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% if existing is not none and existing.type == 'view' %}{% do adapter.drop_relation(existing) %}{% endif %}

    {% call statement('main') -%}
        create or replace table {{ target_relation }} as
        select *, _batch as _first_batch, 1 as _version_count from ({{ compiled_code }})
    {%- endcall %}
    {% call statement('quarantine') -%}
        create or replace table {{ quarantined }} as
        select * exclude (_first_batch, _version_count) from {{ target_relation }}
        where len(_reject_reasons) > 0
    {%- endcall %}
    {% call statement('accept') -%}
        delete from {{ target_relation }} where len(_reject_reasons) > 0
    {%- endcall %}
    {% call statement('versions') -%}
        create or replace temporary table _versions as
        select
            {{ key }}, rowid as _rowid,
            min(_batch) over (partition by {{ key }}) as _first_batch,
            count(*) over (partition by {{ key }}) as _version_count,
            row_number() over (
                partition by {{ key }}
                order by {% if version_by %}{{ version_by }} desc nulls last, {% endif -%}
                    _file desc, _load_id desc, _row desc
            ) as _age
        from {{ target_relation }}
        semi join (
            select {{ key }} from {{ target_relation }} group by all having count(*) > 1
        ) using ({{ key }})
    {%- endcall %}
    {% call statement('latest') -%}
        delete from {{ target_relation }}
        where rowid in (select _rowid from _versions where _age > 1)
    {%- endcall %}
    {% call statement('seen') -%}
        update {{ target_relation }} as kept
        set _first_batch = v._first_batch, _version_count = v._version_count
        from _versions as v
        where v._age = 1 and v._rowid = kept.rowid
    {%- endcall %}
    {% call statement('shape') -%}
        alter table {{ target_relation }} drop column _reject_reasons
    {%- endcall %}
    {% do run_query('drop table if exists _versions') %}

    {% do persist_docs(target_relation, model) %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do adapter.commit() %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
