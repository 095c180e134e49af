"""A company has some of the systems: any subset of them, down to one file, is a valid run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.company import Company, Ended, run_together

ONE_FILE = (
    "record_id,name,e-mail\n1,山田 花子,hanako@mail.example\n2,山田花子,hanako@mail.example\n"
)
# What is declared, and a method's score on nobody, has rows whatever was delivered.
ALWAYS = {"dim_metric", "recommendation_quality", "segment"}
CUSTOMERS = {
    "bridge_customer_identifier", "bridge_customer_name", "consent_ledger", "customer_360",
    "dim_customer", "dim_household", "metric",
}  # fmt: skip
# Which extracts there are, and the tables that must then have rows; all others must be empty.
SUBSETS: dict[str, tuple[str | None, set[str]]] = {
    "one file": (None, CUSTOMERS),
    "only events": (
        "segment/**/*",
        CUSTOMERS | {
            "fct_event", "fct_session", "fct_activity_hour", "fct_journey", "journey_funnel",
            "journey_path", "channel_performance", "campaign_performance", "activity_heatmap",
            "lifecycle_flow",
        },
    ),
    "nobody at all": ("salesforce/account/*", set()),
}  # fmt: skip


@pytest.fixture(scope="module")
def runs(
    tmp_path_factory: pytest.TempPathFactory, small_tree: Path
) -> dict[str, tuple[Company, Ended]]:
    companies = []
    for name, (pattern, _) in SUBSETS.items():
        company = Company(tmp_path_factory.mktemp(name.replace(" ", "-")))
        if pattern:
            assert company.put_tree(small_tree, pattern)
        else:
            company.put("manual/customers/members.csv", ONE_FILE)
        companies.append(company)
    ended = run_together(companies)
    return dict(zip(SUBSETS, zip(companies, ended, strict=True), strict=True))


@pytest.mark.parametrize("name", SUBSETS)
def test_any_subset_is_a_valid_run(name: str, runs: dict[str, tuple[Company, Ended]]) -> None:
    company, ended = runs[name]
    assert ended.code == 0, ended.output
    tables = [
        table
        for (table,) in company.query(
            "select table_name from duckdb_tables() where schema_name = 'marts'"
        )
    ]
    assert {"dim_customer", "fct_event", "fct_order"} <= set(tables)
    filled = {table for table in tables if company.query(f"select 1 from marts.{table} limit 1")}
    assert filled - ALWAYS == SUBSETS[name][1]
    assert filled >= ALWAYS
    ((lost,),) = company.query("select count(*) from quarantine.rejected")
    ((records,),) = company.query("select count(*) from identity.record_customer")
    assert lost == 0
    assert bool(records) == ("dim_customer" in filled)


def test_one_file_is_enough_to_bring_records_together(
    runs: dict[str, tuple[Company, Ended]],
) -> None:
    company, _ = runs["one file"]
    assert company.partition() == {
        frozenset({("manual", "customers", "1"), ("manual", "customers", "2")})
    }
