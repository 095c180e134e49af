{#-
    What a subscription is paid for, nested by the API or laid flat by a replication service.

    stripe_items()  list of what is paid for: {quantity, price}, price the texts of price_keys()
-#}
{% macro price_keys() -%}
    {{ return(['id', 'nickname', 'product', 'unit_amount', 'amount', 'currency', 'recurring.interval',
        'interval', 'recurring.interval_count', 'interval_count']) }}
{%- endmacro %}

{% macro stripe_items() -%}
    coalesce(
        nullif(list_transform(
            from_json(coalesce(items -> '$.data', items), '[{"quantity":"VARCHAR","price":"JSON","plan":"JSON"}]'),
            lambda item: struct_pack(
                quantity := item.quantity,
                price := {{ nested_list('coalesce(item.price, item.plan)', price_keys()) }}
            )
        ), []),
        [{{ let('nested', nested_list('plan', price_keys()), flat_item()) }}]
    )
{%- endmacro %}

{% macro flat_item() -%}
    struct_pack(
        quantity := quantity,
        price := [
            coalesce(plan_id, nested[1]), coalesce(plan_name, nested[2]), coalesce(product_id, nested[3]),
            coalesce(unit_amount, nested[4], nested[5]), null, coalesce(currency, nested[6]),
            coalesce(billing_interval, nested[7], nested[8]), null,
            coalesce(billing_interval_count, nested[9], nested[10]), null
        ]
    )
{%- endmacro %}

{#-
    stripe_monthly(): what a list of items costs a month, whatever the interval they are billed in: a
    year is 12 months, a week 12/52 and a day 12/365 of one. Null when any item has no readable price.
-#}
{% macro stripe_monthly() -%}
    list_transform([list_transform(offered, lambda item: {{ minor_amount(
        'coalesce(item.price[4], item.price[5])', 'upper(trim(item.price[6]))') }}
        * coalesce(try_cast(item.quantity as integer), 1)
        * case lower(trim(coalesce(item.price[7], item.price[8])))
            when 'month' then 1 when 'year' then 1 / 12.0 when 'week' then 52 / 12.0 when 'day' then 365 / 12.0
        end
        / greatest(coalesce(try_cast(coalesce(item.price[9], item.price[10]) as integer), 1), 1)
    )], lambda amounts: case
        when list_count(amounts) = len(amounts) then cast(round(list_sum(amounts), 4) as decimal(18, 4))
    end)[1]
{%- endmacro %}
