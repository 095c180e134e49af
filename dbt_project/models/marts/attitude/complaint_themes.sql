-- Grain: one row per month and theme, from the first complaint to now, without gaps: what people complain
-- about. A complaint is a ticket that the help desk marks as one, or a text with a negative tone. It counts
-- in every theme it names; a mention is any record that names the theme, complaint or not.
{%- set kinds = {'ticket': 'tickets', 'message': 'messages', 'feedback': 'responses', 'comment': 'comments'} %}

with

as_of as (

    select cast(date_trunc('month', as_of_date) as date) as as_of_month from {{ ref('int_time__as_of') }}

),

records as (

    select
        x.source_system, x.text_type, x.record_id, x.customer_id, x.themes, x.said_at,
        cast(date_trunc('month', {{ local_time('x.said_at') }}) as date) as month,
        coalesce(x.sentiment = 'negative' or k.is_complaint, false) as is_complaint,
        date_diff('second', k.opened_at, {{ solved_at('k') }}) / 3600.0 as hours_to_solve
    from {{ ref('int_attitude__text') }} as x
    left join {{ ref('fct_ticket') }} as k on x.text_type = 'ticket' and x.record_id = k.ticket_id
    where x.text_type != 'ticket_comment'

),

named as (

    select *, unnest(themes) as theme from records

),

counted as (

    select
        month,
        theme,
        count(*) filter (where is_complaint) as complaints,
        count(distinct customer_id) filter (where is_complaint) as customers,
        count(*) as mentions,
        {%- for kind, name in kinds.items() %}
        count(*) filter (where is_complaint and text_type = '{{ kind }}') as {{ name }},
        {%- endfor %}
        median(hours_to_solve) filter (where is_complaint and hours_to_solve >= 0) as median_hours_to_solve,
        arg_max(
            struct_pack(source_system := source_system, text_type := text_type, record_id := record_id),
            (said_at, source_system, text_type, record_id)
        ) filter (where is_complaint) as example
    from named
    group by month, theme

),

totals as (

    select month, count(*) filter (where is_complaint) as complaints from records group by month

),

months as (

    select cast(unnest(generate_series(min(r.month), max(t.as_of_month), interval 1 month)) as date) as month
    from records as r
    cross join as_of as t
    where r.is_complaint

),

themes as (

    select distinct theme from {{ ref('complaint_theme') }}
    union all
    select 'other' as theme

),

filled as (

    select
        m.month,
        h.theme,
        {%- for name in ['complaints', 'customers', 'mentions'] + kinds.values() | list %}
        coalesce(c.{{ name }}, 0) as {{ name }},
        {%- endfor %}
        c.median_hours_to_solve,
        c.example,
        coalesce(s.complaints, 0) as all_complaints,
        lag(coalesce(c.complaints, 0)) over (partition by h.theme order by m.month) as complaints_before,
        t.as_of_month
    from months as m
    cross join themes as h
    cross join as_of as t
    left join counted as c on m.month = c.month and h.theme = c.theme
    left join totals as s on m.month = s.month

)

select
    ---------- ids
    month,
    theme,
    example.source_system as example_source_system,
    example.text_type as example_type,
    example.record_id as example_id,

    ---------- numerics
    complaints,
    customers,
    mentions,
    {%- for name in kinds.values() %}
    {{ name }},
    {%- endfor %}
    cast(round(complaints * 1.0 / nullif(all_complaints, 0), 4) as decimal(5, 4)) as complaint_share,
    case when month < as_of_month then complaints - complaints_before end as complaints_change,
    cast(round(median_hours_to_solve, 2) as decimal(12, 2)) as median_hours_to_solve,

    ---------- flags
    month = as_of_month as is_partial

from filled
