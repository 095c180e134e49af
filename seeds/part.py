"""Makes one part of the company: a range of people, all their records, and the truth about them.

Belongs here: the order in which writers are called. Not here: what they write.
"""

from pathlib import Path

from seeds import calendar, people
from seeds.app import App
from seeds.backoffice import BackOffice
from seeds.call_center import CallCenter
from seeds.chance import chance
from seeds.company_names import PEOPLE_PER_COMPANY
from seeds.consent import Consent
from seeds.decisions import Decisions
from seeds.ga4 import Ga4
from seeds.hubspot import HubSpot
from seeds.mailchimp import Mailchimp
from seeds.manual import Manual
from seeds.meta import Meta
from seeds.mixpanel import Mixpanel
from seeds.options import Options
from seeds.orders import draw_orders
from seeds.output import Landing
from seeds.people import Person
from seeds.pixel import Pixel
from seeds.privacy import Privacy
from seeds.records import Part
from seeds.referral import Referral
from seeds.refunds import Refunds
from seeds.salesforce import Salesforce
from seeds.segment import Segment
from seeds.segment_delivery import FOLDER as EVENTS
from seeds.segment_visits import shop_tablet
from seeds.shopify import Shopify
from seeds.stripe import Stripe
from seeds.survey import Survey
from seeds.truth import Truth
from seeds.x_posts import XPosts
from seeds.zendesk import Zendesk

_TEST_EVERY = 20  # cells of neighbours per account of the web team
_STRANGERS = 20_000_000  # numbers above every person's


def make_part(
    options: Options, landing_root: Path, truth_root: Path, first: int, databases: Path
) -> None:
    """Write extracts, truth and databases of people [first, first + part) below the folders.

    Memory does not grow with the number of people: a cell of neighbours is held at a time.
    """
    last = min(first + options.part_people, options.last)
    with (
        Landing(landing_root, first, compress=options.compress) as landing,
        Truth(truth_root, headed=first == options.first, owners=options.owners) as truth,
    ):
        part = Part(options, landing, truth)
        crm, shop, desk = Salesforce(part), Shopify(part), Zendesk(part)
        events, lists = Segment(part), Manual(part, landing_root)
        contacts, calls, referrals = HubSpot(part), CallCenter(part), Referral(part)
        analytics, pixel, office = Ga4(part), Pixel(part), BackOffice(part, databases, first)
        heads = Survey(part), Meta(part), XPosts(part), Mixpanel(part), Mailchimp(part)
        # What these write is drawn from generators of their own, so their order does not matter.
        writers = (
            *heads, App(part), office, analytics, pixel, Stripe(part), Refunds(part),
            Consent(part), Privacy(part), Decisions(part), contacts, calls,
        )  # fmt: skip
        if first == 0:
            shop.products()
            desk.agents()
            for head in heads:
                head.company()
        for cell in people.cells(options, first, last):
            rng = chance("activity", options.seed, cell[0].index)
            number = cell[0].index // people.CELL
            if options.messy and number % _TEST_EVERY == 3:
                shop.test_account(cell[0].index)
                desk.test_account(cell[0].index)
                calls.test_call(cell[0].index)
            events.stranger(rng, _STRANGERS + number)
            analytics.stranger(number)
            pixel.others(number)
            for person in cell:
                if person.index % PEOPLE_PER_COMPANY == 0:
                    crm.account(person.index // PEOPLE_PER_COMPANY)
                    contacts.company(person.index // PEOPLE_PER_COMPANY)
                rng = chance("activity", options.seed, person.person_id)
                orders = draw_orders(rng, person, options)
                crm.person(rng, person)
                shop.person(rng, person, orders)
                desk.person(rng, person, orders)
                lists.person(rng, person, first_part=first == 0)
                events.person(rng, person, orders)
                for writer in writers:
                    writer.person(person, orders)
                truth.person(person)
            referrals.neighbours(cell)
            _label_people(truth, cell)
        office.close()
        for file in landing.files:
            file.close()
            truth.file(file)


def _label_people(truth: Truth, cell: list[Person]) -> None:
    """Label what concerns people rather than rows: families, strangers, changes, tablets."""
    families: dict[str, list[Person]] = {}
    recycled = [person for person in cell if "recycled_phone" in person.defects]
    for person in cell:
        ids = [person.person_id]
        if "family_email" in person.defects:
            families.setdefault(person.email, [cell[person.household % people.CELL]]).append(person)
        if person.old_email:
            detail = f"{person.old_email} until {calendar.zulu(person.moved)}"
            truth.defect("changed_email", key=person.email, people=ids, detail=detail)
        if person.old_address:
            detail = f"moved {calendar.zulu(person.moved)}"
            truth.defect("changed_address", key=person.person_id, people=ids, detail=detail)
        if "kiosk_device" in person.defects:
            tablet = shop_tablet(person).anonymous_id
            truth.defect("kiosk_device", key=tablet, people=ids, folder=EVENTS)
    homes: dict[str, list[Person]] = {}
    for person in cell:
        if person.landline and person.presence.contact:
            homes.setdefault(person.landline.e164, []).append(person)
    for number, members in homes.items():
        if len(members) > 1:
            ids = [member.person_id for member in members]
            truth.defect("family_phone", key=number, people=ids)
    for email, members in families.items():
        truth.defect("family_email", key=email, people=[member.person_id for member in members])
    if len(recycled) == 2:
        mobile = max(recycled, key=lambda person: person.joined).mobile.e164
        truth.defect("recycled_phone", key=mobile, people=[p.person_id for p in recycled])
