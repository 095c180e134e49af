-- Grain: one row per text that a person wrote to or about the company: its tone and its themes, not the
-- text. The reason of a call is what the call flow noted: it has themes and no tone. Reposts of X repeat
-- somebody else.
with

as_of as (

    select as_of_at from {{ ref('int_time__as_of') }}

),

events as (

    select source_system, stream, event_id, customer_id
    from {{ ref('fct_event') }}
    where source_system in ('meta', 'x', 'call_center')

),

said as (

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
    left join events as e
        on e.source_system = 'call_center' and e.stream = 'message' and m.message_id = e.event_id
    where m.direction = 'inbound'

    union all

    select
        'meta' as source_system, 'comment' as text_type, c.comment_key as record_id, e.customer_id,
        c.body as text, c.commented_at as said_at
    from {{ ref('stg_meta__comment') }} as c
    left join events as e on e.source_system = 'meta' and c.comment_key = e.event_id

    union all

    select
        'x' as source_system, 'comment' as text_type, m.post_id as record_id, e.customer_id,
        m.body as text, m.posted_at as said_at
    from {{ ref('stg_x__mention') }} as m
    left join events as e on e.source_system = 'x' and m.post_id = e.event_id
    where m.mention_type is distinct from 'retweet'

),

written as (

    select
        s.source_system, s.text_type, s.record_id, s.customer_id, s.said_at,
        {{ lexicon_text('s.text') }} as text
    from said as s
    inner join as_of as t on s.said_at <= t.as_of_at
    where trim(s.text) != ''

),

texts as (

    select distinct text, md5(text) as text_key from written

),

tone_words as (

    select word, polarity from {{ ref('sentiment_word') }}

),

tones as (

    select text_key, sum(value) as value
    from (
        select text_key, {{ word_value() }} as value
        from ({{ lexicon_hits('texts', 'tone_words', ['polarity']) }})
    )
    group by text_key

),

theme_words as (

    select theme, pattern as word from {{ ref('complaint_theme') }}

),

themes as (

    select text_key, list_sort(list(distinct theme)) as themes
    from ({{ lexicon_hits('texts', 'theme_words', ['theme']) }})
    group by text_key

),

judged as (

    select
        w.source_system, w.text_type, w.record_id, w.customer_id, w.said_at,
        coalesce(h.themes, ['other']) as themes,
        case when w.text_type != 'call' then coalesce(round({{ sentiment_score('o.value') }}, 4), 0) end as score
    from written as w
    left join tones as o on md5(w.text) = o.text_key
    left join themes as h on md5(w.text) = h.text_key

)

select
    ---------- ids
    source_system,
    text_type,
    record_id,
    customer_id,

    ---------- text
    themes,
    case when score is not null then {{ sentiment_of('score') }} end as sentiment,

    ---------- numerics
    score as sentiment_score,

    ---------- timestamps
    said_at

from judged
