{#-
    postcode(c, country): NNN-NNNN for Japan, else upper case with single spaces.

    c         SQL expression of the vendor's text
    country   SQL expression of the ISO-2 code of the same row; seven digits of a row whose country
              is known and not Japan stay as they are

    Why: 〒１００－０００１, 1000001 and 100-0001 are one place. The hyphen is put in because that is
    how the post office, and every address list, writes it.
-#}
{% macro postcode(c, country="'JP'") -%}
    case
        when coalesce({{ country }}, '{{ source_region() }}') = 'JP'
            then regexp_replace(
                upper({{ text(c) }}), '^〒? ?([0-9]{3}) ?[-‐‑‒–—―−ー]? ?([0-9]{4})$', '\1-\2'
            )
        else upper({{ text(c) }})
    end
{%- endmacro %}
