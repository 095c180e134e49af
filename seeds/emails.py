"""E-mail addresses: unique by construction, and all under names reserved for examples.

Belongs here: making addresses. Not here: sharing or misspelling them.
"""

import unicodedata
from random import Random

# Forty slots, so that the share of each provider is skewed; every domain is reserved or invented.
_SLOTS = (
    ["mail.example"] * 10 + ["hikari-net.example"] * 6 + ["ocean.example"] * 5 + ["example.com"] * 5
    + ["example.jp"] * 4 + ["keitai.example"] * 4 + ["example.net"] * 3 + ["post.example"] * 2
    + ["example.org"]
)  # fmt: skip
_PER_DOMAIN = {domain: _SLOTS.count(domain) for domain in _SLOTS}
_RANK = [_SLOTS[:slot].count(domain) for slot, domain in enumerate(_SLOTS)]
_STRIDE = 23  # neighbours get different providers; coprime to 40


def roman(name: str) -> str:
    """Reduce a Latin-script name to a-z."""
    flat = unicodedata.normalize("NFKD", name.replace("ß", "ss")).lower()
    return "".join(letter for letter in flat if "a" <= letter <= "z")


def personal_email(rng: Random, index: int, given: str, family: str) -> str:
    """Return the private address of person `index`.

    The trailing number counts within the provider, as a taken name would force it; domain and
    number together are unique, so two people share an address only where a defect says so.
    """
    slot = index * _STRIDE % len(_SLOTS)
    domain = _SLOTS[slot]
    count = index // len(_SLOTS) * _PER_DOMAIN[domain] + _RANK[slot]
    way = rng.random()
    if way < 0.40:
        local = f"{given}.{family}"
    elif way < 0.60:
        local = f"{family}.{given}"
    elif way < 0.75:
        local = f"{given[0]}.{family}"
    elif way < 0.90:
        local = f"{given}_{family[:3]}"
    else:
        local = f"{given}-{rng.choice(('neko', 'tea', 'home', 'log', 'smile'))}"
    return f"{local}{count or ''}@{domain}"


def previous_email(index: int, current: str) -> str:
    """Return the address that person `index` gave up: another provider, long gone."""
    local = current.split("@", maxsplit=1)[0].rstrip("0123456789")
    return f"{local}{index}@old-dialup.example"


def second_email(index: int, current: str) -> str:
    """Return the address of a second account of person `index`."""
    local = current.split("@", maxsplit=1)[0].rstrip("0123456789")
    return f"{local}.{index}@throwaway.example"


def work_email(given: str, family: str, index: int, domain: str) -> str:
    """Return the address of an employee; `index` keeps namesakes of one company apart."""
    return f"{given[0]}.{family}{index % 40 + 1}@{domain}"
