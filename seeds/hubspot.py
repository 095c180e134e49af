"""HubSpot extracts as replicated: contacts, companies, forms sent, and the audit of merges.

Belongs here: columns and values of this vendor. Not here: who exists.
"""

from random import Random

from seeds import calendar
from seeds.catalogue import CURRENCY_OF
from seeds.chance import chance
from seeds.company_names import company
from seeds.emails import second_email
from seeds.handles import instagram_handle, x_handle
from seeds.orders import Order
from seeds.people import Person
from seeds.profile import Profile, profile
from seeds.records import Part, Stream, Version, versions
from seeds.spoil import damage_name, spoil

CONTACT = """_fivetran_deleted _fivetran_synced id property_email property_firstname
    property_lastname property_mobilephone property_company property_associatedcompanyid
    property_jobtitle property_industry property_income_band property_hs_language
    property_twitterhandle property_instagram_handle property_lifecyclestage property_hs_lead_status
    property_hubspot_owner_id property_hs_email_optout property_hs_calculated_merged_vids
    property_createdate property_lastmodifieddate""".split()
COMPANY = """id is_deleted _fivetran_synced property_name property_domain property_industry
    property_annualrevenue property_numberofemployees property_city property_state property_country
    property_createdate property_hs_lastmodifieddate""".split()
FORM = """timestamp form_id contact_id conversion_id page_id page_url portal_id title
    _fivetran_synced""".split()
MERGE = """canonical_vid contact_id vid_to_merge _fivetran_synced entity_id first_name last_name
    num_properties_moved timestamp user_id""".split()
_MERGED_IDS = "property_hs_calculated_merged_vids"
_IDENTIFYING = (
    "property_mobilephone", "property_twitterhandle", "property_instagram_handle",
)  # fmt: skip
_SHARE, _MERGED, _DELETED, _NO_EMAIL = 0.25, 0.08, 0.03, 0.04
_PORTAL, _SITE = "8812045", "https://www.hinata-living.example"
_FORMS = [
    ("デモのお申し込み", "demo"), ("Request Demo", "demo"), ("カタログ資料請求", "catalogue"),
    ("Download Guide", "guide"), ("お問い合わせ", "contact"), ("Newsletter Signup", "newsletter"),
    ("法人会員登録", "business"),
]  # fmt: skip
_STAGES = ["subscriber", "lead", "marketingqualifiedlead", "opportunity", "customer"]
_LEADS = ["NEW", "OPEN", "IN_PROGRESS", "CONNECTED", "UNQUALIFIED"]
_BANDS = {"JPY": ["～400万円", "400～600万円", "600～800万円", "800～1000万円", "1000万円～"]}
_BANDS_ABROAD = ["under 40k", "40k-80k", "80k-120k", "over 120k"]


def contact_id(person: Person, place: int = 0) -> str:
    """Return the id of a person's contact; `place` 1 and 2 are contacts that were merged away."""
    return str(41_000_003 + person.index * 151 + place * 50)


def company_id(number: int) -> str:
    """Return the id of a business customer."""
    return str(2_182_162_001 + number * 1_979)


