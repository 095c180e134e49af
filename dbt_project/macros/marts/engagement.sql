{#-
    The engagement score: 0 to 100, comparable over time because nothing in it depends on other customers.

    engagement_channel()        web, app, email, social or support, from the columns of an event; null
                                for those of servers, which repeat what site and app tell
    engagement_points(at)       what one point is worth by now: half of it after the half-life
    engagement_score(points)    100 * (1 - exp(-points / scale)): the scale's points give 63
-#}
{% macro engagement_channel() -%}
    case
        when event_kind = 'referral' then 'social'
        when channel = 'web' then 'web'
        when channel = 'mobile' then 'app'
        when channel in ('email', 'social') then channel
        when channel in ('phone', 'message', 'survey') then 'support'
    end
{%- endmacro %}

{% macro engagement_points(points, at, as_of_at) -%}
    {{ points }} * power(0.5, date_diff('second', {{ at }}, {{ as_of_at }}) / (86400.0 * {{ var('engagement')['half_life_days'] }}))
{%- endmacro %}

{% macro engagement_score(points) -%}
    round(100.0 * (1 - exp(-coalesce({{ points }}, 0) / {{ var('engagement')['scale_points'] }})), 4)
{%- endmacro %}
