{#-
    The words of a Latin name or line in comparable spelling, one space between them; any other
    script without spaces: see name_key.
-#}
{% macro comparable_words(c) -%}
    nullif(trim(regexp_replace(
        {{ let('folded', 'lower(' ~ fold(c) ~ ')', plain_spelling('folded')) }},
        '[\s.,;:''’`"・゠=_()/-]+', ' ', 'g'
    )), '')
{%- endmacro %}
