{#-
    Finding the words of a list in texts of any language, in one pass and without a word splitter.

    lexicon_text(c)                    a text as the lists are written: folded, lower case, one blank for
                                       any white space, one after each emoji, one at both ends; the first
                                       1,000 characters
    lexicon_hits(texts, words, keep)   a select of text_key, text, position, word and the columns `keep` of
                                       `words`, one row per word found, from a relation of text_key and
                                       text and one of word. A word inside a longer one found at the same
                                       place is none, so that a list says what an expression means by
                                       having it. Words in Latin letters match whole words only.

    The two first characters of a word are its key in a hash join with the pairs of characters of the
    texts: a pattern per row would be compiled for every row.
-#}
{% macro lexicon_text(c) -%}
    ' ' || regexp_replace(
        regexp_replace(
            replace(lower({{ let('begun', 'left(' ~ c ~ ', 1000)', fold('begun')) }}), '’', ''''),
            '([\x{1F300}-\x{1FAFF}\x{2600}-\x{27BF}])', ' \1 ', 'g'
        ), '\s+', ' ', 'g'
    ) || ' '
{%- endmacro %}

{% macro lexicon_hits(texts, words, keep) -%}
    select text_key, text, position, word, {{ keep | join(', ') }}
    from (
        select
            h.text_key, h.text, h.position, h.word, {% for column in keep %}h.{{ column }}, {% endfor %}
            max(h.position + length(h.word)) over (
                partition by h.text_key
                order by h.position, length(h.word) desc, h.word
                rows between unbounded preceding and 1 preceding
            ) as covered_to
        from (
            select
                t.text_key, t.text, t.position, w.word, {% for column in keep %}w.{{ column }}, {% endfor %}
                substr(t.text, t.position - 1, 1) as before,
                substr(t.text, t.position + length(w.word), 1) as after,
                regexp_matches(left(w.word, 1), '[a-z0-9]') as is_latin
            from (select text_key, text, unnest(range(2, length(text))) as position from {{ texts }}) as t
            inner join (select *, rpad(left(word, 2), 2, ' ') as head from {{ words }}) as w
                on substr(t.text, t.position, 2) = w.head
                and substr(t.text, t.position, length(w.word)) = w.word
        ) as h
        where not (h.is_latin and (regexp_matches(h.before, '[a-z0-9]') or regexp_matches(h.after, '[a-z0-9]')))
    )
    where covered_to is null or covered_to < position + length(word)
{%- endmacro %}
