{#-
    Every event with its customer, narrow: what an event names is asked in the order of event_names,
    then who else acted under the same `event.actor` of its stream, then its device: one customer's, or
    who was there by the log-in intervals. A bot is nobody, and a hit without consent is not asked.
-#}
{% macro gather_attributed_events() -%}
    {%- do event_name_refs() -%}
    {%- set anonymous_customer = ref('anonymous_customer') -%}
    {%- set device_event = ref('int_identity__device_event') -%}
    {%- for relation, node in event_models() %}
    {%- set names, actor = event_names(node), node.config.meta['event'].get('actor') %}
    {%- set system, stream = node.config.meta['source_system'], node.config.meta['stream'] %}
    {%- set found %}coalesce({% for name in names %}by_{{ name['name'] }}.customer_id, {% endfor %}null){% endset %}
    select
        '{{ system }}' as source_system,
        '{{ stream }}' as stream,
        e.event_id,
        e.occurred_at,
        e.channel,
        e.campaign,
        e.device,
        e.may_stitch,
        case when e.may_stitch then {{ found }} end as named_customer_id,
        {{ actor_customer(found, actor) }} as actor_customer_id,
        case when e.may_stitch then coalesce(
            named_customer_id, actor_customer_id,
            case when not {{ event_names_somebody(node) }} then coalesce(d.customer_id, v.customer_id) end
        ) end as customer_id,
        case
            when e.is_bot then 'bot'
            when not e.may_stitch then 'no_consent'
            {%- for name in names %}
            when by_{{ name['name'] }}.customer_id is not null then 'by_{{ name['type'] }}'
            {%- endfor %}
            when actor_customer_id is not null then 'by_{{ actor }}'
            when {{ event_names_somebody(node) }} then 'unknown_identifier'
            when d.customer_id is not null then 'device_of_one_customer'
            when v.customer_id is not null then v.attribution_rule
            when d.customers > 1 then 'shared_device'
            else 'anonymous'
        end as attribution_rule
    from (
        select
            {{- event_name_columns(node) }}
            cast({{ node.config.meta['event']['event_key'] }} as varchar) as event_id,
            {%- for name in ['occurred_at', 'channel'] %}
            cast({{ event_column(node, name) }} as {{ event_columns()[name] }}) as {{ name }},
            {%- endfor %}
            {{ event_campaign(node) }} as campaign,
            cast({{ (device_columns(node) or ['null'])[0] }} as varchar) as device,
            cast({{ actor or 'null' }} as varchar) as actor,
            coalesce({{ event_column(node, 'is_bot') }}, false) as is_bot,
            {{ may_stitch(node) }} as may_stitch
        from {{ relation }}
    ) as e
    {{- event_name_joins(node) }}
    left join {{ anonymous_customer }} as d on e.device = d.anonymous_id
    left join {{ device_event }} as v
        on e.device = v.anonymous_id and v.source_system = '{{ system }}'
        and v.stream = '{{ stream }}' and e.event_id = v.event_id
    union all
    {%- endfor %}
    select
        cast(null as varchar) as source_system, cast(null as varchar) as stream,
        cast(null as varchar) as event_id, cast(null as timestamp) as occurred_at,
        cast(null as varchar) as channel, cast(null as varchar) as campaign,
        cast(null as varchar) as device, cast(null as boolean) as may_stitch,
        cast(null as varchar) as named_customer_id, cast(null as varchar) as actor_customer_id,
        cast(null as varchar) as customer_id, cast(null as varchar) as attribution_rule
    where false
{%- endmacro %}

{#-
    The one customer whom the events of the same actor (`event.actor` in the yml: a column such as a
    referral code, which is given to one person) name; null without actor or when they name several.
-#}
{% macro actor_customer(found, actor) -%}
    {%- if actor -%}
    {%- set named = 'case when e.may_stitch and e.actor is not null then ' ~ found ~ ' end' -%}
    case
        when min({{ named }}) over (partition by e.actor) = max({{ named }}) over (partition by e.actor)
            then min({{ named }}) over (partition by e.actor)
    end
    {%- else -%}
    cast(null as varchar)
    {%- endif -%}
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
