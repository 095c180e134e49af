{#-
    When a customer was first and last in touch, of their own accord: an event, a purchase, a message to support.
    Of what customer_360 joins: e engagement, p purchases, a attitude. Null where nothing is known.
-#}
{% macro first_contact_at() -%} least(e.first_event_at, p.first_purchase_at, a.last_contact_with_support_at) {%- endmacro %}

{% macro last_contact_at() -%} greatest(e.last_event_at, p.last_purchase_at, a.last_contact_with_support_at) {%- endmacro %}
