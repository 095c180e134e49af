"""What the company posts on three platforms: the same calendar of posts, and the texts below them.

Belongs here: posts and words. Not here: a platform's columns (meta.py, x_posts.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from seeds import calendar

POSTS = 24  # one every fortnight of the year of events
_CAPTIONS = (
    "新作のオーク材テーブルが入りました🪑✨\n#hinataliving",
    "Weekend sale: 20 % off all shelves 🎉",
    "職人の一日をのぞいてみました。動画は後半へ👨🏽‍🔧",
    "Cafe\u0301 corner at home: three ideas ☕️",
    "お客様の部屋紹介 🏠 ご応募ありがとうございます！",
    "We are hiring in Kyōto and Ōsaka",
)
REMARKS = {
    "JP": ("すてき！😍", "うちにも欲しい", "在庫はありますか？", "届きました👏🏻\n最高です",
           "高い…"),
    "": ("Love it ❤️", "Do you ship abroad?", "Mine arrived broken :(", "Great video 👏🏽",
         '=HYPERLINK("https://prize.example/","You won!")'),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Post:
    """A post: `number` from 0, which platforms turn into their own ids."""

    number: int
    at: int
    caption: str


def posts() -> list[Post]:
    """Return the year's posts."""
    return [
        Post(
            number,
            calendar.EVENTS_START + number * 15 * calendar.DAY + 3 * 3600,
            _CAPTIONS[number % len(_CAPTIONS)],
        )
        for number in range(POSTS)
    ]


def remarks(rng: Random, origin: str, since: int) -> Iterator[tuple[Post, int, str]]:
    """Yield (post, when, text) of what one follower writes; not before `since`."""
    texts = REMARKS.get(origin, REMARKS[""])
    for _ in range(1 + int(rng.expovariate(1.2))):
        post = posts()[int(rng.random() * POSTS)]
        at = post.at + 60 + int(rng.expovariate(1.0) * calendar.DAY)
        text = rng.choice(texts)
        if since < at < calendar.END:
            yield post, at, text
