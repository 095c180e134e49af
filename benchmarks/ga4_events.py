"""GA4-like events, one a line, as a daily BigQuery export writes them.

Belongs here: the shape and size of such events, the same for a seed and a day, and their stream.
Does not belong here: people; whoever needs these to be customers takes the sample company.
"""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

from orchestration.ingestion import SystemDeclaration

TEXT = (
    *("event_date", "event_timestamp", "event_name", "user_id", "user_pseudo_id", "stream_id"),
    *("user_first_touch_timestamp", "platform", "event_bundle_sequence_id", "batch_event_index"),
)
NESTED = (
    *("event_params", "privacy_info", "user_properties", "device", "geo", "app_info", "items"),
    *("traffic_source", "collected_traffic_source", "ecommerce"),
)
SYSTEM = SystemDeclaration.model_validate(
    {
        "system": "ga4",
        "streams": [
            {
                "name": "events",
                "columns": [
                    *({"name": name} for name in TEXT),
                    *({"name": name, "type": "json"} for name in NESTED),
                ],
            }
        ],
    }
)
NAMES = (
    "page_view",
    "page_view",
    "user_engagement",
    "scroll",
    "view_item",
    "add_to_cart",
    "purchase",
)


def write_day(path: Path, day: int, events: int) -> None:
    """Write one day's file of ``events`` lines, packed."""
    rng = random.Random(f"ga4-{day}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as file:
        for number in range(events):
            file.write(json.dumps(_event(rng, day, number), separators=(",", ":")) + "\n")


def _event(rng: random.Random, day: int, number: int) -> dict[str, Any]:
    name, user = rng.choice(NAMES), rng.randrange(1, 50_000)
    seen = 1_790_000_000_000_000 + day * 86_400_000_000 + number * 100_003
    page = f"https://shop.example/{rng.choice(('p', 'c', 'help'))}/{rng.randrange(9_999)}"
    is_phone = user % 3 == 0
    items = [
        {"item_id": f"P{rng.randrange(999):03}", "item_name": "Cup", "price": 12.5, "quantity": 1}
        for _ in range(rng.randrange(1, 3) if name in ("view_item", "purchase") else 0)
    ]
    return {
        "event_date": f"202609{day + 1:02}",
        "event_timestamp": str(seen),
        "event_name": name,
        "event_params": [
            _param("page_location", string_value=page),
            _param("page_title", string_value="Cups and bowls"),
            _param("page_referrer", string_value="https://www.example.com/"),
            _param("ga_session_id", int_value=str(user * 7_919 + day)),
            _param("ga_session_number", int_value=str(1 + user % 9)),
            _param("engagement_time_msec", int_value=str(rng.randrange(90_000))),
            _param("session_engaged", string_value="1"),
        ],
        "event_bundle_sequence_id": str(number),
        "user_id": str(user) if user % 4 == 0 else None,
        "user_pseudo_id": f"{user * 20_011}.{user * 7_919_993}",
        "privacy_info": {"analytics_storage": "Yes", "ads_storage": "No"},
        "user_properties": [],
        "user_first_touch_timestamp": str(seen - user * 1_000_000),
        "device": {
            "category": "mobile" if is_phone else "desktop",
            "mobile_brand_name": "Apple" if is_phone else "<Other>",
            "operating_system": "iOS" if is_phone else "Windows",
            "language": "ja-jp",
            "web_info": {"browser": "Safari" if is_phone else "Chrome", "browser_version": "140.0"},
        },
        "geo": {"continent": "Asia", "country": "Japan", "region": "Tokyo", "city": "Shibuya"},
        "traffic_source": {"name": "(direct)", "medium": "(none)", "source": "(direct)"},
        "collected_traffic_source": {"manual_source": "news", "manual_medium": "email"},
        "stream_id": "2100450278",
        "platform": "WEB",
        "ecommerce": {"purchase_revenue": 12.5 * len(items)} if name == "purchase" else {},
        "items": items,
        "batch_event_index": number % 5,
    }


def _param(key: str, **value: str) -> dict[str, Any]:
    return {"key": key, "value": value}
