{#- local_month(utc): first day of the month a moment lies in, in the zone of the var reporting_timezone. -#}
{% macro local_month(utc) -%} cast(date_trunc('month', {{ local_time(utc) }}) as date) {%- endmacro %}
