{#-
    The policies (dbt_project/identity_policies.yml, the var identity_policies) as a relation, one row
    per identifier type: identifier_type, priority, max_people, check_person, is_weak, window_days,
    window_people. They are checked where the file is read (orchestration/identity/policies.py);
    max_per_customer is a limit of customers, not of values: see identity_limit_rows.
-#}
{% macro identity_policy_rows() -%}
    {%- for identifier_type, policy in var('identity_policies').items() %}
    {%- set window = policy.get('max_people_in') or {} %}
    select
        '{{ identifier_type }}' as identifier_type,
        {{ policy['priority'] }} as priority,
        {{ policy['max_people'] }} as max_people,
        {{ policy['check_person'] }} as check_person,
        {{ policy.get('strength') == 'weak' }} as is_weak,
        cast({{ window.get('days') or 'null' }} as integer) as window_days,
        cast({{ window.get('people') or 'null' }} as integer) as window_people
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
