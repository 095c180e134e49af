{#-
    Periods of the tables of trends, whose days are those of the zone of the var reporting_timezone.

    month_of(day), quarter_of(day)     first day of the month or quarter the day lies in
    months_between(earlier, later)     whole calendar months from one first of a month to another
    month_later(month, count)          first day of the month so many months later
    day_later(day, count)              the day so many days later
    moment_later(moment, days)         the moment so many days of 24 hours later
    each_month(first, last), each_quarter(first, last)
                                       list of the first days of the periods from one to the other
-#}
{% macro month_of(day) -%} cast(date_trunc('month', {{ day }}) as date) {%- endmacro %}

{% macro quarter_of(day) -%} cast(date_trunc('quarter', {{ day }}) as date) {%- endmacro %}

{% macro months_between(earlier, later) -%} date_diff('month', {{ earlier }}, {{ later }}) {%- endmacro %}

{% macro month_later(month, count) -%} cast({{ month }} + to_months({{ count }}) as date) {%- endmacro %}

{% macro day_later(day, count) -%} cast({{ day }} + to_days({{ count }}) as date) {%- endmacro %}

{% macro moment_later(moment, days) -%} {{ moment }} + to_days({{ days }}) {%- endmacro %}

{% macro each_month(first, last) -%}
    cast(generate_series({{ first }}, {{ last }}, interval 1 month) as date[])
{%- endmacro %}

{% macro each_quarter(first, last) -%}
    cast(generate_series({{ first }}, {{ last }}, interval 3 month) as date[])
{%- endmacro %}
