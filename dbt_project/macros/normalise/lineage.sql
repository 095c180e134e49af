{#- lineage(): the columns that say where a row came from; every staging model passes them through. -#}
{% macro lineage() -%}
    _file, _row, _load_id, _batch, _loaded_at
{%- endmacro %}
