{#-
    The tone of a text from the words it uses, after VADER (C. J. Hutto and E. Gilbert, VADER: A
    Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text, ICWSM 2014), with a list of
    the project's own for Japanese and English; see docs/decisions/0020-sentiment.md.

    word_value()         polarity of a hit of lexicon_hits, from text, position, word and polarity: times
                         -0.74 when it is negated (VADER's constant), times 1.3 or 0.7 when the word
                         before it strengthens or weakens it
    sentiment_score(v)   sum of the values on -1 to 1: v / sqrt(v^2 + 15), VADER's normalisation
    sentiment_of(score)  positive from 0.05, negative from -0.05, else neutral: VADER's thresholds. A text
                         that says as much good as bad is neutral, as one without a word of the list is.
-#}
{% macro word_value() -%}
    polarity
    * case
        when regexp_matches(left(word, 1), '[a-z0-9]') then
            case when regexp_matches({{ text_before(40) }}, '{{ english_negation() }}') then -0.74 else 1 end
        when regexp_matches({{ text_after(14) }}, '{{ japanese_negation() }}') then -0.74
        else 1
    end
    * case
        when regexp_matches({{ text_before(14) }},
            '(とても|すごく|凄く|本当に|ほんとに|ほんとうに|非常に|かなり|めちゃくちゃ|めっちゃ|大変|あまりに|あまりにも|\b(very|really|so|extremely|super|absolutely|incredibly|too|highly)) ?$')
            then 1.3
        when regexp_matches({{ text_before(14) }},
            '(少し|ちょっと|やや|多少|わりと|割と|まあまあ|\b(slightly|somewhat|a bit|a little|kind of|fairly)) ?$')
            then 0.7
        else 1
    end
{%- endmacro %}

{% macro text_before(characters) -%}
    substr(text, greatest(position - {{ characters }}, 1), least({{ characters }}, position - 1))
{%- endmacro %}

{% macro text_after(characters) -%} substr(text, position + length(word), {{ characters }}) {%- endmacro %}

{#- Up to two words may stand between: not a very good one. A comma or a full stop ends what is negated. -#}
{% macro english_negation() -%}
    ((^|[^a-z])(not|no|never|without|hardly|barely|nor|cannot|cant|dont|isnt|wasnt|didnt|doesnt|nobody|nothing)|n''t)( [a-z'']+){0,2} $
{%- endmacro %}

{#- What may stand between a word and its negation: 良く-ない, 満足-してい-ない, 丁寧-では-なかった. -#}
{% macro japanese_negation() -%}
    ^(く|では?|じゃ|とは?|は|が|も|に|され|し?て(い|は)?|でき(て(い)?)?|ら?れ(て(い)?)?|って(い)?|し|れ|そう(に|では|じゃ)?)?(は|も)?(あり|い|言え|思え|思い)?(ない|なか|なく|なけ|ません|ず(に|、|。| |$))
{%- endmacro %}

{% macro sentiment_score(v) -%} {{ v }} / sqrt({{ v }} * {{ v }} + 15) {%- endmacro %}

{% macro sentiment_of(score) -%}
    case when {{ score }} >= 0.05 then 'positive' when {{ score }} <= -0.05 then 'negative' else 'neutral' end
{%- endmacro %}
