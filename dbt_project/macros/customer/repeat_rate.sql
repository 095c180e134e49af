{#-
    What is expected of a customer without the BG/NBD model. Repeat orders come at a rate of the customer's
    own; before anything is known of them, rates are spread as an exponential distribution about the
    pooled rate (repeat orders per day of all customers, `pooled_rate`). Both figures are those of the
    gamma-Poisson model (Gelman et al., Bayesian Data Analysis, 3rd ed., section 2.6) with the prior
    Gamma(1, 1 / pooled rate), for a customer with `frequency` repeat orders, the last of them
    `recency_days` after the first order, which was `age_days` ago.

    fallback_orders(days)   repeat orders expected in the coming days: (1 + x) / (1/rate + T) a day.
                            Nobody is expected to have left, so it is an upper estimate.
    silence_probability()   how probable a silence as long as the one since the last order is for somebody
                            who still buys: ((1/rate + t_x) / (1/rate + T)) ^ (1 + x)
-#}
{% macro fallback_orders(days) -%}
    case
        when pooled_rate > 0
            then {{ days }} * (1 + frequency) / (1 / pooled_rate + age_days)
        else 0
    end
{%- endmacro %}

{% macro silence_probability() -%}
    case
        when pooled_rate > 0
            then power((1 / pooled_rate + recency_days) / (1 / pooled_rate + age_days), 1 + frequency)
    end
{%- endmacro %}
