{#-
    Which value of a customer's records survives, declared per attribute in the `survivorship` var.

    Attributes that belong together survive together from one record, as a unit: see survival_units().
    survival_rule(unit)   the unit's rule, checked against the words below
    survival_order(unit)  SQL of a bigint over the columns of ranked records; the least survives
    survival_key(unit)    SQL of what two records must share to agree on the unit; null when unknown:
                          r is a record, f its row of int_identity__comparison

    A whole number instead of a tuple, because DuckDB's arg_min over tuples takes five times as long.
    There are fewer than a thousand million records and a million of one customer.
-#}
{% macro survival_rules() -%}
    {{ return({
        'trust': 'less_trusted', 'recency': 'older', 'completeness': 'less_complete',
        'agreement': 'fewer_records_agree', 'source_agreement': 'fewer_systems_agree',
    }) }}
{%- endmacro %}

{#- {unit: its attributes}. The reading of a name follows the name and has no rule of its own. -#}
{% macro survival_units() -%}
    {%- set units = {'name': name_attributes(), 'kana': kana_attributes(), 'address': address_attributes()} -%}
    {%- set together = name_attributes() + kana_attributes() + address_attributes() -%}
    {%- for attribute in person_attributes() if attribute not in together -%}
        {%- do units.update({attribute: [attribute]}) -%}
    {%- endfor -%}
    {{ return(units) }}
{%- endmacro %}

{% macro survival_rule(unit) -%}
    {%- set rules = var('survivorship') -%}
    {%- set allowed = ['default'] + (survival_units().keys() | reject('equalto', 'kana') | list) -%}
    {%- for key, rule in rules.items() -%}
        {%- set parts = name_attributes() + kana_attributes() + address_attributes() -%}
        {%- if key in parts or key == 'kana' -%}
            {%- do exceptions.raise_compiler_error('survivorship.' ~ key ~ ': survives with its unit; set survivorship.'
                ~ ('address' if key in address_attributes() else 'name')) -%}
        {%- elif key not in allowed -%}
            {%- do exceptions.raise_compiler_error(
                "survivorship: unknown attribute '" ~ key ~ "'; use " ~ allowed | join(', ')) -%}
        {%- elif rule not in survival_rules() -%}
            {%- do exceptions.raise_compiler_error('survivorship.' ~ key ~ ": '" ~ rule
                ~ "' is no rule; use " ~ survival_rules().keys() | join(', ')) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if 'default' not in rules -%}
        {%- do exceptions.raise_compiler_error('survivorship.default: is missing') -%}
    {%- endif -%}
    {%- set named = 'name' if unit == 'kana' else unit -%}
    {{ return(rules.get(named, rules['default'])) }}
{%- endmacro %}

{% macro survival_key(unit) -%}
    {%- if unit == 'name' -%} {{ return('r.full_name_key') }}
    {%- elif unit == 'address' -%}
        {{ return("coalesce(concat_ws(' ', f.address_key, f.address_block, f.address_room), r.street)") }}
    {%- else -%} {{ return('r.' ~ unit) }}
    {%- endif -%}
{%- endmacro %}

{#- How much of a unit a record knows: characters of a single value, else fields. -#}
{% macro survival_size(unit) -%}
    {%- set attributes = survival_units()[unit] -%}
    {%- if attributes | length == 1 -%} {{ return('coalesce(length(cast(r.' ~ unit ~ ' as varchar)), 0)') }} {%- endif -%}
    {%- set known -%}
        ({% for attribute in attributes %}cast(r.{{ attribute }} is not null as integer){{ ' + ' if not loop.last }}{% endfor %})
    {%- endset -%}
    {{ return(known) }}
{%- endmacro %}

{% macro survival_order(unit) -%}
    {%- set rule = survival_rule(unit) -%}
    {%- if rule == 'recency' -%} {%- set order = 'k.by_recency' -%}
    {%- elif rule == 'completeness' -%} {%- set order = 'k.by_trust - 1000000000 * ' ~ survival_size(unit) -%}
    {%- elif rule in ('agreement', 'source_agreement') -%} {%- set order = 'k.by_trust - 1000000000 * k.' ~ unit ~ '_votes' -%}
    {%- else -%} {%- set order = 'k.by_trust' -%}
    {%- endif -%}
    {#- half a name or an address without its street survives only where nobody knows more -#}
    {%- if unit == 'name' -%} {%- set order = order ~ ' + case when r.name_is_whole then 0 else 2000000000000000 end' -%}
    {%- elif unit == 'address' -%}
        {%- set order = order ~ ' + case when r.street is null then 4000000000000000 else 0 end'
            ~ ' + case when r.postcode is null then 2000000000000000 else 0 end' -%}
    {%- endif -%}
    {{ return('cast(' ~ order ~ ' as bigint)') }}
{%- endmacro %}

{#- Columns `<unit>_votes` of the units that survive by agreement: records, or systems, that say the same. -#}
{% macro survival_votes() -%}
    {%- for unit in survival_units() if unit != 'kana' and survival_rule(unit) in ('agreement', 'source_agreement') %}
    count({{ 'distinct r.source_system' if survival_rule(unit) == 'source_agreement' else '*' }}) over (
        partition by c.customer_id, {{ survival_key(unit) }}
    ) as {{ unit }}_votes,
    {%- endfor %}
{%- endmacro %}

{#-
    Which record of a customer (alias r, with k.name_order and the surviving k.name_key) gives the name and
    its reading: of those that write the name alike the one that knows its parts and its reading, then by
    the rule. Records that write it otherwise are asked last.
-#}
{% macro name_record_order() -%}
    k.name_order
        + case when r.full_name_key = k.name_key then 0 else 400000000000000000 end
        + case when r.family_name is null or r.given_name is null then 200000000000000000 else 0 end
        + case when coalesce(r.{{ kana_attributes() | join(', r.') }}) is null then 100000000000000000 else 0 end
{%- endmacro %}
