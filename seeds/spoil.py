"""Spoils a person record the way people and old software do, and says what was done.

Belongs here: record-level mess on a profile. Not here: rates and meanings (defects.py), mess that
concerns whole files or several people.
"""

from collections.abc import Callable
from itertools import accumulate
from random import Random

from seeds import names
from seeds.defects import (
    IMPOSSIBLE_BIRTH_DATES,
    NICKNAME_RATE,
    PLACEHOLDER_BIRTH_DATES,
    PLACEHOLDER_PHONES,
    RECORD_RATES,
    VARIANT_RATE,
)
from seeds.names import KANJI_VARIANTS
from seeds.names_foreign import NICKNAMES
from seeds.people import Person
from seeds.profile import Profile
from seeds.text import full_width, half_width_kana

_KINDS = list(RECORD_RATES)
_BOUNDS = list(accumulate(RECORD_RATES.values()))


def spoil(rng: Random, profile: Profile, person: Person, *, birth: bool, kana: bool) -> list[str]:
    """Change `profile` in place; return the kinds of defect, usually none.

    `birth` and `kana` say whether the system keeps these fields, so that no defect is claimed
    where nobody could see it.
    """
    done: list[str] = []
    variants = KANJI_VARIANTS.get(profile.family)
    if variants and rng.random() < VARIANT_RATE:
        profile.family = rng.choice(variants)
        done.append("variant_kanji")
    nicknames = NICKNAMES.get(profile.given)
    if nicknames and rng.random() < NICKNAME_RATE:
        profile.given = rng.choice(nicknames)
        done.append("nickname")
    draw = rng.random()
    if draw < _BOUNDS[-1]:
        kind = next(kind for kind, bound in zip(_KINDS, _BOUNDS, strict=True) if draw < bound)
        unseen = (kind.endswith("birth_date") and not birth) or (
            kind == "half_width_kana" and not kana
        )
        if not unseen and _SPOILERS[kind](rng, profile, person):
            done.append(kind)
    return done


def damage_name(rng: Random, profile: Profile, person: Person) -> None:
    """Make the name of a version wrong on purpose, so that it shows when that version wins."""
    if not _typo_name(rng, profile, person):
        profile.given = f"{profile.given}{profile.given[-1]}"


def _typo_name(rng: Random, profile: Profile, person: Person) -> bool:
    if profile.japanese:
        wrong = names.wrong_conversion(rng, person.given)
        changed, profile.given = wrong != profile.given, wrong
        return changed
    before = profile.family
    at = rng.randrange(1, max(2, len(before) - 1))
    profile.family = rng.choice((
        before[:at] + before[at + 1 :],
        before[:at] + before[at] + before[at:],
        before[:at] + before[at : at + 2][::-1] + before[at + 2 :],
    ))  # fmt: skip
    return profile.family != before


def _swapped_name(_: Random, profile: Profile, __: Person) -> bool:
    profile.family, profile.given = profile.given, profile.family
    profile.family_kana, profile.given_kana = profile.given_kana, profile.family_kana
    return True


def _typo_email(rng: Random, profile: Profile, _: Person) -> bool:
    local, _at, domain = profile.email.partition("@")
    at = rng.randrange(max(1, len(local) - 1))
    # The mark keeps the mistyped address from being somebody else's.
    profile.email = f"{local[:at]}{local[at + 1 :]}_@{domain}" if domain else ""
    return bool(domain)


def _mixed_case_email(rng: Random, profile: Profile, _: Person) -> bool:
    profile.email = profile.email.upper() if rng.random() < 0.3 else profile.email.title()
    return bool(profile.email)


def _whitespace(rng: Random, profile: Profile, _: Person) -> bool:
    blank = rng.choice((" ", "  ", "\u3000"))
    profile.given += blank
    profile.family = f" {profile.family}"
    profile.email = f"{profile.email} " if profile.email else ""
    return True


def _full_width_email(_: Random, profile: Profile, __: Person) -> bool:
    if not (profile.japanese and profile.email):
        return False
    profile.email = full_width(profile.email)
    return True


def _full_width_digits(_: Random, profile: Profile, __: Person) -> bool:
    if not profile.japanese:
        return False
    profile.mobile, profile.phone = full_width(profile.mobile), full_width(profile.phone)
    profile.postcode = full_width(profile.postcode)
    return True


def _half_width_kana(_: Random, profile: Profile, __: Person) -> bool:
    profile.family_kana = half_width_kana(profile.family_kana)
    profile.given_kana = half_width_kana(profile.given_kana)
    return bool(profile.family_kana)


def _placeholder_phone(rng: Random, profile: Profile, _: Person) -> bool:
    profile.mobile = rng.choice(PLACEHOLDER_PHONES)
    profile.phone = ""
    return True


def _placeholder_birth_date(rng: Random, profile: Profile, _: Person) -> bool:
    profile.birth_date = rng.choice(PLACEHOLDER_BIRTH_DATES)
    return True


def _impossible_birth_date(rng: Random, profile: Profile, _: Person) -> bool:
    profile.birth_date = rng.choice(IMPOSSIBLE_BIRTH_DATES)
    return True


_SPOILERS: dict[str, Callable[[Random, Profile, Person], bool]] = {
    "typo_name": _typo_name,
    "swapped_name": _swapped_name,
    "typo_email": _typo_email,
    "mixed_case_email": _mixed_case_email,
    "whitespace": _whitespace,
    "full_width_email": _full_width_email,
    "full_width_digits": _full_width_digits,
    "half_width_kana": _half_width_kana,
    "placeholder_phone": _placeholder_phone,
    "placeholder_birth_date": _placeholder_birth_date,
    "impossible_birth_date": _impossible_birth_date,
}
