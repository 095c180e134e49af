{#-
    Whether the properties of an event carry a signal of Global Privacy Control that is on, under any of the
    names that tag managers give it: gpc, sec-gpc, globalPrivacyControl. Null without one.
-#}
{% macro privacy_signal(properties) -%}
    case when regexp_matches(
        cast({{ properties }} as varchar),
        '(?i)"(?:sec[-_]?gpc|gpc|global_?privacy_?control)"\s*:\s*"?(?:true|1|yes)\b'
    ) then true end
{%- endmacro %}
