{#-
    Traits of a person in the Segment spec, under the names the reserved traits have there and the
    spellings that companies add. The first key that has a value wins.
-#}
{% macro segment_traits() -%}
    {{ return({
        'given_name': ['firstName', 'first_name', 'given_name'],
        'family_name': ['lastName', 'last_name', 'family_name'],
        'full_name': ['name', 'full_name', 'fullName'],
        'given_name_kana': ['firstNameKana', 'first_name_kana', 'given_name_kana'],
        'family_name_kana': ['lastNameKana', 'last_name_kana', 'family_name_kana'],
        'birth_date': ['birthday', 'birthDate', 'birth_date', 'date_of_birth'],
        'gender': ['gender'],
        'street': ['address.street', 'street'],
        'city': ['address.city', 'city'],
        'state': ['address.state', 'state', 'prefecture'],
        'postcode': ['address.postalCode', 'address.postal_code', 'postalCode', 'postal_code', 'zip'],
        'country': ['address.country', 'country'],
        'company': ['company.name', 'company_name', 'companyName'],
        'job_title': ['title', 'job_title', 'jobTitle'],
        'created_at': ['createdAt', 'created_at'],
    }) }}
{%- endmacro %}

{% macro segment_trait_names() -%} {{ return(segment_traits().keys() | list) }} {%- endmacro %}

{#- every key of every trait, in the order in which they are extracted -#}
{% macro segment_trait_keys() -%}
    {{ return(segment_traits().values() | sum(start=[])) }}
{%- endmacro %}

{#- segment_trait(name): first value found; `trait` is the list made with segment_trait_keys(). -#}
{% macro segment_trait(name) -%}
    {%- set keys = segment_trait_keys() -%}
    coalesce(
        {%- for key in segment_traits()[name] -%}
        {{ key_text('trait[' ~ (keys.index(key) + 1) ~ ']') }}{{ ', ' if not loop.last }}
        {%- endfor -%}
    )
{%- endmacro %}
