"""User agents from the wild: people's browsers, televisions, telephones, and programs."""

from __future__ import annotations

import pytest

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
WINDOWS, LINUX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "Mozilla/5.0 (X11; Linux x86_64"
PEOPLE = [
    (f"{WINDOWS} {WEBKIT} Chrome/141.0.0.0 Safari/537.36", "Chrome", "Windows", "desktop"),
    (f"{WINDOWS} {WEBKIT} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0", "Edge", "Windows",
     "desktop"),
    (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {APPLE} Version/26.0 Safari/605.1.15",
     "Safari", "macOS", "desktop"),
    (f"{LINUX}; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox", "Linux", "desktop"),
    (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {WEBKIT} Chrome/140.0.0.0 Safari/537.36",
     "Chrome", "Chrome OS", "desktop"),
    (f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) {APPLE} Version/26.0 "
     "Mobile/15E148 Safari/604.1", "Safari", "iOS", "mobile"),
    (f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) {APPLE} Mobile/15E148 Safari "
     "Line/14.3.1", "LINE", "iOS", "mobile"),
    (f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {APPLE} CriOS/141.0.0.0 "
     "Mobile/15E148 Safari/604.1", "Chrome", "iOS", "mobile"),
    (f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT} Chrome/141.0.0.0 Mobile Safari/537.36",
     "Chrome", "Android", "mobile"),
    (f"Mozilla/5.0 (Linux; Android 11; CUBOT X30) {WEBKIT} Chrome/120.0.0.0 Mobile Safari/537.36",
     "Chrome", "Android", "mobile"),
    (f"Mozilla/5.0 (iPad; CPU OS 16_5 like Mac OS X) {APPLE} Version/16.5 Mobile/15E148 "
     "Safari/604.1", "Safari", "iOS", "tablet"),
    (f"Mozilla/5.0 (Linux; Android 13; SM-X700) {WEBKIT} Chrome/120.0.0.0 Safari/537.36",
     "Chrome", "Android", "tablet"),
    (f"Mozilla/5.0 (Web0S; Linux/SmartTV) {WEBKIT} Chrome/79.0.3945.79 Safari/537.36 "
     "WebAppManager", "Chrome", "webOS", "tv"),
    (f"Mozilla/5.0 (Linux; Android 9; AFTMM Build/PS7233; wv) {WEBKIT} Version/4.0 "
     "Chrome/70.0.3538.110 Mobile Safari/537.36", "Chrome WebView", "Android", "tv"),
    (f"Mozilla/5.0 (PlayStation; PlayStation 5/2.26) {APPLE} Version/13.0 Safari/605.1.15",
     "Safari", None, "other"),
    ("DoCoMo/2.0 P903i(c100;TB;W24H12)", None, None, "mobile"),
    ("okhttp/4.9.3", "okhttp", None, "other"),
]  # fmt: skip
PROGRAMS = [
    "curl/8.5.0",
    "Wget/1.21.4",
    "python-requests/2.32.3",
    "Python-urllib/3.11",
    "Python/3.11 aiohttp/3.9.1",
    "Go-http-client/1.1",
    "axios/1.7.2",
    "Apache-HttpClient/4.5.13 (Java/11.0.8)",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
    "Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Slackbot 1.0 (+https://api.slack.com/robots)",
    f"Mozilla/5.0 {WEBKIT}; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    f"{LINUX}) {WEBKIT} HeadlessChrome/140.0.0.0 Safari/537.36",
    f"{LINUX}) {WEBKIT} Chrome/140.0.0.0 Safari/537.36 Chrome-Lighthouse",
    "DatadogSynthetics",
    "ELB-HealthChecker/2.0",
    "Amazon CloudFront",
    "Mozilla/5.0",
]


@pytest.mark.parametrize("case", PEOPLE, ids=[f"{c[3]}-{c[1]}-{c[2]}" for c in PEOPLE])
def test_people(normalise, case):
    text, browser, system, device = case
    assert normalise("user_agent", [text]) == [
        {"browser_name": browser, "os_name": system, "device_type": device, "is_bot": False}
    ]


@pytest.mark.parametrize("text", PROGRAMS)
def test_programs(normalise, text):
    (found,) = normalise("user_agent", [text])
    assert (found["device_type"], found["is_bot"]) == ("bot", True)


def test_nothing_said_is_nothing_known(normalise):
    assert normalise("user_agent", [None, "", "  "]) == [None, None, None]


def test_a_text_seen_twice_is_looked_at_once(connection):
    from udf import user_agent

    user_agent.facts_of.cache_clear()
    connection.execute("select count(user_agent_facts('curl/8.5.0')) from range(5000)").fetchall()
    assert user_agent.facts_of.cache_info().misses == 1


def test_a_text_of_a_megabyte_is_cut(normalise):
    (found,) = normalise("user_agent", ["curl/8.5.0 " + "(" * 1_000_000])
    assert found["is_bot"] is True


PLAIN = [
    ("Slackbot%201.0%20(+https://api.example.com)", "Slackbot 1.0 (+https://api.example.com)"),
    ("Mozilla/5.0%2520(X11;%2520Linux)", "Mozilla/5.0 (X11; Linux)"),
    ("Mozilla/5.0+(Windows+NT+10.0)", "Mozilla/5.0 (Windows NT 10.0)"),
    ("Mozilla/5.0 (X11) 100%25", "Mozilla/5.0 (X11) 100%25"),
    ("curl/8.5.0", "curl/8.5.0"),
]


def test_a_log_without_spaces_is_undone(normalise):
    assert normalise("plain_user_agent", [text for text, _ in PLAIN]) == [to for _, to in PLAIN]
