"""Salesforce extracts: contacts and accounts as the bulk API exports them, leads as replicated.

Belongs here: columns and values of this vendor. Not here: who exists, what mess means.
"""

from random import Random

from seeds import calendar
from seeds.chance import chance
from seeds.company_names import Company, company
from seeds.defects import DUPLICATE_RATE
from seeds.emails import roman, work_email
from seeds.people import Person
from seeds.profile import Profile, profile
from seeds.records import Part, Stream, Version, is_ragged, versions
from seeds.spoil import damage_name, spoil

CONTACT = """Id AccountId LastName FirstName Name Salutation Email Phone MobilePhone MailingStreet
    MailingCity MailingState MailingPostalCode MailingCountry Birthdate Title LeadSource
    HasOptedOutOfEmail LastNameKana__c FirstNameKana__c Gender__c CreatedDate LastModifiedDate
    SystemModstamp IsDeleted""".split()
LEAD = """id is_deleted last_name first_name name company title email phone mobile_phone street city
    state postal_code country lead_source status is_converted converted_date converted_contact_id
    converted_account_id has_opted_out_of_email created_date last_modified_date system_modstamp
    _fivetran_synced _fivetran_deleted""".split()
ACCOUNT = """Id Name Type Industry Phone Website BillingStreet BillingCity BillingState
    BillingPostalCode BillingCountry NumberOfEmployees CreatedDate LastModifiedDate
    IsDeleted""".split()
_SOURCES = ["Web", "Store", "Trade Fair", "Referral", "Newsletter", "Other"]
_TITLES = ["部長", "課長", "購買担当", "総務", "店長", "Buyer", "Office Manager", "Owner"]
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def salesforce_id(prefix: str, number: int) -> str:
    """Return an 18-character id: 15 that count, 3 that encode which of them are capitals."""
    scattered, tail = number * 7_919_777 % 62**5, ""
    for _ in range(5):
        scattered, digit = divmod(scattered, 62)
        tail += _ALPHABET[digit]
    body = f"{prefix}Hn00000{tail}"
    return body + "".join(
        _CHECK[sum(1 << place for place in range(5) if "A" <= body[block + place] <= "Z")]
        for block in (0, 5, 10)
    )


