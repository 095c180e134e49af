{#-
    The tracking pixel's log as stg_pixel__hit reads it: one shape for logs with a request line and
    for logs with fields of their own, and the parameters of the pixel.
-#}

{#- What was asked for, path and query; an absolute address and CloudFront's second encoding undone. -#}
{% macro pixel_target() -%}
    regexp_replace(
        coalesce(target, uri_stem || coalesce('?' || {{ once_encoded('uri_query') }}, '')),
        '^https?://[^/?]+', ''
    )
{%- endmacro %}

{#- Time of day and day of a log with fields is UTC by their standard; a request line has its offset. -#}
{% macro pixel_time() -%}
    case
        when date is not null then {{ timestamp_utc("date || ' ' || time") }}
        else coalesce(
            timezone('UTC', try_strptime(time, '%d/%b/%Y:%H:%M:%S %z')),
            {{ timestamp_utc('time', source_zone('pixel')) }}
        )
    end
{%- endmacro %}

{#-
    Two equal lines of one file are two hits, and the same line in two files (a log that was rotated
    twice, or delivered by hour and by day) is one: so the ordinal among equal lines of its file is part
    of the id, the file is not.
-#}
{% macro pixel_line() -%}
    md5(concat_ws(chr(31), coalesce(remote_host, ''), coalesce(date, ''), coalesce(time, ''),
        coalesce(method, ''), coalesce(target, uri_stem, request, ''), coalesce(uri_query, ''),
        coalesce(status, ''), coalesce(bytes, ''), coalesce(referer, ''), coalesce(user_agent, ''),
        coalesce(cookie, ''), coalesce(edge_request_id, '')))
{%- endmacro %}

{#- Tags in the page's address. What the pixel was told as cmp is campaign_id: the two may differ. -#}
{% macro pixel_campaign() -%}
    {%- for part in ['source', 'medium', 'campaign', 'term', 'content'] %}
    {%- set tag = query_parameter('page_query', 'utm_' ~ part) %}
    {{ 'lower(' ~ tag ~ ')' if part == 'medium' else tag }} as utm_{{ part }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#- Parameters with a column of their own. -#}
{% macro pixel_parameters() -%}
    {{ return(['cid', 'uid', 'ev', 'u', 'r', 'cmp', 'v', 'cur', 'oid']) }}
{%- endmacro %}

{#- The other parameters, name to decoded text; of a name given twice the last counts. -#}
{% macro pixel_properties(query) -%}
    nullif(json_merge_patch('{}', cast('{' || array_to_string(list_transform(
        list_filter(string_split({{ query }}, '&'), lambda part: contains(part, '=')
            and split_part(part, '=', 1) not in ('{{ pixel_parameters() | join("', '") }}')
        ),
        lambda part: to_json({{ url_text("split_part(part, '=', 1)") }}) || ':'
            || to_json({{ url_text("substr(part, strpos(part, '=') + 1)") }})
    ), ',') || '}' as json)), '{}')
{%- endmacro %}
