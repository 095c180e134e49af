{#-
    hubspot_value(column, keys): a property of HubSpot, delivered as a column of its own or in the
    API's `properties` object; `keys` are those that `prop` was taken out with, in one parse.
-#}
{% macro hubspot_value(column, keys) -%}
    coalesce({{ column }}, prop[{{ keys.index(column) + 1 }}])
{%- endmacro %}

{% macro hubspot_contact_keys() -%}
    {{ return([
        'email', 'firstname', 'lastname', 'firstname_kana', 'lastname_kana', 'phone', 'mobilephone',
        'date_of_birth', 'gender', 'company', 'associatedcompanyid', 'jobtitle', 'industry',
        'income_band', 'annualrevenue', 'address', 'city', 'state', 'zip', 'country', 'hs_language',
        'twitterhandle', 'instagram_handle', 'lifecyclestage', 'hs_lead_status', 'hubspot_owner_id', 'hs_email_optout',
        'hs_calculated_merged_vids', 'createdate', 'lastmodifieddate',
    ]) }}
{%- endmacro %}

{% macro hubspot_company_keys() -%}
    {{ return([
        'name', 'domain', 'description', 'industry', 'annualrevenue', 'numberofemployees', 'phone',
        'address', 'address_2', 'city', 'state', 'zip', 'country', 'createdate', 'hs_lastmodifieddate',
    ]) }}
{%- endmacro %}

{#- hubspot_columns(keys): every property under its own name, whichever way it was delivered. -#}
{% macro hubspot_columns(keys) -%}
    {%- for key in keys %}
    {{ hubspot_value(key, keys) }} as {{ key }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#- merged_ids(c): the contact ids in `76340251:1661707291575;46897301:…`; times are left out. -#}
{% macro merged_ids(c) -%}
    list_distinct(regexp_extract_all({{ c }}, '([0-9]+)(?::[0-9]+)?(?:;|,|\s|$)', 1))
{%- endmacro %}
