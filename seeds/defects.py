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
    # Money, consent and decisions.
    "family_card": Kind("separate", "relatives pay with one card: same fingerprint"),
    "test_card": Kind("hub", "the payment vendor's test number: everybody's fingerprint"),
    "false_email": Kind("field_issue", "FALSE in an e-mail column"),
    "history_out_of_order": Kind("loaded", "states of a subscription delivered latest first"),
    "amount_with_sign": Kind("quarantined", "$24.80 where cents are due: not to be guessed"),
    "amount_as_text": Kind("loaded", "¥1,480: a sign and thousand marks in an amount"),
    "broken_tc_string": Kind("quarantined", "a consent string cut short"),
    "unknown_consent_state": Kind("quarantined", "neither granted, denied nor withdrawn"),
    "request_without_identifier": Kind("quarantined", "a privacy request that says of nobody"),
    "decision_on_missing_record": Kind("loaded", "a decision about a record nobody delivered"),
    "contradicting_decisions": Kind("quarantined", "same and not same in one second"),
    "late_event": Kind("loaded", "an app was offline: received days after it happened"),
    # What people say.
    "full_width_score": Kind("loaded", "a score typed with the input method on: ９"),
    "worded_score": Kind("loaded", "a score with its label: 10 - とても思う"),
    "nps_out_of_range": Kind("field_issue", "a readiness to recommend of 11 out of 10"),
    "formula_cell": Kind("loaded", "free text that a spreadsheet would run: =HYPERLINK(…)"),
    "huge_answer": Kind("loaded", "a story of 100,000 characters"),
    "partial_response": Kind("loaded", "a survey broken off; kept and flagged"),
    "duplicate_response": Kind("deduplicated", "the same response twice in a file"),
    "ended_before_start": Kind("field_issue", "a response sent before it was begun"),
    "float_post_id": Kind("quarantined", "an id that a tool read as a floating point number"),
    # Product use and mail.
    "split_record": Kind("loaded", "a record written over two lines"),
    "terminated_early": Kind("rejected", "the plain line with which an export says it was cut"),
    "missing_time": Kind("quarantined", "an event without a time"),
    "missing_actor": Kind("field_issue", "an event that names neither person nor device"),
    "placeholder_id": Kind("field_issue", "a uuid of zeros where nobody's id was known"),
    "epoch_milliseconds": Kind("loaded", "a time in milliseconds among times in seconds"),
    "negative_duration": Kind("field_issue", "less than no time spent on a feature"),
    "cell_outside_grid": Kind("quarantined", "a tap beside the screen"),
    "unknown_activity": Kind("loaded", "something happened to a mail that has no name here"),
    "hashed_email": Kind("field_issue", "a member whose address was replaced by its hash"),
    # Web analytics and the tracking pixel.
    "float_id": Kind("field_issue", "a client id read as a number: 1.14654019E9"),
    "float_timestamp": Kind("loaded", "a time read as a number: 1.761234567E15"),
    "script_referrer": Kind("field_issue", "a referrer that is a script, javascript:"),
    "no_consent": Kind("blocked", "a hit whose visitor refused analytics; it is nobody's"),
    "program_hit": Kind("blocked", "a hit by a search engine, a monitor or a script"),
    "foreign_request": Kind("quarantined", "a line of the log that is no hit of the pixel"),
    "foreign_line": Kind("rejected", "a line in a server's log that is no log line"),
    "cut_percent": Kind("loaded", "a parameter cut in the middle of a percent sequence"),
    "equal_hits": Kind("loaded", "two hits in one second, equal in all that the log says"),
    # The CRM, the telephone, the referral programme.
    "crm_merge": Kind("same_person", "contacts that the CRM merged itself, and says so"),
    "deleted_contact": Kind("loaded", "a contact deleted in the CRM: kept, and flagged"),
    "withheld_number": Kind("loaded", "a caller hides the number: anonymous, 266696687"),
    "chat_without_number": Kind("loaded", "a chat in the list of calls has no number"),
    "test_call": Kind("loaded", "a call from a test number of the telephone service: flagged"),
    "impossible_call_time": Kind("quarantined", "a call of 2026-02-30"),
    "self_referral": Kind("loaded", "somebody invites themselves"),
    "unknown_referral_code": Kind("loaded", "an invitation with a code that is nobody's"),
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
GA4_RATES = {
    "float_id": 0.004, "float_timestamp": 0.006, "duplicate_event": 0.004, "truncated_json": 0.001,
}  # fmt: skip
