"""What the values of a column look like: whose they could be.

Belongs here: patterns of personal values and how many of a column's values match them.
Does not belong here: which columns may (the tags), which may not (the tests).

Patterns
  email      something@host.tld
  phone      with a country (+81…), Japanese mobile and land lines, spelled as people do
  ip         IPv4 address, IPv6 address
  card       13 to 19 digits, grouped or not, that pass Luhn's check and begin as cards do
  iban       two letters, two digits, 11 to 30 signs, mod 97 = 1
  my_number  twelve digits with the check digit of the Japanese Individual Number
  address    Japanese: prefecture, municipality, a house's number; Western: a house's number and a
             word for a street
  name       a whole name of somebody in the sample's truth, in kanji, kana or Latin letters, alone
             or within a text
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

import duckdb

_APART = r"(?<![0-9A-Za-z.+-]){}(?![0-9A-Za-z-]|[.][0-9])"
_SHAPES = {
    "email": re.compile(r"[\w.%+'-]+@[\w-]+(?:\.[\w-]+)+"),
    "phone": re.compile(
        _APART.format(
            r"(?:\+[1-9](?:[ ()-]?[0-9]){7,14}|\(?0[5789]0\)?[ -]?[0-9]{4}[ -]?[0-9]{4}"
            r"|0[0-9]-[0-9]{4}-[0-9]{4}|0[0-9]{2}-[0-9]{3}-[0-9]{4}"
            r"|0[0-9]{3}-[0-9]{2}-[0-9]{4}|0[0-9]{4}-[0-9]-[0-9]{4})"
        )
    ),
    "ip": re.compile(
        r"(?<![0-9.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![0-9.])"
        r"|(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{1,4}:){3,7}:?[0-9A-Fa-f]{1,4}(?![0-9A-Fa-f:])"
    ),
    "card": re.compile(_APART.format(r"[3-6](?:[ -]?[0-9]){12,18}")),
    "iban": re.compile(_APART.format(r"[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]){11,30}")),
    "my_number": re.compile(_APART.format(r"[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}")),
    "address": re.compile(
        r"(?:都|道|府|県)[^\s0-9]{1,12}(?:市|区|町|村|郡)[^\n]{0,20}?[0-9０-９一二三四五六七八九十]+(?:丁目|番|[-−ー－])"
        r"|^[0-9]{1,5} [A-Z][\w .]{2,30} (?:St|Street|Ave|Avenue|Rd|Road|Blvd|Lane|Ln|Drive|Dr)\b"
    ),
}
_USER_AGENT = re.compile(r"(?:Chrome|Safari|Firefox|Edg|OPR|Version)/[0-9.]+")


class Looks:
    """The patterns, with the names of some people."""

    def __init__(self, people: Iterable[Mapping[str, str]]) -> None:
        self.names = set()
        for one in people:
            for kind in ("", "_kana"):
                family, given = one[f"family_name{kind}"], one[f"given_name{kind}"]
                if family and given:
                    self.names |= {f"{family} {given}", f"{given} {family}", family + given}
        self.names = {name for name in self.names if len(name) >= 4}
        self._name = re.compile("|".join(map(re.escape, sorted(self.names))))

    def of(self, text: str) -> set[str]:
        """The kinds of value a text is or holds."""
        shown = _USER_AGENT.sub("", text)  # versions of browsers look like addresses of machines
        found = {
            kind
            for kind, shape in _SHAPES.items()
            if any(_CHECKS.get(kind, bool)(hit[0]) for hit in shape.finditer(shown))
        }
        return found | ({"name"} if self._named(text) else set())

    def _named(self, text: str) -> bool:
        return text in self.names or (len(text) > 4 and self._name.search(text) is not None)


def shares(
    looks: Looks,
    connection: duckdb.DuckDBPyConnection,
    schemas: Sequence[str],
    known: Container[str] = (),
    most: int = 200,
) -> dict[str, tuple[int, Counter[str]]]:
    """Of every column that can hold text and is not ``known``, by ``schema.table.column``: how many
    distinct values were looked at (at most ``most``, the same every time), and how many are of
    which kind.
    """
    columns = connection.execute(
        "select schema_name, table_name, column_name from duckdb_columns() where not internal"
        " and list_contains(?, schema_name) and regexp_matches(data_type, 'VARCHAR|JSON|VARIANT')"
        " order by all",
        [list(schemas)],
    ).fetchall()
    found = {}
    for schema, table, column in columns:
        if f"{schema}.{table}.{column}" in known:
            continue
        text = f'"{column}"::varchar'
        rows = connection.execute(
            f'select distinct {text} as text from "{schema}"."{table}" where {text} is not null'
            " order by hash(text) limit ?",
            [most],
        ).fetchall()
        kinds: Counter[str] = Counter()
        for (value,) in rows:
            kinds.update(looks.of(value[:5_000]))
        found[f"{schema}.{table}.{column}"] = (len(rows), kinds)
    return found


def _luhn(text: str) -> bool:
    digits = [int(sign) for sign in reversed(text) if sign.isdigit()]
    doubled = sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return len(set(digits)) > 1 and (sum(digits[::2]) + doubled) % 10 == 0


def _mod_97(text: str) -> bool:
    bare = text.replace(" ", "")
    moved = bare[4:] + bare[:4]
    return int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1


def _individual_number(text: str) -> bool:
    digits = [int(sign) for sign in text if sign.isdigit()]
    weighed = sum(d * (n + 1 if n <= 6 else n - 5) for n, d in enumerate(digits[10::-1], 1))
    rest = weighed % 11
    return len(set(digits)) > 1 and digits[11] == (0 if rest <= 1 else 11 - rest)


_CHECKS: Mapping[str, Any] = {"card": _luhn, "iban": _mod_97, "my_number": _individual_number}
