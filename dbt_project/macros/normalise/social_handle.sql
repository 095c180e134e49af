{#-
    social_handle(c, platform): `x:name`, the handle in lower case without @ and without the address
    of the site; null when the text is no handle (a display name is none: two people share it).

    Why the platform in front: hana_s of one site need not be hana_s of another.
-#}
{% macro social_handle(c, platform) -%}
    '{{ platform }}:' || nullif(regexp_extract(
        lower({{ text(c) }}), '^(?:(?:https?://)?(?:www\.|mobile\.)?[a-z]+\.com/)?@?([a-z0-9_.]{1,30})/?$', 1
    ), '')
{%- endmacro %}
