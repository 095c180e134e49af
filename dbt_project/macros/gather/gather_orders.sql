{#-
    Every order that a person model holds (`identity.order_id` in its yml: column with the number),
    with its customer: that of the order's own record, else of the surest identifier it carries.
-#}
{% macro gather_orders() -%}
    {%- do [ref('record_customer'), ref('identifier_customer')] -%}
    {%- for relation, node in person_models() if node.config.meta['identity'].get('order_id') %}
    {%- set columns = event_identifiers(node) %}
    select
        cast(o.{{ node.config.meta['identity']['order_id'] }} as varchar) as order_id,
        coalesce(
            r.customer_id{% for column in columns %}, by_{{ column }}.customer_id{% endfor %}
        ) as customer_id
    from {{ relation }} as o
    left join {{ ref('record_customer') }} as r
        on r.source_system = '{{ node.config.meta['source_system'] }}'
        and r.stream = '{{ node.config.meta['stream'] }}'
        and cast(o.{{ node.config.meta['identity']['record_key'] }} as varchar) = r.record_key
    {{- customer_joins('o', columns) }}
    union all
    {%- endfor %}
    select cast(null as varchar) as order_id, cast(null as varchar) as customer_id
    where false
{%- endmacro %}
