"""A company's deliveries over several runs: any order, a bad one among them, readers looking on."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration.company import Company, Ended

HEADER = "id,first_name,last_name,email,created_at,updated_at\n"
OLD = "900001,Aiko,Tanaka,aiko.tanaka@late.example,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z\n"
NEW = "900001,Aiko,Suzuki,aiko.suzuki@late.example,2026-01-01T00:00:00Z,2026-11-02T00:00:00Z\n"
BAD_FILE = "shopify/customer/2026-12-01.csv"
CORRECTED = "select full_name, email from pii.dim_customer where customer_id = ?"
TABLES = ("marts.dim_customer", "marts.fct_event", "identity.golden_attribute")
CONTENT = "select md5(string_agg(t::varchar, '' order by t::varchar)) from {} as t"
# A reader that keeps the file open and answers a table's name with a digest of its content.
READER = f"""
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
for table in sys.stdin:
    [(content,)] = connection.execute({CONTENT!r}.format(table.strip())).fetchall()
    print(content, flush=True)
"""


class Reader:
    """A process of its own that holds the published file open."""

    def __init__(self, published: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", READER, str(published)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def content(self, table: str) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with suppress(BrokenPipeError):  # it died: its answer is empty
            self.process.stdin.write(f"{table}\n")
            self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def close(self) -> None:
        with suppress(BrokenPipeError):
            self.process.communicate()


@dataclass
class Story:
    """What was seen on the way."""

    company: Company
    first: Ended
    anchor: str
    bad: Ended
    digests: list[str]
    one: Ended
    other: Ended
    reader: dict[str, str]
    before: dict[str, str]
    files: set[int]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def anchor(company: Company) -> str:
    ((customer,),) = company.query(
        "select customer_id from identity.record_customer where record_key = '900001'"
    )
    return str(customer)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, small_tree: Path) -> Story:
    company = Company(tmp_path_factory.mktemp("deliveries"))
    # First the later half of the systems, and of the shop only its last delivery.
    company.put_tree(small_tree, "zendesk/**/*")
    company.put_tree(small_tree, "segment/**/2026-q*")
    company.put_tree(small_tree, "shopify/*/2026-11-01*")
    company.put("shopify/customer/2026-01-02.csv", HEADER + OLD)
    first = company.run()
    assert first.code == 0, first.output
    customer, digests = anchor(company), [digest(company.published)]

    # Then an extract that has lost nearly all of its keys.
    lost = "".join(f",First{n},Last{n},lost{n}@late.example,,\n" for n in range(60))
    company.put(BAD_FILE, HEADER + OLD.replace("900001", "900002") + lost)
    bad = company.run()
    digests.append(digest(company.published))

    # It is replaced by a mended one; all the rest comes; two people start a run; one is reading.
    company.put(BAD_FILE, HEADER + NEW)
    company.put_tree(small_tree)
    reader = Reader(company.published)
    before = {table: company.query(CONTENT.format(table))[0][0] for table in TABLES}
    inode = company.published.stat().st_ino
    # The rest is read only after the publication: nothing of it is in the reader's memory yet.
    seen = {TABLES[0]: reader.content(TABLES[0])}
    running = company.start()
    running.wait_for("✓ load manual")
    waiting = company.start()
    one, other = running.wait(), waiting.wait()
    seen |= {table: reader.content(table) for table in TABLES[1:]}
    reader.close()
    files = {inode, company.published.stat().st_ino}
    return Story(company, first, customer, bad, digests, one, other, seen, before, files)


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory, small_tree: Path) -> Company:
    """The same deliveries, all there from the start."""
    company = Company(tmp_path_factory.mktemp("at-once"))
    company.put_tree(small_tree)
    company.put("shopify/customer/2026-01-02.csv", HEADER + OLD)
    company.put(BAD_FILE, HEADER + NEW)
    ended = company.run()
    assert ended.code == 0, ended.output
    return company


def test_a_bad_extract_stops_at_its_gate(story: Story) -> None:
    assert story.bad.code == 1
    steps = [line.split("  ")[1] for line in story.bad.output.splitlines() if "✓" in line]
    assert not any("staging" in step or "publish" in step for step in steps), steps
    assert story.digests[0] == story.digests[1], "the published file is not what it was"


def test_the_summary_says_what_the_gate_found(story: Story) -> None:
    (line,) = [x for x in story.bad.output.splitlines() if "raw.shopify__customer.id" in x][:1]
    assert "expect column values to not be null" in line
    assert "60" in line, "how many rows"
    assert BAD_FILE in line, "which file"
    assert "Nothing was published" in story.bad.output
    assert "stays as it was" in story.bad.output


def test_once_the_file_is_mended_the_run_publishes(story: Story) -> None:
    assert story.one.code == 0, story.one.output
    assert story.company.query(
        "select file, rows_loaded, status from quality.load_ledger where file = ?", BAD_FILE
    ) == [(BAD_FILE, 1, "loaded")]
    assert story.company.query(
        "select count(*) from identity.record_customer where record_key = '900002'"
    ) == [(0,)]


def test_a_reader_is_not_disturbed_by_a_publication(story: Story) -> None:
    assert story.reader == story.before, "whoever has the file open keeps what was there"
    assert len(story.files) == 2, "the file is replaced, not written to"
    for table in TABLES[:2]:
        ((now,),) = story.company.query(CONTENT.format(table))
        assert now != story.before[table], "whoever opens it now sees the new one"


def test_a_second_run_waits_for_the_first(story: Story) -> None:
    assert story.other.code == 0, story.other.output
    assert "Waiting for process" in story.other.output
    assert "Waiting for process" not in story.one.output
    (line,) = [x for x in story.other.output.splitlines() if "✓ publish" in x]
    assert "unchanged" in line


def test_a_late_correction_changes_the_row_and_not_the_customer(story: Story) -> None:
    assert anchor(story.company) == story.anchor
    assert story.company.query(CORRECTED, story.anchor) == [
        ("Aiko Suzuki", "aiko.suzuki@late.example")
    ]


def test_customers_keep_their_id_and_the_order_of_files_does_not_matter(
    story: Story, at_once: Company
) -> None:
    shuffled, whole = story.company.partition(), at_once.partition()
    assert shuffled == whole
    assert max(len(members) for members in whole) > 3
    assert len(whole) > 40
