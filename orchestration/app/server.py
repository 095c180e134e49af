"""Pages and where they are found.

Belongs here: routes, templates, what a browser is told about privacy.
Does not belong here: queries.

What somebody types comes in the body of a form, never in an address, and pages hold no script, so
nothing of a customer reaches a history, a log or another site.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import duckdb
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from orchestration.app import customer, evidence, shown, timeline
from orchestration.app.search import MOST, search
from orchestration.app.store import NothingPublishedError, Store, opened

HOSTS = ("127.0.0.1", "localhost")
_FORM_BYTES = 4096
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def build_app(warehouse: Path, hosts: Sequence[str] = HOSTS) -> Starlette:
    """The app on one published file. Other host names are refused: a site elsewhere could have its
    own name lead here.
    """
    pages = Pages(warehouse)
    return Starlette(
        routes=[
            Route("/", pages.home),
            Route("/search", pages.search, methods=["POST"]),
            Route("/search", lambda _: RedirectResponse("/", 303)),
            Route("/customer/{id}", pages.profile),
            Route("/customer/{id}/timeline", pages.timeline),
            Route("/customer/{id}/identity", pages.identity),
            Mount("/static", StaticFiles(directory=Path(__file__).with_name("static"))),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts)),
            Middleware(BaseHTTPMiddleware, dispatch=_private),
        ],
        exception_handlers={
            404: pages.nowhere,
            duckdb.Error: pages.unreadable,
            NothingPublishedError: pages.unpublished,
        },
    )


async def _private(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await answer(request)
    response.headers.update(_HEADERS)
    return response


class Pages:
    """Every page, on one file."""

    def __init__(self, warehouse: Path) -> None:
        self.warehouse = warehouse
        self.templates = Environment(
            loader=FileSystemLoader(Path(__file__).with_name("templates")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.filters |= shown.FILTERS

    def page(self, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A template filled in; everything in it is escaped."""
        text = self.templates.get_template(f"{name}.html.j2").render(typed="", **values)
        return HTMLResponse(text, status)

    def home(self, _: Request) -> Response:
        """The field to type into."""
        with opened(self.warehouse) as store:
            [known] = store.rows(
                ["marts.dim_customer"], "select count(*) as customers from marts.dim_customer"
            ) or [{"customers": 0}]
        return self.page("home", customers=known["customers"])

    async def search(self, request: Request) -> Response:
        """The customers that match; a single one is opened at once."""
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > _FORM_BYTES:
                return self.page("message", 413, title="Too long", text="Type a shorter text.")
        typed = parse_qs(body.decode("utf-8", "replace")).get("q", [""])[0]
        found = await run_in_threadpool(self._found, typed)
        if len(found) == 1:
            return RedirectResponse(f"/customer/{found[0]['customer_id']}", 303)
        return self.page("results", found=found[:MOST], more=len(found) > MOST, most=MOST)

    def _found(self, typed: str) -> list[dict[str, Any]]:
        with opened(self.warehouse) as store:
            return search(store, typed)

    def profile(self, request: Request) -> Response:
        """Golden record, figures, consents and segments."""
        id_ = request.path_params["id"]
        with opened(self.warehouse) as store:
            person = customer.person(store, id_)
            if person is None:
                return self._moved(store, id_)
            return self.page(
                "customer", id=id_, person=person, tab="profile", **customer.profile(store, id_)
            )

    def timeline(self, request: Request) -> Response:
        """Touchpoints, latest first, a page at a time."""
        id_ = request.path_params["id"]
        with opened(self.warehouse) as store:
            person = customer.person(store, id_)
            if person is None:
                return self._moved(store, id_)
            rows, older = timeline.touches(store, id_, _number(request, "before"))
            money = customer.currency(store)
        days = timeline.by_day(rows)
        return self.page(
            "timeline",
            id=id_,
            person=person,
            tab="timeline",
            days=days,
            older=older,
            currency=money,
        )

    def identity(self, request: Request) -> Response:
        """The graph, and why two of its records belong together or do not."""
        id_ = request.path_params["id"]
        left, right = _number(request, "left"), _number(request, "right")
        with opened(self.warehouse) as store:
            person = customer.person(store, id_)
            if person is None:
                return self._moved(store, id_)
            graph = evidence.read(store, id_)
            why = evidence.why(store, left, right) if left is not None and right is not None else []
        drawn = evidence.picture(graph, id_, left, right) if graph else ""
        records = (
            sorted((r[0], record, r[2]) for record, r in graph.records.items()) if graph else []
        )
        return self.page(
            "identity", id=id_, person=person, tab="identity", records=records, left=left,
            right=right, why=why, graph=Markup(drawn),  # noqa: S704 - draw() escapes what it writes
        )  # fmt: skip

    def _moved(self, store: Store, id_: str) -> Response:
        now = customer.successors(store, id_)
        if len(now) == 1:
            return RedirectResponse(f"/customer/{now[0]}", 303)
        return self.page("gone", 404, now=now)

    def nowhere(self, _: Request, __: Exception) -> Response:
        """There is no such page."""
        return self.page("message", 404, title="There is no such page", text="")

    def unpublished(self, _: Request, __: Exception) -> Response:
        """No run has published yet."""
        text = "There is no published warehouse yet. Run: make run"
        return self.page("message", 503, title="Nothing to look at", text=text)

    def unreadable(self, request: Request, error: Exception) -> Response:
        """The file cannot answer. Only the kind of error is told: its text may be personal."""
        route = request.scope.get("route")
        print(f"{type(error).__name__} on {getattr(route, 'path', '?')}", file=sys.stderr)
        text = "The published file may be of another version. Run: make run"
        return self.page("message", 500, title="The warehouse cannot answer this", text=text)


def _number(request: Request, name: str) -> int | None:
    text = request.query_params.get(name, "")
    try:
        number = int(text)
    except ValueError:
        return None
    return number if abs(number) < 2**63 else None
