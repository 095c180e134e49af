"""Every form in which a value may lie in a file: spellings, encodings, the hashes that vendors
take.

Belongs here: values to byte patterns. Does not belong here: looking for them (``search``,
``scan``).

Patterns live in memory only, and all in lower case: the search lowers what it reads, so that one
pattern stands for every mixture of cases.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

import phonenumbers

SHORTEST = 6
"""Bytes; shorter patterns stand in other files by chance."""
JOINED = "joined name"
"""A name without its space. The file of a DuckDB database packs words without anything between, and
one person's family name may stand before another's given name: there it counts in texts only."""
CODECS = ("utf-8", "cp932", "euc-jp", "utf-16-le", "utf-16-be")
HASHED = ("email", "phone")
"""Types whose hashes advertising platforms take: docs/decisions of activation."""


@dataclass(frozen=True)
class Value:
    """One value of a person: an identifier's type, or name, street, customer, row."""

    kind: str
    text: str


def patterns(values: Iterable[Value]) -> dict[bytes, str]:
    """Lower-cased byte patterns with the kind of their value."""
    found: dict[bytes, str] = {}
    for value in values:
        for spelled in sorted(spellings(value)):
            for pattern in _encoded(spelled):
                _add(found, pattern, value.kind)
        if value.kind == "name" and not value.text.isascii():
            for pattern in _encoded(value.text.replace(" ", "")):
                _add(found, pattern, JOINED)
        if value.kind in HASHED:
            for pattern in _hashes(value):
                _add(found, pattern, value.kind)
    return found


def _add(found: dict[bytes, str], pattern: bytes, kind: str) -> None:
    if len(pattern) >= SHORTEST:
        found.setdefault(pattern.lower(), kind)


def spellings(value: Value) -> set[str]:
    """Texts that mean the value."""
    found = {value.text}
    if value.kind == "phone":
        found |= _telephone(value.text)
    if value.kind == "name" and " " in value.text:
        found |= {value.text.replace(" ", "\u3000")}
    return found


def _telephone(number: str) -> set[str]:
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return set()
    kinds = phonenumbers.PhoneNumberFormat
    national = phonenumbers.format_number(parsed, kinds.NATIONAL)
    found = {
        national,
        phonenumbers.format_number(parsed, kinds.INTERNATIONAL),
        number.removeprefix("+"),
        "".join(filter(str.isdigit, national)),
    }
    return (
        found
        | {text.replace(" ", "-") for text in found}
        | {text.replace("-", " ") for text in found}
    )


def _encoded(text: str) -> set[bytes]:
    raw = text.encode()
    found = {raw}
    for codec in CODECS:
        try:
            found.add(text.encode(codec))
        except UnicodeEncodeError:
            continue
    escaped = json.dumps(text)[1:-1]
    found |= {escaped.encode(), escaped.replace("\\", "\\\\").encode()}
    found |= {quote(text, safe="").encode(), quote(text, safe="@").encode()}
    found |= {quote(text, safe="").replace("%", "%25").encode(), raw.hex().encode()}
    return found | _base64(raw)


def _base64(raw: bytes) -> set[bytes]:
    """The characters that do not depend on what stands before and after, for each alignment."""
    found = set()
    for shift in range(3):
        usable = len(raw) - (-shift % 3)
        piece = raw[-shift % 3 :][: usable - usable % 3]
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            if len(piece) >= SHORTEST:
                found.add(encode(piece))
    return found


def _hashes(value: Value) -> set[bytes]:
    """MD5, SHA-1 and SHA-256 as text, of the spellings platforms ask for."""
    texts = {value.text.lower(), value.text.lower().removeprefix("+")}
    if value.kind == "email" and value.text.lower().endswith(("@gmail.com", "@googlemail.com")):
        local, _, domain = value.text.lower().partition("@")
        texts.add(f"{local.partition('+')[0].replace('.', '')}@{domain}")
    found: set[bytes] = set()
    for text in texts:
        for name in ("md5", "sha1", "sha256"):
            digest = hashlib.new(name, text.encode(), usedforsecurity=False).digest()
            found |= {digest, digest.hex().encode(), base64.b64encode(digest).rstrip(b"=")}
    return found
