"""The back office's database through whole runs: members become customers, news are few rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from seeds.cli import main as generate
from tests.integration.company import Company, Ended
from tests.support.postgres import Postgres


class Connected(Company):
    """A company whose environment names a database."""

    url = ""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "KOKYAKU_POSTGRES_URL": self.url}


@dataclass
class Story:
    company: Connected
    tree: Path
    first: Ended
    later: Ended
    rows: list[tuple[int, int]] = field(default_factory=list)


@pytest.fixture(scope="module")
def story(server: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    tree, root = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("company")
    arguments = ["--customers", "120", "--clean", "--no-owners", "--workers", "1"]
    assert generate([*arguments, "--events-per-customer", "0.2", "--out", str(tree)]) == 0
    company = Connected(root)
    company.put_tree(tree / "landing", "manual/**/*")
    company.put_tree(tree / "landing", "shopify/customer/*")
    with server.database() as database:
        server.psql(database, file=tree / "databases" / "backoffice.sql")
        server.psql(
            database,
            f"create role r{database} login password 'reader-77aa';"
            f"grant select on all tables in schema public to r{database}",
        )
        company.url = server.url(database, f"r{database}", "reader-77aa")
        first = company.run()
        rows = company.query("select count(*), count(customer_id) from marts.fct_store_purchase")
        server.psql(database, file=tree / "databases" / "backoffice_2026-11.sql")
        server.psql(database, f"revoke select on store_purchase from r{database}")
        later = company.run()
        yield Story(company, tree, first, later, rows)
        server.psql(database, f"drop owned by r{database}; drop role r{database}")


def truth(story: Story, name: str) -> dict[tuple[str, str, str], str]:
    with (story.tree / "truth" / name).open(encoding="utf-8") as file:
        return {
            (row["source_system"], row["stream"], row["record_key"]): row["person_id"]
            for row in csv.DictReader(file)
        }


def test_members_are_customers(story: Story) -> None:
    assert story.first.code == 0, story.first.output
    members = truth(story, "backoffice_record.csv")
    everyone = {**truth(story, "record.csv"), **members}
    seen = set()
    for group in story.company.partition():
        people = {everyone[record] for record in group}
        assert len(people) == 1, group
        seen |= group & set(members)
    assert seen == set(members)
    shared = [g for g in story.company.partition() if len(g) > 1 and g & set(members)]
    assert shared, "some members are known to the shop or the lists as well"


def test_purchases_find_the_member_whose_card_was_shown(story: Story) -> None:
    ((lines, found),) = story.rows
    assert lines > 20
    ((carded,),) = story.company.build_query(
        "select count(*) from staging.stg_postgres__store_purchase where loyalty_id is not null"
    )
    assert found == carded


def test_times_without_a_zone_are_those_of_the_shops(story: Story) -> None:
    ((hours,),) = story.company.build_query("""
        select max(abs(date_diff('minute', p.sold_at, p.updated_at)))
        from staging.stg_postgres__store_purchase as p
    """)
    assert hours <= 2, "the till's time and the database's clock tell the same moment"


def test_a_stream_that_may_not_be_read_costs_only_itself(story: Story) -> None:
    assert story.later.code == 2, story.later.output
    assert "postgres/store_purchase: permission denied for table store_purchase: grant select" in (
        story.later.output
    )
    loaded = story.company.query("""
        select stream, count(*), sum(rows_loaded) from quality.load_ledger
        where source_system = 'postgres' and status = 'loaded' and batch = 2 group by all
    """)
    assert [(stream, files) for stream, files, _ in loaded] == [("store_member", 1)]
    ((now,),) = story.company.query("select count(*) from marts.fct_store_purchase")
    assert now == story.rows[0][0], "what was read before stays"


def test_the_ledger_balances_and_no_secret_is_written(story: Story) -> None:
    unbalanced = story.company.query(
        "select * from quality.load_ledger where rows_read <> rows_loaded + rows_rejected"
    )
    assert unbalanced == []
    plain = story.company.build_query("""
        select count(*) from raw.postgres__store_member
        where length(national_id) <> 64 or length(bank_account) <> 64
    """)
    assert plain == [(0,)]
    logs = [story.first.output, story.later.output]
    logs += [p.read_text("utf-8") for p in story.company.settings.home.rglob("*.log")]
    assert not any("reader-77aa" in text for text in logs)
    told = story.company.build_query("select count(*) from ops.load_ledger where "
                                     "contains(concat(file, detail), 'reader-77aa')")  # fmt: skip
    assert told == [(0,)]
