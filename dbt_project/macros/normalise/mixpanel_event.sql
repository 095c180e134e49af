{#- What stg_mixpanel__event looks up and how it names what it finds; see mixpanel.sql for ids and times. -#}

{#- Keys looked up in the properties, by the name of the flat column that copies have for them. -#}
{% macro mixpanel_event_keys() -%}
    {{ return({
        'time': 'time', 'distinct_id': 'distinct_id', 'insert_id': '"$insert_id"',
        'distinct_id_before_identity': '"$distinct_id_before_identity"', 'device_id': '"$device_id"',
        'user_id': '"$user_id"', 'mp_processing_time_ms': 'mp_processing_time_ms', 'mp_lib': 'mp_lib',
        'os': '"$os"', 'browser': '"$browser"', 'model': '"$model"', 'current_url': '"$current_url"',
        'referrer': '"$referrer"', 'city': '"$city"', 'region': '"$region"',
        'mp_country_code': 'mp_country_code', 'ae_session_length': '"$ae_session_length"',
    }) }}
{%- endmacro %}

{#- Keys that no copy lifts out: the company's own, under the names Mixpanel recommends. -#}
{% macro mixpanel_own_keys() -%}
    {{ return(['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'session_id',
        'search_query', 'order_id', 'product_id', 'revenue', 'currency']) }}
{%- endmacro %}

{% macro mixpanel_people_keys() -%}
    {{ return({
        'user_id': '"$user_id"', 'email': '"$email"', 'first_name': '"$first_name"',
        'last_name': '"$last_name"', 'name': '"$name"', 'phone': '"$phone"', 'company': 'company',
        'title': 'title', 'created': '"$created"', 'last_seen': '"$last_seen"', 'city': '"$city"',
        'region': '"$region"', 'country_code': '"$country_code"', 'timezone': '"$timezone"',
    }) }}
{%- endmacro %}

{#-
    What kind of thing a reserved event is, or a log-in or sign-up under its usual names. What a
    company names itself and the reference list does not know is a feature of its product.
-#}
{% macro mixpanel_event_kind(c) -%}
    case
        when {{ c }} in ('$identify', '$create_alias', '$merge') then 'identify'
        when {{ c }} = '$mp_web_page_view' then 'page_view'
        when {{ c }} in ('$ae_session', '$session_start') then 'session_start'
        when {{ c }} = '$ae_first_open' then 'app_install'
        when {{ c }} = '$ae_iap' then 'purchase'
        when {{ c }} = '$mp_click' then 'tap'
        when {{ c }} = '$mp_submit' then 'form_submission'
        when {{ c }} = '$experiment_started' then 'experiment_view'
        when left({{ c }}, 1) = '$' then 'other'
    end
{%- endmacro %}

{#- web, mobile or server, by the library that sent the event. -#}
{% macro mixpanel_channel(c) -%}
    case
        when lower({{ c }}) in ('web', 'javascript', 'mixpanel-js') then 'web'
        when regexp_matches(lower({{ c }}), 'iphone|ios|swift|android|react-native|flutter|unity') then 'mobile'
        when {{ c }} is not null then 'server'
    end
{%- endmacro %}

{#- By the operating system, which reserved properties name in one spelling; nothing is guessed. -#}
{% macro mixpanel_device_type(os, model) -%}
    case
        when starts_with({{ model }}, 'iPad') then 'tablet'
        when lower({{ os }}) in ('ios', 'android', 'windows phone', 'blackberry') then 'mobile'
        when lower({{ os }}) in ('windows', 'mac os x', 'macos', 'linux', 'chrome os') then 'desktop'
        when lower({{ os }}) in ('tvos', 'roku') then 'tv'
    end
{%- endmacro %}

{#- Published columns of an event, in order; `who` is an account, unless it is an address. -#}
{% macro mixpanel_event_columns() -%}
    {{ return(['event_id', 'event_name', 'event_kind', 'channel', 'insert_id', 'distinct_id',
        "case when not contains(who, '@') then who end as user_id", 'anonymous_id',
        email('who') ~ ' as email', 'session_key', 'order_id', 'product_id', 'library', 'url',
        'referrer', 'search_query', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_term',
        'utm_content', 'os_name', 'browser_name', 'device_type', 'city', 'region', 'country_code',
        'value', 'currency', 'case when duration_seconds >= 0 then duration_seconds end as duration_seconds',
        'properties', 'occurred_at', 'received_at']) }}
{%- endmacro %}

{#- When Mixpanel took an event in: milliseconds since 1970, in UTC whatever the project's zone. -#}
{% macro mixpanel_ingested(c) -%}
    case when regexp_matches({{ c }}, '^[0-9]{13}$') then make_timestamp(cast({{ c }} as bigint) * 1000) end
{%- endmacro %}
