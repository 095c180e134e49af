"""Every kind of defect in the sample company: its name, what should become of it, what it is.

Belongs here: the catalogue and the rates. Not here: how a record is spoilt (spoil.py), or who is
affected (people.py).
"""

from typing import NamedTuple


class Kind(NamedTuple):
    """What a pipeline should do with a defect, and a sentence for people.

    `expected` is one of: loaded (value normalises to the right one, or stays a plain difference),
    field_issue (the record stays, that value becomes NULL), rejected (the line never reaches raw),
    quarantined (the row reaches raw, not staging), duplicate_file, deduplicated (one of several
    deliveries of the same event counts), superseded (a newer version of the row wins), ignored (an
    older version arrives later and must lose), extra (kept as undeclared JSON), blocked (the value
    identifies nobody), hub (the value is shared and must stop linking), separate (must not merge
    the people named), same_person (records of one person to be brought together).
    """

    expected: str
    meaning: str


KINDS = {
    # One person, recorded differently.
    "typo_name": Kind("loaded", "a letter dropped, doubled or swapped; other kanji of same sound"),
    "nickname": Kind("loaded", "Bob for Robert"),
    "swapped_name": Kind("loaded", "given and family name in each other's field"),
    "variant_kanji": Kind("loaded", "old or variant form of a kanji: 髙橋, 山﨑, 渡邉"),
    "typo_email": Kind("loaded", "mistyped address that belongs to nobody"),
    "mixed_case_email": Kind("loaded", "capitals in an e-mail address"),
    "whitespace": Kind("loaded", "blanks around values, also the ideographic one"),
    "full_width_email": Kind("loaded", "e-mail typed with the input method on"),
    "full_width_digits": Kind("loaded", "telephone and postcode in full-width digits"),
    "half_width_kana": Kind("loaded", "reading in half-width katakana"),
    "leading_zero_lost": Kind("loaded", "spreadsheet turned telephone and postcode into numbers"),
    "changed_email": Kind("same_person", "old records carry an address the person gave up"),
    "changed_address": Kind("same_person", "the person moved; old records carry the old address"),
    "second_account": Kind("same_person", "a second shop account, other e-mail, same telephone"),
    "duplicate_record": Kind("same_person", "the same person entered twice in one system"),
    # Values that are shared or mean nothing.
    "family_email": Kind("separate", "two to four relatives use one e-mail address"),
    "family_phone": Kind("separate", "relatives give the telephone at home as theirs"),
    "recycled_phone": Kind("separate", "a number given back and later assigned to a stranger"),
    "kiosk_device": Kind("hub", "a shop's tablet: one anonymous id, dozens of people log in"),
    "shared_mailbox": Kind("hub", "info@ of a company or a noreply@ address on a person's record"),
    "test_account": Kind("blocked", "account of the web team, test@; nobody's record"),
    "placeholder_phone": Kind("blocked", "000-0000-0000 and the like"),
    "placeholder_birth_date": Kind("loaded", "1900-01-01 and the like: known to mean 'unknown'"),
    # Values and rows that cannot be understood.
    "impossible_birth_date": Kind("field_issue", "1990-02-31"),
    "impossible_order_date": Kind("quarantined", "created_at 2026-13-45"),
    "invalid_amount": Kind("quarantined", "total_price is not a number"),
    "truncated_json": Kind("rejected", "an event line cut in the middle"),
    "not_an_object": Kind("rejected", "a line that is JSON but no event"),
    "ragged_row": Kind("rejected", "a CSV row with too few or too many cells"),
    # Deliveries.
    "duplicate_file": Kind("duplicate_file", "the same bytes delivered again under another name"),
    "duplicate_event": Kind("deduplicated", "the same messageId delivered twice"),
    "late_correction": Kind("superseded", "a later file corrects an old row"),
    "stale_redelivery": Kind("ignored", "a later file repeats an older version of a row"),
    "cp932_file": Kind("loaded", "a file in CP932, as office software in Japan saves it"),
    "unknown_column": Kind("extra", "a column that earlier files did not have"),
    "clock_skew": Kind("loaded", "a device whose clock is a year ahead; `timestamp` is corrected"),
    "late_event": Kind("loaded", "an app was offline: received days after it happened"),
}

# Chance per person record, in the order in which the draw is spent; at most one of these each.
RECORD_RATES = {
    "typo_name": 0.016,
    "swapped_name": 0.010,
    "typo_email": 0.007,
    "mixed_case_email": 0.030,
    "whitespace": 0.016,
    "full_width_email": 0.008,
    "full_width_digits": 0.014,
    "half_width_kana": 0.030,
    "placeholder_phone": 0.012,
    "placeholder_birth_date": 0.012,
    "impossible_birth_date": 0.012,
}
NICKNAME_RATE = 0.15  # of records of people whose name has one
VARIANT_RATE = 0.15  # of records of people whose family name has one
RAGGED_RATE = 0.004
DUPLICATE_RATE = 0.03
ORDER_RATES = {"impossible_order_date": 0.0008, "invalid_amount": 0.0006}
CORRECTION_RATE = 0.012
EVENT_RATES = {"truncated_json": 0.0006, "not_an_object": 0.0002, "duplicate_event": 0.003}
SESSION_RATES = {"clock_skew": 0.003, "late_event": 0.02}
PLACEHOLDER_PHONES = ["000-0000-0000", "0000000000", "090-0000-0000", "03-0000-0000", "999999999"]
PLACEHOLDER_BIRTH_DATES = ["1900-01-01", "1970-01-01", "2000-01-01", "1111-11-11"]
IMPOSSIBLE_BIRTH_DATES = ["1990-02-31", "1985-13-05", "1979-00-12", "2001-06-31", "1966-11-45"]
