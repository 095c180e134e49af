{#-
    By what an event of a model names a person: a list of {name, sql, type}, the surest first.

    record       the person's own record in the event's system (`event.record` in the yml:
                 {stream, record_key}); two lists may hold one address for two people
    identifiers  columns with an identifier type that has a policy, most trusted type first
    order_id     the order an event is about: whoever it belongs to did it. An order that is not
                 known says nothing of who was there, hence it is not among event_identifiers.
-#}
{% macro event_names(node) -%}
    {%- set found = [] -%}
    {%- set event = node.config.meta['event'] -%}
    {%- if event.get('record') -%}
        {%- do found.append({'name': 'record', 'sql': event['record']['record_key'], 'type': 'record'}) -%}
    {%- endif -%}
    {%- for column, identifier_type in event_identifiers(node).items() -%}
        {%- do found.append({'name': column, 'sql': column, 'type': identifier_type}) -%}
    {%- endfor -%}
    {%- if 'order_id' in (event.get('columns') or {}) or 'order_id' in node.columns -%}
        {%- do found.append({'name': 'order_id', 'sql': event_column(node, 'order_id'), 'type': 'order_id'}) -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}

{#- Columns `name_<name>` of what an event names; to stand in a select over the model. -#}
{% macro event_name_columns(node) -%}
    {%- for name in event_names(node) %}
    cast({{ name['sql'] }} as varchar) as name_{{ name['name'] }},
    {%- endfor %}
{%- endmacro %}

{#- Left joins of who each name of event `e` is: `by_<name>.customer_id`. -#}
{% macro event_name_joins(node) -%}
    {%- for name in event_names(node) %}
    {%- set by = 'by_' ~ name['name'] %}
    {%- if name['type'] == 'record' %}
    left join {{ ref('record_customer') }} as {{ by }}
        on {{ by }}.source_system = '{{ node.config.meta['source_system'] }}'
        and {{ by }}.stream = '{{ node.config.meta['event']['record']['stream'] }}'
        and e.name_record = {{ by }}.record_key
    {%- elif name['type'] == 'order_id' %}
    left join {{ ref('int_identity__order_customer') }} as {{ by }} on e.name_order_id = {{ by }}.order_id
    {%- else %}
    left join {{ ref('identifier_customer') }} as {{ by }}
        on {{ by }}.identifier_type = '{{ name['type'] }}' and e.name_{{ name['name'] }} = {{ by }}.identifier_value
    {%- endif %}
    {%- endfor %}
{%- endmacro %}

{#- Whether event `e` names somebody by an identifier, known or not; an order alone is no name. -#}
{% macro event_names_somebody(node) -%}
    ({% for column in event_identifiers(node) %}e.name_{{ column }} is not null or {% endfor %}false)
{%- endmacro %}

{#- Customer whom event `e` shows at its device, by the surest thing it carries and nothing weaker. -#}
{% macro event_person(node) -%}
    case
        {%- for name in event_names(node) if name['type'] != 'record' %}
        when e.name_{{ name['name'] }} is not null then by_{{ name['name'] }}.customer_id
        {%- endfor %}
        when false then ''
    end
{%- endmacro %}

{#- What the joins read. dbt must know it while parsing, when no event model is known yet. -#}
{% macro event_name_refs() -%}
    {%- for model in ['record_customer', 'identifier_customer', 'int_identity__order_customer'] -%}
        {%- do ref(model) -%}
    {%- endfor -%}
{%- endmacro %}
