"""Extracts of X: the company's posts with their metrics, and what others post about it.

Belongs here: shapes of the platform's API v2. Not here: what is posted (social.py).
"""

import json

from seeds import calendar, social
from seeds.chance import chance
from seeds.handles import x_handle
from seeds.orders import Order
from seeds.people import Person
from seeds.records import Part

ACCOUNT_ID = "1402000000000000001"
_DELIVERIES = (calendar.CUT - 3600, calendar.END - 3600)
_EPOCH = 1_288_834_974  # of the ids: milliseconds since then, shifted by 22 bits
_MOST = 62  # posts of one person


def snowflake(second: int, number: int) -> str:
    """Return a post's id: its time and a number below four million."""
    return str((second - _EPOCH) * 1000 << 22 | number % 2**22)


def post_id(post: social.Post) -> str:
    """Return the id of one of the company's posts."""
    return snowflake(post.at, post.number)


class XPosts:
    """Writes one part's mentions; the first part also the company's posts."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy = part, part.options.messy
        names = (calendar.FIRST_DELIVERY, calendar.SECOND_DELIVERY)
        self._posts = [part.landing.lines("x/post", name) for name in names]
        self._mentions = [part.landing.lines("x/mention", name) for name in names]

    def company(self) -> None:
        """Write the posts at each delivery, with what was counted until then."""
        for file, at in zip(self._posts, _DELIVERIES, strict=True):
            for post in social.posts():
                if post.at >= at:
                    continue
                rng = chance("x", self._part.options.seed, post.number)
                seen = int(rng.random() * 9000 * min(1.0, (at - post.at) / (30 * calendar.DAY)))
                file.write(_line({
                    "id": post_id(post), "text": post.caption, "author_id": ACCOUNT_ID,
                    "created_at": calendar.millis(post.at, 0), "lang": "ja",
                    "public_metrics": {
                        "retweet_count": seen // 150, "reply_count": seen // 300,
                        "like_count": seen // 40, "quote_count": seen // 900,
                        "bookmark_count": seen // 500, "impression_count": seen,
                    },
                }))  # fmt: skip
        if self._messy:
            row = {"id": 1.98e18, "text": "opened and saved by a spreadsheet",
                   "created_at": calendar.millis(calendar.CUT, 0)}  # fmt: skip
            number = self._posts[1].write(json.dumps(row))
            self._part.truth.defect("float_post_id", self._posts[1], number, "1.98e+18")

    def person(self, person: Person, _: list[Order]) -> None:
        """Write what a person posts about the company; now and then, what a stranger does."""
        rng = chance("x", self._part.options.seed, person.person_id)
        handle = x_handle(person)
        owner = person.person_id
        if not handle and rng.random() < 0.05:
            handle, owner = f"passer_by_{person.index}", ""
        if not handle or (owner and rng.random() < 0.3):
            return
        author = snowflake(person.joined, person.index)
        written = social.remarks(rng, person.origin, person.joined if owner else 0)
        for place, (post, at, text) in enumerate(written):
            if place > _MOST:
                break
            key = snowflake(at, person.index * 64 + place)
            row: dict[str, object] = {
                "id": key, "text": f"@hinataliving {text}", "author_id": author,
                "created_at": calendar.millis(at, place),
                "lang": "ja" if person.origin == "JP" else "en",
            }  # fmt: skip
            kind = rng.choice(("mention", "replied_to", "retweeted", "quoted"))
            if kind != "mention":
                row["referenced_tweets"] = [{"type": kind, "id": post_id(post)}]
            name = handle.upper() if rng.random() < 0.1 else handle
            if rng.random() < 0.5:
                row["author_username"] = name
            else:  # as the stream endpoint sends it
                users = [{"id": ACCOUNT_ID, "username": "hinataliving"}]
                row = {
                    "data": row,
                    "includes": {"users": [*users, {"id": author, "username": name}]},
                }
            self._mentions[at >= calendar.CUT].write(_line(row))
            self._part.truth.event(key, owner, "anonymous" if owner else "stranger", system="x")


def _line(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))
