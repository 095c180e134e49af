{#-
    Descriptions as comments of a table and its columns, in one statement. dbt's own asks for the
    columns twice, each time in a context of all macros made for it.
-#}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
    {%- set comments = [] -%}
    {%- if for_relation and config.persist_relation_docs() and model.description -%}
        {%- do comments.append(alter_relation_comment(relation, model.description)) -%}
    {%- endif -%}
    {%- if for_columns and config.persist_column_docs() and model.columns -%}
        {%- set there = run_query('describe ' ~ relation).columns['column_name'].values() | list -%}
        {%- set documented = validate_doc_columns(relation, model.columns, there) -%}
        {%- for name, column in documented.items() -%}
            {%- do comments.append(
                'comment on column ' ~ relation ~ '.'
                ~ (adapter.quote(name) if column['quote'] else name)
                ~ ' is ' ~ duckdb_escape_comment(column['description']) ~ ';'
            ) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if comments -%}
        {%- call statement('comments') -%}{{ comments | join('\n') }}{%- endcall -%}
    {%- endif -%}
{%- endmacro %}
