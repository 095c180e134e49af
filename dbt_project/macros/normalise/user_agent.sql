{#-
    user_agent(c): what a user agent says, as a struct with browser_name, os_name, device_type
    (desktop, mobile, tablet, tv, bot, other) and is_bot; null when there is none.

    c     SQL expression of the text of the header, not escaped

    Why a function and not SQL: the patterns are a published list of some thousand that changes every
    month, see dbt_project/udf/user_agent.py. It looks at each distinct text once.
-#}
{% macro user_agent(c) -%}
    user_agent_facts({{ key_text(c) }})
{%- endmacro %}

{#-
    plain_user_agent(c): the text as the browser sent it. Logs of the W3C family have no spaces in a
    field: CloudFront writes %20, IIS a plus; a text with a space in it is already plain.
-#}
{% macro plain_user_agent(c) -%}
    case
        when not contains({{ c }}, ' ') and regexp_matches({{ c }}, '%[0-9A-Fa-f]{2}')
            then {{ url_text(once_encoded(c), plus=false) }}
        when not contains({{ c }}, ' ') and contains({{ c }}, '+(')
            then replace({{ c }}, '+', ' ')
        else {{ c }}
    end
{%- endmacro %}
