{#-
    The facts and measures of dbt_project/metrics.yml (the var metrics), counted.

    metric_counts(fact)    one row per period (grain, start) and dimension value of the fact that has any row,
                           and a column per measure
    metric_flows()         the same of all facts, one row per measure
    metric_definitions()   one row per metric, as rows of dim_metric
-#}
{% macro metric_counts(name) -%}
    {%- set fact = var('metrics')['facts'][name] -%}
    {%- set day = fact.get('day') or 'cast(' ~ local_time('f.' ~ fact.get('moment', '')) ~ ' as date)' -%}
    {%- set dimensions = fact['dimensions'].keys() | list -%}
    select
        case when grouping(of_month) = 0 then 'month' when grouping(of_quarter) = 0 then 'quarter' else 'all' end
            as period_grain,
        coalesce(of_month, of_quarter, date '1970-01-01') as period_start,
        case
            {%- for dimension in dimensions %}
            when grouping(of_{{ dimension }}) = 0 then '{{ dimension }}'{% endfor %} else 'all' end as dimension,
        coalesce({% for dimension in dimensions %}of_{{ dimension }}, {% endfor %}'all') as dimension_value,
        {%- for measure, what in var('metrics')['measures'].items() if what['fact'] == name %}
        cast({{ what['expression'] }} as double) as {{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
    from (
        select
            f.*, a.as_of_at, a.as_of_date, {{ month_of(day) }} as of_month, {{ quarter_of(day) }} as of_quarter
            {%- for dimension, expression in fact['dimensions'].items() %},
            coalesce(cast({{ expression }} as varchar), 'unknown') as of_{{ dimension }}
            {%- endfor %}
        from {{ ref(fact['model']) }} as f
        inner join {{ ref('int_time__as_of') }} as a
            on {{ 'f.' ~ fact['moment'] ~ ' <= a.as_of_at' if fact.get('moment') else 'f.' ~ day ~ ' <= a.as_of_date' }}
        left join {{ ref('dim_customer') }} as c on f.customer_id = c.customer_id
        {{ 'where ' ~ fact['filter'] if fact.get('filter') }}
    ) as rows_of_fact
    group by grouping sets (
        {%- for grain in ['of_month', 'of_quarter', ''] %}
        ({{ grain }}){% for dimension in dimensions %}, ({{ [grain, 'of_' ~ dimension] | select | join(', ') }}){% endfor %}
        {{- ',' if not loop.last }}
        {%- endfor %}
    )
    having count(*) > 0
{%- endmacro %}

{% macro metric_flows() -%}
    {%- set known = var('metrics')['measures'] -%}
    {%- for fact in var('metrics')['facts'] %}
    {%- set measures = [] -%}
    {%- for measure, what in known.items() if what['fact'] == fact %}{% do measures.append(measure) %}{% endfor %}
    select
        f.period_grain, f.period_start, f.dimension, f.dimension_value, m.measure, m.counts,
        case m.measure {%- for measure in measures %} when '{{ measure }}' then f.{{ measure }}{% endfor %} end as amount
    from ({{ metric_counts(fact) }}) as f
    cross join (
        values {% for measure in measures -%}
        ('{{ measure }}', '{{ known[measure].get("counts", "in_period") }}'){{ ', ' if not loop.last }}
        {%- endfor %}
    ) as m (measure, counts)
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{% macro metric_definitions() -%}
    {%- for metric in var('metrics')['metrics'] %}
    select
        '{{ metric["name"] }}' as metric,
        {%- for key in ['label', 'definition', 'source', 'numerator', 'denominator'] %}
        {{ "'" ~ metric[key] | replace("'", "''") ~ "'" if metric.get(key) else 'cast(null as varchar)' }} as {{ key }},
        {%- endfor %}
        '{{ var("reporting_currency") if metric["unit"] == "currency" else metric["unit"] }}' as unit,
        {{ metric.get('scale', 1) }} as scale,
        {{ loop.index }} as place
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
