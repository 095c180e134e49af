{#- age_band(birth_date, today): under_20, 20s to 60s, 70_and_over, by completed years; null when unknown. -#}
{% macro age_band(birth_date, today) -%}
    {%- set years = "date_sub('year', " ~ birth_date ~ ", " ~ today ~ ")" -%}
    case
        when {{ birth_date }} > {{ today }} then null
        when {{ years }} < 20 then 'under_20'
        when {{ years }} >= 70 then '70_and_over'
        else cast(10 * cast(floor({{ years }} / 10.0) as integer) as varchar) || 's'
    end
{%- endmacro %}
