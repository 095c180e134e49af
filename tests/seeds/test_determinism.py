"""The same company every time: whatever the number of processes, whatever the size of the rest."""

import gzip
import inspect
from pathlib import Path

import pytest

from seeds import people
from seeds.cli import main
from seeds.company import make_company, parts
from seeds.options import Options
from tests.seeds.conftest import SAMPLE


def contents(root: Path) -> dict[str, bytes]:
    """Files below `root`; gzip is unpacked, since its bytes depend on the zlib at hand."""
    return {
        path.relative_to(root).as_posix(): gzip.decompress(path.read_bytes())
        if path.suffix == ".gz"
        else path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_committed_sample_is_what_the_generator_makes(tmp_path: Path) -> None:
    assert main(["--customers", "2000", "--out", str(tmp_path)]) == 0
    made, committed = contents(tmp_path), contents(SAMPLE)
    assert made.keys() == committed.keys()
    assert [name for name in made if made[name] != committed[name]] == []


def test_gzip_files_carry_neither_name_nor_time() -> None:
    for path in SAMPLE.rglob("*.gz"):
        head = path.read_bytes()[:8]
        assert head[3] == 0, f"{path} names its original"
        assert head[4:8] == bytes(4), f"{path} carries a time"


def test_two_workers_make_what_one_makes(tmp_path: Path) -> None:
    options = Options(customers=240, part_people=80)
    make_company(options, tmp_path / "one", workers=1)
    make_company(options, tmp_path / "two", workers=2)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_people_do_not_depend_on_how_many_are_asked_for() -> None:
    few = [person for cell in people.cells(Options(customers=50), 0, 50) for person in cell]
    many = [person for cell in people.cells(Options(customers=400), 0, 400) for person in cell]
    assert few == many[:50]
    assert [person.index for person in many] == list(range(400))


def test_later_delivery_continues_the_same_company(tmp_path: Path) -> None:
    make_company(Options(customers=160, part_people=80), tmp_path / "whole", workers=1)
    later = Options(customers=80, first=80, part_people=80)
    make_company(later, tmp_path / "later", workers=1)
    whole, more = contents(tmp_path / "whole" / "landing"), contents(tmp_path / "later" / "landing")
    assert more
    assert all(whole[name] == content for name, content in more.items())


def test_clean_company_has_no_defects(tmp_path: Path) -> None:
    assert main(["--customers", "200", "--out", str(tmp_path), "--clean"]) == 0
    assert (tmp_path / "truth" / "defect.csv").read_text(encoding="utf-8").count("\n") == 1


def test_a_million_customers_are_planned_without_being_held() -> None:
    options = Options(customers=1_000_000)
    stream = people.cells(options, 0, options.last)
    assert inspect.isgenerator(stream)
    assert len(next(stream)) == people.CELL
    assert len(list(parts(options))) == 50


def test_foreign_landing_folder_is_left_alone(tmp_path: Path) -> None:
    keep = tmp_path / "landing" / "salesforce" / "contact" / "mine.csv"
    keep.parent.mkdir(parents=True)
    keep.write_text("Id\n1\n", encoding="utf-8")
    assert main(["--customers", "20", "--out", str(tmp_path)]) == 2
    assert keep.exists()


def test_first_must_be_the_start_of_a_part() -> None:
    with pytest.raises(ValueError, match="multiple"):
        parts(Options(first=30))
