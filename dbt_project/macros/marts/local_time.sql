{#-
    Clocks of the marts, whose timestamps are UTC without a zone.

    utc_now()          the moment of the statement
    local_time(utc)    the same moment as a clock shows it in the zone of the var reporting_timezone
-#}
{% macro utc_now() -%} timezone('UTC', current_timestamp) {%- endmacro %}

{% macro local_time(utc) -%} timezone('{{ var("reporting_timezone") }}', timezone('UTC', {{ utc }})) {%- endmacro %}
