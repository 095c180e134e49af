{#- The purposes that policies are about and customer_360 has a column for. -#}
{% macro consent_purposes() -%}
    {{ return(['analytics', 'personalisation', 'email', 'sms', 'phone', 'ads', 'sale']) }}
{%- endmacro %}

{#-
    The policies (dbt_project/consent_policies.yml, the var consent_policies) as relations. They are
    checked where the file is read, orchestration/transformation/consent.py.

    consent_region_rows()   (region, law) in upper case
    consent_purpose_rows()  (law, place, purpose, is_opt_out, denied_with); `place` in the file's order
-#}
{% macro consent_region_rows() -%}
    {%- for law in var('consent_policies')['laws'] %}
    {%- for region in law['regions'] %}
    select '{{ region }}' as region, '{{ law['name'] }}' as law
    union all
    {%- endfor %}
    {%- endfor %}
    select cast(null as varchar) as region, cast(null as varchar) as law where false
{%- endmacro %}

{% macro consent_purpose_rows() -%}
    {%- set policies = var('consent_policies') -%}
    {%- for law in policies['laws'] %}
    {%- set place = loop.index %}
    {%- for purpose, rule in law['purposes'].items() %}
    {%- set other = policies['denied_with'].get(purpose) %}
    select
        '{{ law['name'] }}' as law, {{ place }} as place, '{{ purpose }}' as purpose,
        {{ 'true' if rule == 'opt_out' else 'false' }} as is_opt_out,
        {{ "'" ~ other ~ "'" if other else 'cast(null as varchar)' }} as denied_with
    union all
    {%- endfor %}
    {%- endfor %}
    select
        cast(null as varchar) as law, cast(null as integer) as place, cast(null as varchar) as purpose,
        cast(null as boolean) as is_opt_out, cast(null as varchar) as denied_with
    where false
{%- endmacro %}

{#- How restrictive a state is: the greatest of several counts. -#}
{% macro consent_severity(state) -%}
    case {{ state }} when 'withdrawn' then 3 when 'denied' then 2 when 'granted' then 1 end
{%- endmacro %}

{% macro consent_state_of(severity) -%}
    case {{ severity }} when 3 then 'withdrawn' when 2 then 'denied' when 1 then 'granted' else 'unknown' end
{%- endmacro %}

{#- Words of a register for a request that was not granted or not meant: it asks for nothing. -#}
{% macro is_refused(state) -%}
    coalesce({{ state }}, '') in (
        'rejected', 'refused', 'denied', 'declined', 'cancelled', 'canceled', 'withdrawn', 'invalid', 'duplicate',
        '却下', '取下げ'
    )
{%- endmacro %}

{#-
    When a restriction ended, or null while it holds. `completed` says that the restriction was put in place, not that it
    is over: only a word for the end, or a time of closing without any other word, ends it.
-#}
{% macro restriction_end(state, closed_at, updated_at) -%}
    case
        when coalesce({{ state }}, 'closed') in ('closed', 'lifted', 'ended', 'expired', 'released', 'revoked', '解除', '終了')
            then coalesce({{ closed_at }}, case when {{ state }} is not null then {{ updated_at }} end)
    end
{%- endmacro %}
