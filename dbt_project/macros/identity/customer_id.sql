{#-
    The public id of a customer, from its anchor record.

    seniority()        text by which records are anchors: the least of a cluster's is its anchor's. Batch
                       and trust with leading zeros, then the record. One text, since the least of texts
                       costs a fifth of the least of tuples; names of systems and streams hold no character
                       below the separator, so the order is that of the tuple.
    customer_id(text)  'c' and 20 hexadecimal digits
    anchor_id(text)    the anchor's record_id
-#}
{% macro seniority() -%}
    lpad(cast(first_batch as varchar), 10, '0') || lpad(cast(source_priority as varchar), 10, '0')
    || concat_ws(chr(31), source_system, stream, record_key)
{%- endmacro %}

{% macro customer_id(text) -%}
    'c' || left(md5({{ senior_record(text) }}), 20)
{%- endmacro %}

{% macro anchor_id(text) -%}
    {{ hash_id([senior_record(text)]) }}
{%- endmacro %}

{% macro senior_record(text) -%}
    substr({{ text }}, 21)
{%- endmacro %}
