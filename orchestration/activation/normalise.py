r"""How vendors want a value written before it is hashed, as SQL expressions over one value.

Belongs here: one function per rule, with the vendor's page it is from. Does not belong here: which
column of a file needs which rule (``shapes``).

Google: developers.google.com/data-manager/api/devguides/concepts/formatting (Customer Match).
Meta: developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences and
/conversions-api/parameters/customer-information-parameters, which has worked examples.
"""

from __future__ import annotations

_SPACE = r"[\s\p{Z}]"
_MARKS = r"[\p{P}\p{S}]"


def hashed(value: str) -> str:
    """SHA-256 in lower-case hexadecimal; nothing of nothing."""
    return f"sha256(nullif({value}, ''))"


def plain(value: str) -> str:
    """Without space around it; nothing of nothing."""
    return f"nullif(regexp_replace({value}, '^{_SPACE}+|{_SPACE}+$', '', 'g'), '')"


def digits(value: str) -> str:
    """The digits of a number alone."""
    return f"regexp_replace({value}, '[^0-9]', '', 'g')"


def google_email(value: str) -> str:
    """Lower case, no space anywhere; of Gmail, no dots and no +suffix in front of the @."""
    whole = f"lower(regexp_replace({value}, '{_SPACE}', '', 'g'))"
    local = f"split_part({whole}, '@', 1)"
    short = f"replace(regexp_replace({local}, '[+].*$', ''), '.', '')"
    return (
        f"case when regexp_matches({whole}, '^[^@]+@(gmail|googlemail)[.]com$')"
        f" then {short} || '@' || split_part({whole}, '@', 2) else {whole} end"
    )


def google_phone(value: str) -> str:
    """E.164 with its plus; a number without a country code is none."""
    return f"case when {_international(value)} then '+' || {digits(value)} end"


def google_given_name(value: str) -> str:
    """Lower case, no title in front."""
    titles = "mr|mrs|ms|miss|mx|dr|prof"
    return f"regexp_replace(lower({plain(value)}), '^(({titles})[.]?{_SPACE}+)+', '')"


def google_family_name(value: str) -> str:
    """Lower case, no suffix behind."""
    return f"regexp_replace(lower({plain(value)}), ',?{_SPACE}+(jr|sr|ii|iii|iv)[.]?$', '')"


def google_country(value: str) -> str:
    """ISO 3166-1 alpha-2, not hashed."""
    return f"case when regexp_full_match({value}, '[A-Za-z]{{2}}') then upper({value}) end"


def google_zip(value: str, country: str) -> str:
    """As the post writes it, not hashed; of the United States five digits or five and four."""
    code = plain(value)
    return (
        f"case when upper({country}) = 'US' then"
        f" nullif(regexp_extract({value}, '^{_SPACE}*([0-9]{{5}}(-[0-9]{{4}})?)', 1), '')"
        f" when regexp_full_match({code}, '[0-9A-Za-z][0-9A-Za-z -]*') then {code} end"
    )


def meta_email(value: str) -> str:
    """Trimmed, lower case; dots stay."""
    return f"lower({plain(value)})"


def meta_phone(value: str) -> str:
    """Digits with the country code, no plus and no leading zeros."""
    return f"case when {_international(value)} then ltrim({digits(value)}, '0') end"


def meta_name(value: str) -> str:
    """Lower case without punctuation, in UTF-8."""
    return plain(f"lower(regexp_replace({value}, '{_MARKS}', '', 'g'))")


def meta_place(value: str) -> str:
    """Of a city or state: lower case without punctuation and spaces."""
    return f"lower(regexp_replace({value}, '{_MARKS}|{_SPACE}', '', 'g'))"


def meta_zip(value: str, country: str) -> str:
    """Lower case, no space and no dash; of the United States the first five."""
    short = f"lower(regexp_replace({value}, '{_MARKS}|{_SPACE}', '', 'g'))"
    return f"case when upper({country}) = 'US' then left({short}, 5) else {short} end"


def meta_country(value: str) -> str:
    """ISO 3166-1 alpha-2 in lower case."""
    return f"case when regexp_full_match({value}, '[A-Za-z]{{2}}') then lower({value}) end"


def meta_birth_date(value: str) -> str:
    """YYYYMMDD."""
    return f"strftime({value}, '%Y%m%d')"


def meta_gender(value: str) -> str:
    """M or f; others are not known there."""
    return f"case lower({value}) when 'female' then 'f' when 'male' then 'm' end"


def mail_address(value: str) -> str:
    """An address a mailing tool takes and no spreadsheet reads as a formula."""
    whole = f"lower({plain(value)})"
    return (
        f"case when regexp_full_match({whole}, '[\\p{{L}}\\p{{N}}_][^@\\s]*@[^@\\s]+[.][^@\\s.]+')"
        f" then {whole} end"
    )


def harmless(value: str) -> str:
    """A cell that a spreadsheet would run as a formula gets an apostrophe in front.

    The signs that begin one are those of owasp.org/www-community/attacks/CSV_Injection, full-width
    ones among them.
    """
    formula = rf"regexp_matches({value}, '^{_SPACE}*[=+\-@\t\r\n＝＋－＠]')"
    return f"case when {formula} then '''' || {value} else {value} end"


def _international(value: str) -> str:
    return (
        f"(regexp_full_match({plain(value)}, '[+][0-9 ().-]+')"
        f" and length({digits(value)}) between 7 and 15)"
    )
