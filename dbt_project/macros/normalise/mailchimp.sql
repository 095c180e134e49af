{#- What the models of Mailchimp share. Nothing else uses it. -#}

{% macro mailchimp_statuses() -%}
    ('subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional', 'archived')
{%- endmacro %}

{#-
    Marketing consent that a status says. `cleaned` is an address that bounced, `pending` was never
    confirmed, `transactional` and `archived` say nothing of what the person wants: all null.
-#}
{% macro mailchimp_consent(c) -%}
    case {{ c }} when 'subscribed' then 'granted' when 'unsubscribed' then 'withdrawn' end
{%- endmacro %}

{#- Mailchimp's id of an address is the MD5 of it in lower case, so it follows where it was left out. -#}
{% macro mailchimp_member_id(id, address) -%}
    coalesce(lower({{ key_text(id) }}), md5({{ email(address) }}))
{%- endmacro %}

{#- Kind of an activity; what is not on the list is kept as `other`. -#}
{% macro mailchimp_event_kind(c) -%}
    case
        when {{ c }} in ('open', 'mandrill_open') then 'email_open'
        when {{ c }} in ('click', 'mandrill_click') then 'email_click'
        when {{ c }} in ('bounce', 'mandrill_bounce') then 'email_bounce'
        when {{ c }} in ('sent', 'send', 'mandrill_send') then 'email_sent'
        when {{ c }} in ('unsub', 'unsubscribe') then 'unsubscribe'
        else 'other'
    end
{%- endmacro %}
