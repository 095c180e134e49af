{#-
    address(c): one line, Japanese block numbers as 1-2-3.

    Why: 丸の内一丁目２番３号, 丸の内1丁目2-3 and 丸の内１ー２ー３ are one door. Kanji numerals are
    read only before 丁目, 番 and 号 (三田 and 八王子 are names); long marks and dashes behind a
    digit are hyphens; 号室 is a room number. Names made with 番 and 号 (六番町, 2号館) stay: the two
    characters step aside as ‖ and † meanwhile, and 〓 marks where a block number ended.
    Text in ASCII is text() and costs no more.
-#}
{% macro address(c) -%}
    {%- set protected -%}
        case
            when regexp_matches(line, '番[町街館]|号[館棟線車]') then regexp_replace(
                regexp_replace(line, '番([町街館])', '‖\1', 'g'), '号([館棟線車])', '†\1', 'g'
            )
            else line
        end
    {%- endset -%}
    {%- set steps = [
        ('([0-9]) ?[‐‑‒–—―−ー] ?', '\\1-'),
        ('([0-9]) ?丁目 ?', '\\1〓'),
        ('([0-9]) ?(?:番地の?|番の?)', '\\1〓'),
        ('〓-?([0-9])', '-\\1'),
        ('([0-9]) ?号室?', '\\1 '),
        ('[ 〓]+', ' '),
    ] -%}
    {%- set ns = namespace(sql='line') -%}
    {%- for pattern, replacement in steps -%}
        {%- set ns.sql -%} regexp_replace({{ ns.sql }}, '{{ pattern }}', '{{ replacement }}', 'g') {%- endset -%}
    {%- endfor -%}
    {%- set numbered -%}
        case
            when regexp_matches(line, '[0-9] ?(?:[‐‑‒–—―−ー]|丁目|番|号)')
                then nullif(trim(translate({{ ns.sql }}, '‖†', '番号')), '')
            else translate(line, '‖†', '番号')
        end
    {%- endset -%}
    case
        when strlen({{ c }}) = length({{ c }}) then {{ text(c) }}
        else {{ let('line', text(c), let('line', protected, let('line', block_numerals('line'), numbered))) }}
    end
{%- endmacro %}

{#-
    block_numerals(c): kanji numerals before 丁目, 番, 号 as digits (up to 99, or digit by digit).
    Only text that has such a numeral is taken apart.
-#}
{% macro block_numerals(c) -%}
    {%- set before = '(丁目|番|号)' -%}
    {%- set digit = '[一二三四五六七八九]' -%}
    {%- set steps = [
        ('(' ~ digit ~ ')十(' ~ digit ~ ')' ~ before, '\\1\\2\\3'),
        ('十(' ~ digit ~ ')' ~ before, '一\\1\\2'),
        ('(' ~ digit ~ ')十' ~ before, '\\1〇\\2'),
        ('十' ~ before, '一〇\\1'),
    ] -%}
    {%- set ns = namespace(sql=c) -%}
    {%- for pattern, replacement in steps -%}
        {%- set ns.sql -%} regexp_replace({{ ns.sql }}, '{{ pattern }}', '{{ replacement }}', 'g') {%- endset -%}
    {%- endfor -%}
    {%- set tens = "case when contains(" ~ c ~ ", '十') then " ~ ns.sql ~ " else " ~ c ~ " end" -%}
    case
        when regexp_matches({{ c }}, '[〇一二三四五六七八九十]{{ before }}')
            then array_to_string(list_transform(
                regexp_extract_all({{ tens }}, '[〇一二三四五六七八九]+{{ before }}|[^〇一二三四五六七八九]+|.'),
                lambda part: case
                    when regexp_matches(part, '^[〇一二三四五六七八九]+{{ before }}') then translate(part, '〇一二三四五六七八九', '0123456789')
                    else part
                end
            ), '')
        else {{ c }}
    end
{%- endmacro %}
