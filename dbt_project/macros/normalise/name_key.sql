{#-
    name_key(c): what two spellings of one name have in common; for comparing, never for showing.

    Why: the same person is 髙橋 in one system and 高橋 in another, José and Jose, O'Brien and
    Obrien. Folded, lower case, variant kanji and Latin accents replaced by the plain form, no
    spaces or punctuation, nor the selectors that pick a glyph of one kanji. Long marks stay: they
    tell readings apart.
-#}
{% macro name_key(c) -%}
    nullif(regexp_replace(
        {{ let('folded', 'lower(' ~ fold(c) ~ ')', plain_spelling('folded')) }},
        '[\s.,''’`・゠=_()\x{e0100}-\x{e01ef}-]+', '', 'g'
    ), '')
{%- endmacro %}

{#-
    plain_spelling(c): variant kanji and Latin letters with marks as their plain form. The tables come
    from seeds/kanji_variants.py. translate() builds its table anew for every row, so the long one is
    for texts alone that need it.
-#}
{% macro plain_spelling(c) -%}
    case
        when strlen({{ c }}) = length({{ c }}) then {{ c }}
        when regexp_matches({{ c }}, '[{{ rare_kanji_variants() }}]')
            then translate(
                {{ c }},
                '{{ kanji_variants() }}{{ rare_kanji_variants() }}',
                '{{ kanji_plain() }}{{ rare_kanji_plain() }}'
            )
        when regexp_matches({{ c }}, '[{{ kanji_variants() }}]')
            then translate({{ c }}, '{{ kanji_variants() }}', '{{ kanji_plain() }}')
        when regexp_matches({{ c }}, '[{{ accented() }}]')
            then translate({{ c }}, '{{ accented() }}', '{{ unaccented() }}')
        else {{ c }}
    end
{%- endmacro %}

{#- Latin letters with marks; the text is in lower case when they are replaced. -#}
{% macro accented() -%}
    àáâãäåāăąçćčďđèéêëēęěğìíîïīıłñńňòóôõöøōőŕřśşšťţùúûüūůűýÿźżž
{%- endmacro %}
{% macro unaccented() -%}
    aaaaaaaaacccddeeeeeeegiiiiiilnnnoooooooorrsssttuuuuuuuyyzzz
{%- endmacro %}
