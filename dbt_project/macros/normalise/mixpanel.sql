{#-
    Mixpanel as its models read it: where a property lies, what its clock means, whom an id means.
    Here because event and people share it; nothing else uses it.
-#}

{#- mixpanel_values(keys): one column per flat name, the flat column first, else what `prop` holds. -#}
{% macro mixpanel_values(keys) -%}
    {%- for column in keys %}
    {{ key_text('coalesce(' ~ column ~ ', prop[' ~ loop.index ~ '])') }} as {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#-
    mixpanel_time(c, zone): TIMESTAMP in UTC of the export's `time`.

    The export counts seconds (some pipelines milliseconds) on the wall clock of the project: the
    number read as UTC is the local time. Copies that print it as a text print that same wall clock.
    Projects made since 2023 may be kept in UTC: declare that as their zone. Of the hour that a
    clock put back runs through twice, the number cannot say which it is; it is read as the later.
-#}
{% macro mixpanel_time(c, zone) -%}
    case
        when regexp_matches({{ c }}, '^[0-9]{9,10}([.][0-9]+)?$')
            then {{ to_utc('make_timestamp(cast(round(cast(' ~ c ~ ' as double) * 1000000) as bigint))', zone) }}
        when regexp_matches({{ c }}, '^[0-9]{12,13}$')
            then {{ to_utc('make_timestamp(cast(' ~ c ~ ' as bigint) * 1000)', zone) }}
        else {{ timestamp_utc(c, zone) }}
    end
{%- endmacro %}

{#- An id that a library made for a device: prefixed, a uuid, or the long ids of older libraries. -#}
{% macro mixpanel_is_device(c) -%}
    regexp_matches(
        {{ c }},
        '^(?:\$device:.*|[0-9A-Fa-f]{8,16}(?:-[0-9A-Fa-f]{1,16}){3}-[0-9A-Fa-f]{8,16}|[0-9A-Fa-f]{32,})$'
    )
{%- endmacro %}

{#- Values that Mixpanel itself takes for no identity: sent when a variable was empty. -#}
{% macro mixpanel_somebody(c) -%}
    case
        when lower({{ c }}) not in (
            '00000000-0000-0000-0000-000000000000', 'anon', 'anonymous', 'guest', 'nil', 'none',
            'null', 'nan', 'n/a', 'na', 'undefined', 'unknown', 'true', 'false', '[]', '{}', '-1', '0',
            '$device:', '$device:null', '$device:undefined', '$device:00000000-0000-0000-0000-000000000000'
        ) then {{ c }}
    end
{%- endmacro %}
