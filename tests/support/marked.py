"""Extracts in which every personal value is one of a kind, and where such values turn up again.

Belongs here: the marked values, files that hold them in good and in bad rows, looking for them in
bytes. Does not belong here: which places may hold them.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

NAMES = ("Zyxquill", "Vorpalson", "魑魅川", "魍魎子", "チミガワ")
EMAIL, LOGIN = "zyx.mark7319@leak.example", "zyx.login8842@leak.example"
PHONE, STREET, NOTE = "9073194682", "墨流町7丁目1-2 墨流館77319402号室", "zyxsecretnote"
NUMBER, IBAN, BIRTH = "732819465073", "DE89370400440532013000", "1931-07-19"
MARKS = (
    *NAMES, "zyx.mark7319", "zyx.login8842", PHONE, "73194682", "墨流町", "77319402", NOTE, NUMBER,
    IBAN, "0532013000", BIRTH, "31.07.1931x",
)  # fmt: skip
"""What must turn up nowhere: parts that survive whatever cleaning a value goes through."""

_LIST = "record_id,full_name,email,phone,address,birth_date,gender,national_id,country\n"
_ROW = f"{NAMES[2]} {NAMES[3]},{EMAIL},0{PHONE},{STREET},{BIRTH},男,{NUMBER},JP\n"


def _segment(number: int, **rest: object) -> str:
    event = {
        "type": "track", "event": "Seen", "userId": LOGIN, "messageId": f"marked-{number}",
        "timestamp": "2026-10-01T00:00:00Z",
        "properties": {"note": NOTE, EMAIL: 1, "url": f"https://x.example/?mail={EMAIL}"},
        "context": {
            "page": {"url": f"https://x.example/a?tel=%2B81{PHONE}&m={quote(EMAIL)}"},
            "traits": {"email": EMAIL, "name": f"{NAMES[0]} {NAMES[1]}", "phone": f"+81{PHONE}"},
        },
        **rest,
    }  # fmt: skip
    return json.dumps(event, ensure_ascii=False) + "\n"


def extracts() -> Mapping[str, bytes]:
    """Files by their place in landing: good rows, and all that is wrong in its own way."""
    ticket = "id,requester_id,subject,description,created_at,type,tags\n"
    good = {
        "manual/customers/keys.csv": _LIST
        # keys of rows that a gate shows
        + f"{EMAIL},{_ROW.replace('男', 'zz').replace(',JP', ',Nowhere')}"
        + f"{LOGIN},{_ROW.replace('男', 'zz').replace(',JP', ',Nowhere')}",
        "manual/customers/bad_dates.csv": _LIST
        + f"b1,{_ROW.replace(BIRTH, '31.07.1931x')}b2,{_ROW.replace(EMAIL, NAMES[0] + ' at x')}",
        "manual/customers/ragged.csv": _LIST + f"r1,{NOTE},{NOTE}\nr2,{_ROW}r3,{NOTE},{_ROW}",
        "manual/customers/no_header.csv": f"1,{_ROW}2,{_ROW}",
        "manual/customers/lines.ndjson": json.dumps(
            {"record_id": "n1", "full_name": NAMES[0], EMAIL: NOTE}
        )
        + f'\n{{"record_id": "n2", "email": "{EMAIL}", "full_name": {NOTE}\n',
        "manual/customers/whole.json": f'[{{"record_id": "j1", "email": "{EMAIL}"}}, {NOTE}]',
        "hubspot/contact/contacts.csv": "id,property_email,property_firstname,property_lastname,"
        f"property_phone\n1,{EMAIL},{NAMES[0]},{NAMES[1]},+81{PHONE}\n2,{NOTE},{NAMES[0]},,\n",
        "zendesk/user/users.csv": f"id,name,email,role\n9,{NAMES[0]} {NAMES[1]},{EMAIL},end-user\n",
        "zendesk/ticket/tickets.csv": ticket
        + f'5,9,{NOTE},"My number is 0{PHONE}, {EMAIL}",2026-10-02T00:00:00Z,incident,\n'
        + f"6,9,{NOTE},{EMAIL},{NOTE},incident,\n",
        "consent/consent/answers.csv": "consent_id,email,purpose,state,at,source\n"
        f"c1,{EMAIL},email,granted,2026-10-01T00:00:00Z,form\nc2,{EMAIL},email,{NOTE},,form\n"
        f"{EMAIL},{EMAIL},ads,granted,{NOTE},form\n",
        "privacy/request/requests.csv": "request_id,request_type,email,phone,name,"
        f"received_at,note\np1,access,{EMAIL},0{PHONE},{NAMES[0]},2026-10-03T00:00:00Z,{NOTE}\n"
        f"p2,{NOTE},{EMAIL},,{NAMES[0]},2026-10-03T00:00:00Z,{NOTE}\n",
        "referral/referral/r.csv": "referral_id,referrer_email,referee_email,referee_name,"
        f"invited_at,status\nf1,{EMAIL},{LOGIN},{NAMES[0]} {NAMES[1]},2026-10-01T00:00:00Z,"
        "accepted\n",
        "segment/events/events.ndjson": _segment(1)
        + _segment(2, timestamp=NOTE)
        + _segment(3, type=EMAIL)
        + f'{{"type": "track", "userId": "{EMAIL}", "event": "cut\n',
        "mixpanel/people/people.ndjson": json.dumps(
            {"$distinct_id": LOGIN, "$properties": {"$email": EMAIL, "$name": NAMES[0]}}
        )
        + "\n",
        "pixel/access/nginx.log": '192.0.2.9 - - [18/Jul/2026:18:33:39 +0900] "GET '
        f"/p.gif?cid=c1&ev=page_view&u=https%3A%2F%2Fx.example%2F%3Fm%3D{quote(EMAIL)} "
        f'HTTP/1.1" 200 43 "https://x.example/{NOTE}" "Mozilla/5.0"\n{EMAIL} {NOTE} broken\n',
        "decisions/identity/words.csv": "decision_id,left_system,left_stream,left_key,right_system,"
        "right_stream,right_key,verdict,decided_by,decided_at,reason\n"
        f"d1,manual,customers,{EMAIL},manual,customers,b1,same,r,2026-10-01T00:00:00Z,{NOTE}\n",
    }
    found = {name: text.encode() for name, text in good.items()}
    found["manual/customers/office.csv"] = (_LIST + f"o1,{_ROW}").encode("cp932")
    found["manual/customers/wide.csv"] = (_LIST + f"w1,{_ROW}").encode("utf-16")
    return {_place(name): content for name, content in found.items()}


def stopping() -> Mapping[str, bytes]:
    """A delivery that its gate stops: a list most of whose rows have lost their key."""
    rows = "".join(f",{_ROW}" for _ in range(30)) + f"{EMAIL},{_ROW}"
    return {_place("manual/customers/shifted.csv"): (_LIST + rows).encode()}


def _place(name: str) -> str:
    """Known by its name among other extracts."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/marked_{file}"


