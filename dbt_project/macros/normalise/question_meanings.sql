{#-
    question_meanings(relation): (survey_id, question_id, question_text, meaning) of every question
    in `relation` that a line of seeds/reference/survey_question.csv names: a line for the survey
    itself before lines for all, then the smallest priority. Patterns are compared with the folded
    text in lower case and with the question's id. Only distinct questions are compared, so that a
    pattern is not compiled once per answer.
-#}
{% macro question_meanings(relation) -%}
    select q.survey_id, q.question_id, q.question_text, s.meaning
    from (
        select distinct
            survey_id, question_id, question_text,
            lower({{ text('question_text') }}) as asked
        from {{ relation }}
    ) as q
    inner join {{ ref('survey_question') }} as s
        on (s.survey_id = '*' or s.survey_id = q.survey_id)
            and (
                regexp_matches(coalesce(q.asked, ''), s.pattern)
                or regexp_matches(lower(coalesce(q.question_id, '')), s.pattern)
            )
    qualify row_number() over (
        partition by q.survey_id, q.question_id, q.question_text
        order by s.survey_id = '*', cast(s.priority as integer), s.pattern
    ) = 1
{%- endmacro %}
