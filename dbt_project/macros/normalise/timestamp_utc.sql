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
    {%- set day = '%m/%d/%Y' if source_date_order() == 'mdy' else '%d/%m/%Y' -%}
    coalesce(
        case when left(trim({{ c }}), 2) in ('19', '20') then try_cast(trim({{ c }}) as timestamp) end,
        case
            when regexp_matches({{ c }}, '^ *[0-9]{10} *$') then make_timestamp(cast({{ c }} as bigint) * 1000000)
            when regexp_matches({{ c }}, '^ *[0-9]{13} *$') then make_timestamp(cast({{ c }} as bigint) * 1000)
            when regexp_matches({{ c }}, '^[ 　]*(?:[明大昭平令]|[MTSHRmtshrＭＴＳＨＲ][.0-9．０-９])')
                then {{ let('written', text(c), era_timestamp('written')) }}
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

{#- A Japanese era date in a folded text, with or without a time of day behind it (令和6年5月1日 10:30). -#}
{% macro era_timestamp(c) -%}
    {%- set clock = ' ?[0-9]{1,2}[:時].*$' -%}
    {{ era_date("regexp_replace(" ~ c ~ ", '" ~ clock ~ "', '')") }}
    + case
        when regexp_matches({{ c }}, '{{ clock }}')
            then cast(try_strptime(
                trim(translate(regexp_extract({{ c }}, '{{ clock }}'), '時分秒', ':: '), ' :'),
                ['%H:%M:%S', '%H:%M', '%H']
            ) as time)
        else time '00:00'
    end
{%- endmacro %}