def spellings(mark: str) -> Iterator[bytes]:
    """A mark as it may be written somewhere."""
    for text in {mark, mark.lower(), mark.upper()}:
        whole = text.encode()
        yield whole
        yield text.encode("utf-16-le")
        yield text.encode("utf-16-be")
        yield whole.hex().encode()
        yield whole.hex().upper().encode()
        yield quote(text, safe="").encode()
        yield quote(text, safe="").lower().encode()
        yield json.dumps(text)[1:-1].encode()
        yield json.dumps(json.dumps(text))[1:-1].strip('\\"').encode()
        for shift in range(3):  # base64 looks different by where in the text it begins
            packed = base64.b64encode(b"\0" * shift + whole)
            yield packed[(0, 2, 3)[shift] : len(packed) - 4]
        for encoding in ("cp932", "euc-jp"):
            try:
                yield text.encode(encoding)
            except UnicodeEncodeError:
                continue


_LOOKS = {mark: {look for look in spellings(mark) if len(look) >= 5} for mark in MARKS}
"""Shorter ones turn up by chance."""


def leaks(content: bytes) -> set[str]:
    """The marks that bytes hold, in any spelling."""
    return {mark for mark, looks in _LOOKS.items() if any(look in content for look in looks)}


def leaks_of_run(home: Path, printed: str) -> dict[str, set[str]]:
    """The places outside warehouse files and deliveries that hold marks, and which; all kinds of
    such places must be there.
    """
    places = list(files(home))
    parts = {path.relative_to(home).parts[0] for path in places}
    assert {"dagster", "dbt", "docs", "logs", "report", "last_run.json"} <= parts
    found = {str(path): leaks(path.read_bytes()) for path in places}
    found["printed"] = leaks(printed.encode())
    return {place: marks for place, marks in found.items() if marks}


def files(home: Path) -> Iterator[Path]:
    """Every file a run leaves outside the warehouse files and the deliveries."""
    for path in sorted(home.rglob("*")):
        place = path.relative_to(home)
        if path.is_file() and place.parts[0] != "exports" and ".duckdb" not in place.parts[0]:
            yield path
