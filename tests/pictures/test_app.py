"""The app: what it shows, what it keeps to itself, and that publishing never waits for it."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration.app.server import build_app
from orchestration.app.store import opened
from orchestration.console import app as console
from tests.pictures.conftest import EVIL, Browser

PAGES = ("", "/timeline", "/identity")


def test_home_counts_customers(browser: Browser) -> None:
    page = browser.get("/")
    assert page.status_code == 200
    assert "7 customers are published" in page.text


def test_one_hit_is_opened_and_several_are_listed(browser: Browser, customer) -> None:  # type: ignore[no-untyped-def]
    one = browser.search("ann.smith@mail.example")
    assert (one.status_code, one.headers["location"]) == (303, f"/customer/{customer('c')}")
    several = browser.search("森")
    assert several.status_code == 200
    assert "森 健" in several.text and "森 結衣" in several.text
    assert "Nobody found" in browser.search("鈴木").text


def test_what_is_typed_stands_in_no_address_and_on_no_page(browser: Browser) -> None:
    for typed in ("ann.smith@mail.example", "nobody.at.all@mail.example", "森"):
        answer = browser.search(typed)
        assert "smith" not in answer.headers.get("location", "")
        assert "nobody.at.all" not in answer.text
    assert browser.get("/search?q=ann.smith@mail.example").headers["location"] == "/"


def test_the_golden_record_says_where_each_value_is_from(browser: Browser, customer) -> None:  # type: ignore[no-untyped-def]
    text = browser.get(f"/customer/{customer('a')}").text
    row = text[text.index('<td class="soft">phone</td>') :].partition("</tr>")[0]
    assert "+819012340001" in row and "manual customers" in row
    assert "2 records of manual" in text


def test_figures_consents_and_segments_are_shown(browser: Browser, customer, change) -> None:  # type: ignore[no-untyped-def]
    id_ = customer("a")
    change(
        "insert into marts.fct_consent by name select 'k' as consent_key, ? as customer_id, 'email'"
        " as purpose, 'withdrawn' as state, timestamp '2026-01-02 03:04' as answered_at", id_,
    )  # fmt: skip
    text = browser.get(f"/customer/{id_}").text
    assert "withdrawn" in text and "2026-01-02 03:04" in text
    assert "In no segment." in text


@pytest.mark.parametrize("page", PAGES)
def test_customer_data_is_text_and_never_markup(browser: Browser, customer, page: str) -> None:  # type: ignore[no-untyped-def]
    text = browser.get(f"/customer/{customer('d')}{page}").text
    assert EVIL not in text
    assert html.escape(EVIL, quote=False) in text
    assert "<script" not in text


@pytest.mark.parametrize("page", PAGES)
def test_pages_bring_nothing_from_elsewhere(browser: Browser, customer, page: str) -> None:  # type: ignore[no-untyped-def]
    answer = browser.get(f"/customer/{customer('a')}{page}")
    assert answer.status_code == 200
    text = answer.text.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|//[a-z]|javascript:", text)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_another_host_name_is_refused(browser: Browser) -> None:
    assert browser.get("/", host="http://evil.example").status_code == 400


def test_the_graph_links_its_records_and_says_why(browser: Browser, customer, reader) -> None:  # type: ignore[no-untyped-def]
    records = dict(
        reader.execute("select record_key, record_id from identity.record_customer").fetchall()
    )
    reader.close()
    address = f"/customer/{customer('a')}/identity"
    first = browser.get(address).text
    assert f'href="{address}?left={records["a"]}#why"' in first
    second = browser.get(f"{address}?left={records['a']}").text
    assert f"left={records['a']}&amp;right={records['b']}#why" in second
    answer = browser.get(f"{address}?left={records['a']}&right={records['b']}").text
    assert "step 1" in answer and "taro@mail.example" in answer
    refused = browser.get(
        f"/customer/{customer('f')}/identity?left={records['f']}&right={records['g']}"
    ).text
    assert "decision:not same" in refused


@pytest.mark.parametrize(
    "query", ["left=1&right=2", "left=x&right='--", f"left={10**30}&right=1", "left=", "before=%00"]
)
def test_strange_questions_get_an_answer(browser: Browser, customer, query: str) -> None:  # type: ignore[no-untyped-def]
    for page in PAGES:
        assert browser.get(f"/customer/{customer('a')}{page}?{query}").status_code == 200


def test_ids_that_are_gone_lead_on_or_say_so(browser: Browser, customer, change) -> None:  # type: ignore[no-untyped-def]
    change("insert into identity.redirect values ('cold', ?, 'replaced')", customer("a"))
    change("insert into identity.redirect values ('csplit', ?, 'split')", customer("a"))
    change("insert into identity.redirect values ('csplit', ?, 'split')", customer("c"))
    assert browser.get("/customer/cold").headers["location"] == f"/customer/{customer('a')}"
    split = browser.get("/customer/csplit")
    assert split.status_code == 404
    assert customer("a") in split.text and customer("c") in split.text
    assert browser.get("/customer/cnever").status_code == 404
    assert browser.get(f"/customer/{EVIL}").status_code == 404
    assert browser.get("/nowhere").status_code == 404


def test_the_timeline_comes_in_pages(browser: Browser, customer, change) -> None:  # type: ignore[no-untyped-def]
    id_ = customer("a")
    change(
        "insert into marts.fct_journey by name select 't' || k as touch_id, ? as customer_id,"
        " 'visit' as touch_type, 'awareness' as stage, 'web' as source_system,"
        " 'session' as source_stream, k + 1 as touch_number,"
        " timestamp '2026-01-01' + to_days(k) as touched_at from range(130) as t (k)", id_,
    )  # fmt: skip
    first = browser.get(f"/customer/{id_}/timeline").text
    assert "2026-05-10" in first and first.count('class="touch') == 100
    older = re.search(rf'href="(/customer/{id_}/timeline\?before=\d+)"', first)
    assert older
    second = browser.get(older.group(1)).text
    assert "2026-01-01" in second and second.count('class="touch') == 30
    assert ">Older<" not in second


def test_nothing_published_is_said(tmp_path: Path) -> None:
    browser = Browser(tmp_path / "kokyaku.duckdb")
    for answer in (browser.get("/"), browser.search("x"), browser.get("/customer/c1")):
        assert answer.status_code == 503
        assert "make run" in answer.text


def test_an_empty_file_shows_empty_pages(tmp_path: Path) -> None:
    path = tmp_path / "kokyaku.duckdb"
    duckdb.connect(str(path)).close()
    browser = Browser(path)
    assert "0 customers" in browser.get("/").text
    assert browser.get("/customer/c1").status_code == 404


def test_what_goes_wrong_tells_nothing_personal(browser: Browser, customer, change, capsys) -> None:  # type: ignore[no-untyped-def]
    id_ = customer("a")
    change("drop table identity.golden_candidate")
    change("create table identity.golden_candidate as select 'taro@mail.example' as customer_id")
    answer = browser.get(f"/customer/{id_}")
    assert answer.status_code == 500
    told = capsys.readouterr()
    assert "BinderException on /customer/{id}" in told.err
    assert "taro" not in told.err + told.out and id_ not in told.err + told.out
    assert "taro" not in answer.text


def test_readers_neither_block_publishing_nor_miss_it(published: Path, tmp_path: Path) -> None:
    browser = Browser(published)
    assert "7 customers" in browser.get("/").text
    draft = tmp_path / "kokyaku.duckdb.draft"
    shutil.copy(published, draft)
    with duckdb.connect(str(draft)) as connection:
        connection.execute(
            "delete from marts.dim_customer where customer_id in"
            " (select customer_id from pii.dim_customer where full_name like 'Ann%')"
        )
    with opened(published) as store:  # a reader is in the middle of it
        draft.replace(published)
        assert len(store.rows(["marts.dim_customer"], "from marts.dim_customer")) == 7
    assert "6 customers" in browser.get("/").text
    with duckdb.connect(str(published)) as connection:  # no reader left anything open
        connection.execute("create table t as select 1")


def test_a_form_that_is_too_long_is_refused(browser: Browser) -> None:
    assert browser.search("x" * 100_000).status_code == 413


def test_it_listens_on_this_machine_only_and_logs_no_requests(
    monkeypatch, capsys, published
) -> None:  # type: ignore[no-untyped-def]
    import uvicorn

    asked: dict[str, object] = {}
    monkeypatch.setattr(uvicorn, "run", lambda _, **options: asked.update(options))
    monkeypatch.setenv("KOKYAKU_HOME", str(published.parent))
    monkeypatch.setenv("KOKYAKU_APP_PORT", "1")
    assert console.main() == 0
    assert asked["host"] == "127.0.0.1" and asked["access_log"] is False
    assert "http://127.0.0.1:1 " in capsys.readouterr().out


def test_routes_are_those_known() -> None:
    paths = {getattr(route, "path", "") for route in build_app(Path("x")).routes}
    assert paths == {
        "/", "/search", "/customer/{id}", "/customer/{id}/timeline", "/customer/{id}/identity",
        "/static",
    }  # fmt: skip
