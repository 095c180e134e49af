"""The BigQuery export of Google Analytics 4: columns, parameters, and how days are delivered.

Belongs here: the shape of a row and its defects. Not here: who does what when (ga4.py).
"""

import hashlib
import json
from dataclasses import dataclass, field
from random import Random
from typing import Any

from seeds import calendar
from seeds.defects import GA4_RATES
from seeds.parquet import ParquetFile
from seeds.records import Part

FOLDER = "ga4/events"
_DAY = "events_20261020"  # the day that was exported as Parquet
_DAY_START = calendar.END - 12 * calendar.DAY
_STREAM_ID = "2100450278"
_TEXTS = (
    "event_date event_name user_id user_pseudo_id stream_id platform".split()
)  # fmt: skip
_COUNTS = (
    "event_timestamp event_bundle_sequence_id batch_event_index user_first_touch_timestamp".split()
)  # fmt: skip


Params = dict[str, str | int | float]


@dataclass(slots=True)
class Browser:
    """A browser with its cookie. `refused`: no consent; then Google often gets no id either."""

    pseudo_id: str
    first_touch: int
    device: dict[str, object]
    geo: dict[str, object]
    refused: bool = False
    hidden: bool = False
    sessions: int = 0
    user_id: str = ""


@dataclass(slots=True)
class Hit:
    """One event of a session before it is a row."""

    name: str
    at: int
    params: Params = field(default_factory=dict)
    items: list[dict[str, object]] = field(default_factory=list)
    ecommerce: dict[str, object] = field(default_factory=dict)
    tag: dict[str, str] = field(default_factory=dict)


def _param(key: str, value: str | float) -> dict[str, object]:
    kind = {int: "int_value", float: "double_value"}.get(type(value), "string_value")
    return {"key": key, "value": {kind: str(value) if kind == "int_value" else value}}


def _row(browser: Browser, hit: Hit, index: int) -> dict[str, Any]:
    """Return the event as a row; whole numbers are texts, as JSON exports of BigQuery have them."""
    micros = hit.at * 1_000_000 + (hit.at * 7919 + index * 104_729) % 1_000_000
    day = calendar.sql(hit.at + calendar.JST)[:10].replace("-", "")
    granted = "No" if browser.refused else "Yes"
    return {
        "event_date": day,
        "event_timestamp": str(micros),
        "event_name": hit.name,
        "event_params": [_param(key, value) for key, value in hit.params.items()],
        "event_bundle_sequence_id": str(hit.at % 1_000_003),
        "batch_event_index": str(index),
        "user_id": browser.user_id or None,
        "user_pseudo_id": None if browser.hidden else browser.pseudo_id,
        "privacy_info": {
            "analytics_storage": granted,
            "ads_storage": granted,
            "uses_transient_token": "Yes" if browser.hidden else "No",
        },
        "user_properties": [],
        "user_first_touch_timestamp": None if browser.hidden else f"{browser.first_touch}000000",
        "device": browser.device,
        "geo": browser.geo,
        "collected_traffic_source": hit.tag or None,
        "stream_id": _STREAM_ID,
        "platform": "WEB",
        "ecommerce": hit.ecommerce or None,
        "items": hit.items,
    }


def event_id(row: dict[str, Any]) -> str:
    """Return the id that the content gives an event, for the truth about its owner."""
    params = sorted(
        f"{param['key']}={next(iter(param['value'].values()))}" for param in row["event_params"]
    )
    parts = [
        row["user_pseudo_id"] or "", row["event_timestamp"], row["event_name"],
        row["event_bundle_sequence_id"], row["batch_event_index"], "", chr(30).join(params),
    ]  # fmt: skip
    return "ga4-" + hashlib.md5(chr(31).join(parts).encode(), usedforsecurity=False).hexdigest()


