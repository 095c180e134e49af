"""The shops' back office, a PostgreSQL database: member cards and till receipts.

Belongs here: tables and values of this database, as scripts psql loads. Not here: who exists.

`databases/backoffice.sql` is its state at the first delivery, `backoffice_2026-11.sql` what the
tills and the card desk did to it until the second. Nothing reads them unless a server has them.
"""

from pathlib import Path
from random import Random

from seeds import calendar
from seeds.catalogue import PRODUCTS, money
from seeds.chance import chance
from seeds.manual import national_id
from seeds.orders import Order
from seeds.output import open_text
from seeds.people import Person
from seeds.profile import profile
from seeds.records import Part, versions
from seeds.spoil import spoil

TABLES = {
    "store_member": """loyalty_id text primary key, name text, kana text, birth_date date,
    gender member_gender, email text, mobile_phone text, home_phone text, postcode text,
    prefecture text, city text, street text, building text, country char(2), occupation text,
    industry text, income_band text, national_id text, drivers_license text, bank_account text,
    web_user_id text, interests text[], mail_allowed boolean, joined_at timestamp,
    updated_at timestamptz""",
    "store_purchase": """receipt_no text, line_no integer, loyalty_id text, store text,
    register integer, sku text, product text, quantity integer, amount numeric(12, 2),
    currency char(3), sold_at timestamp, updated_at timestamptz, primary key (receipt_no, line_no)
    """,
}
KEYS = {"store_member": "loyalty_id", "store_purchase": "receipt_no, line_no"}
_TYPES = """do $$ begin
    create type member_gender as enum ('female', 'male', 'unknown');
exception when duplicate_object then null; end $$;
"""
_SHARE = 0.165  # of people who live in Japan: about 12 % of all
_STORES = ["銀座", "吉祥寺", "横浜元町", "名古屋栄", "京都四条", "梅田", "福岡天神"]
_WORK = [
    ("会社員", "製造"), ("会社員", "情報通信"), ("会社員", "金融"), ("公務員", "公務"),
    ("教員", "教育"), ("看護師", "医療・福祉"), ("自営業", "小売"), ("パート", "飲食"),
    ("主婦", ""), ("学生", ""), ("無職", ""),
]  # fmt: skip
_INCOMES = ["300万円未満", "300-500万円", "500-700万円", "700-1000万円", "1000万円以上"]
_INTERESTS = ["茶", "器", "台所", "香り", "衣", "文具"]
Row = list[str | None]


def loyalty_id(person: Person) -> str:
    """Return the number on a person's card."""
    return f"HC{(person.index + 4_409) * 48_271_777 % 10**8:08d}"


