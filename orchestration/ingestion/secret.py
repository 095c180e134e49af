"""Keyed hashes of identity numbers, and of whatever names a person where it must not be read.

Belongs here: the key file and the SQL expressions that hash a value or keep its end.
Does not belong here: which columns are hashed (the declarations and the tags in dbt's yml say).
"""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

BLOCK = 64  # bytes, HMAC block size of SHA-256
SHOWN = 32
"""Hex digits of a pseudonym: half the digest, as RFC 2104 allows; two of 10**12 values meet once in
10**14 warehouses, and the files stay half as large."""
_FULL = "".join(chr(code) for code in range(0xFF01, 0xFF5F)).replace("＇", "")
_HALF = "".join(chr(code) for code in range(0x21, 0x7F)).replace("'", "")


def read_key(path: Path) -> bytes:
    """Read the home's 32-byte key, created on first use with mode 0600.

    Raises:
        ValueError: the file exists and is too short to be a key.

    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # Written whole under another name first: a killed run must not leave half a key behind.
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    key = path.read_bytes()
    if len(key) < 32:
        raise ValueError(f"{path} holds {len(key)} bytes, a key has 32; restore it from a backup")
    return key


def parameters(key: bytes) -> dict[str, bytes]:
    """Query parameters ``ipad`` and ``opad`` that ``hashed`` refers to."""
    padded = key.ljust(BLOCK, b"\0")[:BLOCK]
    return {
        "ipad": bytes(byte ^ 0x36 for byte in padded),
        "opad": bytes(byte ^ 0x5C for byte in padded),
    }


def bare(expression: str) -> str:
    """Give SQL for the letters and digits of a text, so that spelling does not matter.

    Full-width letters become plain, letters upper case, separators go; NULL and '' give NULL.
    """
    folded = f"upper(translate({expression}, '{_FULL}', '{_HALF}'))"
    return rf"nullif(regexp_replace({folded}, '[^\p{{L}}\p{{N}}]', '', 'g'), '')"


def hashed(*spelled: str) -> str:
    """Give SQL for the hex HMAC-SHA256 of the first text that has a letter or digit."""
    return f"sha256($opad || unhex(sha256($ipad || encode({_first(spelled)}))))"


def pseudonym(text: str) -> str:
    """Give SQL for what stands in for a text where only equality matters: the first ``SHOWN`` hex
    digits of its HMAC-SHA256, letter for letter as it is; NULL of NULL.
    """
    return f"left(sha256($opad || unhex(sha256($ipad || encode({text})))), {SHOWN})"


def pseudonym_of(key: bytes, text: str) -> str:
    """What ``pseudonym`` gives for a text, without a database."""
    return hmac.new(key[:BLOCK], text.encode(), "sha256").hexdigest()[:SHOWN]


def last(count: int, *spelled: str) -> str:
    """Give SQL for the last letters and digits of the text that ``hashed`` hashes.

    NULL unless at least as many stay hidden as are shown.
    """
    text = _first(spelled)
    return f"case when length({text}) >= {2 * count} then right({text}, {count}) end"


def _first(spelled: tuple[str, ...]) -> str:
    found = [bare(one) for one in spelled]
    return found[0] if len(found) == 1 else f"coalesce({', '.join(found)})"
