{#-
    The records of `source` with the words of their names, as int_identity__name_word has them. The
    relation has the name columns of a person and given_name_key, family_name_key.

    family_word, given_word   the parts as the source gives them; where it gives one text, its first
                              and its last word. Of a text without a space: the whole, given_word null
    family_kana, given_kana   the same of the reading
    is_one_text               whether which of the two words is the family name is still to be found
-#}
{% macro name_words(source) -%}
    {#- no given name, and the family name (or nothing) is all there is; 佐藤 太郎 stands in either field -#}
    {%- set one_text -%}
        coalesce(words is not null and given_name_key is null and (
            family_name_key is null
            or (len(words) > 1 and strlen(family_name_key) > length(family_name_key)
                and array_to_string(words, '') = family_name_key)
        ), false)
    {%- endset -%}
    select
        * exclude (words, kana_words),
        {{ one_text }} as is_one_text,
        case
            when {{ one_text }} then words[1]
            when family_name_key is not null then family_name_key
            when len(words) > 1 and words[1] = given_name_key then words[-1]
            when len(words) > 1 then words[1]
        end as family_word,
        case
            when given_name_key is not null then given_name_key
            when len(words) > 1 and words[-1] = family_name_key then words[1]
            when len(words) > 1 then words[-1]
        end as given_word,
        coalesce(family_name_kana, case when given_name_kana is null then kana_words[1] end) as family_kana,
        coalesce(
            given_name_kana,
            case when family_name_kana is null and len(kana_words) > 1 then kana_words[-1] end
        ) as given_kana

    from (
        select
            *,
            case
                when family_name_key is null or given_name_key is null
                    then {{ words_of('coalesce(full_name, family_name, given_name)') }}
            end as words,
            case
                when family_name_kana is null and given_name_kana is null
                    then string_split(full_name_kana, ' ')
            end as kana_words
        from {{ source }}
    )
{%- endmacro %}

{#- words_of(c): the words of a name, each as name_key. -#}
{% macro words_of(c) -%}
    list_filter(
        list_transform(
            string_split_regex({{ c }}, '[ ,、，・＝]+'), lambda word: {{ name_key('word') }}
        ),
        lambda word: word is not null
    )
{%- endmacro %}
