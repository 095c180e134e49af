"""Names of persons on social networks; about one in seven has one, and nobody shares one.

Belongs here: the handle of a person per platform. Not here: what is posted under it.
"""

from seeds.chance import chance
from seeds.emails import roman
from seeds.people import Person

SHARE = 0.15  # of people per platform


def x_handle(person: Person) -> str:
    """Return the person's name on X without the @; empty for the many who have none."""
    return _handle("x", person, "_")


def instagram_handle(person: Person) -> str:
    """Return the person's name on Instagram without the @; empty for the many who have none."""
    return _handle("instagram", person, ".")


def _handle(platform: str, person: Person, mark: str) -> str:
    rng = chance("handle", platform, person.person_id)
    if rng.random() >= SHARE:
        return ""
    given, family = roman(person.roman_given) or "user", roman(person.roman_family) or "name"
    name = (f"{given}{mark}{family}", f"{family}{given}", f"{given}{mark}{family[0]}")[
        int(rng.random() * 3)
    ]
    # The person's number makes the handle unique: two people never share one by chance.
    number = str(person.index)
    return f"{name[: 15 - len(number)]}{number}"
