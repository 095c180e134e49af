{#-
    referral_status(c): invited, accepted, rewarded, expired or rejected for the Japanese words that
    programmes use; any other word stays as it is.
-#}
{% macro referral_status(c) -%}
    case {{ c }}
        {%- for word, status in {'招待中': 'invited', '招待済み': 'invited', '成立': 'accepted',
            '承認': 'accepted', '特典付与済み': 'rewarded', '期限切れ': 'expired', '却下': 'rejected'}.items() %}
        when '{{ word }}' then '{{ status }}'
        {%- endfor %}
        else {{ c }}
    end
{%- endmacro %}
