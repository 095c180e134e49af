{#-
    Every event with its customer, narrow: the identifiers an event carries are asked in the order
    of their policies' priority, then its device. A bot is nobody, and a hit without consent is not
    asked.
-#}
{% macro gather_attributed_events() -%}
    {%- set identifier_customer = ref('identifier_customer') -%}
    {%- set anonymous_customer = ref('anonymous_customer') -%}
    {%- for relation, node in event_models() %}
    {%- set identifiers = event_identifiers(node) %}
    select
        '{{ node.config.meta['source_system'] }}' as source_system,
        '{{ node.config.meta['stream'] }}' as stream,
        e.event_id,
        e.occurred_at,
        e.channel,
        e.campaign,
        e.device,
        e.may_stitch,
        case when e.may_stitch then coalesce(
            {%- for column in identifiers %}
            by_{{ column }}.customer_id,
            {%- endfor %}
            case when not e.names_somebody then d.customer_id end
        ) end as customer_id,
        case
            when e.is_bot then 'bot'
            when not e.may_stitch then 'no_consent'
            {%- for column, identifier_type in identifiers.items() %}
            when by_{{ column }}.customer_id is not null then 'by_{{ identifier_type }}'
            {%- endfor %}
            when e.names_somebody then 'unknown_identifier'
            when d.customer_id is not null then 'device_of_one_customer'
            when d.customers > 1 then 'shared_device'
            else 'anonymous'
        end as attribution_rule
    from (
        select
            cast({{ node.config.meta['event']['event_key'] }} as varchar) as event_id,
            {%- for name in ['occurred_at', 'channel'] %}
            cast({{ event_column(node, name) }} as {{ event_columns()[name] }}) as {{ name }},
            {%- endfor %}
            {{ event_campaign(node) }} as campaign,
            cast({{ (device_columns(node) or ['null'])[0] }} as varchar) as device,
            coalesce({{ event_column(node, 'is_bot') }}, false) as is_bot,
            {{ may_stitch(node) }} as may_stitch,
            {%- for column in identifiers %}
            {{ column }} as {{ column }},
            {%- endfor %}
            {% for column in identifiers %}{{ column }} is not null or {% endfor %}false as names_somebody
        from {{ relation }}
    ) as e
    {%- for column, identifier_type in identifiers.items() %}
    left join {{ identifier_customer }} as by_{{ column }}
        on by_{{ column }}.identifier_type = '{{ identifier_type }}'
        and e.{{ column }} = by_{{ column }}.identifier_value
    {%- endfor %}
    left join {{ anonymous_customer }} as d on e.device = d.anonymous_id
    union all
    {%- endfor %}
    select
        cast(null as varchar) as source_system, cast(null as varchar) as stream,
        cast(null as varchar) as event_id, cast(null as timestamp) as occurred_at,
        cast(null as varchar) as channel, cast(null as varchar) as campaign,
        cast(null as varchar) as device, cast(null as boolean) as may_stitch,
        cast(null as varchar) as customer_id, cast(null as varchar) as attribution_rule
    where false
{%- endmacro %}

{#- Whether an event may be joined with others and with a person: a person's, and not refused. -#}
{% macro may_stitch(node) -%}
    coalesce({{ event_column(node, 'has_analytics_consent') }}, true)
        and not coalesce({{ event_column(node, 'is_bot') }}, false)
{%- endmacro %}

{#- The campaign of an event as one text, null without any. -#}
{% macro event_campaign(node) -%}
    nullif(concat_ws('|', {% for part in ['utm_source', 'utm_medium', 'utm_campaign'] -%}
        {{ event_column(node, part) }}{{ ', ' if not loop.last }}
    {%- endfor %}), '')
{%- endmacro %}

{#- {column: identifier type} of an event model, most trusted type first; devices are not persons. -#}
{% macro event_identifiers(node) -%}
    {%- set ranked = [] -%}
    {%- for column in node.columns.values() -%}
        {%- set type = column.config.meta.get('identifier') -%}
        {%- if type and type in var('identity_policies') -%}
            {%- do ranked.append((var('identity_policies')[type]['priority'], loop.index, column.name, type)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set found = {} -%}
    {%- for _, _, name, type in ranked | sort -%} {%- do found.update({name: type}) -%} {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}
