{#-
    rfm_score(measure): 1 to 5 by fifths of the customers with an order, 5 the best, `measure` being higher the
    better. A score is that of the share of customers who are worse (percent_rank), so that equals score
    alike; where all are equal everybody scores 3. Null without an order.
-#}
{% macro rfm_score(measure, has_order='order_count > 0') -%}
    case
        when not ({{ has_order }}) then null
        when max({{ measure }}) over (partition by {{ has_order }})
            = min({{ measure }}) over (partition by {{ has_order }}) then 3
        else least(5, 1 + cast(floor(
            5 * percent_rank() over (partition by {{ has_order }} order by {{ measure }})
        ) as bigint))
    end
{%- endmacro %}

{#-
    rfm_segment(): the segment of a recency and a frequency score, by the 5 x 5 grid that is in common
    use; its worst cell is told apart as lost. The monetary score does not move it.

                  frequency 1     2                   3                   4          5
    recency 5     new             potential_loyalist  potential_loyalist  champions  champions
    recency 4     promising       potential_loyalist  potential_loyalist  loyal      loyal
    recency 3     about_to_sleep  about_to_sleep      need_attention      loyal      loyal
    recency 2     hibernating     hibernating         at_risk             at_risk    cannot_lose
    recency 1     lost            hibernating         at_risk             at_risk    cannot_lose
-#}
{% macro rfm_segment() -%}
    case
        when recency_score is null or frequency_score is null then null
        when recency_score = 5 and frequency_score >= 4 then 'champions'
        when recency_score >= 3 and frequency_score >= 4 then 'loyal'
        when recency_score >= 4 and frequency_score >= 2 then 'potential_loyalist'
        when recency_score = 5 then 'new'
        when recency_score = 4 then 'promising'
        when recency_score = 3 and frequency_score = 3 then 'need_attention'
        when recency_score = 3 then 'about_to_sleep'
        when frequency_score = 5 then 'cannot_lose'
        when frequency_score >= 3 then 'at_risk'
        when recency_score = 1 and frequency_score = 1 then 'lost'
        else 'hibernating'
    end
{%- endmacro %}
