{#-
    own_act(): whether the customer did something, from the columns of an event. What only happened to
    them (an e-mail sent, a bounce, a call of ours), what has no known name, what a robot did and what
    lies in the future of the run is none.
-#}
{% macro own_act() -%}
    event_kind not in ('email_sent', 'email_bounce', 'other')
    and not (channel in ('phone', 'message') and coalesce(starts_with(event_name, 'outbound'), false))
    and is_bot is not true
    and occurred_at <= {{ utc_now() }}
{%- endmacro %}
