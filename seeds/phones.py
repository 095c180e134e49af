"""Telephone numbers: one per owner by arithmetic, and the ways people write them.

Belongs here: making and spelling numbers. Not here: which number is shared or recycled.

A number is a pure function of its owner's index, so no two unrelated people collide by chance
and nothing has to be remembered while a million people stream by.
"""

from random import Random
from typing import NamedTuple

_STRIDE = 48_271_777  # odd, not a multiple of 3 or 5: coprime to every modulus below
_US_AREAS = """212 310 312 415 206 303 512 617 702 713 808 305 404 503 602 619 703 718 773 818 847
858 917 925 949 951 954 972 979""".split()
_JP_AREAS = {
    "東京都": "03", "大阪府": "06", "神奈川県": "045", "愛知県": "052", "北海道": "011",
    "福岡県": "092", "京都府": "075", "兵庫県": "078", "宮城県": "022", "広島県": "082",
    "埼玉県": "048", "千葉県": "043",
}  # fmt: skip
_CALLING = {
    "JP": "81",
    "US": "1",
    "CA": "1",
    "GB": "44",
    "DE": "49",
    "FR": "33",
    "SG": "65",
    "AU": "61",
}


class Phone(NamedTuple):
    """A number as dialled inside its country, in groups, with the trunk 0 where there is one."""

    country: str
    groups: tuple[str, ...]

    @property
    def e164(self) -> str:
        """International form, the one every spelling should come back to."""
        digits = "".join(self.groups)
        return f"+{_CALLING[self.country]}{digits.removeprefix('0')}"


def mobile(index: int, country: str) -> Phone:
    """Return the mobile number that belongs to person `index` alone (below 8 million people)."""
    index += 4_409  # person 0 would get a number full of zeros
    if country == "JP":
        number = index * _STRIDE % 90_000_000 + 10_000_000
        prefix = "090" if index % 7 < 4 else "080" if index % 7 < 6 else "070"
        return Phone(country, (prefix, f"{number // 10_000:04d}", f"{number % 10_000:04d}"))
    digits = f"{index * _STRIDE % 8_000_000 + 2_000_000:07d}"
    first, middle, last = digits[0], digits[1:4], digits[4:]
    groups = {
        "US": (_US_AREAS[index % len(_US_AREAS)], digits[:3], digits[3:]),
        "CA": ("416", digits[:3], digits[3:]),
        "GB": (f"0748{first}", middle, last),
        "DE": ("0151", digits[:4], f"{last}{index % 10}"),
        "FR": ("06", f"1{first}", digits[1:3], digits[3:5], digits[5:]),
        "SG": (f"8{digits[:3]}", digits[3:]),
        "AU": (f"041{first}", middle, last),
    }[country]
    return Phone(country, groups)


def landline(household: int, state: str) -> Phone | None:
    """Return the home number of a Japanese household; None where the area code is not listed."""
    area = _JP_AREAS.get(state)
    if area is None:
        return None
    household += 4_409
    if len(area) == 2:
        digits = f"{household * _STRIDE % 40_000_000 + 30_000_000}"
    else:
        digits = f"{household * _STRIDE % 4_000_000 + 5_000_000}"
    return Phone("JP", (area, digits[:-4], digits[-4:]))


def spell(rng: Random, phone: Phone | None, *, international: bool = False) -> str:
    """Write a number the way a person or a system would; an empty string for None."""
    if phone is None:
        return ""
    if international:
        return phone.e164
    way, groups = rng.random(), phone.groups
    abroad = f"+{_CALLING[phone.country]} {'-'.join(groups).removeprefix('0')}"
    if phone.country != "JP":
        return phone.e164 if way < 0.5 else abroad.replace("-", " ")
    ways = (
        (0.55, "-".join(groups)),
        (0.80, "".join(groups)),
        (0.92, phone.e164),
        (0.96, f"({groups[0]}){groups[1]}-{groups[2]}"),
        (1.00, abroad),
    )
    return next(text for bound, text in ways if way < bound)
