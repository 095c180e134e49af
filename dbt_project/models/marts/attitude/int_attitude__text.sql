-- Grain: one row per text that a person wrote to or about the company: its tone and its themes, not the
-- text. The reason of a call is what the call flow noted: it has themes and no tone. Reposts of X repeat
-- somebody else.
with

as_of as (

    select as_of_at from {{ ref('int_time__as_of') }}

),

said as (

    {{ said_texts() }}

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

    select text_key, {{ steady('sum(value)') }} as value
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
