{#-
    spoken_language(c): ISO 639-1 code of a language as tools write it (EN, ja-JP, ZH-S, 日本語), else null.
-#}
{% macro spoken_language(c) -%}
    coalesce(
        nullif(regexp_extract(lower(trim({{ c }})), '^([a-z]{2})(?:[-_][a-z0-9-]+)?$', 1), ''),
        case lower({{ text(c) }})
            when '日本語' then 'ja'
            when 'japanese' then 'ja'
            when '英語' then 'en'
            when 'english' then 'en'
            when '中国語' then 'zh'
            when 'chinese' then 'zh'
            when '韓国語' then 'ko'
            when 'korean' then 'ko'
            when 'german' then 'de'
            when 'french' then 'fr'
        end
    )
{%- endmacro %}

{#-
    language_by_script(c): language that the letters of a text give away, else null.

    Kana are Japanese and hangul is Korean, whatever else stands beside them. Han characters alone
    may be Chinese or a short Japanese answer, Latin letters are many languages: for these nothing
    is said, except that two different English function words make a text English.
-#}
{% macro language_by_script(c) -%}
    {%- set start = 'left(' ~ c ~ ', 2000)' -%}
    case
        when regexp_matches({{ start }}, '[\p{Hiragana}\p{Katakana}ｦ-ﾝ]') then 'ja'
        when regexp_matches({{ start }}, '\p{Hangul}') then 'ko'
        when regexp_matches({{ start }}, '\p{Thai}') then 'th'
        when regexp_matches({{ start }}, '\p{Greek}{2}') then 'el'
        when regexp_matches({{ start }}, '\p{Hebrew}') then 'he'
        when len(list_distinct(regexp_extract_all(
            lower({{ start }}), '\b(the|and|is|was|were|very|not|it|to|of|for|my|your|with|have|this)\b', 1
        ))) >= 2 then 'en'
    end
{%- endmacro %}
