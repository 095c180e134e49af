"""The report: every picture draws, says when it has nothing, and shows nobody."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from orchestration import report
from orchestration.console import report as console
from orchestration.report import draw, page
from orchestration.report.picture import FEWEST, FOLDER, Picture, PictureError, Reading
from tests.pictures.conftest import EVIL

PICTURES = report.load()
CUSTOMERS = {"60_cluster_size", "61_evidence", "62_identity_quality"}
"""Pictures of what the few people of the tests have."""
WHOLE = "section: s\ntitle: t\nsays: x\nfills_from: f\nsql: s"


def text_of(connection: duckdb.DuckDBPyConnection, readings: list[Reading]) -> str:
    return page.render(connection, readings)


def test_pictures_are_told_apart_and_sections_are_whole() -> None:
    assert len({p.title for p in PICTURES}) == len(PICTURES) > 20
    sections = [p.section for p in PICTURES]
    assert len(set(sections)) == sum(
        a != b for a, b in zip(sections, ["", *sections], strict=False)
    )
    assert sum(p.preview for p in PICTURES) <= 6, "they go into Dagster's event log at every run"


@pytest.mark.parametrize("picture", PICTURES, ids=lambda p: p.name)
def test_an_empty_table_is_said_and_breaks_nothing(
    picture: Picture, reader: duckdb.DuckDBPyConnection
) -> None:
    reading = report.read(reader, picture)
    assert not reading.broken, reading.missing
    if picture.name in CUSTOMERS:
        assert reading.rows or reading.hidden
    else:
        assert reading.rows == []
        assert f"No data from {picture.reads[0]}" in str(reading.missing)
        assert picture.fills_from in str(reading.missing)
    assert picture.title in text_of(reader, [reading]).replace("&#39;", "'")


def test_a_file_without_the_tables_is_said(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        readings = [report.read(connection, picture) for picture in PICTURES]
        assert all(f"no {r.picture.reads[0]}" in str(r.missing) for r in readings)
        assert "This warehouse has no" in text_of(connection, readings)


def test_a_file_of_another_version_is_said(tmp_path: Path) -> None:
    picture = next(p for p in PICTURES if p.name == "13_segments")
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        connection.execute("create schema marts; create table marts.segment as select 1 as a")
        reading = report.read(connection, picture)
    assert reading.broken and "another version" in str(reading.missing)


def picture(**values: object) -> Picture:
    given = {
        "name": "x", "section": "s", "title": "Title", "says": "Says.", "reads": ("marts.t",),
        "fills_from": "it", "sql": "select * from marts.t order by all",
        "spec": {"mark": "bar", "encoding": {"x": {"field": "n"}, "y": {"field": "who"}}},
    }  # fmt: skip
    return Picture(**{**given, **values})  # type: ignore[arg-type]


@pytest.fixture
def table() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        "create schema marts; create table marts.t as select * from (values"
        " ('one', 1, 0.5), ('four', 4, 0.25), ('five', 5, 0.2), ('none', 0, null))"
        " as t (who, n, share)"
    )
    return connection


def test_a_few_people_are_left_out(table: duckdb.DuckDBPyConnection) -> None:
    reading = report.read(table, picture(people="n"))
    assert {row["who"] for row in reading.rows} == {"five", "none"}
    assert reading.hidden == 2
    hidden = report.read(table, picture(people="n", hides=("n", "share")))
    assert [row for row in hidden.rows if row["who"] == "four"] == [
        {"who": "four", "n": None, "share": None}
    ]
    drawn = text_of(table, [reading])
    assert f"2 groups of fewer than {FEWEST} not shown" in drawn
    assert "four" not in drawn


@pytest.mark.parametrize("kind", ["chart", "table"])
def test_text_of_a_table_is_never_markup(table: duckdb.DuckDBPyConnection, kind: str) -> None:
    table.execute("update marts.t set who = ? where n = 5", [EVIL])
    shown = picture(
        kind=kind, spec=picture().spec if kind == "chart" else {}, columns={"who": "Who"}
    )  # type: ignore[arg-type]
    text = text_of(table, [report.read(table, shown)])
    assert "&lt;script&gt;alert" in text
    assert "<script" not in text


def test_japanese_text_is_drawn_and_marks_tell_their_values(
    table: duckdb.DuckDBPyConnection,
) -> None:
    table.execute("update marts.t set who = '東京都' where n = 5")
    reading = report.read(table, picture())
    drawn = draw.svg(reading)
    assert drawn.count("<title>") >= 4 and "東京都" in drawn
    assert draw.png(reading).startswith(b"\x89PNG")


def test_pictures_on_one_page_do_not_share_ids(table: duckdb.DuckDBPyConnection) -> None:
    readings = [report.read(table, picture(name=name)) for name in ("x", "y")]
    ids = re.findall(r'<[^>]*\bid="([^"]+)"', text_of(table, readings))
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "–"), (1234567, "1,234,567"), (0.12345, "0.1235"), (12.0, "12"), (98765.4, "98,765"),
     (True, "yes"), ("東京", "東京")],
)  # fmt: skip
def test_numbers_are_formatted(value: object, shown: str) -> None:
    assert page.number(value) == shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: x", "missing"),
        ("- a", "expected keys"),
        ("a: [", "is no YAML"),
        ("colour: red", "unknown colour"),
        (f"{WHOLE}\nreads: [marts.t]", "has a spec"),
        (f"{WHOLE}\nreads: [t]\nspec: {{a: 1}}", "schema.table"),
        (f"{WHOLE}\nreads: [marts.t]\nkind: film", "not film"),
    ],
)  # fmt: skip
def test_a_wrong_declaration_names_the_file_and_the_key(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "01_wrong.yml").write_text(text, encoding="utf-8")
    with pytest.raises(PictureError, match=r"01_wrong\.yml") as error:
        report.load(tmp_path)
    assert said in str(error.value)


def test_pictures_compute_no_measures_of_their_own() -> None:
    """A rate, a ratio or an average of amounts is a column of a table, so it has one definition."""
    allowed = {"12_rfm_segments", "30_journey", "32_funnel", "01_month", "70_sources"}
    found = {p.name for p in PICTURES if re.search(r"\b(avg|median|stddev|corr)\s*\(| / ", p.sql)}
    assert found <= allowed | {"22_churn", "63_review_queue"}


def test_the_command_writes_a_page_of_its_own(
    published: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KOKYAKU_HOME", str(published.parent))
    assert console.main() == 0
    path = published.parent / "report" / "index.html"
    assert str(path) in capsys.readouterr().out
    text = path.read_text(encoding="utf-8")
    assert "<script" not in text
    assert not re.search(r"(src|href)\s*=\s*[\"'](?!#)", text)
    assert "default-src 'none'" in text
    assert [f.name for f in path.parent.iterdir()] == ["index.html"]
    published.unlink()
    assert console.main() == 1
    assert "make run" in capsys.readouterr().err


def test_every_file_of_the_folder_is_a_picture() -> None:
    assert {p.name for p in FOLDER.iterdir()} == {f"{p.name}.yml" for p in PICTURES}
