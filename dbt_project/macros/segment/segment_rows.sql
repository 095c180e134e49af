{#-
    The declared segments (dbt_project/segments.yml, the var segments) as a relation, one row each. They
    are checked where the file is read (orchestration/segments).
-#}
{% macro segment_rows() -%}
    {%- set texts = ['description', 'owner', 'purpose', 'condition', 'refresh'] -%}
    {%- for name, segment in var('segments', {}).items() %}
    select
        '{{ name }}' as segment,
        {%- for key in texts %}
        {{ dbt.string_literal(dbt.escape_single_quotes(segment[key])) }} as {{ key }},
        {%- endfor %}
        {{ segment['is_activated'] }} as is_activated
    union all
    {%- endfor %}
    select
        cast(null as varchar) as segment,
        {%- for key in texts %}
        cast(null as varchar) as {{ key }},
        {%- endfor %}
        cast(null as boolean) as is_activated
    where false
{%- endmacro %}

{#-
    What customers did up to as_of_at, one row per customer with a column per predicate that the
    conditions use (the var segment_events): the relation `e` of their SQL.

    segment_event_rows(events, as_of): names of the relations of fct_event and int_time__as_of.
-#}
{% macro segment_event_rows(events, as_of) -%}
    {%- set predicates = var('segment_events', {}) -%}
    select
        v.customer_id
        {%- for name, one in predicates.items() -%}
        {%- set result = {'count_events': 'count(*)', 'last_event': 'max(v.occurred_at)', 'first_event': 'min(v.occurred_at)'} -%}
        ,
        {{ result[one['function']] }} filter (
            where v.event_kind = '{{ one['kind'] }}'
            {%- if one['days'] %}
                and v.occurred_at > {{ dbt.dateadd('day', -one['days'], 'a.as_of_at') }}
            {%- endif %}
        ) as {{ name }}
        {%- endfor %}
    from {{ events }} as v
    cross join {{ as_of }} as a
    where
        v.customer_id is not null
        and v.occurred_at <= a.as_of_at
        and v.event_kind in (
            {%- for kind in predicates.values() | map(attribute='kind') | unique %}'{{ kind }}', {% endfor %}''
        )
    group by v.customer_id
{%- endmacro %}

{#- Columns of the tables that publication and activation keep of segments, with their types. -#}
{% macro segment_stay_columns() -%}
    {{ return({
        'segment': 'varchar', 'customer_id': 'varchar', 'entered_at': 'timestamp', 'left_at': 'timestamp',
    }) }}
{%- endmacro %}

{#-
    Ids that stood for a customer and the one customer that goes on for them: one row per old id. Of an id
    that was split, its own part where it still exists, else the first.

    surviving_customers(redirect): name of the relation of redirect.
-#}
{% macro surviving_customers(redirect) -%}
    select
        old_customer_id,
        case
            when bool_or(customer_id = old_customer_id) then old_customer_id else min(customer_id)
        end as customer_id
    from {{ redirect }}
    where customer_id is not null
    group by old_customer_id
{%- endmacro %}
