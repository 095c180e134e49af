{#-
    Where a customer stands; the first rule that holds. Days are told as of int_time__as_of.

    prospect    known, and has never bought anything
    won_back    bought again at most `won_back_days` ago, after a silence that counts as lapsed, and is not
                silent again
    new         bought for the first time at most `new_days` ago
    loyal       not silent, with orders on at least `loyal_order_days` days
    active      not silent
    at_risk     silent longer than `at_risk` of all silences that ended, and so on:
    lapsed      ... than `lapsed`
    churned     ... than `churned` of them

    How long each silence is, is known of the customer (at_risk_days ...; see silence_limit). A live
    subscription is bought every day, so its holder is never silent.

    Needs the columns first_purchase_days, silent_days, returned_days, order_days, is_subscriber,
    at_risk_days, lapsed_days, churned_days; days are counted back from now.
-#}
{% macro lifecycle_stage() -%}
    {%- set rules = var('lifecycle') -%}
    case
        when first_purchase_days is null and not is_subscriber then 'prospect'
        when not is_subscriber and silent_days > churned_days then 'churned'
        when not is_subscriber and silent_days > lapsed_days then 'lapsed'
        when not is_subscriber and silent_days > at_risk_days then 'at_risk'
        when returned_days <= {{ rules.won_back_days }} then 'won_back'
        when coalesce(first_purchase_days, 0) <= {{ rules.new_days }} then 'new'
        when order_days >= {{ rules.loyal_order_days }} then 'loyal'
        else 'active'
    end
{%- endmacro %}

{#-
    silence_limit(stage): days without a purchase after which a customer is at_risk, lapsed or churned. With
    the share p of the var `lifecycle`:

    - who has ordered on at least `own_gap_order_days` days: the time after which a share 1 - p of their own
      gaps would still be open, were these exponential: their median gap times -ln(1 - p) / ln 2, the median
      taken as no less than that of all customers;
    - anybody else: the p-quantile of the gaps of all customers;
    - where all customers together have fewer than `min_gaps`: the var's default_days.

    Needs the columns order_days, median_gap_days, gaps, common_gap_days and common_<stage>_days.
-#}
{% macro silence_limit(stage) -%}
    {%- set rules = var('lifecycle') -%}
    case
        when gaps < {{ rules.min_gaps }} then {{ rules.default_days[stage] }}
        when order_days >= {{ rules.own_gap_order_days }}
            then greatest(median_gap_days, common_gap_days) * -ln(1 - {{ rules.silence[stage] }}) / ln(2)
        else common_{{ stage }}_days
    end
{%- endmacro %}
