"""The file each destination takes: its columns, and what of a person it cannot do without.

Belongs here: columns as SQL over ``p``, a person of the selection. Does not belong here: how a
vendor wants a value written (``normalise``), who is selected (``selection``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orchestration.activation import normalise as n
from orchestration.segments import Audience

_ADS = {
    "google_customer_match": {
        "Email": n.hashed(n.google_email("p.email")),
        "Phone": n.hashed(n.google_phone("p.phone")),
        "First Name": n.hashed(n.google_given_name("p.given_name")),
        "Last Name": n.hashed(n.google_family_name("p.family_name")),
        "Country": n.google_country("p.country_code"),
        "Zip": n.google_zip("p.postcode", "p.country_code"),
    },
    "meta_custom_audience": {
        "em": n.hashed(n.meta_email("p.email")),
        "ph": n.hashed(n.meta_phone("p.phone")),
        "fn": n.hashed(n.meta_name("p.given_name")),
        "ln": n.hashed(n.meta_name("p.family_name")),
        "db": n.hashed(n.meta_birth_date("p.birth_date")),
        "ge": n.hashed(n.meta_gender("p.gender")),
        "ct": n.hashed(n.meta_place("p.city")),
        "st": n.hashed(n.meta_place("p.state")),
        "zip": n.hashed(n.meta_zip("p.postcode", "p.country_code")),
        "country": n.hashed(n.meta_country("p.country_code")),
    },
}


@dataclass(frozen=True)
class Shape:
    """``columns``: name -> SQL; ``identifiers``: a person needs one of these; ``unique``: column
    that may hold a value once; ``hashed``: nothing in the file tells who somebody is.
    """

    columns: Mapping[str, str]
    identifiers: tuple[str, ...]
    unique: str | None = None
    hashed: bool = False


def shape(audience: Audience) -> Shape:
    """The shape of an audience's file: no personal value that its purpose does not need."""
    if audience.destination in _ADS:
        columns = _ADS[audience.destination]
        first, second, *_ = columns
        return Shape(columns, (first, second), hashed=True)
    by_mail = audience.purpose == "email"
    by_phone = audience.purpose in ("sms", "phone")
    nothing = "cast(null as varchar)"
    email = n.mail_address("p.email") if by_mail else nothing
    # digits with the country code: a plus would make a spreadsheet's formula of it
    phone = n.meta_phone("p.phone") if by_phone else nothing
    if audience.destination == "mailing_list":
        key = "Email Address" if by_mail else "Phone Number"
        columns = {
            "Email Address": email,
            "Phone Number": phone,
            "First Name": n.plain("p.given_name"),
            "Last Name": n.plain("p.family_name"),
            "Language": "p.preferred_language",
            "Country": n.google_country("p.country_code"),
            "Tags": f"'{audience.segment}'",
        }
        return Shape(_cells(columns, audience), (key,), unique=key)
    named = by_mail or by_phone
    columns = {
        "event": "'audience_member'",
        "audience": f"'{audience.name}'",
        "segment": f"'{audience.segment}'",
        "purpose": f"'{audience.purpose}'",
        "customer_id": "p.customer_id",
        "email": email,
        "phone": n.google_phone("p.phone") if by_phone and audience.format != "csv" else phone,
        "first_name": n.plain("p.given_name") if named else nothing,
        "last_name": n.plain("p.family_name") if named else nothing,
        "language": "p.preferred_language",
    }
    needed = ("email",) if by_mail else ("phone",) if by_phone else ("customer_id",)
    return Shape(_cells(columns, audience), needed)


def _cells(columns: Mapping[str, str], audience: Audience) -> Mapping[str, str]:
    if audience.format != "csv":
        return columns
    return {name: n.harmless(f"({sql})") for name, sql in columns.items()}
