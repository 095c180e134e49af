{#-
    minor_amount(c, currency): DECIMAL(18,4) in whole units of the currency, from an amount in its
    smallest unit (cents, pence, yen); null when the text is no such amount or the currency is unknown.

    c          SQL expression of the vendor's text
    currency   SQL expression of the ISO 4217 code, upper case

    Why so strict: a smallest unit has no fraction and no sign of currency, so `$12.00` is not one.
    Whether its writer meant 12 dollars or 12 cents cannot be known, and a hundredfold error shows
    in no total. Where the smallest unit is the whole unit both readings are the same, and `¥1,200`
    is read.
-#}
{% macro minor_amount(c, currency) -%}
    cast(case
        when {{ currency }} in ({{ zero_decimal_currencies() }}) then {{ number(c) }}
        when regexp_matches({{ c }}, '^\s*-?[0-9]+(?:\.0)?\s*$') and length({{ currency }}) = 3
            then try_cast({{ c }} as decimal(18, 4)) * case
                when {{ currency }} in ({{ three_decimal_currencies() }}) then 0.001 else 0.010
            end
    end as decimal(18, 4))
{%- endmacro %}

{#- Currencies that Stripe counts in whole units. ISK and UGX have no cents, yet Stripe counts in them. -#}
{% macro zero_decimal_currencies() -%}
    'BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'
{%- endmacro %}

{% macro three_decimal_currencies() -%} 'BHD', 'JOD', 'KWD', 'OMR', 'TND' {%- endmacro %}
