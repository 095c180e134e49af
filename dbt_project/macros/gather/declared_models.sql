{#-
    declared_models(list_name, key): the models on a list in dbt_project.yml (a var) whose yml
    declares `config.meta.<key>`, as (relation, node) pairs in the order of the list; none while
    parsing.

    Why both: dbt must know the dependency when it parses, and what is in a model's meta only when it
    runs. A model that has one without the other is an error.
-#}
{% macro declared_models(list_name, key) -%}
    {%- set found = [] -%}
    {%- for name in var(list_name, []) -%}
        {%- set relation = ref(name) -%}
        {%- if execute -%}
            {%- set node = graph.nodes['model.' ~ project_name ~ '.' ~ name] -%}
            {%- if not node.config.meta.get(key) -%}
                {%- do exceptions.raise_compiler_error(
                    name ~ ' is in ' ~ list_name ~ ', but its yml has no config.meta.' ~ key) -%}
            {%- endif -%}
            {%- do found.append((relation, node)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() if node.config.meta.get(key)
            and node.name not in var(list_name, []) -%}
            {%- do exceptions.raise_compiler_error(node.name ~ ' declares config.meta.' ~ key
                ~ ': add it to ' ~ list_name ~ ' in dbt_project.yml') -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}
