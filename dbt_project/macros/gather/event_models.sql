{#-
    The staging models whose rows are things that happened: those with `config.meta.event` in their
    yml, named in the `event_models` var (dbt must know the dependency when it parses).

    config.meta.event
      event_key   column that identifies a row within its stream
      columns     {conformed column: expression over the model's columns}, where the names differ;
                  a conformed column that the model has under its own name needs no mention
      devices     columns that hold a cookie or device id; default [anonymous_id]
      record      {stream, record_key}: the person record of the same system that the event is about
      actor       column whose value is given to one person, such as a referral code: who is named on one
                  event of the stream did the others with the same value

    event_models() returns (relation, node) pairs in the order of the var; none while parsing.
-#}
{% macro event_models() -%}
    {%- set found = declared_models('event_models', 'event') -%}
    {%- for _, node in found -%}
        {%- set event = node.config.meta['event'] -%}
        {%- if not event.get('event_key') -%}
            {%- do exceptions.raise_compiler_error(
                node.name ~ ' is in event_models, but its yml has no config.meta.event.event_key') -%}
        {%- endif -%}
        {%- set unknown = (event.get('columns') or {}).keys() | reject('in', event_columns().keys()) | list -%}
        {%- if unknown -%}
            {%- do exceptions.raise_compiler_error(node.name ~ ': config.meta.event.columns names '
                ~ unknown | join(', ') ~ '; an event has ' ~ event_columns().keys() | join(', ')) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{#- The conformed columns of an event with their types; what each means stands in the yml of fct_event. -#}
{% macro event_columns() -%}
    {%- set text = ['event_type', 'event_name', 'event_kind', 'channel', 'user_id', 'anonymous_id',
        'device_id', 'session_key', 'url', 'path', 'referrer', 'search_query', 'utm_source',
        'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'campaign_id', 'object_type',
        'object_id', 'object_name', 'order_id', 'product_id', 'currency', 'device_type', 'os_name',
        'browser_name', 'country_code'] -%}
    {%- set types = {} -%}
    {%- for name in text -%} {%- do types.update({name: 'varchar'}) -%} {%- endfor -%}
    {%- do types.update({
        'properties': 'json', 'value': 'decimal(18, 4)', 'duration_seconds': 'decimal(18, 3)',
        'is_bot': 'boolean', 'has_analytics_consent': 'boolean', 'has_ads_consent': 'boolean',
        'occurred_at': 'timestamp', 'received_at': 'timestamp',
    }) -%}
    {{ return(types) }}
{%- endmacro %}

{#- event_column(node, name): SQL of a conformed column over the model's own; null when it has none. -#}
{% macro event_column(node, name) -%}
    {%- set mapped = (node.config.meta['event'].get('columns') or {}).get(name) -%}
    {%- if mapped is not none -%} {{ return(mapped | string) }}
    {%- elif name in node.columns -%} {{ return(name) }}
    {%- else -%} {{ return('cast(null as ' ~ event_columns()[name] ~ ')') }}
    {%- endif -%}
{%- endmacro %}

{#- Columns of an event model that hold a cookie or device id. -#}
{% macro device_columns(node) -%}
    {%- set declared = node.config.meta['event'].get('devices') -%}
    {%- if declared is not none -%} {{ return(declared) }} {%- endif -%}
    {{ return(['anonymous_id'] if 'anonymous_id' in node.columns else []) }}
{%- endmacro %}
