{#-
    A value that some extracts deliver as a flat column and others inside a nested object.

    nested_list(column, keys)  the values of several keys of a JSON column as one list of texts
    Why one call: a JSON text is parsed once for all its keys, not once a key.
-#}
{% macro nested_list(column, keys) -%}
    json_extract_string({{ column }}, ['$.{{ keys | join("', '$.") }}'])
{%- endmacro %}

{#-
    shop_address(prefix, source_list): columns <prefix>_<part> of a shop address, flat column first,
    else the value at its place in the list that nested_list(…, shop_address_keys()) returned.
-#}
{% macro shop_address_keys() -%}
    {{ return(['name', 'first_name', 'last_name', 'company', 'phone', 'address1', 'address2', 'city',
        'province', 'province_code', 'zip', 'country', 'country_code']) }}
{%- endmacro %}

{% macro shop_address_columns() -%}
    {{ return(['name', 'first_name', 'last_name', 'company', 'phone', 'address_1', 'address_2', 'city',
        'province', 'province_code', 'zip', 'country', 'country_code']) }}
{%- endmacro %}

{#- shop_address(flat, nested, part): text of one part of an address; see above. -#}
{% macro shop_address(flat, nested, part) -%}
    {%- set place = shop_address_columns().index(part) -%}
    coalesce({{ flat }}_{{ part }}, {{ nested }}[{{ place + 1 }}])
{%- endmacro %}
