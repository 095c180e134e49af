"""`python -m benchmarks.identity.splink_peer <list.csv> <model> <pairs.parquet>`: Splink alone.

Belongs here: the model that Splink's own documentation shows for a set (`tutorial` for fake_1000,
`febrl` for the FEBRL sets) and one over the filled columns for every other list (`generic`).
Does not belong here: scoring; the pairs are written with their probabilities.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

SEED = 1
LEAST = 0.001
Model = tuple[list[Any], list[Any], list[Any], float, list[Any]]
ROLES = (
    ("birth", r"dob|birth_?date|date_of_birth"),
    ("email", r"e?mail"),
    ("phone", r"phone|mobile"),
    ("postcode", r"post_?code|postal|zip"),
    ("id", r"passport_number|license_number|ssn|national_id_number|soc_sec"),
    ("name", r"(first|last|given|family|full|middle|native).*name|name.*(first|last|full|middle)"
             r"|^name$|surname|氏名|^姓$|^名$|kana"),
    ("address", r"street|addr|住所"),
)  # fmt: skip


def tutorial() -> Model:
    """fake_1000: the model of Splink's tutorial."""
    comparisons = [
        cl.NameComparison("first_name"), cl.NameComparison("surname"),
        cl.DateOfBirthComparison("dob", input_is_string=True),
        cl.ExactMatch("city").configure(term_frequency_adjustments=True),
        cl.EmailComparison("email"),
    ]  # fmt: skip
    blocking = [
        block_on("first_name", "city"),
        block_on("surname"),
        block_on("dob"),
        block_on("email"),
    ]
    certain = [
        block_on("first_name", "dob"),
        "l.first_name = r.first_name and levenshtein(r.surname, l.surname) <= 2",
        block_on("email"),
    ]
    return comparisons, blocking, certain, 0.7, [block_on("first_name", "surname"), block_on("dob")]


def febrl() -> Model:
    """FEBRL: the model of Splink's febrl example."""
    comparisons = [
        cl.NameComparison("given_name"), cl.NameComparison("surname"),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
    ]  # fmt: skip
    columns = ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode")
    certain = [
        block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth"),
        "l.given_name = r.surname and l.surname = r.given_name"
        " and l.date_of_birth = r.date_of_birth",
    ]  # fmt: skip
    rules = [block_on(column) for column in columns]
    return (
        comparisons,
        rules,
        certain,
        0.9,
        [block_on("date_of_birth"), block_on("substr(postcode, 1, 3)")],
    )


def generic(columns: dict[str, str]) -> Model:
    """Any list: a comparison by the meaning of each filled column; {column: sample value}."""
    roles = {column: _role(column) for column in columns}
    comparisons = [_comparison(column, roles[column], columns[column]) for column in columns]
    by_role: dict[str, list[str]] = {}
    for column, role in roles.items():
        by_role.setdefault(role, []).append(column)
    names, births = by_role.get("name", [])[:2], by_role.get("birth", [])[:1]
    keys = [c for role in ("email", "phone", "id") for c in by_role.get(role, [])]
    places = [c for role in ("postcode", "address") for c in by_role.get(role, [])][:2]
    groups = [[key] for key in keys] + [[*names], *([n, *births] for n in names if births)]
    groups += [[name, place] for name in names for place in places] + [[*births, *places[:1]]]
    rules = [block_on(*group) for group in groups if group]
    certain = [block_on(key) for key in keys] + [block_on(*names, *(births or places[:1]))]
    training = [block_on(*names), block_on(*(births or places or keys)[:1])]
    return comparisons, rules, certain, 0.7, training


def _role(column: str) -> str:
    for role, pattern in ROLES:
        if re.search(pattern, column.lower()):
            return role
    return "other"


def _comparison(column: str, role: str, sample: str) -> Any:
    if role == "birth":
        written = "%m/%d/%Y" if "/" in sample else "%Y%m%d" if sample.isdigit() else "%Y-%m-%d"
        return cl.DateOfBirthComparison(column, input_is_string=True, datetime_format=written)
    made: dict[str, Callable[[], Any]] = {
        "email": lambda: cl.EmailComparison(column),
        "name": lambda: cl.NameComparison(column),
        "phone": lambda: cl.LevenshteinAtThresholds(column, [1, 2]),
        "postcode": lambda: cl.LevenshteinAtThresholds(column, [1, 2]),
        "id": lambda: cl.LevenshteinAtThresholds(column, [1, 2]),
        "address": lambda: cl.JaroWinklerAtThresholds(column, [0.9, 0.7]),
    }
    plain = cl.ExactMatch(column).configure(term_frequency_adjustments=True)
    return made[role]() if role in made else plain


def main(path: str, model: str, target: str) -> None:
    """Train, predict and write (left row, right row, probability of at least LEAST)."""
    connection = duckdb.connect()
    connection.execute(
        "create table people as select * from read_csv(?, all_varchar = true)", [path]
    )
    filled = _filled(connection)
    parts = tutorial() if model == "tutorial" else febrl() if model == "febrl" else generic(filled)
    comparisons, rules, certain, recall, training = parts
    api = DuckDBAPI(connection=connection)
    settings = SettingsCreator(
        link_type="dedupe_only", unique_id_column_name="id", comparisons=comparisons,
        blocking_rules_to_generate_predictions=rules,
    )  # fmt: skip
    linker = Linker(api.register("people"), settings)
    linker.training.estimate_probability_two_random_records_match(certain, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    for rule in training:
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        except Exception as error:
            print(f"training session left out: {type(error).__name__}", file=sys.stderr)
    pairs = linker.inference.predict(threshold_match_probability=LEAST)
    connection.execute(
        f"copy (select cast(id_l as bigint) as l, cast(id_r as bigint) as r, match_probability as p"
        f" from {pairs.physical_name}) to '{target}' (format parquet)"
    )


def _filled(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Columns that at least a tenth of the rows have, with more than one value; a value of each."""
    names = [row[0] for row in connection.execute("describe people").fetchall() if row[0] != "id"]
    found = {}
    for name in names:
        ((share, values, sample),) = connection.execute(
            f'select count("{name}") / count(*), count(distinct "{name}"), any_value("{name}")'
            " from people"
        ).fetchall()
        if share >= 0.1 and values > 1:
            found[name] = sample
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
