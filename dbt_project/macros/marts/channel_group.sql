{#-
    channel_group(utm_source, utm_medium, utm_campaign, referrer, url): which kind of channel brought a
    visit, from five expressions; those a table does not have stay 'null'.

    The rules and their order are those of the default channel group of Google Analytics 4
    (https://support.google.com/analytics/answer/9756891), whose names are written in snake_case. As there,
    a visit without campaign parameters takes them from the page it came from: `organic` from a search
    engine, else `referral`; a page of the own site (by `url`) says nothing. A click id of a search advert
    in `url` is paid search. Two rules differ: messaging apps count with SMS, as `message`, before the
    social networks they also are; a source called affiliate counts whatever its medium.

    Values: direct, paid_shopping, paid_search, paid_social, paid_video, display, paid_other,
    organic_shopping, organic_social, organic_video, organic_search, referral, email, affiliates, audio,
    message, mobile_push, unassigned (a source or a medium that no rule knows).
-#}
{% macro channel_group(utm_source, utm_medium, utm_campaign='null', referrer='null', url='null') -%}
    {%- set host = url_host(referrer) -%}
    {%- set from_outside -%}
        case
            when {{ url_host(url) }} is null or not {{ is_own_host(url_host(referrer), url_host(url)) }}
                then {{ host }}
        end
    {%- endset -%}
    {{ let('visit', struct_of_visit(utm_source, utm_medium, utm_campaign, from_outside, url), rules_of_channel_group('visit')) }}
{%- endmacro %}

{#- Source as a host: a name without a dot is one of .com, so that google and google.com are alike. -#}
{% macro struct_of_visit(utm_source, utm_medium, utm_campaign, referring_host, url) -%}
    {%- set source = "nullif(lower(trim(cast(" ~ utm_source ~ " as varchar))), '')" -%}
    {%- set medium = "nullif(nullif(nullif(lower(trim(cast(" ~ utm_medium ~ " as varchar))), ''), '(none)'), '(not set)')" -%}
    struct_pack(
        host := regexp_replace(
            coalesce(nullif(nullif({{ source }}, '(direct)'), '(not set)'), {{ referring_host }}), '^[^.]+$', '\0.com'),
        medium := case
            when {{ medium }} is not null then {{ medium }}
            when {{ source }} is not null then null
            when regexp_matches({{ url }}, '[?&](gclid|gbraid|wbraid|msclkid)=') then 'cpc'
            when {{ is_search_engine(referring_host) }} then 'organic'
            when {{ referring_host }} is not null then 'referral'
        end,
        campaign := lower(cast({{ utm_campaign }} as varchar)),
        has_search_click := coalesce({{ source }} is null
            and regexp_matches({{ url }}, '[?&](gclid|gbraid|wbraid|msclkid)='), false)
    )
{%- endmacro %}

{% macro rules_of_channel_group(v) -%}
    {%- set paid = "regexp_matches(" ~ v ~ ".medium, '^(.*cp.*|ppc|retargeting|paid.*)$')" -%}
    {%- set shopping = "(" ~ is_site_of(v ~ '.host', 'shopping') ~ " or regexp_matches(" ~ v ~ ".campaign, '^(.*(([^a-df-z]|^)shop|shopping).*)$'))" -%}
    case
        when {{ v }}.host is null and {{ v }}.medium is null then 'direct'
        when {{ v }}.has_search_click then 'paid_search'
        when {{ paid }} and {{ shopping }} then 'paid_shopping'
        when {{ paid }} and {{ is_search_engine(v ~ '.host') }} then 'paid_search'
        when {{ paid }} and {{ is_site_of(v ~ '.host', 'social') }} then 'paid_social'
        when {{ paid }} and {{ is_site_of(v ~ '.host', 'video') }} then 'paid_video'
        when {{ v }}.medium in ('display', 'banner', 'expandable', 'interstitial', 'cpm') then 'display'
        when {{ paid }} then 'paid_other'
        when {{ v }}.medium in ('sms', 'message', 'messenger', 'chat') or {{ v }}.host = 'sms.com' then 'message'
        when {{ v }}.medium in ('affiliate', 'affiliates') or {{ v }}.host in ('affiliate.com', 'affiliates.com') then 'affiliates'
        when {{ v }}.medium in ('email', 'e-mail', 'e_mail', 'e mail')
            or {{ v }}.host in ('email.com', 'e-mail.com', 'e_mail.com', 'e mail.com') then 'email'
        when {{ shopping }} then 'organic_shopping'
        when {{ is_site_of(v ~ '.host', 'social') }}
            or {{ v }}.medium in ('social', 'social-network', 'social-media', 'sm', 'social network', 'social media')
            then 'organic_social'
        when {{ is_site_of(v ~ '.host', 'video') }} or contains({{ v }}.medium, 'video') then 'organic_video'
        when {{ is_search_engine(v ~ '.host') }} or {{ v }}.medium = 'organic' then 'organic_search'
        when {{ v }}.medium in ('referral', 'app', 'link') then 'referral'
        when {{ v }}.medium = 'audio' then 'audio'
        when ends_with({{ v }}.medium, 'push') or regexp_matches({{ v }}.medium, 'mobile|notification')
            or {{ v }}.host = 'firebase.com' then 'mobile_push'
        else 'unassigned'
    end
{%- endmacro %}

{#-
    is_site_of(host, kind): social networks, video sites and shops that Google Analytics lists, the large
    ones. What follows the name is a domain of two or three letters, so that x.shop.example is none.
-#}
{% macro is_site_of(host, kind) -%}
    {%- set names = {
        'social': 'facebook|fb|instagram|ig|twitter|x|linkedin|tiktok|pinterest|reddit|threads|tumblr|weibo'
            ~ '|snapchat|line|ameblo|hatena|mixi|bsky|quora|note',
        'video': 'youtube|vimeo|nicovideo|dailymotion|twitch|netflix|bilibili|abema',
        'shopping': 'amazon|rakuten|ebay|etsy|shopify|alibaba|aliexpress|walmart|mercari|kakaku|zozo',
    } -%}
    {%- set hosts = {
        'social': 't\\.co|lnkd\\.in|fb\\.me|lin\\.ee',
        'video': 'youtu\\.be',
        'shopping': 'shopping\\.yahoo\\.co\\.jp|shop\\.app',
    } -%}
    regexp_matches({{ host }}, '(^|\.)(?:({{ names[kind] }})\.[a-z]{2,3}(\.[a-z]{2})?|{{ hosts[kind] }})$')
{%- endmacro %}
