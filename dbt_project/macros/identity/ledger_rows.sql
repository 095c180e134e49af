{#-
    Rows of a table that publication keeps (source `ops`), or none where it does not exist yet: a home
    that was made before the table was begins from now.

    ledger_rows(name, {column: type})
-#}
{% macro ledger_rows(name, columns) -%}
    {%- set kept = source('ops', name) -%}
    {%- if execute and load_relation(kept) is not none -%}
    select {{ columns | join(', ') }} from {{ kept }}
    {%- else -%}
    select
        {%- for column, type in columns.items() %}
        cast(null as {{ type }}) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    where false
    {%- endif -%}
{%- endmacro %}

{#- Columns of the pairs that linkage judged when somebody was erased, as int_identity__match has them. -#}
{% macro held_match_columns() -%}
    {{ return({
        'left_id': 'bigint', 'right_id': 'bigint', 'probability': 'double', 'match_weight': 'double',
        'status': 'varchar', 'reason': 'varchar',
        'evidence': 'struct(feature varchar, level varchar, weight double)[]',
    }) }}
{%- endmacro %}

{#- Columns of the history of customers' ids with their types; what each means stands in the yml. -#}
{% macro history_columns() -%}
    {{ return({
        'change': 'varchar', 'old_customer_id': 'varchar', 'new_customer_id': 'varchar',
        'records': 'bigint', 'cause': 'varchar', 'detail': 'varchar', 'batch': 'integer',
        'run_id': 'varchar', 'published_at': 'timestamp',
    }) }}
{%- endmacro %}