class Salesforce:
    """Writes one part's contacts, leads and accounts."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy = part, part.options.messy
        new = ["LoyaltyTier__c"] if self._messy else []
        self._contacts = Stream(part, "salesforce/contact", CONTACT, new_columns=new)
        self._leads = Stream(part, "salesforce/lead", LEAD)
        self._accounts = Stream(part, "salesforce/account", ACCOUNT)

    def account(self, number: int) -> None:
        """Write business customer `number`."""
        firm = company(self._part.options.seed, number)
        key, home = salesforce_id("001", number), firm.address
        created = calendar.FOUNDED + firm.created * calendar.DAY + firm.employees * 37
        stamp = calendar.salesforce(created)
        self._accounts.write(
            (key, firm.name, "Customer", firm.industry, firm.phone, f"https://{firm.domain}/",
             f"{home.street} {home.building}".strip(), home.city, home.state, home.postcode,
             home.country, firm.employees, stamp, stamp, "false"),
            late=created >= calendar.CUT, key=key,
        )  # fmt: skip

    def person(self, rng: Random, person: Person) -> None:
        """Write a person's contact and lead, as far as the CRM knows them."""
        firm = None
        if person.company is not None:
            firm = company(self._part.options.seed, person.company)
        contact_id = ""
        if person.presence.contact:
            contact_id = salesforce_id("003", 2 * person.index)
            self._contact(rng, person, firm, contact_id)
        if person.presence.lead:
            self._lead(rng, person, firm, contact_id)

    def _contact(self, rng: Random, person: Person, firm: Company | None, key: str) -> None:
        created = calendar.moment(rng, person.joined, calendar.END, seasonal=False)
        twice = self._messy and rng.random() < DUPLICATE_RATE
        ragged = is_ragged(rng, messy=self._messy)
        deliveries = versions(rng, person, created, messy=self._messy)
        seedling = rng.getrandbits(32)
        for version in deliveries:
            row, kinds = self._contact_row(chance(seedling), person, firm, created, version)
            cells = [key, *row]
            if ragged and len(deliveries) == 1:
                self._contacts.write_ragged(
                    rng, cells, late=version.late, key=key, people=[person.person_id]
                )
                continue
            self._put(cells, version, key, person, kinds)
            if twice:
                twin = salesforce_id("003", 2 * person.index + 1)
                self._put([twin, *cells[1:]], version, twin, person, [*kinds, "duplicate_record"])
        broken = "rejected" if ragged and len(deliveries) == 1 else "loaded"
        self._part.truth.record("salesforce/contact", key, person.person_id, expected=broken)
        if twice and broken == "loaded":
            twin = salesforce_id("003", 2 * person.index + 1)
            self._part.truth.record("salesforce/contact", twin, person.person_id)

    def _put(
        self, cells: list[str], version: Version, key: str, person: Person, kinds: list[str]
    ) -> None:
        tier = ("Bronze", "Silver", "Gold")[person.index % 3]
        new = [tier] if self._messy else []
        self._contacts.write(
            cells, late=version.late, key=key, people=[person.person_id], kinds=kinds, new=new
        )

    def _contact_row(
        self, rng: Random, person: Person, firm: Company | None, created: int, version: Version
    ) -> tuple[list[str], list[str]]:
        """Return the cells after Id and the kinds of defect."""
        known = profile(rng, person, version.known, latin=rng.random() < 0.03)
        kinds: list[str] = []
        account = title = ""
        if firm is not None:
            account, title = salesforce_id("001", firm.number), rng.choice(_TITLES)
            if self._messy and firm.number % 4 == 0 and person.index % 2 == 0:
                known.email = f"info@{firm.domain}"
                kinds.append("shared_mailbox")
            elif rng.random() < 0.6:
                known.email = _work_email(person, firm)
        if self._messy:
            kinds += spoil(rng, known, person, birth=True, kana=True)
        if version.wrong:
            damage_name(rng, known, person)
            kinds.append(version.tag)
        modified = calendar.salesforce(version.modified)
        has_birth, opted_out = rng.random() < 0.7, "true" if rng.random() < 0.2 else "false"
        birth = known.birth_date if has_birth or any("birth" in kind for kind in kinds) else ""
        salutation = "" if known.japanese else {"male": "Mr.", "female": "Ms."}[person.gender]
        cells = [
            account, known.family, known.given, known.full_name, salutation, known.email,
            known.phone, known.mobile, known.street_line, known.city, known.state, known.postcode,
            known.country, birth, title, rng.choice(_SOURCES), opted_out,
            known.family_kana, known.given_kana, _gender(rng, known),
            calendar.salesforce(created), modified, modified, "false",
        ]  # fmt: skip
        return cells, kinds

    def _lead(self, rng: Random, person: Person, firm: Company | None, contact_id: str) -> None:
        key = salesforce_id("00Q", person.index)
        start = max(calendar.FOUNDED, person.joined - 200 * calendar.DAY)
        created = calendar.moment(rng, start, calendar.END, seasonal=False)
        converted = bool(contact_id) and rng.random() < 0.7
        for version in versions(rng, person, created, messy=self._messy):
            known = profile(rng, person, version.known)
            kinds = spoil(rng, known, person, birth=False, kana=False) if self._messy else []
            if version.wrong:
                damage_name(rng, known, person)
                kinds.append(version.tag)
            modified = calendar.sql(version.modified)
            account = salesforce_id("001", firm.number) if converted and firm else ""
            status = "Converted" if converted else rng.choice(["New", "Contacted", "Nurturing"])
            self._leads.write(
                (key, "FALSE", known.family, known.given, known.full_name,
                 firm.name if firm else "個人" if known.japanese else "[not provided]",
                 "", known.email, "", known.mobile if _seen(kinds) or rng.random() < 0.7 else "",
                 known.street_line, known.city, known.state, known.postcode, known.country,
                 rng.choice(_SOURCES), status, "TRUE" if converted else "FALSE",
                 modified if converted else "", contact_id if converted else "", account,
                 "FALSE", calendar.sql(created), modified, modified,
                 calendar.sql(version.modified + 4321), "FALSE"),
                late=version.late, key=key, people=[person.person_id], kinds=kinds,
            )  # fmt: skip
        self._part.truth.record("salesforce/lead", key, person.person_id)


def _seen(kinds: list[str]) -> bool:
    """Whether a telephone number must be shown, since its defect is labelled."""
    return "placeholder_phone" in kinds or "full_width_digits" in kinds


def _work_email(person: Person, firm: Company) -> str:
    return work_email(
        roman(person.roman_given), roman(person.roman_family), person.index, firm.domain
    )


def _gender(rng: Random, known: Profile) -> str:
    """Return the field as different clerks fill it in."""
    if rng.random() < 0.2:
        return ""
    words = {"male": ("男性", "男", "M"), "female": ("女性", "女", "F")}[known.gender]
    return words[rng.randrange(2)] if known.japanese else words[2]
