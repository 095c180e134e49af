"""What a database refuses: named, with a remedy, without secrets, at no other stream's cost."""

from __future__ import annotations

import pytest

from tests.support.desk import MEMBERS, STREAM, VARIABLE, Desk, declared

BROKEN = {
    "password": ("", {}, "login_refused", "the password is wrong"),
    "database": ("", {}, "login_refused", "no such database"),
    "address": ("", {}, "login_refused", "special characters as %XX"),
    "down": ("", {}, "not_reachable", "start it, or correct the address"),
    "table": ("drop table member", {}, "missing_table", 'relation "member" does not exist'),
    "column": ("alter table member drop no", {}, "missing_required_column",
               "no is missing (there are name, tax_no, updated_at)"),
    "query": ("alter table member drop name",
              {"table": None, "query": "select no, name, updated_at from member"},
              "missing_column", 'column "name" does not exist'),
    "permission": ("", {}, "no_permission", "permission denied for table member: grant select"),
    "value": ("", {"table": None, "query": "select no, name::int as name, updated_at from member"},
              "query_failed", "SQLSTATE ?): run it in psql"),
    "writes": ("", {"table": None, "query": "with x as (delete from member returning *) "
                    "select * from x"}, "query_failed", "SQLSTATE 0A000"),
    "writing_function": ("", {"table": None, "query": "select eraser() as no, now() as updated_at"},
                         "query_failed", "the query writes, and the connection only reads"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_stream_that_cannot_be_read_says_why_and_costs_no_other(
    case: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sql, change, reason, words = BROKEN[case]
    monkeypatch.setattr("orchestration.ingestion.database.load.PAUSE", 0.0)
    user = f"reader_{desk.database}"
    desk.psql(MEMBERS + f"""
        create table other (no text primary key); insert into other values ('1');
        create function eraser() returns text language plpgsql as
            $$ begin delete from member; return 'x'; end $$;
        create role {user} login password 'read-2f9'; grant select on other to {user};
        {sql};
    """)  # fmt: skip
    if case != "permission":
        desk.psql(f"do $$ begin if to_regclass('member') is not null then "
                  f"grant select, delete on member to {user}; end if; end $$")  # fmt: skip
    address = desk.server.url(desk.database, user, "read-2f9")
    address = {
        "password": address.replace("read-2f9", "wrong-8c1"),
        "database": desk.server.url("nowhere", user, "read-2f9"),
        "address": "postgresql://u:read 2f9@host:x/y",
        "down": address.replace(f":{desk.server.port}/", ":1/"),
    }.get(case, address)
    monkeypatch.setenv(VARIABLE, address)
    other = {"name": "other", "table": "other", "key": ["no"], "columns": [{"name": "no"}]}
    system = declared({**STREAM, **change}, other)
    failed, second = desk.load(system)
    assert (failed.status, failed.reason) == ("failed", reason)
    assert words in (failed.detail or "")
    assert (failed.detail or "").startswith("shop/member: ")
    whole = case in {"password", "database", "address", "down"}
    assert second.status == ("failed" if whole else "loaded")
    told = str(desk.rows("from ops.load_ledger") + desk.rows("from ops.rejected_record"))
    assert "2f9" not in told and "8c1" not in told and "Name 1" not in told
    before = desk.rows("from ops.load_ledger")
    assert [o.status for o in desk.load(system)] == (["failed"] * (1 + whole))
    assert desk.rows("from ops.load_ledger") == before, "the same trouble again writes nothing"
    desk.psql(f"drop owned by {user}; drop role {user}")


def test_not_connected_is_no_failure(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, desk.server.url(desk.database, password="wrong-8c1"))
    (refused,) = desk.load(declared(STREAM))
    assert refused.status == "failed"
    monkeypatch.delenv(VARIABLE)
    assert desk.load(declared(STREAM)) == []
    assert desk.rows("select * from ops.load_ledger") == [], "what was said before is over"
