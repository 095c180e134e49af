{#-
    said_texts(): every text that a person wrote to or about the company, as rows of source_system,
    text_type, record_id, customer_id, text, said_at. Another source is another select of the union.
-#}
{% macro said_texts() -%}
    select
        source_system, 'feedback' as text_type, response_id as record_id, customer_id,
        feedback_text as text, responded_at as said_at
    from {{ ref('fct_survey_response') }}
    where is_test is not true

    union all

    select
        'zendesk' as source_system, 'ticket' as text_type, k.ticket_id as record_id, k.customer_id,
        concat_ws(' ', s.subject, s.description) as text, k.opened_at as said_at
    from {{ ref('fct_ticket') }} as k
    inner join {{ ref('stg_zendesk__ticket') }} as s on k.ticket_id = s.ticket_id

    union all

    select
        'zendesk' as source_system, 'ticket_comment' as text_type, c.comment_id as record_id, k.customer_id,
        c.body as text, c.commented_at as said_at
    from {{ ref('fct_ticket') }} as k
    inner join {{ ref('stg_zendesk__ticket_comment') }} as c
        on k.ticket_id = c.ticket_id and k.support_user_id = c.author_id

    union all

    select
        source_system, 'call' as text_type, call_id as record_id, customer_id, reason as text,
        started_at as said_at
    from {{ ref('fct_call') }}
    where is_test is not true and direction is distinct from 'outbound'

    union all

    select
        'call_center' as source_system, 'message' as text_type, m.message_id as record_id, e.customer_id,
        m.body as text, m.occurred_at as said_at
    from {{ ref('stg_call_center__message') }} as m
    left join {{ text_authors('call_center', 'message') }} as e on m.message_id = e.event_id
    where m.direction = 'inbound'

    union all

    select
        'meta' as source_system, 'comment' as text_type, c.comment_key as record_id, e.customer_id,
        c.body as text, c.commented_at as said_at
    from {{ ref('stg_meta__comment') }} as c
    left join {{ text_authors('meta') }} as e on c.comment_key = e.event_id

    union all

    select
        'x' as source_system, 'comment' as text_type, m.post_id as record_id, e.customer_id,
        m.body as text, m.posted_at as said_at
    from {{ ref('stg_x__mention') }} as m
    left join {{ text_authors('x') }} as e on m.post_id = e.event_id
    where m.mention_type is distinct from 'retweet'
{%- endmacro %}

{#- The customers of texts whose own tables are in staging: those of their events. -#}
{% macro text_authors(source_system, stream=none) -%}
    (
        select event_id, customer_id
        from {{ ref('fct_event') }}
        where source_system = '{{ source_system }}'{% if stream %} and stream = '{{ stream }}'{% endif %}
    )
{%- endmacro %}
