"""From repeat purchases to what the models expect of each customer.

Belongs here: the order of the steps, and what is said when a fit may not be used.
Does not belong here: the models, see ``library``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lifetime.library import ORDERS, VALUES, NoFitError, Orders, Values

EXPECTED = ["probability_alive", "expected_orders", "expected_order_value"]
COLUMNS = ["period", "customer_id", "reason", *EXPECTED, *ORDERS, *VALUES]
DRAWN = 10_000
"""Customers a fit is made on at most: each n-th by their ids, which are hashes."""
CHUNK = 250_000
"""Customers predicted at a time: bounds memory, and changes no figure."""


def period(customers: pd.DataFrame) -> pd.DataFrame:
    """What is expected of the customers of one period, ordered by their ids."""
    drawn = customers.iloc[:: -(-len(customers) // DRAWN)]
    found = customers[["period", "customer_id"]].assign(
        reason=pd.Series(None, index=customers.index, dtype="object"),
        **dict.fromkeys([*EXPECTED, *ORDERS, *VALUES], np.nan),
    )
    try:
        orders, values = Orders.fit(drawn), Values.fit(drawn)
    except NoFitError:
        return found.assign(reason="no_convergence")[COLUMNS]
    days = float(customers["horizon_days"].iloc[0])
    parts = [customers.iloc[i : i + CHUNK] for i in range(0, len(customers), CHUNK)]
    alive, count, value = (
        np.concatenate(list(map(of, parts)))
        for of in (orders.alive, lambda part: orders.expected(part, days), values.expected)
    )
    sound = np.isfinite(alive) & np.isfinite(count) & np.isfinite(value)
    if not sound.any():
        return found.assign(reason="no_convergence")[COLUMNS]
    figures = dict(zip(EXPECTED, (alive, count, value), strict=True))
    return found.assign(
        reason=np.where(sound, None, "unusual_history"),
        **{name: np.where(sound, figure, np.nan) for name, figure in figures.items()},
        **orders.parameters,
        **values.parameters,
    )[COLUMNS]


def predict(session: Any, repeat: str) -> pd.DataFrame:
    """What is expected of the customers in ``repeat``, a table of the warehouse by its full name.

    Periods with too few repeat customers (not ``is_fitted``) are left out.
    """
    customers = session.execute(
        "select period, customer_id, frequency, recency_days, age_days, horizon_days,"
        " valued_orders, cast(mean_order_value as double) as mean_order_value"
        f" from {repeat} where is_fitted"
        " order by period, customer_id"
    ).df()
    groups = [rows for _, rows in customers.groupby("period")]
    if not groups:
        text = dict.fromkeys(COLUMNS[:3], "object")
        return pd.DataFrame(columns=COLUMNS).astype(text | dict.fromkeys(COLUMNS[3:], "float64"))
    return pd.concat([period(rows) for rows in groups], ignore_index=True)
