{#-
    Amounts of a refund from the lists the shop nests in it. What was paid back is in the transactions;
    where none came along, the lines and their tax say it.
-#}
{% macro refund_paid_back() -%}
    list_sum(list_transform(
        list_filter(
            from_json(transactions, '[{"kind":"VARCHAR","status":"VARCHAR","amount":"VARCHAR"}]'),
            lambda paid: coalesce(lower(paid.kind), 'refund') = 'refund'
                and coalesce(lower(paid.status), 'success') = 'success'
        ),
        lambda paid: {{ number('paid.amount', has_decimal_comma('shopify')) }}
    ))
{%- endmacro %}

{% macro refund_of_lines() -%}
    list_sum(list_transform({{ refund_lines() }}, lambda line:
        {{ number('line.subtotal', has_decimal_comma('shopify')) }}
        + coalesce({{ number('line.total_tax', has_decimal_comma('shopify')) }}, 0)))
{%- endmacro %}

{% macro refund_pieces() -%}
    list_sum(list_transform({{ refund_lines() }}, lambda line: try_cast(line.quantity as integer)))
{%- endmacro %}

{% macro refund_lines() -%}
    from_json(refund_line_items, '[{"quantity":"VARCHAR","subtotal":"VARCHAR","total_tax":"VARCHAR"}]')
{%- endmacro %}
