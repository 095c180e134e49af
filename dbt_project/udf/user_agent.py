"""user_agent_facts(text) for SQL: browser, system, kind of device, and whether it is a program.

Here belong the function, its registration and the words this project uses for the library's
families. Not here: which requests reach it and what becomes of programs (the staging models).

Browsers, systems and devices come from ua-parser and its published list of patterns. That list
knows search engines and monitors, but takes HTTP libraries and headless browsers for ordinary
browsers, so these are told by the names below.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dbt.adapters.duckdb.plugins import BasePlugin

from udf.registration import register_function

if TYPE_CHECKING:
    import duckdb

NAME = "user_agent_facts"
FACTS = "STRUCT(browser_name VARCHAR, os_name VARCHAR, device_type VARCHAR, is_bot BOOLEAN)"
LONGEST = 1_000  # characters looked at; no browser's text comes near, and an attacker pays nothing

Facts = tuple[str | None, str | None, str, bool]

# Programs: what calls itself one, headless browsers, HTTP libraries, monitors. `cubot` is a phone.
# Not here: okhttp, CFNetwork, Dalvik and Dart, the libraries inside the apps that people use.
_PROGRAM = re.compile(
    r"(?<!cu)bot\b|bot[-_/;]|crawl|spider|slurp|scrap|headless|phantomjs|puppeteer|playwright"
    r"|selenium|cypress|lighthouse|pagespeed|gtmetrix|preview|facebookexternalhit|feedfetcher"
    r"|monitor|uptime|pingdom|healthcheck|health check|synthetics|statuscake|site24x7|newrelic"
    r"|nagios|zabbix|prometheus|blackbox|validator|archiver|^curl|^wget|^httpie|^postman"
    r"|^insomnia|^python|python-(requests|urllib|httpx)|aiohttp|^java/|^jakarta|apache-httpclient"
    r"|^go-http-client|^axios|^node|^undici|^got |^ruby|^faraday|^perl|libwww|lwp::|^php|guzzle"
    r"|^rust|reqwest|^hyper|^dotnet|restsharp|^powershell|winhttp|scanner|nmap|nikto|sqlmap"
    r"|zgrab|^amazon cloudfront|^elb-|^google-|^mozilla/5\.0$",
    re.IGNORECASE,
)
# In this order: a television's browser also says Mobile, and so does a tablet's.
_KINDS = {
    "other": re.compile(r"playstation|xbox|nintendo", re.IGNORECASE),
    "tv": re.compile(
        r"smart-?tv|smarthub|hbbtv|apple ?tv|google ?tv|android ?tv|bravia|web0s|webos|netcast"
        r"|\baft[a-z0-9]+\b|roku|crkey|viera|aquos|\btv\b", re.IGNORECASE
    ),
    "tablet": re.compile(r"ipad|tablet|kindle|silk/|playbook|\bkf[a-z]{2,4}wi\b", re.IGNORECASE),
    "mobile": re.compile(
        r"mobile|iphone|ipod|windows phone|opera mini|blackberry|docomo|kddi|softbank|symbian",
        re.IGNORECASE,
    ),
}  # fmt: skip
_DESKTOPS = ("Windows", "macOS", "Linux", "Ubuntu", "Fedora", "Debian", "Chrome OS", "FreeBSD")
_SYSTEMS = {"Mac OS X": "macOS", "Web0S": "webOS"}


@lru_cache(maxsize=100_000)  # about 40 MB; a busy site sees some ten thousand a month
def facts_of(text: str) -> Facts:
    """Browser, system, device type (desktop, mobile, tablet, tv, bot, other) and is_bot.

    A tablet that asks for desktop pages (iPadOS does) says it is a Mac, and counts as one.
    """
    from ua_parser import parse  # noqa: PLC0415 -- 0.2 s; runs without a user agent never get here

    text = text[:LONGEST]
    found = parse(text)
    browser = found.user_agent.family if found.user_agent else None
    system = found.os.family if found.os else None
    system = _SYSTEMS.get(system, system) if system else None
    device = found.device
    is_bot = bool(device and device.family == "Spider") or bool(_PROGRAM.search(text))
    if browser:
        # The device says mobile; a browser has one name on all of them.
        browser = re.sub(r" (Mobile|iOS)\b|\bMobile |( UI/WKWebView)", "", browser).strip()
    if is_bot:
        return browser, system, "bot", True
    brand = (device.brand or "") if device else ""
    return browser, system, _device_type(text, system or "", brand), False


def _device_type(text: str, system: str, brand: str) -> str:
    for kind, pattern in _KINDS.items():
        if pattern.search(text):
            return kind
    if brand == "Generic_Android_Tablet":
        return "tablet"
    if system == "Android":  # a browser on a telephone says Mobile
        return "tablet" if text.startswith("Mozilla/") else "mobile"
    return "desktop" if system.startswith(_DESKTOPS) else "other"


def user_agent_facts(texts: Any) -> Any:
    """Vector form of `facts_of`: an Arrow string column in, an Arrow struct column out.

    Every distinct text of a vector is looked at once. Nulls and empty texts say nothing and give
    null. Untyped because DuckDB evaluates the annotations, and Arrow loads late.
    """
    import pyarrow as pa  # noqa: PLC0415 -- as above

    whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    coded = whole.dictionary_encode()
    names = ("browser_name", "os_name", "device_type", "is_bot")
    values = [
        dict(zip(names, facts_of(text), strict=True)) if text.strip() else None
        for text in coded.dictionary.to_pylist()
    ]
    kinds = [*((name, pa.string()) for name in names[:3]), (names[3], pa.bool_())]
    return pa.array(values, type=pa.struct(kinds)).take(coded.indices)


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the function known to a connection and all its cursors."""
    register_function(connection, NAME, user_agent_facts, ["VARCHAR"], FACTS)


class Plugin(BasePlugin):
    """What dbt-duckdb loads: `plugins: [{module: udf.user_agent}]` in the profile."""

    def configure_connection(self, conn: Any) -> None:
        """Register the function on the connection dbt opened."""
        register(conn)
