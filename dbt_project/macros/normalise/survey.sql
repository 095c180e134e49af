{#-
    How people write scores and on which scales. Here because an NPS of ９, of 9.0 and of
    `9 - likely` is one score, in whichever survey it was given.

    leading_score(c)  whole number at the start of an answer: 10, １０, 7点, `10 - とても思う`; null for
                      anything else, `8.5` and `1,200` included
-#}
{% macro leading_score(c) -%}
    try_cast(nullif(regexp_extract(
        {{ text('left(' ~ c ~ ', 200)') }}, '^([0-9]{1,2})(?:[.]0+)?(?:[^0-9.,].*)?$', 1
    ), '') as integer)
{%- endmacro %}

{#-
    csat_scale(question): [lowest, highest] as the question says it (1〜5, 0-10, 7段階, out of 10),
    else [1, 5].
-#}
{% macro csat_scale(question) -%}
    {%- set asked = 'lower(' ~ text(question) ~ ')' -%}
    case
        when regexp_matches({{ asked }}, '(?:^|[^0-9])[01] *(?:点)?[^0-9]{0,40}?(?:-|~|〜|–|から|to|=) *(?:3|4|5|7|10)(?:[^0-9]|$)')
            then [
                cast(regexp_extract({{ asked }}, '(?:^|[^0-9])([01])(?:[^0-9]|$)', 1) as integer),
                cast(regexp_extract({{ asked }}, '(?:-|~|〜|–|から|to|=) *(3|4|5|7|10)(?:[^0-9]|$)', 1) as integer)
            ]
        when regexp_matches({{ asked }}, '(?:^|[^0-9])(?:3|4|5|7|10) *(?:段階|点満点|-point)')
            then [1, cast(regexp_extract({{ asked }}, '(3|4|5|7|10) *(?:段階|点満点|-point)', 1) as integer)]
        when regexp_matches({{ asked }}, 'out of (?:3|4|5|7|10)(?:[^0-9]|$)')
            then [1, cast(regexp_extract({{ asked }}, 'out of (3|4|5|7|10)', 1) as integer)]
        else [1, 5]
    end
{%- endmacro %}

{#-
    csat_word(c): step 1 to 5 of a satisfaction told in words or stars, else null. A plain 満足 is the
    second best step: on scales where it is the best there is no way to know.
-#}
{% macro csat_word(c) -%}
    {%- set said = 'lower(' ~ text('left(' ~ c ~ ', 200)') ~ ')' -%}
    case
        when regexp_matches({{ said }}, '^[★⭐]{1,5}[☆]*$') then length(regexp_replace({{ said }}, '[☆]', '', 'g'))
        when regexp_matches({{ said }}, '^(?:とても|大変|非常に|たいへん)(?:不満|満足していない)|^(?:very|extremely) (?:dis|un)satisfied') then 1
        when regexp_matches({{ said }}, '^やや不満|^不満|^(?:somewhat )?(?:dis|un)satisfied') then 2
        when regexp_matches({{ said }}, '^(?:普通|ふつう|どちらとも|どちらでも)|^neutral|^neither') then 3
        when regexp_matches({{ said }}, '^(?:とても|大変|非常に|たいへん)満足|^(?:very|extremely|completely) satisfied') then 5
        when regexp_matches({{ said }}, '^(?:やや|ほぼ|まあ)?満足|^(?:somewhat |mostly )?satisfied') then 4
    end
{%- endmacro %}

{#-
    csat_score(): satisfaction on 1 to 5, whatever scale was asked: a number is stretched from its
    scale, a word or stars are steps already. Reads score, scale, word_step.
-#}
{% macro csat_score() -%}
    cast(case
        when meaning = 'csat' and score between scale[1] and scale[2]
            then 1 + (score - scale[1]) * 4.0 / (scale[2] - scale[1])
        when meaning = 'csat' and score is null then word_step
    end as decimal(4, 2))
{%- endmacro %}
