"""No e-mail, telephone or card joins two people unless the truth says so: it can judge a merge."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator

import phonenumbers

from seeds.stripe import TEST_CARD
from tests.seeds.conftest import LANDING, messages, read_rows, truth
from tests.seeds.test_reference import blocked

STREAMS = {
    "salesforce/contact": ("Id", "Email", "Phone", "MobilePhone"),
    "salesforce/lead": ("id", "email", "mobile_phone"),
    "shopify/customer": ("id", "email", "phone"),
    "shopify/order": ("id", "email", "phone"),
    "zendesk/user": ("id", "email", "phone"),
    "manual/customers": ("record_id", "email", "phone"),
    "stripe/customer": ("id", "email", "phone"),
    "hubspot/contact": ("id", "property_email", "property_mobilephone"),
    "mailchimp/member": ("list_id/id", "email_address", "merge_phone"),
    "survey/contact": ("id", "email"),
    "referral/referral": ("referral_id", "referee_email"),
}


def identifiers() -> Iterator[tuple[str, str, str]]:
    """Stream, record key and normalised value of every e-mail, telephone number and card."""
    for stream, (key, *columns) in STREAMS.items():
        for path in (LANDING / stream).glob("*.csv*"):
            header, *rows = read_rows(path)
            for row in rows:
                if len(row) == len(header):
                    for column in columns:
                        value = normalised(row[header.index(column)])
                        name = "/".join(row[header.index(part)] for part in key.split("/"))
                        yield stream, name, value
    for path in (LANDING / "stripe" / "card").iterdir():
        header, *rows = read_rows(path)
        key, card = header.index("id"), header.index("fingerprint")
        yield from (("stripe/card", row[key], row[card]) for row in rows if row[card] != TEST_CARD)
    yield from of_profiles()


def of_profiles() -> Iterator[tuple[str, str, str]]:
    """The same of what the two trackers were told about people."""
    for path in (LANDING / "mixpanel" / "people").iterdir():
        for profile in messages(path):
            properties = profile["$properties"]
            assert isinstance(properties, dict)
            for name in ("$email", "$phone"):
                value = normalised(properties.get(name, ""))
                yield "mixpanel/people", str(profile["$distinct_id"]), value
    for path in (LANDING / "segment" / "events").iterdir():
        for event in messages(path):
            if event["type"] == "identify" and "userId" in event:
                traits = event["traits"]
                assert isinstance(traits, dict)
                for name in ("email", "phone"):
                    yield "segment/events", str(event["userId"]), normalised(traits.get(name, ""))


def normalised(value: str) -> str:
    """Lower-case address or E.164; empty when it is neither, or identifies nobody."""
    text = unicodedata.normalize("NFKC", value).strip().lower()
    if "@" in text:
        return text
    try:
        number = phonenumbers.parse(text, "JP")
    except phonenumbers.NumberParseException:
        return ""
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return e164 if phonenumbers.is_valid_number(number) else ""


def test_values_that_join_people_are_labelled() -> None:
    owners = {
        (f"{row['source_system']}/{row['stream']}", row["record_key"]): row["person_id"]
        for row in truth("record.csv")
        if row["kind"] == "customer"
    }
    holders = defaultdict(set)
    for stream, key, value in identifiers():
        if value and (stream, key) in owners:
            holders[value].add(owners[stream, key])
    shared = {value for value, people in holders.items() if len(people) > 1}
    shared = {value for value in shared if not blocked("email" if "@" in value else "phone", value)}
    labelled = {row["record_key"] for row in truth("defect.csv") if row["expected"] == "separate"}
    assert shared == labelled
