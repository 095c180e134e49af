"""Keyed digests of what was erased: enough to know it again, nothing to read it from.

Belongs here: the digest in SQL and in Python. Does not belong here: where digests are kept (store).

A digest is the first half of HMAC-SHA256 under the home's key over kind and value, as hex: whoever
has the file of tombstones without the key can neither read nor try out values.
"""

from __future__ import annotations

import hashlib
import hmac

import duckdb

from orchestration.ingestion import secret

SEPARATOR = chr(31)
LENGTH = 32
"""Hex digits kept: 128 bits, so that no two values of a large company meet by chance."""

MACROS = f"""
create or replace temp macro keyed(text) as left(sha256(
    getvariable('privacy_outer') || unhex(sha256(getvariable('privacy_inner') || encode(text)))
), {LENGTH});
create or replace temp macro record_digest(kind, system, stream, record_key) as
    case when record_key is not null
        then keyed(concat_ws(chr(31), kind, system, stream, record_key)) end;
create or replace temp macro identifier_digest(kind, value) as
    case when value is not null then keyed(concat_ws(chr(31), 'identifier', kind, value)) end;
create or replace temp macro token_digest(value) as
    keyed(concat_ws(chr(31), 'token', lower(value)));
"""


def prepare(connection: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """Make the digests callable on a connection; the key stays in its memory."""
    pads = secret.parameters(key)
    connection.execute("set variable privacy_inner = $ipad", {"ipad": pads["ipad"]})
    connection.execute("set variable privacy_outer = $opad", {"opad": pads["opad"]})
    connection.execute(MACROS)


def digest(key: bytes, *parts: str) -> str:
    """The digest of kind and parts, as the macros give it."""
    text = SEPARATOR.join(parts).encode()
    return hmac.new(key, text, hashlib.sha256).hexdigest()[:LENGTH]


def token(key: bytes, value: str) -> str:
    """The digest of a value as it may stand in a text."""
    return digest(key, "token", value.lower())
