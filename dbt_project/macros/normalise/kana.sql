{#-
    kana(c, words): a reading in full-width katakana without spaces.

    words     whether one space between words stays: it says where the family name of a whole name
              ends, which サトウタ cannot

    Why: one person's reading arrives as hiragana, half-width or full-width katakana, with or
    without a space between the names. A hyphen or dash after kana is a long mark that someone
    could not find on the keyboard. Readings in Latin letters are kept as they are.
-#}
{% macro kana(c, words=false) -%}
    nullif(trim(regexp_replace(
        regexp_replace(
            {{ let('folded', fold(c), "case when regexp_matches(folded, '[ぁ-ゖゝゞ]') then "
                ~ "translate(folded, '" ~ hiragana() ~ "', '" ~ katakana() ~ "') else folded end") }},
            '\s+', '{{ ' ' if words }}', 'g'
        ),
        '([ァ-ヶー])[-‐‑‒–—―−]', '\1ー', 'g'
    )), '')
{%- endmacro %}

{% macro hiragana() -%}
    ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖゝゞ
{%- endmacro %}

{#- the same, position by position -#}
{% macro katakana() -%}
    ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶヽヾ
{%- endmacro %}
