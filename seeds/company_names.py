"""Business customers: companies whose staff appear in the CRM, and their domains.

Belongs here: a company as a pure function of its number. Not here: its employees.
"""

from typing import NamedTuple

from seeds import addresses, addresses_foreign, phones
from seeds.addresses import Address
from seeds.chance import chance

_WORDS = """青葉 aoba|みどり midori|日の出 hinode|大和田 owada|東雲 shinonome|富士見 fujimi
|千歳 chitose|八雲 yakumo|星野 hoshino|白鳥 shiratori|朝日丘 asahigaoka|若松 wakamatsu
|瑞穂 mizuho|桜台 sakuradai""".replace("\n", "")
_KINDS = """商事 shoji Wholesale|製作所 seisakusho Manufacturing|不動産 fudosan Real Estate
|旅館 ryokan Hospitality|食品 foods Food|設計 sekkei Construction
|システム systems Technology""".replace("\n", "")
_FOREIGN = ["Northwind Trading", "Blue Harbor", "Oakfield", "Lindner Design", "Maison Clair",
            "Merlion Retail", "Redwood Hotels", "Castle & Sons"]  # fmt: skip
_FORMS = {"US": "Inc.", "GB": "Ltd", "DE": "GmbH", "FR": "SARL", "SG": "Pte Ltd"}
PEOPLE_PER_COMPANY = 40  # customers with neighbouring numbers may work for the same company


class Company(NamedTuple):
    """One business customer."""

    number: int
    name: str
    industry: str
    domain: str
    phone: str
    address: Address
    employees: int
    created: int  # days after the company was founded


def company(seed: int, number: int) -> Company:
    """Return company `number` of the sample made with `seed`."""
    rng = chance("company", seed, number)
    if rng.random() < 0.75:
        kanji, reading = rng.choice(_WORDS.split("|")).split()
        kind, latin, industry = rng.choice(_KINDS.split("|")).split(" ", 2)
        address = addresses.draw(rng)
        name = f"株式会社{kanji}{kind}" if rng.random() < 0.6 else f"{kanji}{kind}株式会社"
        domain = f"{reading}-{latin}{number}.example"
    else:
        country = rng.choice(sorted(_FORMS))
        base, industry = rng.choice(_FOREIGN), rng.choice(["Retail", "Hospitality", "Technology"])
        address = addresses_foreign.draw(rng, country)
        name = f"{base} {_FORMS[country]}"
        domain = f"{base.split()[0].lower()}{number}.example"
    phone = phones.landline(2_000_000 + number, address.state) or phones.mobile(
        5_000_000 + number, address.country
    )
    spelled = phones.spell(rng, phone)
    return Company(
        number, name, industry, domain, spelled, address, rng.randrange(5, 900), rng.randrange(1500)
    )
