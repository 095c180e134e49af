"""phone_e164(text, region) for SQL: a phone number in E.164, or NULL when it cannot exist.

Here belong the function and its registration. Not here: which numbers reach it (macro `phone`
judges the common Japanese shapes in SQL) and which region a row has (the staging models).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dbt.adapters.duckdb.plugins import BasePlugin

from udf.registration import register_function

if TYPE_CHECKING:
    import duckdb

NAME = "phone_e164"


# One person's number recurs across systems; 200,000 entries are about 50 MB.
@lru_cache(maxsize=200_000)
def to_e164(text: str, region: str) -> str | None:
    """E.164 of a number written in any way, or None when no such number can be assigned.

    `region` is the ISO-2 code that a number without a country code belongs to. An extension is
    dropped: it is no part of what identifies a line.
    """
    import phonenumbers  # noqa: PLC0415 -- costs 0.2 s; most runs on small data never get here

    folded = unicodedata.normalize("NFKC", text).strip()
    folded = folded.split("内線")[0].removeprefix("tel:")
    try:
        number = phonenumbers.parse(folded, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def phone_e164(texts: Any, regions: Any) -> Any:
    """Vector form of `to_e164`: two Arrow string columns of equal length in, one out.

    Nulls stay null. Untyped because DuckDB evaluates the annotations, and Arrow loads late.
    """
    import pyarrow as pa  # noqa: PLC0415 -- as above

    pairs = zip(texts.to_pylist(), regions.to_pylist(), strict=True)
    values = [to_e164(text, region or "ZZ") if text else None for text, region in pairs]
    return pa.array(values, type=pa.string())


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the function known to a connection and all its cursors."""
    register_function(connection, NAME, phone_e164, ["VARCHAR", "VARCHAR"], "VARCHAR")


class Plugin(BasePlugin):
    """What dbt-duckdb loads: `plugins: [{module: udf.phone}]` in the profile."""

    def configure_connection(self, conn: Any) -> None:
        """Register the function on the connection dbt opened."""
        register(conn)
