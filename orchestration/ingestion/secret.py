"""Keyed hashes of identity numbers.

Belongs here: the key file and the SQL expressions that hash a value or keep its end.
Does not belong here: which columns are hashed (the declarations say).
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

BLOCK = 64  # bytes, HMAC block size of SHA-256
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


def last(count: int, *spelled: str) -> str:
    """Give SQL for the last letters and digits of the text that ``hashed`` hashes.

    NULL unless at least as many stay hidden as are shown.
    """
    text = _first(spelled)
    return f"case when length({text}) >= {2 * count} then right({text}, {count}) end"


def _first(spelled: tuple[str, ...]) -> str:
    found = [bare(one) for one in spelled]
    return found[0] if len(found) == 1 else f"coalesce({', '.join(found)})"
