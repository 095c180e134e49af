{#-
    solved_at(alias): when a ticket of fct_ticket was solved; of one that is solved or closed and does not say
    when, its last update.
-#}
{% macro solved_at(alias) -%}
    coalesce(
        {{ alias }}.solved_at, case when {{ alias }}.status in ('solved', 'closed') then {{ alias }}.updated_at end
    )
{%- endmacro %}