class BackOffice:
    """Collects one part's rows; a part has some thousands at most."""

    def __init__(self, part: Part, folder: Path, first: int) -> None:
        self._part, self._folder = part, folder
        self._suffix = f"-p{first:07d}" if first else ""
        self._rows: dict[tuple[str, bool], list[Row]] = {}

    def person(self, person: Person, _: list[Order]) -> None:
        """Write a person's card, if they have one, and what they bought with it."""
        rng = chance("backoffice", self._part.options.seed, person.person_id)
        if person.address.country != "JP" or rng.random() >= _SHARE:
            return
        key = loyalty_id(person)
        created = max(person.joined, calendar.FOUNDED)
        messy = self._part.options.messy
        seedling, migrated = rng.getrandbits(32), messy and rng.random() < 0.03
        states = [(one.late, one.known, one.modified)
                  for one in versions(rng, person, created, messy=False)]  # fmt: skip
        if rng.random() < 0.1 and not states[-1][0]:
            at = calendar.CUT + int(rng.random() * 30 * calendar.DAY)
            states.append((True, states[-1][1], at))
        for place, (late, known, modified) in enumerate(states):
            row = self._member(chance(seedling), person, key, created, known, raised=place > 0)
            # Cards of the old system came without a time of change.
            untimed = migrated and len(states) == 1 and not late
            self._add("store_member", late, [*row, None if untimed else calendar.zulu(modified)])
        self._part.truth.backoffice(key, person.person_id)
        for number in range(int(rng.expovariate(0.45))):
            self._receipt(rng, person, key, created, number)

    def _member(
        self, rng: Random, person: Person, key: str, created: int, at: int, *, raised: bool
    ) -> Row:
        known = profile(rng, person, at)
        if self._part.options.messy:
            for kind in spoil(rng, known, person, birth=False, kana=True):
                self._part.truth.backoffice_defect(kind, key, person.person_id)
        kana = f"{known.family_kana} {known.given_kana}".strip()
        work, industry = _WORK[int(rng.random() * len(_WORK))]
        income = int(rng.random() * 4) + raised
        liked = [one for one in _INTERESTS if rng.random() < 0.3]
        number = (person.index + 4_409) * 48_271_777
        license_no = f"30{number % 10**10:010d}" if rng.random() < 0.3 else None
        account = f"000{1 + number % 7}-{number % 900 + 100}-{number % 10**7:07d}"
        linked = person.presence.account and rng.random() < 0.5
        return [
            key, known.full_name, kana or None, person.birth.isoformat(), person.gender,
            known.email if rng.random() < 0.7 else None, known.mobile, known.phone or None,
            known.postcode, known.state, known.city, known.street, known.building or None,
            known.country_code, work, industry or None, _INCOMES[income],
            national_id(person) or None, license_no, account if rng.random() < 0.4 else None,
            person.user_id if linked else None, "{" + ",".join(liked) + "}",
            "t" if rng.random() < 0.6 else "f", _local(created),
        ]  # fmt: skip

    def _receipt(self, rng: Random, person: Person, key: str, since: int, number: int) -> None:
        if number >= 16:
            return
        sold = calendar.moment(rng, max(since, calendar.ORDERS_START), calendar.END)
        receipt = f"R{person.index * 16 + number:08d}"
        store, register = _STORES[int(rng.random() * len(_STORES))], 1 + int(rng.random() * 4)
        card = None if rng.random() < 0.05 else key  # forgotten at home
        lines = rng.sample(PRODUCTS, 1 + int(rng.random() * 2.2))
        for line, product in enumerate(lines, 1):
            count = 1 if rng.random() < 0.8 else 2
            amount = money(product.cents["JPY"] * count, "JPY")
            self._add("store_purchase", sold >= calendar.CUT, [
                receipt, str(line), card, store, str(register), product.handle, product.title_ja,
                str(count), amount, "JPY", _local(sold), calendar.zulu(sold + 60),
            ])  # fmt: skip

    def _add(self, table: str, late: bool, row: Row) -> None:
        self._rows.setdefault((table, late), []).append(row)

    def close(self) -> None:
        """Write both scripts."""
        for late, name in ((False, "backoffice"), (True, "backoffice_2026-11")):
            path = self._folder / f"{name}{self._suffix}.sql"
            with open_text(path) as file:
                file.write("\\set ON_ERROR_STOP on\nset client_encoding = 'UTF8';\nbegin;\n")
                if not late:
                    file.write(_TYPES)
                for table in TABLES:
                    file.write(_script(table, self._rows.get((table, late), []), late=late))
                file.write("commit;\n")


def _script(table: str, rows: list[Row], *, late: bool) -> str:
    lines = "".join("\t".join(map(_cell, row)) + "\n" for row in rows)
    data = f"from stdin;\n{lines}\\.\n"
    if not late:
        shape = TABLES[table].strip()
        return f"create table if not exists {table} (\n    {shape}\n);\ncopy {table} {data}"
    columns = [word for word in _names(table) if word not in KEYS[table].split(", ")]
    new = ", ".join(f"{column} = excluded.{column}" for column in columns)
    return (
        f"create temp table late_{table} (like {table}) on commit drop;\n"
        f"copy late_{table} {data}"
        f"insert into {table} select * from late_{table} on conflict ({KEYS[table]}) do update "
        f"set {new};\n"
    )


def _names(table: str) -> list[str]:
    text = TABLES[table].split("primary key (")[0].replace("(12, 2)", "").strip().rstrip(",")
    return [part.split()[0] for part in text.split(",")]


def _cell(value: str | None) -> str:
    if value is None:
        return r"\N"
    return value.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n")


def _local(second: int) -> str:
    """Time at the till, which says no zone."""
    return calendar.sql(second + calendar.JST).removesuffix(".000")
