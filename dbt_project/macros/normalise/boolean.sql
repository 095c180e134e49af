{#-
    boolean(c): true, false or null for anything else.

    Why: extracts write TRUE, true, 1, yes, はい for one thing; a value outside the list is not
    known to mean no.
-#}
{% macro boolean(c) -%}
    case lower(trim({{ c }}))
        {%- for word in ['true', '1', 't', 'yes', 'y', 'on', 'はい', '有', '有り', '○'] %}
        when '{{ word }}' then true
        {%- endfor %}
        {%- for word in ['false', '0', 'f', 'no', 'n', 'off', 'いいえ', '無', '無し', '×'] %}
        when '{{ word }}' then false
        {%- endfor %}
    end
{%- endmacro %}
