"""Facebook and Instagram extracts: page, posts, media, their metrics, and comments.

Belongs here: columns and values of these platforms. Not here: what is posted (social.py).
"""

import json

from seeds import calendar, social
from seeds.chance import chance
from seeds.handles import instagram_handle
from seeds.orders import Order
from seeds.people import Person
from seeds.records import Part, Stream

PAGE_ID, ACCOUNT_ID = "514435155200001", "17841439500000001"
PAGE = "id _fivetran_synced name username category fan_count website".split()
POST = "id page_id message created_time permalink_url status_type _fivetran_synced".split()
POST_METRICS = """date post_id _fivetran_synced post_clicks post_impressions
    post_impressions_unique post_reactions_like_total post_reactions_love_total
    post_video_views""".split()
MEDIA = """_fivetran_id _fivetran_synced caption created_time id is_story media_type permalink
    user_id username""".split()
INSIGHTS = """_fivetran_id _fivetran_synced id like_count comment_count video_photo_impressions
    video_photo_reach video_photo_saved video_photo_shares""".split()
_DELIVERIES = (calendar.CUT - 3600, calendar.END - 3600)


def post_id(number: int) -> str:
    """Return the page's id of a post."""
    return f"{PAGE_ID}_{3_391_309_130_800_000 + number * 977}"


def media_id(number: int) -> str:
    """Return Instagram's id of a medium."""
    return str(17_875_951_606_800_000 + number * 1_013)


class Meta:
    """Writes one part's comments; the first part also the posts and their metrics."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy = part, part.options.messy
        self._pages = Stream(part, "meta/page", PAGE)
        self._posts = Stream(part, "meta/post", POST)
        self._metrics = Stream(part, "meta/post_metrics", POST_METRICS)
        self._media = Stream(part, "meta/media", MEDIA)
        self._insights = Stream(part, "meta/media_insights", INSIGHTS)
        names = (calendar.FIRST_DELIVERY, calendar.SECOND_DELIVERY)
        self._comments = [part.landing.lines("meta/comment", name) for name in names]

    def company(self) -> None:
        """Write the page, what was posted, and how it fared at each delivery."""
        stamp = calendar.sql(_DELIVERIES[0])
        page = (PAGE_ID, stamp, "Hinata Living", "hinataliving", "Furniture shop", "8214",
                "https://shop.hinata-living.example")  # fmt: skip
        self._pages.write(page, late=False, key=PAGE_ID)
        for post in social.posts():
            late, made = post.at >= calendar.CUT, calendar.sql(post.at)
            key, medium = post_id(post.number), media_id(post.number)
            link = f"https://www.facebook.com/{key}"
            self._posts.write(
                (key, PAGE_ID, post.caption, made, link, "added_photos", made), late=late, key=key
            )
            self._media.write(
                (f"m{post.number}", made, post.caption, made, medium, "false", "IMAGE",
                 f"https://www.instagram.com/p/C{post.number:04d}/", ACCOUNT_ID, "hinataliving"),
                late=late, key=medium,
            )  # fmt: skip
            for delivery, at in enumerate(_DELIVERIES):
                if at > post.at:
                    self._measured(post, at, late=bool(delivery))

    def _measured(self, post: social.Post, at: int, *, late: bool) -> None:
        rng = chance("meta", self._part.options.seed, post.number)
        seen = int((300 + rng.random() * 4000) * min(1.0, (at - post.at) / (30 * calendar.DAY)))
        stamp, key, medium = calendar.sql(at), post_id(post.number), media_id(post.number)
        day = f"{calendar.zulu(at)[:10]} 07:00:00 UTC"
        self._metrics.write(
            (day, key, stamp, seen // 40, seen, seen * 3 // 4, seen // 30, seen // 90, seen // 5),
            late=late, key=key,
        )  # fmt: skip
        self._insights.write(
            (f"i{post.number}-{int(late)}", stamp, medium, seen // 12, seen // 200, seen * 2,
             seen, seen // 60, seen // 80),
            late=late, key=medium,
        )  # fmt: skip

    def person(self, person: Person, _: list[Order]) -> None:
        """Write what a person wrote below media, and now and then a stranger on the page."""
        rng = chance("meta", self._part.options.seed, person.person_id)
        handle = instagram_handle(person)
        if handle and rng.random() < 0.6:
            written = social.remarks(rng, person.origin, person.joined)
            for place, (post, at, text) in enumerate(written):
                key = str(17_900_000_000_000_000 + person.index * 64 + min(place, 62))
                if place > 62:
                    break
                author = f"@{handle.title()}" if rng.random() < 0.1 else handle
                self._comment(at, {
                    "id": key, "media": {"id": media_id(post.number)}, "username": author,
                    "text": text, "timestamp": _graph_time(at), "like_count": int(rng.random() * 5),
                })  # fmt: skip
                self._part.truth.event(
                    f"instagram:{key}", person.person_id, "anonymous", system="meta"
                )
        if rng.random() < 0.04:
            self._stranger(person.index)

    def _stranger(self, index: int) -> None:
        """Write somebody's comment on the page; Facebook tells a number and a name."""
        rng = chance("meta stranger", self._part.options.seed, index)
        for post, at, text in social.remarks(rng, "", 0):
            key = f"{post_id(post.number)}_{600_000_000 + index}"
            writer = {"id": str(10_150_000_000_000_000 + index * 7), "name": "Alex Muster"}
            self._comment(at, {
                "id": key, "post_id": post_id(post.number), "from": writer, "message": text,
                "created_time": _graph_time(at), "like_count": 0,
            })  # fmt: skip
            self._part.truth.event(f"facebook:{key}", "", "stranger", system="meta")
            break
        if self._messy and rng.random() < 0.1:
            row = {
                "id": f"1.79{index:05d}E+16",
                "text": "?",
                "timestamp": _graph_time(calendar.CUT),
            }
            number = self._comments[1].write(json.dumps(row))
            self._part.truth.defect("float_post_id", self._comments[1], number, row["id"])

    def _comment(self, at: int, row: dict[str, object]) -> None:
        file = self._comments[at >= calendar.CUT]
        file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")))


def _graph_time(second: int) -> str:
    """`2026-10-01T03:12:45+0000`, as the Graph API writes it."""
    return f"{calendar.zulu(second)[:19]}+0000"
