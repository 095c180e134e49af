"""What two descriptions are compared by, level by level, from the strongest agreement to none.

Belongs here: the comparisons. Does not belong here: how much a level weighs (``training``).

A level's ``m`` is what is believed of matches before data are seen. Data overrule it; with little
data, or on a column that hardly anybody fills, it keeps the model sane.
"""

from __future__ import annotations

from collections.abc import Sequence

from matching.levels import Comparison, Level, alike, both, either, equal, few_errors, typing_error


def simple(name: str, m: tuple[float, float], *, shared: bool) -> Comparison:
    """Equal or alike text, by value frequency."""
    levels = (Level("equal", equal(name), m[0], name), Level("alike", alike(name, 0.9), m[1]))
    return Comparison(name, (name,), both(name), levels, shared)


# Given and family name in each other's place; what one side leaves empty does not contradict. It is
# one finding, so only the given name weighs it.
SWAPPED = "coalesce(" + either(
    "L.given_name = R.family_name and coalesce(L.family_name = R.given_name, true)"
    " and not coalesce(L.given_name = R.given_name, false)"
) + ", false)"  # fmt: skip


def comparable(name: str) -> str:
    """Both names are known in one script, or both readings are."""
    written = f"L.{name}_script = R.{name}_script"
    return f"{both(f'{name}_name')} and ({written} or {both(f'{name}_reading')})"


def read_alike(name: str) -> tuple[Level, ...]:
    """Levels of names that are written in different ways and may be read in one."""
    differs = f"L.{name}_script <> R.{name}_script"
    return (
        Level("same reading", equal(f"{name}_reading"), 0.03, f"{name}_reading"),
        Level("a possible reading", f"list_has_any(L.{name}_readings, R.{name}_readings)", 0.01),
        Level("reading alike", f"{differs} and {alike(f'{name}_reading', 0.9)}", 0.01),
    )


# henry and john henry; jones and smith jones, winterb and winterbottom
ONE_OF_SEVERAL = (
    "case when L.has_given_names or R.has_given_names then "
    + either("length(R.given_word) > 1 and contains(' ' || L.given_name, ' ' || R.given_word)")
    + " else false end"
)
PART_OF_FAMILY = (
    either("length(R.family_name) > 2 and starts_with(L.family_name, R.family_name)")
    + " or case when L.has_family_names or R.has_family_names then "
    + either("length(R.family_name) > 2 and contains(' ' || L.family_name, ' ' || R.family_name)")
    + " else false end"
)
PART_OF_WHOLE = either(
    "length(R.full_name) > 2 and contains(' ' || L.full_name || ' ', ' ' || R.full_name || ' ')"
)
INITIAL = f"{equal('given_initial')} and least(length(L.given_word), length(R.given_word)) = 1"

GIVEN = Comparison(
    "given_name",
    ("given_name", "family_name"),
    f"{comparable('given')} or {SWAPPED}",
    (
        Level("equal", equal("given_name"), 0.70, "given_name"),
        Level("same first word", equal("given_word"), 0.05, "given_word"),
        *read_alike("given"),
        Level("nickname", equal("given_root"), 0.03),
        Level("swapped with the family name", SWAPPED, 0.03),
        Level("one of several names", ONE_OF_SEVERAL, 0.03),
        Level("initial", INITIAL, 0.03),
        Level("typing error", typing_error("given_name"), 0.04),
        Level("alike", alike("given_name", 0.88), 0.02),
    ),
)
FAMILY = Comparison(
    "family_name",
    ("family_name",),
    f"{comparable('family')} and not {SWAPPED}",
    (
        Level("equal", equal("family_name"), 0.80, "family_name"),
        *read_alike("family"),
        Level("typing error", typing_error("family_name"), 0.05),
        Level("part of the other", PART_OF_FAMILY, 0.03),
        Level("alike", alike("family_name", 0.88), 0.02),
    ),
    shared=True,
)
# Only where a side has no parts to compare.
FULL = Comparison(
    "full_name",
    ("full_name",),
    "(not L.has_name_parts or not R.has_name_parts)"
    f" and {both('full_name')} and (L.full_script = R.full_script or {both('full_reading')})",
    (
        Level("equal", equal("full_name"), 0.70, "full_name"),
        Level("same reading", equal("full_reading"), 0.05),
        Level("alike", alike("full_name", 0.94), 0.10),
        Level("part of the other", PART_OF_WHOLE, 0.08),
    ),
)

