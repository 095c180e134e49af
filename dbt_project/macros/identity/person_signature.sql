{#-
    One comparable key for a whole name, from its parts or, without them, from the full name. A Latin
    name, with its accents gone, is its words in alphabetical order, so that order and comma do not
    matter; any other is read family name first, without spaces.
-#}
{% macro full_name_key(full_name, family_name, given_name) -%}
    {%- set whole -%}
        coalesce(
            nullif(concat_ws(' ', {{ family_name }}, {{ given_name }}), ''), {{ full_name }}
        )
    {%- endset -%}
    {%- set key -%}
    case
        when regexp_matches(plain, '^[ -~]*$')
            then array_to_string(list_sort(regexp_extract_all(plain, '[a-z0-9]+')), ' ')
        else {{ name_key('plain') }}
    end
    {%- endset -%}
    {{ let('plain', let('lowered', 'lower(' ~ whole ~ ')', plain_spelling('lowered')), key) }}
{%- endmacro %}

{#- What tells people apart inside one shared value: name and birth date; null when both are unknown. -#}
{% macro person_signature() -%}
    nullif(concat_ws(
        '|', full_name_key, cast(birth_date as varchar)
    ), '')
{%- endmacro %}

{#- Whether a record's name is whole enough to be held against another: both parts, or two words, or
    three characters of a script that is written without spaces. -#}
{% macro name_is_whole(full_name_key, family_name_key, given_name_key) -%}
    coalesce({{ family_name_key }} is not null and {{ given_name_key }} is not null, false)
    or coalesce(
        {{ family_name_key }} is null and {{ given_name_key }} is null
        and (
            contains({{ full_name_key }}, ' ')
            or (length({{ full_name_key }}) >= 3 and not regexp_matches({{ full_name_key }}, '^[ -~]*$'))
        ), false)
{%- endmacro %}

{#-
    Verdict on two signatures that share an identifier: 'same', 'different' or 'unknown'.

    Names are compared only within one script (a kanji name says nothing about a Latin one): the
    given names when both are known, else the whole names when both are whole.
    Given names agree when they are equal, one is the beginning of the other (initials, short forms),
    the fields are swapped, or their Jaro-Winkler similarity is at least 0.9, which lets typing errors
    through and keeps Mary and Mark apart. Of whole Latin names the words they share are set aside and
    what is left is held against each other the same way; other whole names must be equal.

    different  the names disagree and equal birth dates do not excuse it, or they agree but the birth
               dates lie a generation (15 years) apart: father and son on one address
    same       the names agree, or birth dates are equal and the names cannot be compared
    unknown    anything else
-#}
{% macro person_verdict(a, b) -%}
    {%- set one_script -%}
        regexp_matches({{ a }}.full_name_key, '^[ -~]*$') = regexp_matches({{ b }}.full_name_key, '^[ -~]*$')
    {%- endset -%}
    {%- set both_given = a ~ '.given_name_key is not null and ' ~ b ~ '.given_name_key is not null' -%}
    {%- set both_whole = a ~ '.name_is_whole and ' ~ b ~ '.name_is_whole' -%}
    {%- set comparable -%}
        coalesce({{ one_script }}, false) and (({{ both_given }}) or ({{ both_whole }}))
    {%- endset -%}
    {%- set agree -%}
        {{ a }}.full_name_key = {{ b }}.full_name_key
        or ({{ both_given }}) and (
            {{ words_agree(a ~ '.given_name_key', b ~ '.given_name_key') }}
            or coalesce({{ a }}.family_name_key = {{ b }}.given_name_key
                and {{ words_agree(a ~ '.given_name_key', b ~ '.family_name_key') }}, false)
            or coalesce({{ b }}.family_name_key = {{ a }}.given_name_key
                and {{ words_agree(b ~ '.given_name_key', a ~ '.family_name_key') }}, false)
        )
        or not ({{ both_given }}) and contains({{ a }}.full_name_key, ' ')
            and {{ words_agree(
                words_left(a ~ '.full_name_key', b ~ '.full_name_key'),
                words_left(b ~ '.full_name_key', a ~ '.full_name_key')
            ) }}
    {%- endset -%}
    {%- set born_equal = 'coalesce(' ~ a ~ '.birth_date = ' ~ b ~ '.birth_date, false)' -%}
    {%- set generation_apart -%}
        coalesce(abs(year({{ a }}.birth_date) - year({{ b }}.birth_date)) >= 15, false)
    {%- endset -%}
    case
        when ({{ comparable }}) and not ({{ agree }}) and not {{ born_equal }} then 'different'
        when ({{ comparable }}) and ({{ agree }}) and {{ generation_apart }} then 'different'
        when ({{ comparable }}) and ({{ agree }}) then 'same'
        when {{ born_equal }} and not ({{ comparable }}) then 'same'
        else 'unknown'
    end
{%- endmacro %}

{#- Whether two words are one name: a beginning of the other, or alike up to a typing error. -#}
{% macro words_agree(a, b) -%}
    (starts_with({{ a }}, {{ b }}) or starts_with({{ b }}, {{ a }})
        or jaro_winkler_similarity({{ a }}, {{ b }}) >= 0.9)
{%- endmacro %}

{#- The words of a key that another key does not have, as one text; '' when it has all of them. -#}
{% macro words_left(key, other) -%}
    array_to_string(list_filter(
        string_split({{ key }}, ' '),
        lambda word: not list_contains(string_split({{ other }}, ' '), word)
    ), ' ')
{%- endmacro %}
