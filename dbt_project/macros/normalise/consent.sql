{#-
    consent_state(c): granted, denied, withdrawn, or null for a word that is none of them. Nothing is
    guessed: `pending` and `partial` are no answer.
-#}
{% macro consent_state(c) -%}
    {{ let('word', 'lower(' ~ text(c) ~ ')', words_to({
        'granted': ['granted', 'grant', 'given', 'accepted', 'accept', 'allowed', 'consented', 'opt_in', 'opt-in',
            'optin', 'opted_in', 'subscribed', 'yes', 'true', '1', '同意', '同意する', 'はい', '許可'],
        'denied': ['denied', 'deny', 'refused', 'rejected', 'reject', 'declined', 'not_subscribed', 'no', 'false', '0',
            '拒否', '同意しない', '不同意', 'いいえ'],
        'withdrawn': ['withdrawn', 'withdraw', 'revoked', 'opt_out', 'opt-out', 'optout', 'opted_out', 'unsubscribed',
            '撤回', '配信停止', '同意撤回'],
    })) }}
{%- endmacro %}

{#- consent_purpose(c): one of the project's purposes; `other` for any that is not listed. -#}
{% macro consent_purpose(c) -%}
    {{ let('word', "regexp_replace(lower(" ~ text(c) ~ "), '[ _-]', '', 'g')", words_to({
        'analytics': ['analytics', 'statistics', 'statistical', 'measurement', 'performance', '分析', 'アクセス解析'],
        'personalisation': ['personalisation', 'personalization', 'preferences', 'recommendation', 'recommendations',
            'パーソナライズ', 'おすすめ'],
        'email': ['email', 'emailmarketing', 'newsletter', 'mail', 'メール', 'メルマガ', 'メールマガジン'],
        'sms': ['sms', 'smsmarketing', 'textmessage', 'ショートメッセージ'],
        'ads': ['ads', 'advertising', 'advertisement', 'targeting', 'retargeting', 'adstorage', '広告'],
        'sale': ['sale', 'saleofdata', 'sell', 'datasale', 'saleorsharing', '第三者提供'],
        'phone': ['phone', 'telephone', 'call', 'calls', 'telemarketing', '電話'],
    }, 'other')) }}
{%- endmacro %}

{#- privacy_kind(c): what a request about one's own data asks for, or null. -#}
{% macro privacy_kind(c) -%}
    {{ let('word', "regexp_replace(lower(" ~ text(c) ~ "), '[ _-]', '', 'g')", words_to({
        'erasure': ['erasure', 'erase', 'delete', 'deletion', 'forget', 'righttobeforgotten', '削除', '消去'],
        'access': ['access', 'dsar', 'export', 'portability', '開示'],
        'do_not_sell': ['donotsell', 'donotsellorshare', 'optoutofsale', 'saleoptout', '第三者提供停止'],
        'rectification': ['rectification', 'rectify', 'correction', 'correct', '訂正'],
        'restriction': ['restriction', 'restrict', 'objection', '利用停止'],
    })) }}
{%- endmacro %}

{#- words_to(meanings, rest): the meaning whose list holds `word`; `rest` for any other word, null for none. -#}
{% macro words_to(meanings, rest=none) -%}
    case
        when word is null then null
        {%- for meaning, words in meanings.items() %}
        when word in ('{{ words | join("', '") }}') then '{{ meaning }}'
        {%- endfor %}
        {%- if rest %}
        else '{{ rest }}'
        {%- endif %}
    end
{%- endmacro %}

{#- no_identifier(columns): rule for a row that names nobody; an identifier nobody can read is none. -#}
{% macro no_identifier(columns) -%}
    {{ return([['no_identifier:' ~ columns[0], 'coalesce(' ~ columns | join(', ') ~ ') is null']]) }}
{%- endmacro %}
