{#-
    tcf(c): what the core segment of an IAB TCF v2 consent string says, or null when it is none:
    created_at, updated_at, cmp_id, vendor_list_version, policy_version, purposes (list of booleans,
    the place is the number of the purpose).

    The layout is the public one of IAB Europe's "Consent string and vendor list formats v2": base64url
    letters of 6 bits; Version 6 bits, Created 36, LastUpdated 36 (tenths of a second), CmpId 12,
    CmpVersion 12, ConsentScreen 6, ConsentLanguage 12, VendorListVersion 12, TcfPolicyVersion 6, two
    flags, SpecialFeatureOptIns 12, PurposesConsent 24. Up to the flags every field begins with a letter.

    Why here: the decoders that exist for Python were last released in 2022, and seven fields are read.
    A string that is cut before the vendors begin (40 letters), is of another version or was made before
    the framework existed is broken: consent is not guessed.
-#}
{% macro tcf(c) -%}
    case when regexp_matches({{ c }}, '^\s*C[A-Za-z0-9_-]{39,}(?:[.][A-Za-z0-9_-]*)*\s*$') then {{ let('told',
        let('letter', tcf_letters(c), tcf_struct()),
        "case when told.created_at >= timestamp '2018-01-01' and told.updated_at >= told.created_at
            and told.updated_at < timestamp '2100-01-01' then told end") }} end
{%- endmacro %}

{#- The value 0 to 63 of every letter of the core segment. -#}
{% macro tcf_letters(c) -%}
    list_transform(
        string_split(split_part(trim({{ c }}), '.', 1), ''),
        lambda sign: strpos('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', sign) - 1
    )
{%- endmacro %}

{% macro tcf_struct() -%}
    struct_pack(
        created_at := make_timestamp({{ tcf_number(1, 6) }} * 100000),
        updated_at := make_timestamp({{ tcf_number(7, 6) }} * 100000),
        cmp_id := {{ tcf_number(13, 2) }},
        vendor_list_version := {{ tcf_number(20, 2) }},
        policy_version := {{ tcf_number(22, 1) }},
        purposes := [
            {%- for purpose in range(1, 12) %}
            {%- set bit = 151 + purpose %}
            (letter[{{ bit // 6 + 1 }}] >> {{ 5 - bit % 6 }}) % 2 = 1{{ ',' if not loop.last }}
            {%- endfor %}
        ]
    )
{%- endmacro %}

{#- tcf_number(first, count): the number that `count` letters from letter `first` (from 0) write. -#}
{% macro tcf_number(first, count) -%}
    ({% for place in range(count) -%}
    letter[{{ first + place + 1 }}] * {{ 64 ** (count - 1 - place) }}::bigint{{ ' + ' if not loop.last }}
    {%- endfor %})
{%- endmacro %}
