{#-
    Constraints on a customer as a whole, beside the reviewers' decisions.

    identity_limits()       {identifier type: most distinct values one customer may hold}: the
                            policies' `max_per_customer`; a type without it has no limit
    identity_limit_rows()   the same as a relation: identifier_type, max_per_customer, and is_typed: of
                            one per customer, but typed by hand, so that two values may be one document
    births_conflict(a, b)   whether two birth dates are known and neither equal nor a slip of the pen
                            apart: one digit, two neighbouring digits or day and month exchanged
    two_people(a, b)        whether two records are two people beyond doubt: birth dates that conflict
                            and names that differ (macro person_verdict)
-#}
{% macro identity_limits() -%}
    {%- set limits = {} -%}
    {%- for identifier_type, policy in var('identity_policies').items() -%}
        {%- set limit = policy.get('max_per_customer') -%}
        {%- if limit is not none -%} {%- do limits.update({identifier_type: limit}) -%} {%- endif -%}
    {%- endfor -%}
    {{ return(limits) }}
{%- endmacro %}

{% macro identity_limit_rows() -%}
    {%- for identifier_type, limit in identity_limits().items() %}
    {#- of documents only: a mailbox is no slip of another one -#}
    {%- set policy = var('identity_policies')[identifier_type] %}
    select
        '{{ identifier_type }}' as identifier_type, {{ limit }} as max_per_customer,
        {{ policy.get('check_person', true) and limit == 1 }} as is_typed
    union all
    {%- endfor %}
    select
        cast(null as varchar) as identifier_type, cast(null as integer) as max_per_customer,
        cast(null as boolean) as is_typed
    where false
{%- endmacro %}

{% macro births_conflict(a, b) -%}
    coalesce(
        damerau_levenshtein(strftime({{ a }}, '%Y%m%d'), strftime({{ b }}, '%Y%m%d')) > 1
        and not (
            year({{ a }}) = year({{ b }}) and month({{ a }}) = day({{ b }}) and day({{ a }}) = month({{ b }})
        ), false)
{%- endmacro %}

{% macro two_people(a, b) -%}
    ({{ births_conflict(a ~ '.birth_date', b ~ '.birth_date') }}
        and {{ person_verdict(a, b) }} = 'different')
{%- endmacro %}

{#- The same as a macro of the database, for what asks about pairs as they come up. -#}
{% macro create_two_people() -%}
    create or replace macro {{ this.schema }}.two_people(a, b) as {{ two_people('a', 'b') }}
{%- endmacro %}
