{#-
    The number at the other end of a call, as telephone systems write it.

    caller_number(c)     E.164, or null. Systems drop the plus: 15555555555 is tried with one first,
                         then as a number dialled at home. A message over WhatsApp has its prefix.
    is_withheld(c)       the caller hid the number: the words for it, and the words spelt on a dial
                         (266696687 is ANONYMOUS), which would pass as numbers of Lesotho and Iran
    is_test_number(c)    Twilio's numbers for tests, +1 500 555 000x: nobody's
-#}
{% macro caller_number(c) -%}
    {%- set bare -%} regexp_replace({{ text(c) }}, '^whatsapp: *', '', 'i') {%- endset -%}
    case
        when not coalesce({{ is_withheld(c) }} or {{ is_test_number(c) }}, false) then {{ let('bare_number', bare,
            "coalesce(case when regexp_matches(bare_number, '^[1-9][0-9]{9,14}$') then "
            ~ phone("'+' || bare_number") ~ " end, " ~ phone('bare_number') ~ ")") }}
    end
{%- endmacro %}

{% macro is_withheld(c) -%}
    regexp_matches(lower({{ text(c) }}), '^\+?(?:anonymous|restricted|unavailable|unknown|private|blocked|{{- '' -}}
        266696687|7378742833|86282452253|8656696|2562533|非通知|通知不可能?|表示圏外|公衆電話)$')
{%- endmacro %}

{% macro is_test_number(c) -%}
    regexp_matches({{ text(c) }}, '^\+?1500555000[0-9]$')
{%- endmacro %}

{#-
    is_abandoned_call(): the caller hung up before anybody answered. Calls that we make are never
    abandoned; one that is still waiting (it has no end) is not either.
-#}
{% macro is_abandoned_call() -%}
    coalesce(
        direction = 'inbound' and connected_at is null and ended_at is not null and case
            when is_connect then queue is not null and agent_id is null
            else status in ('canceled', 'no-answer')
        end,
        false
    )
{%- endmacro %}
