"""The two models of pymc-marketing, fitted by maximum likelihood.

Belongs here: everything that speaks pymc-marketing. Does not belong here: whether to fit, and on
whom.

PyTensor evaluates the likelihoods with NumPy: no C compiler is needed, and starting takes a second
where compiling takes thirty. Importing takes seconds, so it happens only when something is fitted.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

ORDERS = ("r", "alpha", "a", "b")
VALUES = ("p", "q", "v")
WEEK = 7.0  # days; parameters near one are found faster
EXTREME = 1e9
"""A parameter beyond this, or below its inverse, has run away. Large ones alone are no fault: where
all customers leave alike, `a` and `b` grow together and only their ratio tells."""


class NoFitError(RuntimeError):
    """The likelihood has no maximum that could be used."""


@contextmanager
def _without_compiler() -> Iterator[None]:
    # Read once, when the library is imported; its caches stay in the home of this run. They are not
    # taken back: another thread may be copying the environment, and would miss what goes.
    home = Path(os.environ.get("KOKYAKU_HOME", ".kokyaku")) / "tmp"
    flags = f"cxx=,linker=py,mode=FAST_COMPILE,base_compiledir={home / 'pytensor'}"
    os.environ.setdefault("PYTENSOR_FLAGS", flags)
    os.environ.setdefault("MPLCONFIGDIR", str(home / "matplotlib"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _fitted(model: Any, data: pd.DataFrame, names: Sequence[str]) -> dict[str, float]:
    try:
        model.fit(data=data, method="map", progressbar=False)
    except Exception as error:  # the library has no error of its own for this
        raise NoFitError(str(error)) from error
    found = {name: float(model.fit_result[name].to_numpy().ravel()[0]) for name in names}
    if not all(1 / EXTREME < value < EXTREME for value in found.values()):
        raise NoFitError(f"parameters ran away: {found}")
    if 1.0 in found.values():  # where the search begins
        raise NoFitError(f"parameters did not move: {found}")
    return found


@dataclass(frozen=True)
class Orders:
    """BG/NBD: how often a customer buys, and whether they still do. Times are in days."""

    model: Any
    parameters: dict[str, float]

    @classmethod
    def fit(cls, data: pd.DataFrame) -> Orders:
        """Fit on customers with their ``frequency``, ``recency_days`` and ``age_days``.

        Raises:
            NoFitError: there is no usable maximum.

        """
        with _without_compiler():
            from pymc_extras.prior import Prior  # noqa: PLC0415
            from pymc_marketing.clv import BetaGeoModel  # noqa: PLC0415

            # flat priors: the maximum of the likelihood, as the paper has it
            model = BetaGeoModel(model_config={name: Prior("HalfFlat") for name in ORDERS})
            found = _fitted(model, _weeks(data), ORDERS)
        return cls(model, {**found, "alpha": found["alpha"] * WEEK})

    def alive(self, data: pd.DataFrame) -> np.ndarray:
        """Probability that each customer still buys."""
        return _flat(self.model.expected_probability_alive(data=_weeks(data)))

    def expected(self, data: pd.DataFrame, days: float) -> np.ndarray:
        """Orders expected of each customer in the next ``days``; nan where numbers give out.

        Nobody buys more than at their rate without ever leaving; what exceeds it is no figure.
        """
        with np.errstate(all="ignore"):
            found = _flat(self.model.expected_purchases(data=_weeks(data), future_t=days / WEEK))
            rate = (self.parameters["r"] + data["frequency"]) / (
                self.parameters["alpha"] + data["age_days"]
            )
            most = rate.to_numpy(float) * days * (1 + 1e-6)
            return np.where((found >= 0) & (found <= most), found, np.nan)


@dataclass(frozen=True)
class Values:
    """Gamma-Gamma: what an order of a customer is worth. ``unit`` is the mean that scales them."""

    model: Any
    parameters: dict[str, float]
    unit: float

    @classmethod
    def fit(cls, data: pd.DataFrame) -> Values:
        """Fit on customers with ``valued_orders`` and their ``mean_order_value``.

        Raises:
            NoFitError: there is no usable maximum, or the mean of values would be infinite.

        """
        data = data[(data["valued_orders"] > 0) & (data["mean_order_value"] > 0)]
        if data.empty:
            raise NoFitError("no order that was repeated has a value")
        unit = float(data["mean_order_value"].mean())
        with _without_compiler():
            from pymc_marketing.clv import GammaGammaModel  # noqa: PLC0415

            model = GammaGammaModel()  # its priors are flat
            found = _fitted(model, _valued(data, unit), VALUES)
        if found["q"] <= 1:
            raise NoFitError(f"values have no mean: {found}")
        return cls(model, {**found, "v": found["v"] * unit}, unit)

    def expected(self, data: pd.DataFrame) -> np.ndarray:
        """Value expected of an order of each customer; the mean of all where none is known."""
        return _flat(self.model.expected_customer_spend(data=_valued(data, self.unit))) * self.unit


def _weeks(data: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer_id": np.arange(len(data)),
            "frequency": data["frequency"].to_numpy(float),
            "recency": data["recency_days"].to_numpy(float) / WEEK,
            "T": data["age_days"].to_numpy(float) / WEEK,
        }
    )


def _valued(data: pd.DataFrame, unit: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer_id": np.arange(len(data)),
            "frequency": data["valued_orders"].to_numpy(float),
            "monetary_value": data["mean_order_value"].fillna(0).to_numpy(float) / unit,
        }
    )


def _flat(found: Any) -> np.ndarray:
    return np.asarray(found.to_numpy(), dtype=float).reshape(-1)
