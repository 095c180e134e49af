{#-
    recommended(history, pairs, popular): up to five products per customer, ranked. recommendation_quality
    measures this very select on purchases it has not seen.

    history: customer_id, product_id, category and age_days; every customer who is to get something has a row
    (product_id null without any). pairs: product_id, other_product_id, confidence. popular: product_id,
    category, share, place, place_in_category.

    First by pairs (sum over the latest products of confidence, halved every half_life_days), then the most
    sold of the favourite category, then of all. Item-to-item, after Linden, Smith and York, Amazon.com
    Recommendations, 2003.
-#}
{% macro recommended(history, pairs, popular) -%}
    {%- set settings = var('recommendations') -%}
    with latest as (
        select customer_id, product_id,
            cast(power(0.5, age_days / {{ settings['half_life_days'] }}.0) as decimal(12, 9)) as weight
        from {{ history }}
        where product_id is not null
        qualify row_number() over (partition by customer_id order by age_days, product_id)
            <= {{ settings['max_products_asked'] }}
    ),
    by_pairs as (
        -- decimals add up the same in any order, so ties stay ties
        select * from (
        select l.customer_id, a.other_product_id as product_id,
            sum(cast(a.confidence as decimal(12, 9)) * l.weight) as score,
            arg_max(l.product_id, struct_pack(part := cast(a.confidence as decimal(12, 9)) * l.weight, id := l.product_id))
                as because
        from latest as l
        inner join {{ pairs }} as a on l.product_id = a.product_id
        anti join {{ history }} as h on l.customer_id = h.customer_id and a.other_product_id = h.product_id
        group by l.customer_id, a.other_product_id
        ) as scored
        qualify row_number() over (partition by customer_id order by score desc, product_id) <= 5
    ),
    favourite as (
        select customer_id, category from (
            select customer_id, category, count(product_id) as products, min(age_days) as age_days
            from {{ history }} group by customer_id, category
        ) as c
        qualify row_number() over (partition by customer_id order by products desc, age_days, category) = 1
    ),
    -- only who got fewer than five: the others need no filling up
    short as (
        select f.customer_id, f.category
        from favourite as f
        left join (select customer_id, count(*) as found from by_pairs group by customer_id) as n
            on f.customer_id = n.customer_id
        where coalesce(n.found, 0) < 5
    ),
    filling as (
        select * from (
        select s.customer_id, p.product_id, min(case when s.category = p.category then 0 else 1 end) as far,
            min(p.share) as score, min(p.place) as place
        from short as s
        inner join {{ popular }} as p
            on p.place <= {{ settings['max_popular'] }}
            or (s.category = p.category and p.place_in_category <= {{ settings['max_popular'] }})
        anti join {{ history }} as h on s.customer_id = h.customer_id and p.product_id = h.product_id
        anti join by_pairs as b on s.customer_id = b.customer_id and p.product_id = b.product_id
        group by s.customer_id, p.product_id
        ) as fitting
        qualify row_number() over (partition by customer_id order by far, place, product_id) <= 5
    ),
    both_ways as (
        select customer_id, product_id, cast(score as double) as score, because, 0 as way, 0 as far, 0 as place
        from by_pairs
        union all
        select customer_id, product_id, score, cast(null as varchar) as because, 1 as way, far, place
        from filling
    )
    select customer_id, product_id, score, because,
        row_number() over (
            partition by customer_id
            order by way, far, case way when 0 then score end desc nulls last, place, product_id
        ) as rank
    from both_ways
    qualify rank <= 5
{%- endmacro %}

{#- Probability that five products drawn from so many hold one of those wanted (hypergeometric). -#}
{% macro chance_of_a_hit(products, wanted) -%}
    1 - {% for drawn in range(5) -%}
    greatest({{ products }} - {{ wanted }} - {{ drawn }}, 0) / cast(greatest({{ products }} - {{ drawn }}, 1) as double)
    {{- ' * ' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
