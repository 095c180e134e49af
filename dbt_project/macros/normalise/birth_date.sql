{#-
    birth_date(c): date_value() from the year 1000 to today, without the dates that mean "unknown"; and
    dates with a year of two digits, which of a birth date says its century: the last one that has
    passed (12/11/78 in the declared order, 15-Mar-92).

    Why: forms write 1900-01-01 or 1111-11-11 where they must write something; spreadsheets and
    databases write their day zero. A day to come is an error of entry. Any of them would make
    different people look alike. Older dates stay: archives keep people of other centuries.
-#}
{% macro birth_date(c) -%}
    {{ let('born', 'coalesce(' ~ date_value(c) ~ ', ' ~ short_year_date(c) ~ ')',
        "case when born between date '1000-01-02' and current_date and born not in ("
        ~ "date '1111-11-11', date '1753-01-01', date '1899-12-30', date '1899-12-31', "
        ~ "date '1900-01-01') then born end") }}
{%- endmacro %}

{#- The latest day, not in the future, of a date whose year has two digits. -#}
{% macro short_year_date(c) -%}
    {%- set day = '%m/%d/%y' if source_date_order() == 'mdy' else '%d/%m/%y' -%}
    {%- set latest -%}
        case when day > current_date then day - interval 100 year else day end
    {%- endset -%}
    case
        when regexp_matches({{ c }}, '^ *[0-9]{1,2}[/-](?:[0-9]{1,2}|[A-Za-z]{3})[/-][0-9]{2} *$')
            then cast({{ let(
                'day',
                "try_strptime(trim(" ~ c ~ "), ['" ~ day ~ "', '" ~ day | replace('/', '-') ~ "', '%d-%b-%y', '%d/%b/%y'])",
                latest
            ) }} as date)
    end
{%- endmacro %}
