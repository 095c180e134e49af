"""The truth is complete: every record has an owner, every defect a label, every file its counts."""

import hashlib
import json
from collections import Counter

import pytest

from seeds.defects import KINDS
from tests.seeds.conftest import LANDING, lines, messages, read_rows, read_text, truth

KEYS = {
    "salesforce/contact": "Id",
    "salesforce/lead": "id",
    "shopify/customer": "id",
    "zendesk/user": "id",
    "manual/customers": "record_id",
    "hubspot/contact": "id",
    "mailchimp/member": "list_id/id",
    "stripe/customer": "id",
    "survey/contact": "id",
}
# Streams whose every row is an event, and where its id stands.
EVENT_IDS = {
    "hubspot/form_submission": "conversion_id",
    "referral/referral": "referral_id",
    "app/login": "id",
    "app/feature_use": "id",
    "survey/response/voice_abroad": "#",
}


def test_every_kind_of_defect_is_present_and_labelled(defects: list[dict[str, str]]) -> None:
    assert {row["kind"] for row in defects} == set(KINDS)
    assert all(row["expected"] == KINDS[row["kind"]].expected for row in defects)


@pytest.mark.parametrize("stream", [key for key in KEYS if key != "manual/customers"])
def test_every_person_record_has_an_owner(stream: str, records: list[dict[str, str]]) -> None:
    seen, whole = set(), set()
    for path in (LANDING / stream).glob("*.csv"):
        header, *rows = read_rows(path)
        at = [header.index(column) for column in KEYS[stream].split("/")]
        seen |= {"/".join(row[place] for place in at) for row in rows}
        whole |= {"/".join(row[place] for place in at) for row in rows if len(row) == len(header)}
    mine = [row for row in records if f"{row['source_system']}/{row['stream']}" == stream]
    assert {row["record_key"] for row in mine} == seen
    assert len(mine) == len(seen)
    assert {row["record_key"] for row in mine if row["expected"] == "loaded"} == whole
    assert all(bool(row["person_id"]) == (row["kind"] == "customer") for row in mine)


def test_every_identified_user_has_an_owner(records: list[dict[str, str]]) -> None:
    users = {
        event["userId"]
        for path in (LANDING / "segment" / "events").iterdir()
        for event in messages(path)
        if event["type"] == "identify" and "userId" in event
    }
    mine = {row["record_key"] for row in records if row["source_system"] == "segment"}
    assert mine == users


def test_every_guest_order_has_an_owner(records: list[dict[str, str]]) -> None:
    guests = set()
    for path in (LANDING / "shopify" / "order").iterdir():
        header, *rows = read_rows(path)
        key, customer = header.index("id"), header.index("customer_id")
        guests |= {row[key] for row in rows if not row[customer]}
    mine = {row["record_key"] for row in records if row["stream"] == "order"}
    assert mine == guests


def test_every_event_has_an_owner_or_is_known_to_have_none() -> None:
    owners = {
        row["event_id"]: row
        for row in truth("event_owner.csv.gz")
        if row["source_system"] == "segment"
    }
    seen = Counter(
        event["messageId"]
        for path in (LANDING / "segment" / "events").iterdir()
        for event in messages(path)
    )
    assert owners.keys() == seen.keys()
    people = {row["person_id"] for row in truth("person.csv")}
    assert {row["person_id"] for row in owners.values()} - people == {""}
    repeated = {key for key, count in seen.items() if count > 1}
    labelled = {
        row["record_key"]
        for row in truth("defect.csv")
        if row["kind"] == "duplicate_event" and row["source_system"] == "segment"
    }
    assert repeated == labelled


@pytest.mark.parametrize("stream", EVENT_IDS)
def test_events_of_other_systems_have_an_owner(stream: str) -> None:
    owners = {
        row["event_id"]
        for row in truth("event_owner.csv.gz")
        if row["source_system"] == stream.split("/", maxsplit=1)[0]
    }
    untimed = {row["record_key"] for row in truth("defect.csv") if row["kind"] == "missing_time"}
    seen = set()
    for path in (LANDING / stream).iterdir():
        if path.suffix == ".csv":
            header, *rows = read_rows(path)
            seen |= {row[header.index(EVENT_IDS[stream])] for row in rows}
        else:
            seen |= {str(event[EVENT_IDS[stream]]) for event in messages(path)}
    assert seen
    assert seen - untimed - owners == set()


def test_owners_agree_with_what_is_known_of_an_event() -> None:
    people = {row["person_id"] for row in truth("person.csv")} | {""}
    seen = set()
    for row in truth("event_owner.csv.gz"):
        key = row["source_system"], row["event_id"]
        assert key not in seen
        seen.add(key)
        assert row["person_id"] in people
        if row["kind"] in {"bot", "no_consent", "stranger", "visitor"}:
            assert row["person_id"] == "", row
        if row["kind"] in {"known", "kiosk_known"}:
            assert row["person_id"], row


def test_files_and_counts_are_complete() -> None:
    listed = {row["file"]: row for row in truth("file.csv")}
    found = {path.relative_to(LANDING).as_posix(): path for path in LANDING.rglob("*.*")}
    assert listed.keys() == found.keys()
    for name, path in found.items():
        rows, rejected = int(listed[name]["rows"]), int(listed[name]["rejected"])
        if "ndjson" in name:
            found_lines = lines(path)
            broken = [line for line in found_lines if not _is_event(line)]
            assert (len(found_lines), len(broken)) == (rows, rejected)
            assert sum(1 for _ in messages(path)) == int(listed[name]["items"])
        elif name.endswith(".log.gz"):
            entries = [line for line in read_text(path).splitlines() if line[:1] != "#"]
            assert len(entries) == rows
        elif name.endswith((".csv", ".csv.gz")):
            header, *records = read_rows(path)
            short = [row for row in records if len(row) != len(header)]
            assert (len(records), len(short)) == (rows, rejected)


def _is_event(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def test_resent_files_hold_the_same_bytes() -> None:
    copies = [row for row in truth("file.csv") if row["same_as"]]
    assert copies
    for row in copies:
        pair = {
            hashlib.sha256((LANDING / row[name]).read_bytes()).hexdigest()
            for name in ("file", "same_as")
        }
        assert len(pair) == 1


def test_labels_point_at_the_row_they_name(defects: list[dict[str, str]]) -> None:
    by_file: dict[str, list[dict[str, str]]] = {}
    for row in defects:
        if row["file"].endswith((".csv", ".csv.gz")) and row["row_number"] and row["record_key"]:
            by_file.setdefault(row["file"], []).append(row)
    assert by_file
    for name, labels in by_file.items():
        rows = read_rows(LANDING / name)
        for label in labels:
            row, key = rows[int(label["row_number"])], label["record_key"]
            assert key in row or set(key.split("/")) <= {*row}, label


def test_people_in_labels_exist(defects: list[dict[str, str]]) -> None:
    people = {row["person_id"] for row in truth("person.csv")}
    named = {person for row in defects for person in row["person_ids"].split("|") if person}
    assert named <= people
    assert all("|" in row["person_ids"] for row in defects if row["expected"] == "separate")


def test_readme_explains_every_kind_of_defect() -> None:
    readme = (LANDING.parents[1] / "README.md").read_text(encoding="utf-8")
    counts = Counter(row["kind"] for row in truth("defect.csv"))
    for kind, (expected, meaning) in KINDS.items():
        assert f"| `{kind}` | {expected} | {meaning} | {counts[kind]} |" in readme
