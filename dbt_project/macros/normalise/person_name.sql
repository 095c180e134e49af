{#-
    person_name(c): a name as it is shown: text() without the form of address.

    Why: 様, 殿, さん, 先生, 御中, Mr, Ms, Dr are how a clerk speaks to the person, not the name, and they
    would keep two records of one person apart. 氏 and 君 end given names too (尊氏): they go behind a
    space or a whole name only. A name that is nothing but such a word is kept:
    it may be a name.
-#}
{% macro person_name(c) -%}
    regexp_replace(
        regexp_replace({{ text(c) }}, '^(?:mr|mrs|ms|miss|mx|dr|prof)(?:\. *| +)(\S)', '\1', 'i'),
        '^(?:(.*\S) *(?:様|さま|殿|さん|先生|御中)|(.*\S) +(?:氏|君|くん|ちゃん)|(\S{4,}|\S+ \S{2,})氏)$', '\1\2\3'
    )
{%- endmacro %}

{#-
    full_name(whole, family, given): the whole name, else its parts in the order of their script:
    family name first where Japanese is written. Takes columns that are normalised already.
-#}
{% macro full_name(whole, family, given) -%}
    coalesce(
        {{ whole }},
        nullif(case
            when regexp_matches(concat({{ family }}, {{ given }}), '[ぁ-ヿ㐀-鿿]')
                then concat_ws(' ', {{ family }}, {{ given }})
            else concat_ws(' ', {{ given }}, {{ family }})
        end, '')
    )
{%- endmacro %}
