{#-
    What is bought together.

    product_pairs(items)     items: relation of basis, unit_id (customer or basket) and product_id, each once.
                             One row per basis and ordered pair of products with at least min_together units
                             that hold both; the max_neighbours most probable per product. Support, confidence
                             and lift as in Agrawal, Imieliński and Swami, Mining Association Rules, 1993, and
                             Brin and others, Dynamic Itemset Counting, 1997.
    latest_products(moment)  keeps the max_products_paired latest rows of a customer (customer_id, product_id)
    popular_products(bought, buyers)
                             bought: relation of a row per customer and product, with its category; buyers: SQL
                             of the number of customers in it. One row per product, with its share and places.
-#}
{% macro product_pairs(items) -%}
    {%- set settings = var('recommendations') -%}
    select
        p.basis, p.product_id, p.other_product_id, p.together, o.units as product_units, q.units as other_units,
        t.units as all_units,
        p.together / cast(t.units as double) as support,
        p.together / cast(o.units as double) as confidence,
        p.together * cast(t.units as double) / (o.units * q.units) as lift,
        row_number() over (
            partition by p.basis, p.product_id order by p.together desc, q.units, p.other_product_id
        ) as place
    from (
        select a.basis, a.product_id, b.product_id as other_product_id, count(*) as together
        from {{ items }} as a
        inner join {{ items }} as b
            on a.basis = b.basis and a.unit_id = b.unit_id and a.product_id <> b.product_id
        group by a.basis, a.product_id, b.product_id
        having count(*) >= {{ settings['min_together'] }}
    ) as p
    inner join (select basis, product_id, count(*) as units from {{ items }} group by basis, product_id) as o
        on p.basis = o.basis and p.product_id = o.product_id
    inner join (select basis, product_id, count(*) as units from {{ items }} group by basis, product_id) as q
        on p.basis = q.basis and p.other_product_id = q.product_id
    inner join (select basis, count(distinct unit_id) as units from {{ items }} group by basis) as t
        on p.basis = t.basis
    -- of one product the same number together is the same confidence; among equals the rarer one tells more
    qualify place <= {{ settings['max_neighbours'] }}
{%- endmacro %}

{% macro popular_products(bought, buyers) -%}
    select
        product_id, category, buyers / cast(nullif({{ buyers }}, 0) as double) as share,
        row_number() over (order by buyers desc, product_id) as place,
        row_number() over (partition by category order by buyers desc, product_id) as place_in_category
    from (select product_id, min(category) as category, count(*) as buyers from {{ bought }} group by product_id) as b
{%- endmacro %}

{% macro latest_products(moment) -%}
    qualify row_number() over (partition by customer_id order by {{ moment }} desc, product_id)
        <= {{ var('recommendations')['max_products_paired'] }}
{%- endmacro %}
