{#-
    name_key(c): what two spellings of one name have in common; for comparing, never for showing.

    Why: the same person is 髙橋 in one system and 高橋 in another, José and Jose, O'Brien and
    Obrien. Folded, lower case, variant kanji and Latin accents replaced by the plain form, no
    spaces or punctuation. Long marks stay: they tell readings apart.
-#}
{% macro name_key(c) -%}
    nullif(regexp_replace(
        {{ let('folded', 'lower(' ~ fold(c) ~ ')', plain_spelling('folded')) }},
        '[\s.,''’`・゠=_()-]+', '', 'g'
    ), '')
{%- endmacro %}

{% macro plain_spelling(c) -%}
    case
        when strlen({{ c }}) > length({{ c }})
            and regexp_matches({{ c }}, '[{{ kanji_variants() }}{{ accented() }}]')
            then translate(
                {{ c }}, '{{ kanji_variants() }}{{ accented() }}', '{{ kanji_plain() }}{{ unaccented() }}'
            )
        else {{ c }}
    end
{%- endmacro %}

{#- Variant forms seen in names in Japan and, in the same order, the form they stand for. -#}
{% macro kanji_variants() -%}
    髙﨑嵜斎齋齊邊邉澤濱濵廣國櫻嶋嶌龍瀧惠榮壽眞禮德實寬圓萬與會籔條增曾藏舘峯冨渕渊塚𠮷檜靜豐學淺瀨來勳郞莊彥緖聰關鐵黑晧凜遙槇堯衞島曻昻祐濟
{%- endmacro %}
{% macro kanji_plain() -%}
    高崎崎斉斉斉辺辺沢浜浜広国桜島島竜滝恵栄寿真礼徳実寛円万与会薮条増曽蔵館峰富淵淵塚吉桧静豊学浅瀬来勲郎荘彦緒聡関鉄黒皓凛遥槙尭衛島昇昂祐済
{%- endmacro %}

{#- Latin letters with marks; the text is in lower case when they are replaced. -#}
{% macro accented() -%}
    àáâãäåāăąçćčďđèéêëēęěğìíîïīıłñńňòóôõöøōőŕřśşšťţùúûüūůűýÿźżž
{%- endmacro %}
{% macro unaccented() -%}
    aaaaaaaaacccddeeeeeeegiiiiiilnnnoooooooorrsssttuuuuuuuyyzzz
{%- endmacro %}
