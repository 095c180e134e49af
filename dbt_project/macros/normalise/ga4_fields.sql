{#-
    What an event of Google Analytics 4 says of itself beyond its parameters: where a visit came from,
    what it is about and how much money; see stg_ga4__event.
-#}
{#-
    Kinds that the name alone does not tell. A session that began on another site's link is a
    backlink click, told by its session_start: the landing page's page_view stays a page view, so
    that neither is counted twice.
-#}
{% macro ga4_event_kind() -%}
    case
        when called = 'session_start' and is_from_outside
            and coalesce(lower(tagged_medium), 'referral') = 'referral' and click_id is null
            and (tagged_medium is not null or not {{ is_search_engine('other_host') }})
            then 'backlink_click'
        when called = 'session_start' then 'session_start'
    end
{%- endmacro %}

{#- What was tagged with the event; else, where a visit begins, the site it came from. -#}
{% macro ga4_campaign() -%}
    coalesce(tagged_source, case when is_from_outside then other_host end) as utm_source,
    coalesce(lower(tagged_medium), case
        when is_from_outside and tagged_source is null
            then case when {{ is_search_engine('other_host') }} then 'organic' else 'referral' end
    end) as utm_medium,
    coalesce({{ ga4_said('coalesce(tag[3], manual_campaign_name)') }}, {{ ga4_param('campaign') }}) as utm_campaign,
    coalesce({{ ga4_said('coalesce(tag[5], manual_term)') }}, {{ ga4_param('term') }}) as utm_term,
    coalesce({{ ga4_said('coalesce(tag[6], manual_content)') }}, {{ ga4_param('content') }}) as utm_content
{%- endmacro %}

{#- What the event is about: a file, a link, an item, shared content, else the page. -#}
{% macro ga4_object() -%}
    {%- set link, file = ga4_param('link_url'), ga4_param('file_name') -%}
    {%- set shared = ga4_param('content_type') -%}
    case
        when {{ file }} is not null then 'file' when {{ link }} is not null then 'link'
        when {{ shared }} is not null then {{ shared }} when len(item) = 1 then 'product'
        when page_url is not null then 'page'
    end as object_type,
    coalesce({{ link }}, {{ ga4_param('item_id') }}, case when len(item) = 1 then item[1].item_id end) as object_id,
    coalesce({{ file }}, case when len(item) = 1 then item[1].item_name end, {{ ga4_param('page_title') }}) as object_name,
    {{ ga4_param('method') }} as method
{%- endmacro %}

{#-
    Money of the event: the order's revenue or refund, else the value it was given, else its items.
    In the shop's currency where the export has it, else in US dollars, as Google converted it; a
    converted nought is how the export says that there was nothing to convert.
-#}
{% macro ga4_amounts() -%}
    coalesce(
        case when called = 'refund' then coalesce(shop[4], ecommerce_refund_value)
            else coalesce(shop[2], ecommerce_purchase_revenue) end,
        {{ ga4_param('value') }},
        cast(list_sum(list_transform(item, lambda i:
            try_cast(i.price as decimal(12, 4)) * coalesce(try_cast(i.quantity as decimal(6, 0)), 1)
        )) as varchar)
    ) as own_amount,
    coalesce(
        case when called = 'refund' then coalesce(shop[5], ecommerce_refund_value_in_usd)
            else coalesce(shop[3], ecommerce_purchase_revenue_in_usd) end,
        event_value_in_usd
    ) as dollar_amount
{%- endmacro %}

{% macro ga4_value() -%}
    coalesce({{ number('own_amount') }}, nullif({{ number('dollar_amount') }}, 0)) as value,
    coalesce(own_amount, case when {{ number('dollar_amount') }} is null then dollar_amount end) as raw_value,
    case
        when {{ number('own_amount') }} is not null then upper({{ ga4_param('currency') }})
        when {{ number('dollar_amount') }} <> 0 then 'USD'
    end as currency
{%- endmacro %}
