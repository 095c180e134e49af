{#-
    A stable 63-bit id from text expressions: the low half of md5 over the parts, joined by a
    character that cannot stand in them. DuckDB's hash() is faster but not promised equal across
    versions, and stored ids must survive an upgrade. Uniqueness is tested on what it identifies.
    md5_number reads the digest as a little-endian number of 128 bits, so its upper bits are the
    digest's low half; md5_number_lower gives the same by way of text and costs five times as much.
-#}
{% macro hash_id(parts) -%}
    {{ return(adapter.dispatch('hash_id', 'kokyaku')(parts)) }}
{%- endmacro %}

{% macro duckdb__hash_id(parts) -%}
    cast(md5_number(concat_ws(chr(31), {{ parts | join(', ') }})) >> 65 as bigint)
{%- endmacro %}

{#-
    A fast number that is equal for equal texts within one build, null for null. Nothing that outlives a
    build may hold it: another version of the engine may give other numbers.
-#}
{% macro run_hash(text) -%}
    {{ return(adapter.dispatch('run_hash', 'kokyaku')(text)) }}
{%- endmacro %}

{% macro duckdb__run_hash(text) -%}
    case when {{ text }} is not null then hash({{ text }}) end
{%- endmacro %}
