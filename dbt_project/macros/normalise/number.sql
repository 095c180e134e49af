{#-
    number(c, decimal_comma): DECIMAL(18,4), or null when the text is no number.

    c              SQL expression of the vendor's text
    decimal_comma  true when the source writes 1.234,50; a source does one or the other, and 1,234
                   cannot say which by itself, so it is declared per system (has_decimal_comma)

    Why the second try: what SQL can cast is cast as it is, which is nearly everything. The rest is
    stripped of currency signs and thousand marks (a comma with exactly three digits behind it)
    and cast again: ¥1,200, １，２００円, (1,200), △500. A text with anything else in it is no number:
    `12 pcs` must not become 12.
-#}
{% macro number(c, decimal_comma=false) -%}
    {%- if decimal_comma -%}
    try_cast(replace(
        regexp_replace({{ bare_number(c) }}, '\.([0-9]{3})\b', '\1', 'g'), ',', '.'
    ) as decimal(18, 4))
    {%- else -%}
    coalesce(
        try_cast({{ c }} as decimal(18, 4)),
        try_cast(
            regexp_replace({{ bare_number(c) }}, ',([0-9]{3})\b', '\1', 'g') as decimal(18, 4)
        )
    )
    {%- endif -%}
{%- endmacro %}

{#- Folded, without signs of currency and spaces; the accountant's negatives get a minus. -#}
{% macro bare_number(c) -%}
    regexp_replace(
        regexp_replace({{ fold(c) }}, '[\s¥$€£₩]|円|JPY|USD|EUR|GBP', '', 'gi'),
        '^(?:[△▲−]|\(([^()]+)\)$)', '-\1'
    )
{%- endmacro %}

{#- integer_value(c): whole number, or null when the text is none; 3.0 is 3. -#}
{% macro integer_value(c) -%}
    {{ let('amount', number(c), 'case when amount = floor(amount) then cast(amount as bigint) end') }}
{%- endmacro %}
