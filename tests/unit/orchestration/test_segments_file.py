"""The segments file: what it may say, and every error it can hold, with segment and remedy."""

import duckdb
import pytest
import yaml

from orchestration.segments import FILE, SegmentError, load_segments
from orchestration.segments.condition import LONGEST, bench, compile_condition
from orchestration.segments.terms import ConditionError
from orchestration.segments.vocabulary import Vocabulary
from orchestration.settings import DBT_PROJECT
from orchestration.transformation.variables import variables

WORDS = Vocabulary(
    {
        "customer_id": "varchar", "rfm_segment": "varchar", "nps_group": "varchar",
        "order_count": "bigint", "revenue": "decimal(18,2)", "churn_risk": "double",
        "is_subscriber": "boolean", "last_order_at": "timestamp", "as_of_at": "timestamp",
    },
    frozenset({"product_view", "cart_add", "purchase", "other"}),
)  # fmt: skip
PLAIN = {"owner": "o", "description": "d", "condition": "order_count > 1", "purpose": "email"}


@pytest.fixture(scope="module")
def engine():
    with bench(WORDS) as connection:
        yield connection


WRONG = {
    "rfm_segmnt = 'x'": "customer_360 has no column 'rfm_segmnt'; did you mean rfm_segment?",
    'nps_group = "promoter"': "no column 'promoter'; text stands in single quotes",
    "c.order_count > 1": "c.order_count: write the column alone, without a table",
    "order_count": "it is a number and must be true or false, such as order_count > 0",
    "rfm_segment": "it is text and must be true or false; compare it with something",
    "not order_count": "order_count is a number, and true or false is needed",
    "order_count > 1 and rfm_segment": "rfm_segment is text, and true or false is needed",
    "order_count > 'many'": "order_count is a number and 'many' is text; compare like with like",
    "rfm_segment > 5": "rfm_segment is text and 5 is a number; compare like with like",
    "nps_group = order_count": "nps_group is text and order_count is a number",
    "rfm_segment in ('a', 1)": "1 is a number; compare like with like",
    "nps_group in ('a', null)": "a list after `in` holds no null",
    "nps_group = null": "is never true; use is null or is not null",
    "is_subscriber > false": "true and false have no order",
    "last_order_at > '2026-13-01'": "'2026-13-01' is no date; write 2026-10-31",
    "last_order_at - as_of_at > 3": "compare like with like",
    "last_order_at - as_of_at > as_of_at - last_order_at": "use days_since(moment)",
    "last_order_at > as_of_at - interval 99999 day": "written `interval 7 day`, up to 3,650",
    "interval 7 day": "a statement (interval) is not allowed",
    "order_count > 1e99": "1e99 is no number of at most 15 digits",
    "order_count = 1 and": "not a SQL expression: Required keyword: 'expression' missing at line 1",
    "(order_count > 1": "not a SQL expression: Expecting ) at line 1, column 16",
    "nps_group = 'x": "not a SQL expression: Error tokenizing",
    "order_count > 1 please": "'please' is one word too many",
    "": "one expression is needed, and this is nothing",
    "-- all": "one expression is needed, and this is nothing",
    "order_count > 1; drop table x": "one expression is needed, and this is 2 statements",
    "select 1": "a statement (select) is not allowed; write an expression",
    "drop table marts.segment": "a statement (drop) is not allowed; write an expression",
    "attach 'x.db'": "a statement (attach) is not allowed; write an expression",
    "exists (select 1)": "a subquery is not allowed; use columns of customer_360",
    "order_count > (select max(order_count) from c)": "a subquery is not allowed",
    "customer_id in (select customer_id from x)": "a list such as ('a', 'b'), not a subquery",
    "read_csv('x.csv') = 1": "the function read_csv is not allowed. Allowed: abs, coalesce,",
    "getenv('HOME') = 'x'": "the function getenv is not allowed.",
    "day_since(last_order_at) > 1": "day_since is not allowed; did you mean days_since?",
    "now() > last_order_at": "the function now is not allowed",
    "sum(order_count) > 1": "the function sum is not allowed",
    "row_number() over () = 1": "Window is not allowed",
    "cast(order_count as varchar) = '1'": "a cast is not allowed, except date '2026-10-31'",
    "rfm_segment || 'x' = 'y'": "DPipe is not allowed",
    "order_count = ?": "Placeholder is not allowed",
    "count_events('produkt_view', 7) > 1": "of kind 'produkt_view'; did you mean product_view?",
    "count_events(nps_group) > 1": "count_events is written count_events('kind', days)",
    "count_events('purchase', 0) > 1": "days must be a whole number from 1 to 3,650",
    "count_events('purchase', 1.5) > 1": "days must be a whole number from 1 to 3,650",
    "last_event('cart_add', 7) > as_of_at": "last_event is written last_event('kind')",
    "last_event('cart_add') > 3": "is a moment and 3 is a number",
    "case order_count when 1 then true end": "write `case when condition then value ... end`",
    "(" * 900 + "true" + ")" * 900: "nested too deeply; write it flatter",
    "order_count > 1" + " or order_count > 1" * 200: f"longer than {LONGEST:,} characters",
    "nps_group = 'a\x00b'": "has a character that cannot be seen; remove it",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_condition_says_what_is_wrong_and_what_to_do(text, engine):
    with pytest.raises(ConditionError) as error:
        compile_condition(text, WORDS, engine)
    assert WRONG[text] in str(error.value)


RIGHT = {
    "rfm_segment = 'champions'": "(c.\"rfm_segment\" = 'champions')",
    "RFM_Segment <> 'it''s'": "(c.\"rfm_segment\" <> 'it''s')",
    "order_count >= 2 -- twice": '(c."order_count" >= 2)',
    "nps_group is not null": '(not (c."nps_group" is null))',
    "not is_subscriber and revenue between 1 and 5":
        '((not c."is_subscriber") and (c."revenue" between 1 and 5))',
    "nps_group not in ('promoter')": "(not (c.\"nps_group\" in ('promoter')))",
    "revenue / order_count > 100":
        '((cast(c."revenue" as double) / nullif(cast(c."order_count" as double), 0)) > 100)',
    "last_order_at < as_of_at - interval 3 months":
        "(c.\"last_order_at\" < (c.\"as_of_at\" - interval '3' month))",
    "last_order_at >= '2026-01-01'": "(c.\"last_order_at\" >= timestamp '2026-01-01 00:00:00')",
    "days_since(last_event('cart_add')) <= 3":
        "(date_sub('day', cast(e.\"last_cart_add\" as timestamp), c.as_of_at) <= 3)",
    "count_events('product_view', 7) >= 3": '(coalesce(e."count_product_view_7d", 0) >= 3)',
    "lower(nps_group) like 'pro%'": "(lower(c.\"nps_group\") like 'pro%')",
    "coalesce(churn_risk, 1) > 0.5": '(coalesce(c."churn_risk", 1) > 0.5)',
    "nps_group = '{{ 1 }}; drop table x'": "(c.\"nps_group\" = '{{ 1 }}; drop table x')",
    "true": "true",
}  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_a_condition_is_written_anew(text, engine):
    assert compile_condition(text, WORDS, engine).sql == RIGHT[text]


def test_no_row_can_make_a_condition_fail(engine):
    """Extreme values: what could overflow or divide by zero is written so that it cannot."""
    engine.execute("create or replace table e (count_purchase bigint)")
    rows = "(0, 0.00), (9e17::bigint, 9999999999999999.99), (null, null), (-9e17::bigint, -1)"
    customers = f"(select * from (values {rows}) as c(order_count, revenue))"
    for text in (
        "order_count * 999999999999999 > 1", "revenue * revenue * revenue > 1",
        "revenue / order_count > 1", "order_count + 999999999999999 > 1", "-order_count > 1",
        "abs(order_count) > 1", "revenue - 999999999999999 < 0",
    ):  # fmt: skip
        sql = compile_condition(text, WORDS, engine).sql
        assert len(duckdb.sql(f"select {sql} from {customers} as c").fetchall()) == 4


@pytest.fixture
def load(tmp_path):
    """Load a file of segments against the project's own words."""

    def go(**segments):
        path = tmp_path / FILE
        path.write_text(yaml.safe_dump({"segments": segments}), encoding="utf-8")
        return load_segments(DBT_PROJECT, path)

    return go


WRONG_FILES = {
    "unknown key": ({"conditon": "x"}, "segments.s.conditon: unknown key; did you mean condition?"),
    "missing owner": ({"owner": None}, "segments.s.owner: input should be a valid string"),
    "wrong purpose": ({"purpose": "spam"}, "segments.s.purpose: input should be 'analytics'"),
    "wrong refresh": ({"refresh": "hourly"}, "segments.s.refresh: input should be 'every_run'"),
    "no text": ({"condition": True}, "segments.s.condition: input should be a valid string, not T"),
    "wrong condition": (
        {"condition": "order_cnt > 1"},
        "segments.s.condition: customer_360 has no column 'order_cnt'; did you mean order_count?",
    ),
    "unknown destination": (
        {"activation": ["fax"]}, "segments.s.activation.0.to: input should be 'google_customer_"
    ),
    "unknown key of an activation": (
        {"activation": [{"to": "webhook", "url": "x"}]},
        "segments.s.activation.0.url: unknown key. Known: to, purpose, format.",
    ),
    "an ad platform for a newsletter": (
        {"activation": ["google_customer_match"]},
        "segments.s.activation.0: google_customer_match needs the purpose ads, not email; "
        "write {to: google_customer_match, purpose: ads}.",
    ),
    "twice": (
        {"activation": ["webhook", "webhook"]}, "segments.s.activation: webhook stands twice"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_FILES)
def test_what_is_wrong_is_named_with_file_segment_and_key(load, name):
    edit, text = WRONG_FILES[name]
    with pytest.raises(SegmentError) as error:
        load(s={**PLAIN, **edit})
    assert f"{FILE}: {text}" in str(error.value)


def test_every_problem_is_named_at_once(load):
    with pytest.raises(SegmentError) as error:
        load(a={**PLAIN, "condition": "x"}, b={**PLAIN, "condition": "1"}, c=PLAIN)
    assert len(str(error.value).splitlines()) == 2


@pytest.mark.parametrize("name", ["Big", "with space", "x" * 41, "a-b", "../x", "1st"])
def test_names_are_plain_words(load, name):
    with pytest.raises(SegmentError, match="a name is lower-case letters"):
        load(**{name: PLAIN})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[", "not valid YAML"),
        ("- a list", "expected one mapping, `segments`"),
        ("segment: {}", "expected one mapping, `segments`"),
        ("segments:\n  a: {}\n  a: {}", r"a stands twice \(line 3\); rename one"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path, text, told):
    path = tmp_path / FILE
    path.write_text(text)
    with pytest.raises(SegmentError, match=told):
        load_segments(DBT_PROJECT, path)
    with pytest.raises(SegmentError, match="cannot be read"):
        load_segments(DBT_PROJECT, tmp_path / "none.yml")


def test_there_may_be_no_segments(tmp_path):
    path = tmp_path / FILE
    path.write_text("segments:\n")
    found = load_segments(DBT_PROJECT, path)
    assert found.audiences == [] and found.variables == {"segments": {}, "segment_events": {}}


def test_the_projects_own_file_reaches_dbt_whole():
    found = variables([], DBT_PROJECT)
    assert set(found["segments"]) == {
        "champions", "at_risk_high_value", "cart_abandoners", "promoters", "win_back_candidates",
        "detractors_with_open_complaint", "high_intent_visitors", "birthday_this_month",
    }  # fmt: skip
    assert found["segment_events"]["count_product_view_7d"] == {
        "function": "count_events", "kind": "product_view", "days": 7,
    }  # fmt: skip
    events = [name for name, one in found["segments"].items() if one["uses_events"]]
    assert events == ["high_intent_visitors"]


def test_an_audience_has_its_own_purpose_and_format(load):
    found = load(
        s={**PLAIN, "activation": ["mailing_list", {"to": "webhook", "purpose": "ads"}]}
    ).audiences
    told = [(one.name, one.purpose, one.format) for one in found]
    assert told == [("s__mailing_list", "email", "csv"), ("s__webhook", "ads", "ndjson")]