TRANSPOSED = "L.born_month = R.born_day and L.born_day = R.born_month"
ONE_DIGIT_OFF = (
    "case when hamming(L.born_text, R.born_text) > 2 then false"
    " else damerau_levenshtein(L.born_text, R.born_text) <= 1 end"
)
NO_DAY = "(ends_with(L.born_text, '0101') or ends_with(R.born_text, '0101'))"
TWO_PARTS = " + ".join(f"({equal(f'born_{part}')})::int" for part in ("year", "month", "day"))
BORN = Comparison(
    "birth_date",
    ("birth_date",),
    both("birth_date"),
    (
        Level("equal", equal("birth_date"), 0.80, "birth_date"),
        Level("day and month transposed", f"{equal('born_year')} and {TRANSPOSED}", 0.03),
        Level("one digit off", ONE_DIGIT_OFF, 0.05),
        Level("same year, one without a day", f"{equal('born_year')} and {NO_DAY}", 0.02),
        Level("two of three parts", f"{TWO_PARTS} = 2", 0.03),
        Level("same year", equal("born_year"), 0.02),
    ),
)

# Namesakes have like mailboxes, because these are made of the name: that tells nothing more.
NAMESAKES = (
    "case when L.family_name = R.family_name and L.given_initial = R.given_initial"
    f" and L.email_local <> R.email_local then {alike('email_local', 0.9)} else false end"
)
EMAIL = Comparison(
    "email",
    ("email",),
    f"{both('email')} and not {NAMESAKES}",
    (
        Level("equal", equal("email"), 0.50, "email"),
        Level("same mailbox elsewhere", equal("email_local"), 0.12, "email_local"),
        Level("alike", alike("email_local", 0.9), 0.10),
    ),
    shared=True,
)
SAME_PHONE = f"{equal('phone')} or {either('L.phone = R.mobile_phone')} or {equal('mobile_phone')}"
PHONE = Comparison(
    "phone",
    ("phone",),
    both("phone"),
    (
        Level("equal", SAME_PHONE, 0.50, "phone"),
        Level("one digit off", typing_error("phone"), 0.10),
    ),
    shared=True,
)
STREET = Comparison(
    "street",
    ("street",),
    both("street"),
    (
        Level("equal", equal("street"), 0.55, "street"),
        Level("typing error", few_errors("street"), 0.10),
        Level("alike", alike("street", 0.9), 0.10),
    ),
    shared=True,
)
# Place and postcode say one thing: a place has its postcodes.
LOCALITY = Comparison(
    "locality",
    ("postcode", "city"),
    f"{both('postcode')} or {both('city')}",
    (
        Level("same postcode", equal("postcode"), 0.65, "postcode"),
        Level("same place", equal("city"), 0.17, "city"),
        Level("postcode one off", typing_error("postcode"), 0.04),
        Level("place alike", alike("city", 0.9), 0.04),
        Level("near by postcode", equal("postcode_area"), 0.03, "postcode_area"),
    ),
    shared=True,
)
GENDER = Comparison(
    "gender", ("gender",), both("gender"), (Level("equal", equal("gender"), 0.97, "gender"),)
)
IDS = ("national_id", "passport", "drivers_license")
GOVERNMENT = Comparison(
    "government_id",
    IDS,
    " or ".join(both(column) for column in IDS),
    (Level("equal", " or ".join(equal(column) for column in IDS), 0.9),),
    joins=True,
)

COMPARISONS: Sequence[Comparison] = (
    GIVEN,
    FAMILY,
    FULL,
    BORN,
    EMAIL,
    PHONE,
    STREET,
    LOCALITY,
    simple("birth_place", (0.75, 0.06), shared=True),
    simple("company", (0.6, 0.1), shared=True),
    simple("job_title", (0.6, 0.1), shared=False),
    GENDER,
    GOVERNMENT,
)
