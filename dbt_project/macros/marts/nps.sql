{#-
    Net Promoter Score (F. Reichheld, The One Number You Need to Grow, Harvard Business Review, December
    2003): share of promoters (9, 10) less share of detractors (0 to 6), times 100.

    nps_group(score)                   promoter, passive or detractor
    nps(promoters, detractors, n)      the score, -100 to 100; null without responses
    nps_bound(p, d, n, sign)           lower ('-') or upper ('+') end of its 95 % interval: adjusted Wald,
                                       which adds 3/4 to promoters, 3/4 to detractors and 3 to responses.
                                       B. Rocks, Interval Estimation for the Net Promoter Score, The
                                       American Statistician 70 (2016): the best of six for small samples.
                                       Where few answer alike it may leave out the score itself, and
                                       is widened to it
-#}
{% macro nps_group(score) -%}
    case
        when {{ score }} >= 9 then 'promoter'
        when {{ score }} >= 7 then 'passive'
        when {{ score }} >= 0 then 'detractor'
    end
{%- endmacro %}

{% macro nps(promoters, detractors, responses) -%}
    round(100.0 * ({{ promoters }} - {{ detractors }}) / nullif({{ responses }}, 0), 2)
{%- endmacro %}

{% macro nps_bound(promoters, detractors, responses, sign) -%}
    {%- set net = "((" ~ promoters ~ " - " ~ detractors ~ ") / (" ~ responses ~ " + 3.0))" -%}
    {%- set either = "((" ~ promoters ~ " + " ~ detractors ~ " + 1.5) / (" ~ responses ~ " + 3.0))" -%}
    {{ 'least' if sign == '-' else 'greatest' }}(
        {{ nps(promoters, detractors, responses) }},
        round(100.0 * least(1, greatest(-1,
            {{ net }} {{ sign }} 1.959964 * sqrt(({{ either }} - {{ net }} * {{ net }}) / ({{ responses }} + 3.0))
        )), 2)
    )
{%- endmacro %}
