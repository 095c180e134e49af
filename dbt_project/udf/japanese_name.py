"""name_facts(text) for SQL: the readings a written name may have, and its two parts.

Belongs here: the function and its registration. Does not belong here: which texts reach it (the
model int_identity__name_word asks once for every distinct one), how a record's reading is chosen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dbt.adapters.duckdb.plugins import BasePlugin

from udf import name_dictionary as known
from udf.registration import register_function
from udf.romaji import is_romaji, reading_key

if TYPE_CHECKING:
    import duckdb

NAME = "name_facts"
_FIELDS = {
    "reading": "VARCHAR",
    "family_readings": "VARCHAR[]",
    "given_readings": "VARCHAR[]",
    "family_share": "DOUBLE",
    "family_part": "VARCHAR",
    "given_part": "VARCHAR",
    "family_part_readings": "VARCHAR[]",
    "given_part_readings": "VARCHAR[]",
}
FACTS = f"STRUCT({', '.join(f'{name} {kind}' for name, kind in _FIELDS.items())})"
LONGEST = 40  # letters of a name that are looked at
_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ々〆㐀-鿿豈-﫿𠀀-𳎯]")


def facts_of(text: str) -> dict[str, Any]:
    """Facts of one name key, by the names of _FIELDS.

    reading                         key of a name in kana or Latin letters, else None
    family_readings, given_readings the keys it may be read as in either place, likely ones first
    family_share                    how far the dictionary knows it as a family name, 0 to 1
    family_part, given_part         where it divides when it is a whole name, with their readings
    """
    text = text[:LONGEST]
    reading = reading_key(text)
    if not _JAPANESE.search(text) and not is_romaji(text):
        own = [reading] if reading else []
        return {"reading": reading, "family_readings": own, "given_readings": own}
    facts = {
        "reading": reading,
        "family_readings": known.family_readings(text),
        "given_readings": known.given_readings(text),
        "family_share": known.family_share(reading or text),
    }
    if parts := None if text.isascii() else known.divided(text):
        facts["family_part"], facts["given_part"] = parts
        facts["family_part_readings"] = known.family_readings(parts[0])
        facts["given_part_readings"] = known.given_readings(parts[1])
    return facts


def name_facts(texts: Any) -> Any:
    """Vector form of `facts_of`: an Arrow string column in, an Arrow struct column out.

    Untyped because DuckDB evaluates the annotations, and Arrow loads late.
    """
    import pyarrow as pa  # noqa: PLC0415 -- as above

    kinds = {"VARCHAR": pa.string(), "VARCHAR[]": pa.list_(pa.string()), "DOUBLE": pa.float64()}
    values = [facts_of(text) if text else None for text in texts.to_pylist()]
    return pa.array(values, type=pa.struct([(name, kinds[k]) for name, k in _FIELDS.items()]))


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the function known to a connection and all its cursors."""
    register_function(connection, NAME, name_facts, ["VARCHAR"], FACTS)


class Plugin(BasePlugin):
    """What dbt-duckdb loads: `plugins: [{module: udf.japanese_name}]` in the profile."""

    def configure_connection(self, conn: Any) -> None:
        """Register the function on the connection dbt opened."""
        register(conn)
