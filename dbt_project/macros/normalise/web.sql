{#-
    Web addresses: what can be a link, its parts, and the values in its query.

    web_url(c)              the address, or null when it is no http(s) or app address: a script, a
                            data: or a file: address is no page that somebody saw
    url_host(c)             host in lower case without port and without www.
    url_path(c)             path, `/` when there is none
    is_own_host(a, b)       whether two hosts are the same site: equal, or one below the other
    query_parameter(q, n)   decoded value of a parameter in a query string without its `?`
    url_text(c)             percent sequences and + decoded; what cannot be decoded stays as it is,
                            because half a value still says where it came from
-#}
{% macro web_url(c) -%}
    case
        when regexp_matches({{ c }}, '^\s*(?i:https?|android-app|ios-app)://[^\s/]')
            then trim({{ c }})
    end
{%- endmacro %}

{% macro url_host(c) -%}
    nullif(lower(regexp_extract(
        {{ c }}, '^[A-Za-z-]+://(?:[^/?#@]*@)?(?i:www\.)?([^/?#:]+)', 1
    )), '')
{%- endmacro %}

{% macro url_path(c) -%}
    case
        when {{ c }} is not null
            then coalesce(nullif(regexp_extract({{ c }}, '^[A-Za-z-]+://[^/?#]*([^?#]*)', 1), ''), '/')
    end
{%- endmacro %}

{% macro is_own_host(a, b) -%}
    ({{ a }} = {{ b }} or ends_with({{ a }}, '.' || {{ b }}) or ends_with({{ b }}, '.' || {{ a }}))
{%- endmacro %}

{#-
    is_search_engine(host): engines that Google Analytics too counts as organic, the large ones; their
    mail and documents are none.
-#}
{% macro is_search_engine(host) -%}
    (regexp_matches(
        {{ host }},
        '(^|\.)(google|bing|yahoo|duckduckgo|ecosia|baidu|yandex|naver|startpage|search\.brave)\.[a-z]{2,3}(\.[a-z]{2})?$'
    ) and not regexp_matches({{ host }}, '^(mail|docs|drive|calendar|meet|accounts)\.'))
{%- endmacro %}

{% macro query_parameter(query, name) -%}
    nullif(trim({{ url_text(
        "nullif(regexp_extract(" ~ query ~ ", '(?:^|&)" ~ name ~ "=([^&#]*)', 1), '')"
    ) }}), '')
{%- endmacro %}

{#- url_query(c): the query string of an address, without `?` and fragment. -#}
{% macro url_query(c) -%}
    nullif(regexp_extract({{ c }}, '\?([^#]*)', 1), '')
{%- endmacro %}

{#-
    A text cut in the middle of a character ends with sequences that are none: without them it can be
    decoded. A decoded NUL is no text. A text without a percent sign, which is most, is not decoded.
-#}
{% macro url_text(c, plus=true) -%}
    {%- set spaced = "replace(" ~ c ~ ", '+', ' ')" if plus else c -%}
    case
        when contains({{ c }}, '%')
            then replace(coalesce(
                try(url_decode({{ spaced }})),
                nullif(try(url_decode(regexp_replace({{ spaced }}, '(?:%[89A-Fa-f][0-9A-Fa-f]?)*%?$', ''))), ''),
                {{ c }}
            ), chr(0), '')
        else {{ spaced }}
    end
{%- endmacro %}

{#-
    once_encoded(c): a field of a log whose writer encoded it once more. CloudFront encodes every
    percent sign, so a text in which all of them are `%25` was encoded twice and is decoded once;
    a text that has another percent sequence was not.
-#}
{% macro once_encoded(c) -%}
    case
        when contains({{ c }}, '%25') and not regexp_matches({{ c }}, '%(?:[^2]|2[^5]|2?$)')
            then replace({{ c }}, '%25', '%')
        else {{ c }}
    end
{%- endmacro %}
