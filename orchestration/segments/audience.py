"""One segment on its way to one destination.

Belongs here: names, and which purposes of consent a destination may serve.
Does not belong here: the shape of a destination's file (``activation``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Purpose = Literal["analytics", "personalisation", "email", "sms", "phone", "ads", "sale"]
"""Purposes of consent; customer_360 has a column ``consent_<purpose>`` for each."""

Destination = Literal["google_customer_match", "meta_custom_audience", "mailing_list", "webhook"]
Format = Literal["csv", "parquet", "ndjson"]

SERVES: dict[str, frozenset[str]] = {
    "google_customer_match": frozenset({"ads"}),
    "meta_custom_audience": frozenset({"ads"}),
    "mailing_list": frozenset({"email", "sms", "phone"}),
    "webhook": frozenset(get_args(Purpose)),
}
"""Destination -> purposes. Who agreed to a newsletter did not agree to an ad platform."""


@dataclass(frozen=True)
class Audience:
    """``name`` is ``<segment>__<destination>``: folder, asset and campaign are called so."""

    segment: str
    destination: Destination
    purpose: Purpose
    format: Format

    @property
    def name(self) -> str:
        """What the audience is called everywhere."""
        return f"{self.segment}__{self.destination}"
