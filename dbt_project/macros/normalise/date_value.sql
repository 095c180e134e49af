{#-
    date_value(c): DATE, or null when the text is no date that exists.

    Understood: 1990-01-05 (also with / . or a time behind it), 19900105, 1990年1月5日, the Japanese
    eras (昭和60年1月5日, S60.1.5, 令和元年5月1日), 12/11/1978 in the order the source declares (mdy or
    dmy), Jan 5, 1990, 5 January 1990 and 5-Jan-1990. Years of two digits are refused: they cannot say their
    century. There is no second guess for 13/05/1990 under mdy: a list with one such value has
    many more that would be read wrongly without a trace.
-#}
{% macro date_value(c) -%}
    {%- set order = source_date_order() -%}
    {%- if order not in ('mdy', 'dmy') -%}
        {%- do exceptions.raise_compiler_error("date_order: '" ~ order ~ "' is neither mdy nor dmy") -%}
    {%- endif -%}
    case
        when regexp_matches({{ c }}, '^\s*[12][0-9]{3}-[0-9]{1,2}-[0-9]{1,2}(?:[T ].*)?$')
            then cast(try_strptime(
                regexp_extract({{ c }}, '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}'), '%Y-%m-%d'
            ) as date)
        else {{ let('written', text(c), written_date('written', order)) }}
    end
{%- endmacro %}

{#- The date in a folded text: with a year of four digits in any usual order, else of an era. -#}
{% macro written_date(c, order) -%}
    case
        when regexp_matches({{ c }}, '(?:^|[^0-9])(?:1[0-9]|20)[0-9]{2}(?:[^0-9]|[0-9]{4}$|$)')
            then cast(try_strptime(
                regexp_replace({{ c }}, '( [0-9]{1,2}:.*|[T][0-9]{2}:.*)$', ''),
                ['%Y-%m-%d', '%Y/%m/%d', '%Y.%m.%d', '%Y年%m月%d日', '%Y%m%d',
                    {% if order == 'mdy' -%}
                    '%m/%d/%Y', '%m-%d-%Y',
                    {%- else -%}
                    '%d/%m/%Y', '%d-%m-%Y',
                    {%- endif %} '%d.%m.%Y', '%b %d, %Y', '%B %d, %Y', '%b %d %Y', '%B %d %Y', '%d %b %Y', '%d %B %Y',
                    '%d-%b-%Y']
            ) as date)
        else {{ era_date(c) }}
    end
{%- endmacro %}

{#-
    era_date(c): DATE of a Japanese era date in a folded text, by its full name, its kanji or its letter. A year
    past the end of its era (昭和65年) is read on: people write it.
-#}
{% macro era_date(c) -%}
    {%- set parts = "^(明治?|大正?|昭和?|平成?|令和?|[MTSHR])\\.? ?(元|[0-9]{1,2})[年./-] ?([0-9]{1,2})[月./-] ?([0-9]{1,2})日?$" -%}
    {%- set compact = "upper(replace(" ~ c ~ ", ' ', ''))" -%}
    cast(try_strptime(
        case left({{ compact }}, 1)
            {%- for letters, base in [('明M', 1867), ('大T', 1911), ('昭S', 1925), ('平H', 1988), ('令R', 2018)] %}
            when '{{ letters[0] }}' then {{ base }}
            when '{{ letters[1] }}' then {{ base }}
            {%- endfor %}
        end
        + try_cast(replace(regexp_extract({{ compact }}, '{{ parts }}', 2), '元', '1') as integer)
        || regexp_replace({{ compact }}, '{{ parts }}', '-\3-\4'),
        '%Y-%m-%d'
    ) as date)
{%- endmacro %}