def _schema() -> Any:
    import pyarrow as pa  # noqa: PLC0415 -- see seeds/parquet.py

    text, number = pa.string(), pa.float64()
    value = pa.struct([("string_value", text), ("int_value", pa.int64()), ("double_value", number)])
    web = pa.struct([("browser", text), ("hostname", text)])
    groups = {
        "privacy_info": ("analytics_storage", "ads_storage", "uses_transient_token"),
        "geo": ("country", "region", "city"),
        "collected_traffic_source": (
            "manual_source", "manual_medium", "manual_campaign_name", "gclid",
        ),
    }  # fmt: skip
    item = [("item_id", text), ("item_name", text), ("price", number), ("quantity", pa.int64())]
    device = [(name, text) for name in ("category", "operating_system", "language")]
    return pa.schema([
        *((name, text) for name in _TEXTS),
        *((name, pa.int64()) for name in _COUNTS),
        *((name, pa.struct([(key, text) for key in keys])) for name, keys in groups.items()),
        ("event_params", pa.list_(pa.struct([("key", text), ("value", value)]))),
        ("device", pa.struct([*device, ("web_info", web)])),
        ("ecommerce", pa.struct([("transaction_id", text), ("purchase_revenue", number)])),
        ("items", pa.list_(pa.struct(item))),
    ])  # fmt: skip


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row with whole numbers as such, as Parquet has them."""
    params = [
        {"key": one["key"], "value": {k: int(v) if k == "int_value" else v
                                      for k, v in one["value"].items()}}
        for one in row["event_params"]
    ]  # fmt: skip
    counts = {name: int(row[name]) if row[name] else None for name in _COUNTS}
    return {**row, **counts, "event_params": params}


class Export:
    """Writes rows to the delivery they belong to and labels what is wrong with some."""

    def __init__(self, part: Part) -> None:
        self._truth, self._messy = part.truth, part.options.messy
        landing = part.landing
        self._first = landing.lines(FOLDER, calendar.FIRST_DELIVERY)
        self._second = landing.lines(FOLDER, calendar.SECOND_DELIVERY)
        self._day = landing.add(ParquetFile, FOLDER, f"{_DAY}{{}}.parquet", _schema)

    def session(self, rng: Random, browser: Browser, hits: list[Hit], owner: str) -> None:
        """Write the events of a session in their order."""
        for index, hit in enumerate(hits, 1):
            row = _row(browser, hit, index)
            people = [owner] if owner else []
            kind = self._kind(rng, browser, hit)
            if kind == "float_id":
                row["user_pseudo_id"] = f"{float(browser.pseudo_id):.8E}".replace("+0", "")
            key = event_id(row)
            if kind == "float_timestamp":
                digits = row["event_timestamp"]
                row["event_timestamp"] = f"{digits[0]}.{digits[1:]}E15"
            named = "known" if browser.user_id else "anonymous"
            named = "no_consent" if browser.refused else named if owner else "stranger"
            known = "" if browser.refused else owner
            self._truth.event(key, known, named, system="ga4")
            self._write(row, hit.at, key, people, kind)

    def _kind(self, rng: Random, browser: Browser, hit: Hit) -> str:
        """Draw what is wrong with a row; a refused visit is labelled at its first hit only."""
        draw = rng.random()
        if not self._messy:
            return ""
        if browser.refused:
            return "no_consent" if hit.name == "session_start" else ""
        if str(hit.params.get("page_referrer", "")).startswith("javascript:"):
            return "script_referrer"
        for kind, rate in GA4_RATES.items():
            draw -= rate
            if draw < 0:
                return kind
        return ""

    def _write(self, row: dict[str, Any], at: int, key: str, people: list[str], kind: str) -> None:
        if _DAY_START <= at < _DAY_START + calendar.DAY and not kind.startswith("float_"):
            number = self._day.write(_typed(row))
            if kind == "duplicate_event":
                self._day.write(_typed(row))
            if kind and kind != "truncated_json":
                self._truth.defect(kind, self._day, number, key, people)
            return
        file = self._second if at >= calendar.CUT else self._first
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        number = file.write(line)
        if kind == "duplicate_event":
            number = file.write(line)
        if kind == "truncated_json":
            number = file.write(line[: len(line) * 3 // 5], 0, broken=True)
            key = ""
        if kind:
            self._truth.defect(kind, file, number, key, people)
