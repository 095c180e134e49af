"""Customer lists that departments upload: store cards (CP932), a fair (CSV), a club (XLSX).

Belongs here: columns and values of these lists. Not here: who exists.
"""

from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random

from seeds import calendar
from seeds.company_names import company
from seeds.defects import DUPLICATE_RATE
from seeds.output import CsvFile, ExtractFile
from seeds.people import Person
from seeds.profile import Profile, profile
from seeds.records import Part, is_ragged, label_ragged
from seeds.spoil import spoil
from seeds.xlsx import Value, write_xlsx

FOLDER = "manual/customers"
CARDS = """record_id full_name full_name_kana date_of_birth gender email phone street city state
    postcode country""".split()
FAIR = """record_id given_name family_name given_name_kana family_name_kana date_of_birth gender
    email phone street city state postcode country company job_title national_id""".split()
CLUB = """Record ID|Family Name|Given Name|Family Name Kana|Given Name Kana|Date of Birth|Gender
    |Email|Phone|Street|City|State|Postcode|Country""".replace("\n    ", "").split("|")
CLUB_LIMIT = 2_000  # rows; a spreadsheet is a small thing, later parts upload CSV
_WRITTEN = (calendar.ORDERS_START, calendar.END - 480 * calendar.DAY, calendar.CUT)


def national_id(person: Person) -> str:
    """Return an invented number in the shape of an identity number; a third of people give one."""
    if person.index % 3:
        return ""
    return f"9000{(person.index + 4_409) * 48_271_777 % 10**8:08d}"


class ClubSheet(ExtractFile):
    """The club's workbook: rows are kept and written at the end, a few hundred at most."""

    def __init__(self, root: Path, name: str) -> None:
        super().__init__(root, name)
        self._target, self._cells = root / name, [list[Value](CLUB)]

    def write(self, row: list[Value]) -> int:
        """Keep a row; return its 1-based number."""
        self._cells.append(row)
        self.rows += 1
        self.items += 1
        return self.rows

    def close(self) -> None:
        """Write the workbook."""
        if self.rows:
            write_xlsx(self._target, self._cells)


class Manual:
    """Writes one part's lists."""

    def __init__(self, part: Part, root: Path) -> None:
        self._part, self._messy = part, part.options.messy
        landing = part.landing
        encoding = "cp932" if self._messy else "utf-8"
        self._cards = landing.table(FOLDER, "store_cards_2023", CARDS, encoding=encoding)
        self._fair = landing.table(FOLDER, "fair_2025", FAIR, encoding="utf-8-sig")
        self._club = ClubSheet(root, f"{FOLDER}/club_2026.xlsx")
        landing.files.append(self._club)

    def person(self, rng: Random, person: Person, *, first_part: bool) -> None:
        """Write a person's rows on the lists they are on."""
        for place in person.presence.manual:
            self._row(rng, person, place, first_part=first_part)

    def _row(self, rng: Random, person: Person, place: int, *, first_part: bool) -> None:
        latin_on_cards = place == 0 and person.origin != "JP"  # CP932 cannot hold é or ü
        if latin_on_cards or (place == 2 and not (first_part and self._club.rows < CLUB_LIMIT)):
            place = 1
        known = profile(rng, person, max(person.joined, _WRITTEN[place]))
        if rng.random() < 0.2:  # the form asked for one of the two
            known.email, known.mobile = (
                (known.email, "") if rng.random() < 0.5 else ("", known.mobile)
            )
        kinds = spoil(rng, known, person, birth=True, kana=True) if self._messy else []
        if place == 0 and "𠮷" in known.family:  # not in CP932
            known.family = known.family.replace("𠮷", "吉")
            kinds.remove("variant_kanji")
        key = f"M{person.index * 8 + place * 2 + 1:07d}"
        ragged = place != 2 and is_ragged(rng, messy=self._messy)
        twice = self._messy and rng.random() < DUPLICATE_RATE and not ragged
        self._write(rng, person, known, place, key, kinds, ragged=ragged)
        if twice:
            twin = f"M{person.index * 8 + place * 2 + 2:07d}"
            self._write(rng, person, known, place, twin, [*kinds, "duplicate_record"])

    def _write(
        self,
        rng: Random,
        person: Person,
        known: Profile,
        place: int,
        key: str,
        kinds: list[str],
        *,
        ragged: bool = False,
    ) -> None:
        truth, people = self._part.truth, [person.person_id]
        file: CsvFile | ClubSheet
        if place == 2:
            cells, lost = self._club_row(rng, key, known, kinds)
            file, number = self._club, self._club.write(cells)
            kinds = [*kinds, *lost]
        else:
            file = (self._cards, self._fair)[place]
            row = _cards_row(rng, key, known) if place == 0 else self._fair_row(key, person, known)
            if ragged:
                label_ragged(truth, rng, file, row, key, people)
                truth.record(FOLDER, key, person.person_id, expected="rejected")
                return
            number = file.write(row)
            if self._messy and place == 0 and number == 1:
                truth.defect("cp932_file", file)
        for kind in kinds:
            truth.defect(kind, file, number, key, people)
        truth.record(FOLDER, key, person.person_id)

    def _fair_row(self, key: str, person: Person, known: Profile) -> list[str]:
        national = national_id(person)
        firm = ""
        if person.company is not None:
            firm = company(self._part.options.seed, person.company).name
        return [
            key, known.given, known.family, known.given_kana, known.family_kana, known.birth_date,
            {"male": "M", "female": "F"}[known.gender], known.email, known.mobile,
            known.street_line, known.city, known.state, known.postcode, known.country, firm,
            "担当" if firm and known.japanese else "", national,
        ]  # fmt: skip

    def _club_row(
        self, rng: Random, key: str, known: Profile, kinds: list[str]
    ) -> tuple[list[Value], list[str]]:
        lost: list[str] = []
        phone: Value = known.mobile
        postcode: Value = known.postcode
        numeric = known.country_code == "JP" and known.mobile.startswith("0")
        numeric = numeric and "placeholder_phone" not in kinds
        if self._messy and numeric and known.postcode.isascii() and rng.random() < 0.12:
            phone = int(known.mobile.replace("-", ""))
            postcode = int(known.postcode.replace("-", "").strip())
            lost.append("leading_zero_lost")
        birth: Value = known.birth_date
        with suppress(ValueError):  # an impossible date stays text in a spreadsheet
            birth = date.fromisoformat(known.birth_date)
        if isinstance(birth, date) and birth < date(1900, 3, 1):
            birth = known.birth_date  # spreadsheets know no earlier dates
        gender = {"male": "男", "female": "女"}[known.gender] if known.japanese else known.gender
        return [
            key, known.family, known.given, known.family_kana, known.given_kana, birth, gender,
            known.email, phone, known.street_line, known.city, known.state, postcode, known.country,
        ], lost  # fmt: skip


def _cards_row(rng: Random, key: str, known: Profile) -> list[str]:
    year, month, day = known.birth_date.split("-")
    written = (
        f"{year}/{month}/{day}" if rng.random() < 0.7 else f"{year}年{int(month)}月{int(day)}日"
    )
    kana = f"{known.family_kana} {known.given_kana}".strip()
    return [
        key, known.full_name, kana, written, {"male": "男", "female": "女"}[known.gender],
        known.email, known.mobile, known.street_line, known.city, known.state,
        known.postcode, known.country,
    ]  # fmt: skip
