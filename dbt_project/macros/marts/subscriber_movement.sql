{#-
    subscriber_movement(): what a change of what a subscriber pays a month is called, from mrr_before,
    mrr_after, paused_before, paused_after (subscriptions that rest) and has_paid (ever before).
    The words and their meanings are those of the MRR movements of ChartMogul and Baremetrics: new,
    expansion, contraction, churn, reactivation (here won_back); a pause is no churn while it lasts.
-#}
{% macro subscriber_movement() -%}
    case
        when mrr_after > 0 and mrr_before = 0 and not has_paid then 'new'
        when mrr_after = 0 and mrr_before = 0 and paused_after = 0 and paused_before > 0
            then 'ended_while_paused'
        when mrr_after > mrr_before and (paused_after < paused_before or (mrr_before = 0 and paused_before > 0))
            then 'resumed'
        when mrr_after > mrr_before and mrr_before = 0 then 'won_back'
        when mrr_after > mrr_before then 'expansion'
        when mrr_after < mrr_before and (paused_after > paused_before or (mrr_after = 0 and paused_after > 0))
            then 'paused'
        when mrr_after < mrr_before and mrr_after = 0 then 'churned'
        when mrr_after < mrr_before then 'contraction'
        else 'none'
    end
{%- endmacro %}
