{#-
    fold(c): one spelling for characters that mean the same, before anything compares them.

    Why: Japanese extracts mix full-width and half-width forms of one text, and a name typed as
    `ﾔﾏﾀﾞ` must meet `ヤマダ`. This is NFKC for the ranges that occur (full-width ASCII, half-width
    kana with their voice marks, circled and raised digits, Roman numerals, company ligatures, odd
    spaces); invisible characters go. Other compatibility characters keep their form.

    translate() builds its table anew for every row, 18 ns a character, so a text pays only for the
    tables it needs: none for ASCII (its length in bytes equals that in characters), none for the
    ideographic space, one for full-width ASCII or half-width kana alone, all of them for the rest.
    nfc_normalize composes a kana and its voice mark.
-#}
{% macro fold(c) -%}
    case
        when strlen({{ c }}) = length({{ c }}) then {{ c }}
        else nfc_normalize({{ let('wide', "replace(" ~ c ~ ", '\u3000', ' ')", fold_by_need('wide')) }})
    end
{%- endmacro %}

{% macro fold_by_need(c) -%}
    case
        when regexp_matches({{ c }}, '{{ fold_rare_class() }}')
            or regexp_matches({{ c }}, '[！-～].*[｡-ﾟ]|[｡-ﾟ].*[！-～]')
            then translate(
                {{ fold_ligatures(c) }},
                '{{ wide_ascii() }}{{ half_kana() }}{{ fold_rare() }}',
                '{{ plain_ascii() }}{{ full_kana() }}{{ fold_rare_plain() }}'
            )
        when regexp_matches({{ c }}, '[！-～]')
            then translate({{ c }}, '{{ wide_ascii() }}', '{{ plain_ascii() }}')
        when regexp_matches({{ c }}, '[｡-ﾟ]')
            then translate({{ c }}, '{{ half_kana() }}', '{{ full_kana() }}')
        else {{ c }}
    end
{%- endmacro %}

{#- Every other character that is replaced lies in one of these ranges. -#}
{% macro fold_rare_class() -%}
    [\x{a0}\x{ad}\x{b2}\x{b3}\x{b9}\x{2000}-\x{200f}\x{202a}-\x{202f}\x{205f}-\x{209c}\x{2116}\x{2121}
    {{- '\\x{2160}-\\x{216f}\\x{2460}-\\x{2468}\\x{309b}\\x{309c}\\x{3231}\\x{3232}\\x{337f}' }}
    {{- '\\x{fe00}-\\x{fe0f}\\x{feff}\\x{ffe0}-\\x{ffe6}]' }}
{%- endmacro %}

{#- One character that stands for several. -#}
{% macro fold_ligatures(c) -%}
    {%- set pairs = [('㈱', '(株)'), ('㈲', '(有)'), ('㍿', '株式会社'), ('№', 'No'), ('℡', 'TEL'),
        ('Ⅱ', 'II'), ('Ⅲ', 'III')] -%}
    {%- set ns = namespace(sql=c) -%}
    {%- for one, many in pairs -%}
        {%- set ns.sql = "replace(" ~ ns.sql ~ ", '" ~ one ~ "', '" ~ many ~ "')" -%}
    {%- endfor -%}
    {{ ns.sql }}
{%- endmacro %}

{#- Pairs of tables, position by position; what has no partner goes. -#}
{% macro wide_ascii() -%}
    {{- "！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ" -}}
    {{- "［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～" -}}
{%- endmacro %}
{% macro plain_ascii() -%}
    {{- "!\"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ" -}}
    {{- "[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~" -}}
{%- endmacro %}

{% macro half_kana() -%}
    ｡｢｣､･ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ
{%- endmacro %}
{% macro full_kana() -%}
    。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン{{ "\u3099\u309a" }}
{%- endmacro %}

{% macro fold_rare() -%}
    {{- "\u309b\u309c￠￡￢￤￥￦①②③④⑤⑥⑦⑧⑨⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉ⅠⅤⅩⅬⅭⅮⅯ" -}}
    {{- "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f" -}}
    {{- "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\ufe00\ufe01\ufe02\ufe0e\ufe0f" -}}
{%- endmacro %}
{% macro fold_rare_plain() -%}
    {{- "\u3099\u309a¢£¬¦¥₩12345678901234567890123456789IVXLCDM              " -}}
{%- endmacro %}
