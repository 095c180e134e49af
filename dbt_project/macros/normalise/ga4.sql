{#-
    The BigQuery export of Google Analytics 4 as stg_ga4__event reads it: the parameters of an event,
    ids that a float reader may have spoilt, what the export writes for "unknown", and the campaign.
    Here because the model must stay one readable pass.
-#}

{#- ga4_params(c): the list of parameters; older Parquet writers wrap lists as {list: [{element}]}. -#}
{% macro ga4_params(c) -%}
    from_json(
        case
            when json_type({{ c }}) = 'OBJECT' then to_json(json_extract({{ c }}, '$.list[*].element'))
            else {{ c }}
        end,
        '[{"key":"VARCHAR","value":{"string_value":"VARCHAR","int_value":"VARCHAR","float_value":"VARCHAR","double_value":"VARCHAR"}}]'
    )
{%- endmacro %}

{% macro ga4_param_values(c) -%}
    list_transform({{ c }}, lambda p: coalesce(
        p.value.string_value, p.value.int_value, p.value.double_value, p.value.float_value
    ))
{%- endmacro %}

{#- ga4_param(name): a parameter; the flat column of the same name when the export has none. -#}
{% macro ga4_param(name, flat=true) -%}
    {%- set nested = "told_values[list_position(told_names, '" ~ name ~ "')]" -%}
    {{ ga4_said('coalesce(' ~ nested ~ ', param_' ~ name ~ ')' if flat else nested) }}
{%- endmacro %}

{#- ga4_said(c): the text, or null for the export's ways of saying that there is none. -#}
{% macro ga4_said(c) -%}
    case
        when trim({{ c }}) not in (
            '', '(not set)', '(none)', '(direct)', '(referral)', '(organic)', '(other)', '(not provided)',
            '(data not available)', '<Other>', 'null'
        ) then trim({{ c }})
    end
{%- endmacro %}

{#- Everything told about an event, as an object: parameter to text. A replicated row's leftovers else. -#}
{% macro ga4_properties() -%}
    case
        when len(told_names) > 0
            then cast('{' || array_to_string(list_filter(list_transform(
                list_zip(told_names, told_values), lambda z: to_json(z[1]) || ':' || to_json(z[2])
            ), lambda pair: pair is not null), ',') || '}' as json)
        else _extra
    end
{%- endmacro %}

{#-
    ga4_pseudo_id(c): the client id, or null when it went through a float. A web client id is a
    random number, a full stop and the second of the first visit, which has ten digits; a reader that
    took it for a number kept 15 to 17 digits of the twenty, and the rest is another visitor's too.
    Apps and own ids have other shapes and are taken as they are.
-#}
{% macro ga4_pseudo_id(c) -%}
    case
        when regexp_matches(trim({{ c }}), '^[+-]?[0-9.]+[eE][+-]?[0-9]+$') then null
        when regexp_matches(trim({{ c }}), '^[0-9]+\.[0-9]*$')
            and not regexp_matches(trim({{ c }}), '^[0-9]+\.[0-9]{10}$') then null
        else {{ key_text(c) }}
    end
{%- endmacro %}

{#-
    whole_id(c): a numeric id as integer text, also when it was written as a float: 1611798022.0,
    1.611798022E9. Null when digits may be gone: `%g` keeps six of them, a double fifteen.
-#}
{% macro whole_id(c) -%}
    case
        when regexp_matches(trim({{ c }}), '^[0-9]+\.0*$')
            then case
                when strpos(trim({{ c }}), '.') <= 16 then split_part(trim({{ c }}), '.', 1)
            end
        when regexp_matches(trim({{ c }}), '^[0-9](\.[0-9]+)?[eE][+]?[0-9]+$')
            then case
                when length(split_part(lower(trim({{ c }})), 'e', 1)) between 9 and 16
                    and try_cast(trim({{ c }}) as decimal(38, 6)) < 1e15
                    and try_cast(trim({{ c }}) as decimal(38, 6)) % 1 = 0
                    then cast(cast(trim({{ c }}) as decimal(18, 0)) as varchar)
            end
        else {{ key_text(c) }}
    end
{%- endmacro %}

{#-
    epoch_utc(c, zone): time of a count since 1970 in microseconds, also as a float's text, of
    milliseconds or of seconds: between 1990 and 2100 the three differ by a factor of a thousand, so
    the size says the unit. Any other text is read as a time.
-#}
{% macro epoch_utc(c, zone='UTC') -%}
    {%- set count = "try_cast(" ~ c ~ " as decimal(38, 6))" -%}
    case
        when {{ count }} is null then {{ timestamp_utc(c, zone) }}
        when {{ count }} between 631152000000000 and 4102444800000000
            then make_timestamp(cast({{ count }} as bigint))
        when {{ count }} between 631152000000 and 4102444800000
            then make_timestamp(cast({{ count }} * 1000 as bigint))
        when {{ count }} between 631152000 and 4102444800
            then make_timestamp(cast({{ count }} * 1000000 as bigint))
    end
{%- endmacro %}

{#- What consent words mean; `Unset` and nothing mean that nobody asked. -#}
{% macro ga4_consent(c) -%}
    case lower(trim({{ c }}))
        {%- for word in ['yes', 'granted', 'true', '1'] %} when '{{ word }}' then true {%- endfor %}
        {%- for word in ['no', 'denied', 'false', '0'] %} when '{{ word }}' then false {%- endfor %}
    end
{%- endmacro %}
