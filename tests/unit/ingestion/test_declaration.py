from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.ingestion import DeclarationError, load_declarations
from orchestration.ingestion.declaration import is_identity_number
from orchestration.settings import DEFS

GOOD = """
type: orchestration.components.SourceSystem
attributes:
  system: crm
  streams: [{name: person, key: [id], columns: [{name: id}]}]
"""


def write(root: Path, text: str, folder: str = "crm") -> Path:
    (root / folder).mkdir()
    (root / folder / "defs.yaml").write_text(text, encoding="utf-8")
    return root


def test_the_declared_systems_load_and_have_an_order_of_trust() -> None:
    systems = load_declarations(DEFS)
    names = [one.system for one in systems]
    assert {"salesforce", "shopify", "zendesk", "manual", "segment"} <= set(names)
    assert [one.priority for one in systems] == sorted(one.priority for one in systems)
    for one in systems:
        for stream in one.streams:
            assert stream.key, f"{one.system}.{stream.name} has no key"
            assert stream.description, f"{one.system}.{stream.name} has no description"


def test_other_components_are_not_ours(tmp_path: Path) -> None:
    write(tmp_path, "type: dagster.DefsFolderComponent\n---\n" + GOOD)
    assert [one.system for one in load_declarations(tmp_path)] == ["crm"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("{name: id}", "{name: id, hush: true}"), "streams.0.columns.0.hush"),
        (("{name: id}", "{name: Id}"), "streams.0.columns.0.name"),
        (("key: [id]", "key: [nr]"), "key names undeclared columns: nr"),
        (("{name: id}", "{name: id}, {name: nr, aliases: [ID]}"), "columns id and nr share a name"),
        (("  system: crm\n", ""), "system: Field required"),
        (("system: crm", "system: crm\n  timezone: Asia/Tokio"), "timezone: 'Asia/Tokio' is no"),
        (("system: crm", "system: crm\n  date_order: ymd"), "date_order: "),
        (("system: crm", "system: crm\n  region: japan"), "region: "),
        (("{name: id}", "{name: id, keep_last: 4}"), "keep_last goes only with hash: true"),
        (("{name: id}", "{name: id, hash: true, keep_last: 5}"), "columns.0.keep_last"),
        (
            ("{name: id}", "{name: id, hash: true, keep_last: 4}, {name: id_last_digits}"),
            "column id_last_digits is made by keep_last already",
        ),
        (("{name: id}", "{name: id}, {name: iban}"), "iban names a number of a document"),
        (("{name: id}", "{name: id}, {name: nr, aliases: [AccountNo]}"), "AccountNo names a"),
        (("{name: id}", "{name: id}, {name: nr, aliases: [マイナンバー]}"), "マイナンバー names a"),
        (("streams: [", "streams: ["), ""),
        (("type:", "\t:"), "not readable as YAML"),
    ],
)
def test_errors_name_the_file_and_the_key(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    write(tmp_path, GOOD.replace(*change))
    if not said:
        load_declarations(tmp_path)
        return
    with pytest.raises(DeclarationError) as error:
        load_declarations(tmp_path)
    assert said in str(error.value)
    assert "defs.yaml" in str(error.value)


def test_one_system_is_declared_once(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD, "crm2")
    with pytest.raises(DeclarationError, match="declared in"):
        load_declarations(tmp_path)


def test_how_a_source_writes_is_utc_and_points_unless_declared(tmp_path: Path) -> None:
    said = "system: crm\n  timezone: Asia/Tokyo\n  decimal_comma: true\n  region: JP"
    write(tmp_path, GOOD.replace("system: crm", said))
    write(tmp_path, GOOD.replace("system: crm", "system: shop"), folder="shop")
    crm, shop = load_declarations(tmp_path)
    assert (crm.timezone, crm.decimal_comma, crm.region) == ("Asia/Tokyo", True, "JP")
    assert (shop.timezone, shop.decimal_comma, shop.date_order) == ("UTC", False, None)
    assert shop.streams[0].cadence == "daily"


@pytest.mark.parametrize(
    "name", ["../crm", "/etc", "crm/../..", "..", "c:rm", "crm\\x", "~", "$HOME"]
)
def test_no_name_leads_out_of_the_landing_folder(name: str, tmp_path: Path) -> None:
    for number, change in enumerate([("system: crm", f"system: {name!r}"),
                                     ("name: person", f"name: {name!r}")]):  # fmt: skip
        root = tmp_path / str(number)
        root.mkdir()
        write(root, GOOD.replace(*change))
        with pytest.raises(DeclarationError, match="pattern"):
            load_declarations(root)


@pytest.mark.parametrize("said", ["hash: true", "hash: false"])
def test_a_number_of_an_account_says_what_becomes_of_it(said: str, tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("{name: id}", f"{{name: id}}, {{name: bank_account, {said}}}"))
    [system] = load_declarations(tmp_path)
    assert system.streams[0].hashed == (said == "hash: true")


def test_words_of_identity_numbers() -> None:
    for name in ("iban", "IBAN Code", "passportNumber", "my_number", "AccountNumber", "口座番号"):
        assert is_identity_number(name), name
    for name in (
        "account_id",
        "account_name",
        "libanon",
        "discard_number",
        "shipping_address_name",
    ):
        assert not is_identity_number(name), name
    for system in load_declarations(DEFS):
        for stream in system.streams:
            for column in stream.columns:
                named = [n for n in (column.name, *column.aliases) if is_identity_number(n)]
                assert not named or column.hash is not None, f"{stream.name}.{column.name}"
