{#-
    shop_consent_columns(): what a shop customer agreed to, by channel, with the time of the answer. The
    API nests state and time per channel; exports have one flag, without which nothing was said.
-#}
{% macro shop_consent_columns() -%}
    {%- set zone = source_zone('shopify') -%}
    {%- for channel, flag, at in [
        ('email', 'accepts_marketing', 'accepts_marketing_updated_at'),
        ('sms', 'accepts_sms_marketing', 'cast(null as varchar)')] %}
    {%- set nested = channel ~ '_marketing_consent' %}
    coalesce({{ consent_state(nested ~ " ->> '$.state'") }}, {{ consent_state(flag) }}) as {{ channel }}_consent_state,
    {{ timestamp_utc('coalesce(' ~ nested ~ " ->> '$.consent_updated_at', " ~ at ~ ')', zone) }} as {{ channel }}_consent_at
    {{- ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{% macro shop_consent_names() -%}
    {{ return(['email_consent_state', 'email_consent_at', 'sms_consent_state', 'sms_consent_at']) }}
{%- endmacro %}