class HubSpot:
    """Writes one part's contacts, companies, forms and merges."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy = part, part.options.messy
        self._contacts = Stream(part, "hubspot/contact", CONTACT)
        self._companies = Stream(part, "hubspot/company", COMPANY)
        self._forms = Stream(part, "hubspot/form_submission", FORM)
        self._merges = Stream(part, "hubspot/contact_merge_audit", MERGE)

    def company(self, number: int) -> None:
        """Write business customer `number`."""
        firm, key = company(self._part.options.seed, number), company_id(number)
        stamp = calendar.sql(calendar.FOUNDED + firm.created * calendar.DAY + firm.employees * 41)
        home = firm.address
        self._companies.write(
            (key, "false", stamp, firm.name, firm.domain, firm.industry, firm.employees * 90_000,
             firm.employees, home.city, home.state, home.country, stamp, stamp),
            late=False, key=key,
        )  # fmt: skip

    def person(self, person: Person, _: list[Order]) -> None:
        """Write a person's contact, what it absorbed, and the forms sent."""
        rng = chance("hubspot", self._part.options.seed, person.person_id)
        if rng.random() >= _SHARE and person.company is None:
            return
        created = min(person.joined + int(rng.random() * calendar.DAY), calendar.END - 7200)
        draw, traits, ids = rng.random(), rng.getrandbits(32), [contact_id(person)]
        merged = ""
        if self._messy and draw < _MERGED and created < calendar.CUT - 90 * calendar.DAY:
            merged = self._merge(rng, person, created, ids)
        for version in versions(rng, person, created, messy=self._messy):
            self._contact(chance(traits), person, created, version, merged, draw)
        self._part.truth.record("hubspot/contact", ids[0], person.person_id)
        for place in range(int(rng.expovariate(0.7))):
            self._form(rng, person, place, rng.choice(ids))

    def _contact(
        self, rng: Random, person: Person, created: int, version: Version, merged: str, draw: float
    ) -> None:
        # Whoever shares an address or a number writes in kanji: only the names tell them apart.
        shares = person.household % 8 == 0 or "recycled_phone" in person.defects
        known = profile(rng, person, version.known, latin=not shares and rng.random() < 0.1)
        kinds = spoil(rng, known, person, birth=False, kana=False) if self._messy else []
        if version.wrong:
            damage_name(rng, known, person)
            kinds.append(version.tag)
        if self._messy and not merged and draw > 1 - _NO_EMAIL:
            known.email = ""
            kinds = [kind for kind in kinds if not kind.endswith("_email")]
        deleted = self._messy and not merged and _MERGED < draw < _MERGED + _DELETED
        kinds += ["deleted_contact"] if deleted else []
        row = self._row(rng, person, known, created, version.modified)
        row[0], row[CONTACT.index(_MERGED_IDS)] = ("TRUE" if deleted else "FALSE"), merged
        if {"placeholder_phone", "full_width_digits"} & {*kinds}:
            row[6] = known.mobile
        key = contact_id(person)
        self._contacts.write(
            row, late=version.late, key=key, people=[person.person_id], kinds=kinds
        )

    def _row(
        self, rng: Random, person: Person, known: Profile, created: int, modified: int
    ) -> list[str]:
        firm = None
        if person.company is not None:
            firm = company(self._part.options.seed, person.company)
        bands = _BANDS.get(CURRENCY_OF[person.address.country], _BANDS_ABROAD)
        handle = x_handle(person)
        return [
            "FALSE", calendar.sql(modified + 600), contact_id(person), known.email, known.given,
            known.family, known.mobile if rng.random() < 0.5 else "", firm.name if firm else "",
            company_id(firm.number) if firm else "", "購買担当" if firm and known.japanese else "",
            firm.industry if firm else "", rng.choice(bands) if rng.random() < 0.3 else "",
            "ja" if person.origin == "JP" else "en", f"@{handle}" if handle else "",
            instagram_handle(person), rng.choice(_STAGES),
            rng.choice(_LEADS), str(60_001 + person.index % 7),
            "true" if rng.random() < 0.08 else "", "", calendar.sql(created),
            calendar.sql(modified),
        ]  # fmt: skip

    def _merge(self, rng: Random, person: Person, created: int, ids: list[str]) -> str:
        """Write the contact that was merged away; return the survivor's list of such contacts.

        The list or the audit tells of it. Sometimes the absorbed contact had absorbed another
        before, which is delivered, while the one in the middle is not: a chain.
        """
        first, chained = person.index * 7 % 10 < 5, rng.random() < 0.3
        place, at = (2 if chained else 1), created + 30 * calendar.DAY
        twin = profile(rng, person, created, latin=True)
        twin.email, twin.mobile = second_email(person.index, person.email), ""
        row = self._row(rng, person, twin, created, created)
        row[0], row[2] = "TRUE", contact_id(person, place)
        for column in _IDENTIFYING:  # the merge alone is to show whose it is
            row[CONTACT.index(column)] = ""
        people = [person.person_id]
        self._contacts.write(row, late=False, key=row[2], people=people, kinds=["crm_merge"])
        self._part.truth.record("hubspot/contact", row[2], person.person_id)
        ids += [contact_id(person, step) for step in range(1, place + 1)]
        if chained:
            self._audit(contact_id(person, 1), row[2], at)
        if first and not chained:
            return f"{ids[1]}:{at * 1000}"
        self._audit(ids[0], ids[1], at + calendar.DAY)
        return ""

    def _audit(self, canonical: str, absorbed: str, at: int) -> None:
        stamp = calendar.sql(at)
        row = (canonical, canonical, absorbed, stamp, "json", "", "", 2, stamp, "")
        self._merges.write(row, late=False, key=absorbed)

    def _form(self, rng: Random, person: Person, place: int, contact: str) -> None:
        start = max(person.joined, calendar.EVENTS_START)
        at = calendar.moment(rng, start, calendar.END, person.address.country)
        number = rng.randrange(len(_FORMS))
        title, page = _FORMS[number]
        key, stamp = f"{person.index:07d}-{place:02d}", calendar.sql(at)
        self._forms.write(
            (stamp, 301 + number, contact, key, 901 + number, f"{_SITE}/{page}", _PORTAL, title,
             stamp),
            late=at >= calendar.CUT, key=key,
        )  # fmt: skip
        self._part.truth.event(key, person.person_id, "known", system="hubspot")
