"""Telephone extracts: Twilio's lists of calls and messages, Amazon Connect's contact records.

Belongs here: columns and values of these vendors. Not here: who exists.
"""

import json
from random import Random
from typing import Any
from uuid import UUID

from seeds import calendar
from seeds.chance import chance
from seeds.orders import Order
from seeds.people import Person
from seeds.records import Part, Stream

CALL = """id _fivetran_synced account_id answered_by caller_name created_at direction duration
    end_time from price price_unit queue_time start_time status to updated_at""".split()
MESSAGE = """id _fivetran_synced account_id body created_at date_sent direction error_code from
    num_media num_segments price price_unit status to updated_at""".split()
_SHARE = 0.16
_ACCOUNT, _OURS = "AC5e1f00d2b9a94c0ca7c0ffee00000001", "81345678900"
_WITHHELD = ["anonymous", "266696687", "+266696687"]
_REASONS = ["配送", "返品", "製品の使い方", "支払い", "billing", "delivery", "product"]
_QUEUES = ["Support JA", "Support EN", "Orders", "Callback"]
_TEXTS = ["ご注文の商品を発送しました。", "Your order is on its way.", "予約の確認です。"]


class CallCenter:
    """Writes one part's calls, chats and text messages."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy = part, part.options.messy
        self._calls = Stream(part, "call_center/call", CALL)
        self._messages = Stream(part, "call_center/message", MESSAGE)
        self._contacts = [
            part.landing.lines("call_center/call", f"contacts-{name}")
            for name in (calendar.FIRST_DELIVERY, calendar.SECOND_DELIVERY)
        ]

    def test_call(self, number: int) -> None:
        """Write a call that the telephone team made to see whether it rings."""
        rng = chance("test call", self._part.options.seed, number)
        self._twilio(rng, None, calendar.EVENTS_START + number % 300 * calendar.DAY)

    def person(self, person: Person, _: list[Order]) -> None:
        """Write the calls, chats and messages of a person."""
        rng = chance("call_center", self._part.options.seed, person.person_id)
        # A number given back and assigned anew says nothing about who called when.
        if rng.random() >= _SHARE or "recycled_phone" in person.defects:
            return
        for _place in range(1 + int(rng.expovariate(1.0))):
            start = max(person.joined, calendar.EVENTS_START)
            at = calendar.moment(rng, start, calendar.END, person.address.country)
            draw = rng.random()
            if draw < 0.4:
                self._twilio(rng, person, at)
            elif draw < 0.75:
                self._connect(rng, person, at)
            else:
                self._message(rng, person, at)

    def _twilio(self, rng: Random, person: Person | None, at: int) -> None:
        key, kinds, people = f"CA{rng.getrandbits(128):032x}", list[str](), list[str]()
        number, kind = "15005550006", "stranger"
        if person is None:
            kinds = ["test_call"]
        else:
            number, people = person.mobile_at(at).e164.removeprefix("+"), [person.person_id]
            kind = "known"
        inbound, draw = rng.random() < 0.7, rng.random()
        if person is not None and inbound and self._messy and rng.random() < 0.06:
            number, kind, kinds = rng.choice(_WITHHELD), "anonymous", ["withheld_number"]
        status = "completed" if draw < 0.8 else "canceled" if inbound else "no-answer"
        talked = int(20 + rng.expovariate(1 / 240)) if status == "completed" else 0
        if rng.random() < 0.03:  # over midnight in Japan
            at = (at + calendar.JST) // calendar.DAY * calendar.DAY - calendar.JST - 60
            talked = 400 if talked else 0
        begun, ended = _stamp(at), _stamp(at + talked)
        if person is not None and self._messy and rng.random() < 0.008:
            begun, kinds = f"2026-02-30{begun[10:]}", [*kinds, "impossible_call_time"]
        ours = (_OURS, number)[not inbound], (_OURS, number)[inbound]
        row = (
            key, ended, _ACCOUNT, "", "", begun, "inbound" if inbound else "outbound-api", talked,
            ended, ours[1], -0.014 if talked else "", "USD", 0, begun, status, ours[0], ended,
        )  # fmt: skip
        late = at >= calendar.CUT
        self._calls.write(row, late=late, key=key, people=people, kinds=kinds)
        if "impossible_call_time" not in kinds:
            self._part.truth.event(key, people[0] if people else "", kind, system="call_center")

    def _connect(self, rng: Random, person: Person, at: int) -> None:
        key = str(UUID(int=rng.getrandbits(128), version=4))
        chat, inbound, kinds = rng.random() < 0.25, rng.random() < 0.85, list[str]()
        waited, abandoned = int(rng.expovariate(1 / 90)), inbound and rng.random() < 0.12
        talked = 0 if abandoned else int(30 + rng.expovariate(1 / 300))
        known = person.presence.account and rng.random() < 0.4
        address: str | None = person.mobile_at(at).e164
        if chat:
            address, kinds = None, ["chat_without_number"]
        elif inbound and self._messy and rng.random() < 0.06:
            address, kinds = "anonymous", ["withheld_number"]
        begun, answered = at + 5, at + 5 + waited
        record: dict[str, Any] = {
            "ContactId": key, "Channel": "CHAT" if chat else "VOICE",
            "InitiationMethod": "INBOUND" if inbound else "OUTBOUND",
            "InitiationTimestamp": calendar.zulu(at),
            "ConnectedToSystemTimestamp": calendar.zulu(begun),
            "DisconnectTimestamp": calendar.zulu(answered + talked),
            "LastUpdateTimestamp": calendar.zulu(answered + talked + 60),
            "CustomerEndpoint": address and {"Address": address, "Type": "TELEPHONE_NUMBER"},
            "SystemEndpoint": {"Address": f"+{_OURS}", "Type": "TELEPHONE_NUMBER"},
            "Queue": {"Name": rng.choice(_QUEUES), "Duration": waited,
                      "EnqueueTimestamp": calendar.zulu(begun),
                      "DequeueTimestamp": calendar.zulu(answered)},
            "Agent": None if abandoned else {
                "Username": f"agent{1 + int(rng.random() * 9)}",
                "ConnectedToAgentTimestamp": calendar.zulu(answered),
                "AgentInteractionDuration": talked,
                "AfterContactWorkDuration": int(rng.random() * 60)},
            "DisconnectReason": "CUSTOMER_DISCONNECT" if abandoned else "AGENT_DISCONNECT",
            "Attributes": {"reason": rng.choice(_REASONS)}
            | ({"customer_id": person.user_id} if known else {}),
        }  # fmt: skip
        file = self._contacts[at >= calendar.CUT]
        row = file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
        if self._messy:
            for kind in kinds:
                self._part.truth.defect(kind, file, row, key, [person.person_id])
        self._part.truth.event(
            key,
            person.person_id,
            "anonymous" if kinds and not known else "known",
            system="call_center",
        )

    def _message(self, rng: Random, person: Person, at: int) -> None:
        key, stamp = f"SM{rng.getrandbits(128):032x}", _stamp(at)
        number = person.mobile_at(at).e164.removeprefix("+")
        inbound = rng.random() < 0.15
        text = "STOP" if inbound else rng.choice(_TEXTS)
        row = (
            key, stamp, _ACCOUNT, text, stamp, stamp, "inbound" if inbound else "outbound-api", "",
            number if inbound else _OURS, 0, 1, -0.0158, "USD",
            "received" if inbound else "delivered", _OURS if inbound else number, stamp,
        )  # fmt: skip
        self._messages.write(row, late=at >= calendar.CUT, key=key)
        self._part.truth.event(key, person.person_id, "known", system="call_center")


def _stamp(second: int) -> str:
    """`2026-10-01 03:12:45.000000 UTC`."""
    return f"{calendar.sql(second)}000 UTC"
