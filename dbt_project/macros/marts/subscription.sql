{#-
    subscription_phase(): live, paused, ended or pending, from the columns of a state. A subscription in
    its trial is live; one whose first payment never came is pending and has not begun. `ended_at` may
    lie ahead of the state that tells it.
-#}
{% macro subscription_phase() -%}
    case
        when status in ('canceled', 'incomplete_expired') or coalesce(ended_at <= valid_from, false) then 'ended'
        when status = 'incomplete' then 'pending'
        when status = 'paused' or is_paused then 'paused'
        else 'live'
    end
{%- endmacro %}

{#-
    subscription_changes(): list of what changed with a state, against the one before it (phase_before,
    mrr_before ... null for the first). The steps follow one another: where a version resumes and
    upgrades at once, the upgrade begins where the resumption ended, so that the sum of all deltas of
    a subscription is what it earns now.
-#}
{% macro subscription_changes() -%}
    {%- set began = "coalesce(phase_before, 'pending') = 'pending' and phase <> 'pending' and status <> 'incomplete_expired'" -%}
    {%- set cancelling = '(is_cancelling and not coalesce(was_cancelling, false))' -%}
    {%- set rules = [
        (began ~ ' and not is_returning', 'new', 'coalesce(started_at, valid_from)', '0', 'mrr'),
        (began ~ ' and is_returning', 'reactivation', 'coalesce(started_at, valid_from)', '0', 'mrr'),
        ("phase_before = 'ended' and phase <> 'ended'", 'reactivation', 'valid_from', '0', 'mrr'),
        ("phase_before = 'paused' and phase = 'live'", 'resume', 'valid_from', '0', 'mrr_before'),
        (moved('>'), 'upgrade', 'valid_from', 'mrr_before', 'mrr'),
        (moved('<'), 'downgrade', 'valid_from', 'mrr_before', 'mrr'),
        ("phase = 'paused' and coalesce(phase_before, 'pending') <> 'paused'", 'pause', 'valid_from', 'mrr', '0'),
        (cancelling ~ " and phase in ('live', 'paused')", 'cancellation_scheduled', 'coalesce(canceled_at, valid_from)', earning(), earning()),
        ("was_cancelling and not is_cancelling and phase in ('live', 'paused')", 'cancellation_withdrawn', 'valid_from', earning(), earning()),
        ("phase = 'ended' and (phase_before in ('live', 'paused') or (" ~ began ~ '))', 'deactivation',
            'coalesce(ended_at, canceled_at, valid_from)',
            "case when phase_before = 'paused' then 0 else coalesce(mrr_before, mrr) end", '0'),
    ] -%}
    list_filter([
        {%- for condition, change_type, at, before, after in rules %}
        struct_pack(
            change_type := case when {{ condition }} then '{{ change_type }}' end,
            changed_at := {{ at }},
            mrr_before := cast({{ before }} as decimal(18, 4)),
            mrr_after := cast({{ after }} as decimal(18, 4))
        ){{ ',' if not loop.last }}
        {%- endfor %}
    ], lambda step: step.change_type is not null)
{%- endmacro %}

{% macro earning() -%} case when phase = 'live' then mrr else 0 end {%- endmacro %}

{#- A price that changes while nothing is charged shows when the subscription is resumed. -#}
{% macro moved(direction) -%}
    currency is not distinct from currency_before and mrr {{ direction }} mrr_before
    and (phase = 'live' and phase_before in ('live', 'paused') or phase = 'paused' and phase_before = 'live')
{%- endmacro %}
