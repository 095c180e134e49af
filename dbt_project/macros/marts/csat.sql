{#-
    Customer satisfaction score: share of answers that say satisfied. On a scale of five that is 4 and 5
    (the two best boxes: N. T. Bendle and others, Marketing Metrics, 4th ed., 2020, on customer
    satisfaction); other scales are stretched to 0 (worst) .. 1 (best) first, so it is three quarters up.

    csat_normalised(score)         0 .. 1 from the 1 .. 5 of fct_survey_response
    is_satisfied(normalised)       from 0.75: 4 of 1-5, 8 of 1-10, 6 of 1-7
    wilson_bound(k, n, sign)       lower ('-') or upper ('+') end of the 95 % interval of a share: E. B.
                                   Wilson, Journal of the American Statistical Association 22 (1927)
-#}
{% macro csat_normalised(score) -%} cast(({{ score }} - 1) / 4.0 as double) {%- endmacro %}

{% macro is_satisfied(normalised) -%} {{ normalised }} >= 0.75 {%- endmacro %}

{% macro wilson_bound(hits, cases, sign) -%}
    {%- set z = '1.959964' -%}
    {%- set share = "(cast(" ~ hits ~ " as double) / " ~ cases ~ ")" -%}
    round(({{ share }} + {{ z }} * {{ z }} / (2 * {{ cases }}) {{ sign }} {{ z }} * sqrt(
        {{ share }} * (1 - {{ share }}) / {{ cases }} + {{ z }} * {{ z }} / (4.0 * {{ cases }} * {{ cases }})
    )) / (1 + {{ z }} * {{ z }} / {{ cases }}), 4)
{%- endmacro %}
