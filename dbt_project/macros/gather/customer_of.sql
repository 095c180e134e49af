{#-
    Finding the customer of a fact by the identifiers it carries.

    customer_joins(alias, {column: identifier type})  left joins of identity.identifier_customer, one
                                                      per column of the fact `alias`
    customer_found({column: identifier type})         the customer_id, asked in the order given
    A value that several customers carry finds nobody: see identifier_customer.
-#}
{% macro customer_joins(alias, identifiers) -%}
    {%- for column, identifier_type in identifiers.items() %}
    left join {{ ref('identifier_customer') }} as by_{{ column }}
        on by_{{ column }}.identifier_type = '{{ identifier_type }}'
        and {{ alias }}.{{ column }} = by_{{ column }}.identifier_value
    {%- endfor %}
{%- endmacro %}

{% macro customer_found(identifiers) -%}
    coalesce({% for column in identifiers %}by_{{ column }}.customer_id, {% endfor %}null)
{%- endmacro %}
