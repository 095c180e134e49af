{#-
    email(c): the address in lower case, or null when the value is no address.

    Why lower case throughout: no provider tells addresses apart by case, people type them in any.
    Unwrapped: `Name <a@b.jp>`, `mailto:a@b.jp`, spaces around the @, trailing punctuation. Kept:
    dots in odd places (old Japanese carrier addresses have them), `+tag`, letters of any script.
    Two addresses in one field are none: which one is meant is not for us to say. Hashes, `none`
    and addresses without a domain become null; the caller records a field issue. The first case is
    the plain address that nearly all are: it costs a tenth.
-#}
{% macro email(c) -%}
    {%- set label = '[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*' -%}
    case
        when regexp_matches({{ c }}, '^[A-Za-z0-9._%+-]+@(?:{{ label }}\.)+[A-Za-z]{2,63}$') then lower({{ c }})
        else nullif(regexp_extract(
                replace(replace(lower(trim({{ fold(c) }})), ' @', '@'), '@ ', '@'),
                '^(?:[^<>]*<)?\s*(?:mailto:)?([^\s@<>,;:"()\[\]\\]+'
                || '@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*[\p{L}\p{N}])[>.,;\s]*$',
                1
            ), '')
    end
{%- endmacro %}
