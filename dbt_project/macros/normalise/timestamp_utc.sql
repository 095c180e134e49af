{#-
    timestamp_utc(c, zone): TIMESTAMP without zone, in UTC, or null when the text is no time.

    c     SQL expression of the vendor's text
    zone  zone of a text that has no offset of its own (see source_zone)

    Why not one cast: DuckDB's cast to TIMESTAMP drops an offset without a word, and its cast to
    TIMESTAMPTZ reads a text without one in the session's zone. So texts with an offset or a zone
    name go one way, all others the other. The first two characters keep out `infinity`, `epoch`
    and the years 0001 and 9999 that stand for "never".
-#}
{% macro timestamp_utc(c, zone='UTC') -%}
    {#- a Z needs the slower way only where the zone of the others is not UTC -#}
    {%- set zoned = '[0-9] *(?:[+-][0-9]{2}(?::?[0-9]{2})?|' ~ ('Z|' if zone != 'UTC' else '')
        ~ '[A-Z][A-Za-z_/]{2,}) *$' -%}
    coalesce(
    {#- ISO with a Z, what machines write: a third of the time of the general way -#}
    case when right({{ c }}, 1) = 'Z' and left({{ c }}, 2) in ('19', '20') then try_cast({{ c }} as timestamp) end,
    case
        when regexp_matches({{ c }}, '{{ zoned }}')
            and contains({{ c }}, ':')
            then case
                when left(trim({{ c }}), 2) in ('19', '20')
                    then timezone('UTC', try_cast(
                        regexp_replace(trim({{ c }}), ' +([+-])', '\1') as timestamptz
                    ))
            end
        else {{ to_utc(naive_timestamp(c), zone) }}
    end)
{%- endmacro %}

{% macro to_utc(expression, zone) -%}
    {%- if zone == 'UTC' -%} {{ expression }}
    {%- else -%} timezone('UTC', timezone('{{ zone }}', {{ expression }}))
    {%- endif -%}
{%- endmacro %}

{#- A time without an offset: ISO first (it is nearly always that), then epoch and local shapes. -#}
{% macro naive_timestamp(c) -%}
    {%- set day = '%m/%d/%Y' if var('date_order', 'mdy') == 'mdy' else '%d/%m/%Y' -%}
    coalesce(
        case when left(trim({{ c }}), 2) in ('19', '20') then try_cast(trim({{ c }}) as timestamp) end,
        case
            when regexp_matches({{ c }}, '^ *[0-9]{10} *$') then make_timestamp(cast({{ c }} as bigint) * 1000000)
            when regexp_matches({{ c }}, '^ *[0-9]{13} *$') then make_timestamp(cast({{ c }} as bigint) * 1000)
            when regexp_matches({{ c }}, '(?:19|20)[0-9]{2}|２０')
                then try_strptime({{ text(c) }}, [
                    '%Y年%m月%d日', '%Y年%m月%d日 %H:%M', '%Y年%m月%d日 %H:%M:%S', '%Y年%m月%d日 %H時%M分',
                    '%Y年%m月%d日%H時%M分', '%Y年%m月%d日 %H時%M分%S秒', '%Y/%m/%d %H:%M', '%Y/%m/%d %H:%M:%S',
                    '%Y/%m/%d', '%Y%m%d', '%Y%m%d%H%M%S', '%Y%m%dT%H%M%SZ', '{{ day }}',
                    '{{ day }} %H:%M', '{{ day }} %H:%M:%S', '{{ day }} %I:%M %p', '{{ day }} %I:%M:%S %p'
                ])
        end
    )
{%- endmacro %}

{#- Zone of a system's times that carry no offset, from the var naive_timezones; default UTC. -#}
{% macro source_zone(system) -%}
    {{ return(var('naive_timezones', {}).get(system, 'UTC')) }}
{%- endmacro %}
