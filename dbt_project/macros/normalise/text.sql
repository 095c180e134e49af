{#-
    text(c): a text as it is shown and compared: folded, runs of white space are one space, no
    white space at the ends, and nothing (rather than '') when nothing is left.

    Why: every source pads, wraps and widens its text in its own way, and an empty string is not a
    value. Case is kept: it is part of how a name is written.
-#}
{% macro text(c) -%}
    nullif(trim(regexp_replace({{ fold(c) }}, '\s+', ' ', 'g')), '')
{%- endmacro %}

{#-
    key_text(c): an identifier as the vendor wrote it, without white space around it.

    Why not text(): ids are compared byte by byte and case matters in them (CRM ids of 15
    characters differ by case alone), and this is the cheapest thing that can be done to 10
    million rows.
-#}
{% macro key_text(c) -%}
    nullif(trim({{ c }}), '')
{%- endmacro %}

{#- long_text(c): a body of several lines; its inner white space is part of it. -#}
{% macro long_text(c) -%}
    nullif(trim({{ c }}, ' ' || chr(9) || chr(10) || chr(13)), '')
{%- endmacro %}

{#-
    organisation(c): name of a company, or null for what forms make people write instead of one:
    [not provided] (a CRM that demands a company), 個人 (private person), n/a, none, なし, -.
-#}
{% macro organisation(c) -%}
    {{ let('named', text(c), "case when lower(named) not in ('[not provided]', 'not provided', 'n/a', 'na', 'none',
        'null', 'private', '個人', 'なし', '無し', '-', '－') then named end") }}
{%- endmacro %}
