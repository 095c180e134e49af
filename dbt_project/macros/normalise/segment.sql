{#-
    The Segment spec as stg_segment__event reads it: which keys are looked up and how an event is
    put together. Here because the model must stay one readable pass; nothing else uses it.
-#}
{% macro segment_event_types() -%}
    ('identify', 'track', 'page', 'screen', 'group', 'alias')
{%- endmacro %}

{% macro segment_context_keys() -%}
    {{ return(['sessionId', 'device.id', 'device.advertisingId', 'campaign.source', 'campaign.medium',
        'campaign.name', 'campaign.term', 'campaign.content', 'userAgent', 'os.name', 'ip', 'locale',
        'library.name', 'page.url', 'page.path', 'page.referrer', 'page.search']) }}
{%- endmacro %}

{% macro segment_property_keys() -%}
    {{ return(['order_id', 'orderId', 'product_id', 'productId', 'name', 'currency', 'revenue',
        'total', 'url', 'path', 'referrer', 'search']) }}
{%- endmacro %}

{% macro segment_context(key) -%} ctx[{{ segment_context_keys().index(key) + 1 }}] {%- endmacro %}

{% macro segment_property(key) -%} prop[{{ segment_property_keys().index(key) + 1 }}] {%- endmacro %}

{#- The spec writes order_id, some libraries orderId. -#}
{% macro segment_shop_id(thing) -%}
    coalesce({{ segment_property(thing ~ '_id') }}, {{ segment_property(thing ~ 'Id') }})
{%- endmacro %}

{#- What a page call says about its page, else the page the library saw. -#}
{% macro segment_page(key) -%}
    coalesce({{ segment_property(key) }}, {{ segment_context('page.' ~ key) }})
{%- endmacro %}

{% macro segment_page_columns() -%}
    {%- for key in ['url', 'path', 'referrer', 'search'] %}
    {{ segment_page(key) }} as {{ key }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{% macro segment_campaign() -%}
    {%- for key in ['source', 'medium', 'name', 'term', 'content'] %}
    {{ segment_context('campaign.' ~ key) }} as utm_{{ 'campaign' if key == 'name' else key }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#- Only an order's total is its revenue; a cart's or a coupon's `total` is something else. -#}
{% macro segment_revenue() -%}
    coalesce({{ segment_property('revenue') }},
        case when lower(event) = 'order completed' then {{ segment_property('total') }} end)
{%- endmacro %}

{#-
    Time of the event by the server's clock. `timestamp` is that already. A device that sends only
    its own time also sends when it sent, so its clock's error is known: received - sent.
-#}
{% macro segment_occurred_at() -%}
    case
        when {{ key_text('timestamp') }} is not null then told
        when {{ key_text('original_timestamp') }} is not null
            then told + coalesce(received - sent, interval 0 second)
        else coalesce(received, sent)
    end
{%- endmacro %}

{#- A group call's traits are the group's; some libraries send a person's traits in the context. -#}
{% macro segment_person_traits() -%}
    case
        when lower(type) <> 'group' and len(cast(traits as varchar)) > 2 then traits
        when contains(cast(context as varchar), '"traits"')
            then nullif(nullif(json_extract(context, '$.traits'), '{}'), 'null')
    end
{%- endmacro %}

{#- web, mobile or server: what the event says, else what its library gives away. -#}
{% macro segment_channel() -%}
    case
        when lower(channel) in ('web', 'browser', 'client') then 'web'
        when lower(channel) in ('mobile', 'app') then 'mobile'
        when lower(channel) in ('server', 'source') then 'server'
        when type = 'screen' or {{ segment_context('device.id') }} is not null then 'mobile'
        when {{ segment_context('page.url') }} is not null
            or contains({{ segment_context('library.name') }}, 'analytics.js') then 'web'
        when {{ segment_context('library.name') }} is not null then 'server'
    end
{%- endmacro %}

{#- Stands in for a missing message id: the same content is the same event, wherever it is read. -#}
{% macro segment_content_hash() -%}
    md5(concat_ws(chr(31), type, user_id, anonymous_id, previous_id, group_id, event, name,
        timestamp, original_timestamp, cast(traits as varchar), cast(properties as varchar),
        cast(context as varchar)))
{%- endmacro %}

{#- Published columns of an event, in order. -#}
{% macro segment_event_columns() -%}
    {{ return([
        'message_id', 'event_type', 'event_name', 'user_id', 'anonymous_id', 'previous_id',
        'group_id', 'session_id', 'channel', 'url', 'path', 'referrer', 'search', 'utm_source',
        'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'device_id', 'advertising_id',
        'user_agent', 'os_name', 'ip', 'locale', 'library', 'order_id', 'product_id', 'revenue',
        'currency', 'trait_email', 'trait_phone', 'traits', 'properties', 'occurred_at',
        'received_at'
    ]) }}
{%- endmacro %}
