{#-
    gender(c): female, male, other, or null when it is not said or not understood.

    Why the digits: ISO/IEC 5218 (1 male, 2 female), which Japanese member lists use as well. Its 0
    and 9, 不明, 'prefer not to say' mean that nothing is said, which is no defect of the row:
    unsaid_gender(c) tells the two kinds of null apart.
-#}
{% macro gender(c) -%}
    case when {{ c }} is not null then {{ let('word', 'lower(' ~ text(c) ~ ')', gender_of_word()) }} end
{%- endmacro %}

{% macro gender_of_word() -%}
    case
        when word in ('female', 'f', 'woman', 'w', '女', '女性', 'おんな', '♀', '2') then 'female'
        when word in ('male', 'm', 'man', '男', '男性', 'おとこ', '♂', '1') then 'male'
        when word in ('other', 'o', 'x', 'non-binary', 'nonbinary', 'non binary', 'diverse', 'その他')
            then 'other'
    end
{%- endmacro %}

{% macro unsaid_gender(c) -%}
    lower({{ text(c) }}) in (
        '0', '9', 'u', 'unknown', 'n/a', 'na', '-', 'prefer not to say', 'not specified',
        '不明', '無回答', '未回答', '回答しない', '未選択', '選択しない'
    )
{%- endmacro %}
