"""A label is visible in the row it names, and what is visible is labelled."""

import re
from collections import defaultdict

import pytest

from seeds.defects import IMPOSSIBLE_BIRTH_DATES, PLACEHOLDER_PHONES
from tests.seeds.conftest import LANDING, lines, read_rows, truth

_IMPOSSIBLE = "|".join(
    date.replace("-", "[-/年]0?").replace("0?0", "0?") for date in IMPOSSIBLE_BIRTH_DATES
)
SIGNS = {
    "full_width_email": "＠",
    "full_width_digits": "[０-９]{4}",
    "half_width_kana": "[ｦ-ﾟ]",
    "placeholder_phone": "|".join(rf"(^|\t|\"){p}(\t|\"|$)" for p in PLACEHOLDER_PHONES),
    "impossible_birth_date": _IMPOSSIBLE,
    "impossible_order_date": "13-45",
    "whitespace": r"(^|\t|\")[ \u3000]|[ \u3000](\t|\"|$)",
    "float_id": r'"user_pseudo_id":"[0-9.]+E',
    "float_timestamp": r'"event_timestamp":"[0-9.]+E',
    "script_referrer": '"javascript:',
    "terminated_early": "^terminated early$",
    "amount_with_sign": r'"\$[0-9]',
    "impossible_call_time": "02-30",
    "float_post_id": r'id": *"?[0-9][.][0-9]+[eE][+]?[0-9]{2}[,"]',
    "placeholder_id": '"00000000-0000-0000-0000-000000000000"',
    "negative_duration": '"duration_(seconds|ms)":"?-',
    "unknown_activity": "(^|\t)forwarded(\t|$)",
    "withheld_number": '(^|\\t|")([+]?266696687|anonymous)(\\t|"|$)',
    "mixed_case_email": r"[A-Z][^\t\"]*@|@[^\t\"]*[A-Z]",
}
# Street lines are written in full width as a matter of taste, not as a defect.
_ADDRESS_COLUMNS = re.compile(
    "street|address_?[12]|address_line|subject|comment|description", re.IGNORECASE
)
_REFUSED = '"analytics_storage":"No"'  # a refused visit is labelled once, and only as that
# Also a trait of other, honest cells.
_LABEL_ONLY = {"whitespace", "mixed_case_email", "withheld_number"}


def _visible() -> dict[tuple[str, int], str]:
    """Tab-separated text of every intact record of CSV extracts and of every event line."""
    found = {}
    for path in LANDING.rglob("*.*"):
        name = path.relative_to(LANDING).as_posix()
        if "ndjson" in name:
            for number, line in enumerate(lines(path), 1):
                found[name, number] = line
        elif "csv" in name:
            header, *rows = read_rows(path)
            for number, row in enumerate(rows, 1):
                if len(row) == len(header):
                    found[name, number] = "\t".join(
                        cell
                        for column, cell in zip(header, row, strict=True)
                        if not _ADDRESS_COLUMNS.search(column)
                    )
    return found


@pytest.fixture(scope="module")
def visible() -> dict[tuple[str, int], str]:
    return _visible()


@pytest.mark.parametrize("kind", SIGNS)
def test_label_and_sign_agree(kind: str, visible: dict[tuple[str, int], str]) -> None:
    labelled = defaultdict(list)
    for row in truth("defect.csv"):
        if row["kind"] == kind and (row["file"], int(row["row_number"] or 0)) in visible:
            labelled[row["file"], int(row["row_number"])].append(row)
    sign = re.compile(SIGNS[kind])
    missing = [place for place in labelled if not sign.search(visible[place])]
    assert missing == [], "labelled, but nothing to see"
    if kind not in _LABEL_ONLY:
        copies = {row["file"] for row in truth("file.csv") if row["same_as"]}
        others = {(row["file"], int(row["row_number"])) for row in truth("defect.csv")
                  if row["kind"] == "test_account"}  # fmt: skip
        silent = [
            place
            for place, text in visible.items()
            if place[0] not in copies
            and place not in labelled
            and place not in others
            and _REFUSED not in text
            and sign.search(text)
        ]
        assert silent == [], "to be seen, but not labelled"
