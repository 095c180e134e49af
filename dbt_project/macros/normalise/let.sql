{#-
    let(name, value, body): `body` with `name` standing for `value`, which is computed once.

    Why: a macro that needs its argument three times would otherwise write it three times, and
    macros inside macros would multiply; a model's SQL grew to 100 KB and took half a second to
    plan. A list of one element and a lambda is the only local name an SQL expression has.
    `name` must not be the name of a column that `body` reads.
-#}
{% macro let(name, value, body) -%}
    list_transform([{{ value }}], lambda {{ name }}: {{ body }})[1]
{%- endmacro %}
