{#-
    What a person says is wrong with their data, in a request for rectification.

    rectified_attribute(c)         the attribute of the golden record that is meant, or null
    rectified_value(attribute, c)  the value as that attribute is written, or null when it is none
-#}
{% macro rectified_attribute(c) -%}
    {{ let('word', "regexp_replace(lower(" ~ text(c) ~ "), '[ _-]', '', 'g')", words_to({
        'full_name': ['fullname', 'name', '氏名', '名前'],
        'family_name': ['familyname', 'lastname', 'surname', '姓', '苗字'],
        'given_name': ['givenname', 'firstname', '名'],
        'full_name_kana': ['fullnamekana', 'kana', '氏名カナ', 'フリガナ', 'ふりがな'],
        'family_name_kana': ['familynamekana', '姓カナ', 'セイ'],
        'given_name_kana': ['givennamekana', '名カナ', 'メイ'],
        'birth_date': ['birthdate', 'birthday', 'dateofbirth', 'dob', '生年月日', '誕生日'],
        'birth_place': ['birthplace', '出生地'],
        'gender': ['gender', 'sex', '性別'],
        'email': ['email', 'emailaddress', 'mail', 'メール', 'メールアドレス'],
        'phone': ['phone', 'phonenumber', 'telephone', '電話', '電話番号'],
        'mobile_phone': ['mobilephone', 'mobile', '携帯', '携帯電話'],
        'street': ['street', 'streetaddress', '番地', '町名番地'],
        'city': ['city', 'town', '市区町村'],
        'state': ['state', 'prefecture', '都道府県'],
        'postcode': ['postcode', 'postalcode', 'zip', 'zipcode', '郵便番号'],
        'country_code': ['countrycode', 'country', '国'],
        'company': ['company', 'organisation', 'organization', '会社', '会社名'],
        'job_title': ['jobtitle', 'title', '役職'],
        'industry': ['industry', '業種'],
        'income_band': ['incomeband', '年収'],
        'preferred_language': ['preferredlanguage', 'language', '言語'],
        'login_id': ['loginid', 'ログインid'],
    })) }}
{%- endmacro %}

{% macro rectified_value(attribute, c) -%}
    case {{ attribute }}
        {%- for name in name_attributes() %}
        when '{{ name }}' then {{ person_name(c) }}
        {%- endfor %}
        when 'full_name_kana' then {{ kana(c, words=true) }}
        when 'family_name_kana' then {{ kana(c) }}
        when 'given_name_kana' then {{ kana(c) }}
        when 'birth_date' then cast({{ birth_date(c) }} as varchar)
        when 'gender' then {{ gender(c) }}
        when 'email' then {{ email(c) }}
        when 'phone' then {{ phone(c) }}
        when 'mobile_phone' then {{ phone(c) }}
        when 'postcode' then coalesce({{ postcode(c) }}, {{ text(c) }})
        when 'country_code' then {{ country_code(c) }}
        when 'preferred_language' then {{ spoken_language(c) }}
        else {{ text(c) }}
    end
{%- endmacro %}

{#- Rules for a request: both of attribute and value, or neither (a letter that somebody reads), and known. -#}
{% macro unclear_rectification() -%}
    {%- set meant = "kind = 'rectification' and " -%}
    {{ return([
        ['missing_attribute:attribute', meant ~ "raw_attribute is null and raw_value is not null"],
        ['unknown_attribute:attribute', meant ~ "raw_attribute is not null and attribute is null"],
        ['missing_value:value', meant ~ "raw_attribute is not null and raw_value is null"],
        ['invalid_value:value', meant ~ "attribute is not null and raw_value is not null and corrected_value is null"],
    ]) }}
{%- endmacro %}
