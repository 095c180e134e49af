-- Grain: one row per pair of records that somebody decided on; the latest decision counts.
-- A pair has no direction, so the lesser record stands left. Two verdicts of one second contradict each
-- other and neither counts: whoever is right has to say it again.
{{ config(
    materialized='staged',
    unique_key=['left_system', 'left_stream', 'left_key', 'right_system', 'right_stream', 'right_key'],
    version_by='decided_at'
) }}

with

source as (

    select
        *,
        {%- for side, name in [('left', 'given'), ('right', 'asked')] %}
        struct_pack(
            source_system := lower({{ key_text(side ~ '_system') }}),
            stream := lower({{ key_text(side ~ '_stream') }}),
            record_key := {{ key_text(side ~ '_key') }}
        ) as {{ name }},
        {%- endfor %}
        {{ let('word', "replace(lower(" ~ text('verdict') ~ "), ' ', '_')", words_to({
            'same': ['same', 'same_person', 'match', '同一', '同一人物'],
            'not_same': ['not_same', 'different', 'no_match', '別人'],
        })) }} as word,
        {{ timestamp_utc('decided_at', source_zone('decisions')) }} as decided
    from {{ source('raw', 'decisions__identity') }}

),

paired as (

    select *, least(given, asked) as one, greatest(given, asked) as other from source

),

renamed as (

    select
        {{ key_text('decision_id') }} as decision_id,
        one.source_system as left_system,
        one.stream as left_stream,
        one.record_key as left_key,
        other.source_system as right_system,
        other.stream as right_stream,
        other.record_key as right_key,
        word as verdict,
        {{ text('decided_by') }} as decided_by,
        {{ text('reason') }} as reason,
        decided as decided_at,
        decided_at as raw_decided_at,
        min(word) over (partition by one, other, decided)
        <> max(word) over (partition by one, other, decided) as is_contradicted,
        {{ lineage() }}

    from paired

)

select
    decision_id,
    left_system,
    left_stream,
    left_key,
    right_system,
    right_stream,
    right_key,
    verdict,
    decided_by,
    reason,
    decided_at,
    {{ reject_reasons(
        missing_key([
            'decision_id', 'left_system', 'left_stream', 'left_key', 'right_system', 'right_stream', 'right_key',
        ])
        + [
            ['one_record:right_key', '(left_system, left_stream, left_key) = (right_system, right_stream, right_key)'],
            ['unknown_verdict:verdict', 'verdict is null'],
            ['contradicting_decision:verdict', 'is_contradicted and decided_at is not null'],
        ]
        + missing_time('decided_at') + unread(['decided_at'])
    ) }} as _reject_reasons,
    {{ field_issues([
        ['unknown_system:left_system', 'left_system not in ' ~ known_systems()],
        ['unknown_system:right_system', 'right_system not in ' ~ known_systems()],
    ]) }} as _field_issues,
    {{ lineage() }}

from renamed
