{#-
    The result of name_words with each part in its place: divided where one text holds both, and
    swapped where the words are known better the other way round.

    family_part, given_part           key of the part; null where a whole name cannot be divided
    family_written, given_written     its reading as the record writes it, in kana or Latin letters
    family_in_kana, given_in_kana     its reading in the record's fields for readings alone
    whole_reading                     reading of a name that cannot be divided
    with known=true also
    family_known, given_known         readings the dictionary has, the likely one first

    Of one text with two words, a Latin name is read given name first, unless a comma stands in it, all
    others family name first. The other order needs four times the evidence, and twenty times where
    the record has the two in fields of their own and in Japanese; Latin fields are believed.
-#}
{% macro placed_names(source, known=false) -%}
    {%- set word = ref('int_identity__name_word') -%}
    {%- set evidence_needed -%}
        case
            when not n.is_one_text and strlen(n.family_word) = length(n.family_word) then null
            when not n.is_one_text then 20
            when strlen(n.full_name) = length(n.full_name) and not contains(n.full_name, ',') then 0.25
            else 4
        end
    {%- endset -%}
    select
        n.*,
        coalesce(
            g.family_share * (1 - f.family_share) > f.family_share * (1 - g.family_share) * {{ evidence_needed }},
            false
        ) as is_swapped,
        n.given_word is null and f.family_part is not null as is_divided,
        n.is_one_text and n.given_word is null and f.family_part is null as is_whole,
        n.given_kana is null and n.family_name_kana is null as is_whole_kana,
        case
            when is_swapped then n.given_word
            when is_divided then f.family_part
            when not is_whole then n.family_word
        end as family_part,
        case
            when is_swapped then n.family_word
            when is_divided then f.given_part
            else n.given_word
        end as given_part,
        case when is_whole_kana then k.family_part_readings[1] else k.reading end as family_in_kana,
        case when is_whole_kana then k.given_part_readings[1] else m.reading end as given_in_kana,
        coalesce(family_in_kana, case
            when is_swapped then g.reading
            when not is_divided and not is_whole then f.reading
        end) as family_written,
        coalesce(given_in_kana, case
            when is_swapped then f.reading
            when not is_divided then g.reading
        end) as given_written,
        case
            when is_whole_kana and k.reading is not null then k.reading
            when is_whole then f.reading
        end as whole_reading
        {%- if known %},
        case
            when is_swapped then g.family_readings
            when is_divided then f.family_part_readings
            when not is_whole then f.family_readings
        end as family_known,
        case
            when is_swapped then f.given_readings
            when is_divided then f.given_part_readings
            else g.given_readings
        end as given_known
        {%- endif %}

    from {{ source }} as n
    left join {{ word }} as f on n.family_word = f.word
    left join {{ word }} as g on n.given_word = g.word
    left join {{ word }} as k on n.family_kana = k.word
    left join {{ word }} as m on n.given_kana = m.word
{%- endmacro %}

{#- The reading of a whole name: its two parts in alphabetical order, so that their order
    does not matter; null while one of them is unknown. -#}
{% macro full_name_reading() -%}
    case
        when (family_part is null or given_part is null) and (family_name_reading is null or given_name_reading is null)
            then coalesce(whole_reading, family_name_reading, given_name_reading)
        when family_name_reading < given_name_reading
            then family_name_reading || ' ' || given_name_reading
        else given_name_reading || ' ' || family_name_reading
    end
{%- endmacro %}
