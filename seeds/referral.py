"""The referral programme's extract: who invited whom.

Belongs here: columns and values of this list. Not here: who exists.
"""

from random import Random

from seeds import calendar
from seeds.chance import chance
from seeds.emails import second_email
from seeds.people import Person
from seeds.profile import profile
from seeds.records import Part, Stream
from seeds.spoil import spoil

REFERRAL = """referral_id referrer_user_id referrer_email referral_code referee_email referee_name
    invited_at accepted_at status reward reward_currency channel order_id""".split()
_SHARE = 0.12  # of people with an account


class Referral:
    """Writes one part's invitations; neighbours invite each other."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy = part, part.options.messy
        self._stream = Stream(part, "referral/referral", REFERRAL)

    def neighbours(self, cell: list[Person]) -> None:
        """Write the invitations among a cell of neighbours."""
        rng = chance("referral", self._part.options.seed, cell[0].index)
        for referrer in cell:
            if referrer.presence.account and rng.random() < _SHARE:
                for place in range(1 + int(rng.expovariate(1.0))):
                    self._invite(rng, referrer, rng.choice(cell), place)

    def _invite(self, rng: Random, referrer: Person, referee: Person, place: int) -> None:
        if self._messy and rng.random() < 0.04:
            referee = referrer
        key, kinds = f"R{referrer.index:07d}{place:02d}", list[str]()
        code = f"HINATA{referrer.index:05d}"
        at = calendar.moment(
            rng, max(referrer.joined, calendar.EVENTS_START), calendar.END, seasonal=False
        )
        known = profile(rng, referee, max(at, referee.joined))
        if self._messy:
            kinds += spoil(rng, known, referee, birth=False, kana=False)
            # The programme keeps no telephone: nobody could see what was done to it.
            kinds = [
                kind for kind in kinds if kind not in ("placeholder_phone", "full_width_digits")
            ]
        if referee is referrer:
            if not self._messy:
                return
            kinds = ["self_referral"]
            known = profile(rng, referee, at)
            if rng.random() < 0.5:
                known.email = second_email(referee.index, referee.email)
        channel, draw = rng.choice(("line", "mail", "url")), rng.random()
        if channel != "mail" and draw > 0.6 and not kinds:
            known.email = ""  # sent by a link: the programme does not know to whom
        user, email = referrer.user_id, ""
        if draw < 0.2:
            user, email = "", referrer.email_at(at)
        elif draw < 0.4:
            user = ""
            if self._messy and rng.random() < 0.2:
                code, kinds = f"WELCOME{place}", [*kinds, "unknown_referral_code"]
        accepted = at + int(rng.random() * 20 * calendar.DAY)
        status = "accepted" if rng.random() < 0.45 else "invited"
        if status == "accepted" and accepted >= calendar.END:
            status = "invited"
        done = status == "accepted"
        row = (
            key, user, email, code, known.email, known.full_name if known.email else "",
            calendar.shop(at), calendar.shop(accepted) if done else "", status,
            "500" if done else "", "JPY" if done else "", channel, "",
        )  # fmt: skip
        people = [referee.person_id]
        late = (accepted if done else at) >= calendar.CUT
        self._stream.write(row, late=late, key=key, people=people, kinds=kinds)
        if known.email:
            self._part.truth.record("referral/referral", key, referee.person_id)
        self._part.truth.event(key, referrer.person_id, "known", system="referral")
