"""Rules for the files of the project: where they lie, how long they are, what is not in them."""

from __future__ import annotations

import re
from pathlib import Path

from orchestration.settings import CHECKOUT

FOLDERS = {
    "orchestration", "dbt_project", "expectations", "tests", "seeds", "benchmarks", "docs", ".ci",
}  # fmt: skip
FILES = {
    ".gitignore", ".pre-commit-config.yaml", ".sqlfluff", ".yamllint", "LICENSE", "Makefile",
    "README.md", "constraints.txt", "pyproject.toml",
}  # fmt: skip
LONGEST = {".sql": 120, ".py": 250}
TEXT = {".py", ".sql", ".yml", ".yaml", ".md", ".toml", ".txt", ".cfg", ""}
# Written in pieces, so that this file does not break its own rules.
MACHINE_PATH = re.compile(r"(?<![\w.])/(" + "|".join(("work", "root", "home", "Users")) + r")/\w")
REGISTRY = re.compile(r"py" + r"pi\.org|python" + r"hosted\.org|--(extra-)?index" + r"-url", re.I)
ARTEFACT = re.compile(r"\.(duckdb|wal|lock|log|pyc|sqlite|db|draft)$")


def texts(files: list[Path]) -> list[tuple[Path, str]]:
    return [
        (path, (CHECKOUT / path).read_text(encoding="utf-8"))
        for path in files
        if path.suffix in TEXT and "sample" not in path.parts
    ]


def test_top_level_holds_what_it_should(files: list[Path]) -> None:
    assert {path.parts[0] for path in files if len(path.parts) > 1} - FOLDERS == set()
    assert {path.name for path in files if len(path.parts) == 1} - FILES == set()


def test_nothing_a_run_writes_is_kept(files: list[Path]) -> None:
    assert [path for path in files if ARTEFACT.search(path.name)] == []


def test_files_stay_short(files: list[Path]) -> None:
    long = {
        str(path): lines
        for path in files
        if path.suffix in LONGEST
        and "sample" not in path.parts
        and (lines := len((CHECKOUT / path).read_text("utf-8").splitlines())) > LONGEST[path.suffix]
    }
    assert long == {}


def test_no_file_knows_the_machine_it_was_written_on(files: list[Path]) -> None:
    found = [
        f"{path}: {match.group()}"
        for path, text in texts(files)
        for match in (MACHINE_PATH.search(text), REGISTRY.search(text))
        if match
    ]
    assert found == []


def test_nothing_personal_of_a_builder_is_kept(files: list[Path]) -> None:
    """Addresses in the project end in reserved names: nobody lives there."""
    address = re.compile(r"[\w.+-]+@(?!.*\.example\b)[\w-]+(\.[\w-]+)*\.(com|org|net|io|jp)\b")
    reserved = re.compile(r"@([\w-]+\.)*example\.(com|org|net|jp|co\.jp)$", re.I)
    found = [
        f"{path}: {match.group()}"
        for path, text in texts(files)
        if path.parts[0] not in {"tests", "seeds"}
        and path.suffix != ".sql"
        and not path.name.startswith("_unit_")
        for match in address.finditer(text)
        if not reserved.search(match.group())
    ]
    assert found == []
