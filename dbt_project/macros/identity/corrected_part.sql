{#- A part of a unit whose other parts may be corrected: x is the correction, g the surviving record. -#}
{% macro corrected_part(unit, attribute) -%}
    {%- set known = 'g.' ~ unit ~ '.' ~ attribute -%}
    {%- if attribute.startswith('full_name') -%}
        {%- set others = kana_attributes() if unit == 'kana' else name_attributes() -%}
        {%- set stays = 'coalesce(x.' ~ (others | reject('equalto', attribute) | join(', x.')) ~ ') is null' -%}
    {%- elif unit in ('name', 'kana') -%}
        {%- set stays = 'x.' ~ ('full_name_kana' if unit == 'kana' else 'full_name') ~ ' is null' -%}
    {%- else -%}
        {%- set stays = 'true' -%}
    {%- endif -%}
    {{ return('coalesce(x.' ~ attribute ~ ', case when ' ~ stays ~ ' then ' ~ known ~ ' end)') }}
{%- endmacro %}
