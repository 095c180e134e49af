"""Which channel brought a visit: the default channel group of GA4, and where it differs."""

from __future__ import annotations

import pytest

SHOP = "https://www.shop.example/tea?size=l"
COLUMNS = ("utm_source", "utm_medium", "utm_campaign", "referrer", "url")
CASES = [
    # source, medium, campaign, referrer, url
    ((None, None, None, None, None), "direct"),
    (("(direct)", "(none)", None, None, SHOP), "direct"),
    (("", " ", None, "https://shop.example/cart", SHOP), "direct"),
    (("google", "cpc", "brand", None, SHOP), "paid_search"),
    (("search.yahoo.co.jp", "PPC", None, None, None), "paid_search"),
    ((None, None, None, "https://www.google.com/", SHOP + "&gclid=Cj0K"), "paid_search"),
    ((None, None, None, "https://www.google.co.jp/", SHOP), "organic_search"),
    ((None, None, None, "https://search.yahoo.co.jp/search?p=a", SHOP), "organic_search"),
    (("google.com", "organic", None, None, None), "organic_search"),
    (("google", "cpc", "summer-shopping", None, None), "paid_shopping"),
    (("google", "cpc", "eshop", None, None), "paid_shopping"),
    (("google", "cpc", "workshop", None, None), "paid_search"),
    (("rakuten.co.jp", "referral", None, None, None), "organic_shopping"),
    (("instagram", "paid_social", None, None, None), "paid_social"),
    (("facebook", "paid_social", None, "https://l.facebook.com/l.php", SHOP), "paid_social"),
    ((None, None, None, "https://t.co/abc", SHOP), "organic_social"),
    ((None, None, None, "https://x.com/", SHOP), "organic_social"),
    (("blog", "social", None, None, None), "organic_social"),
    (("youtube", "cpv", None, None, None), "paid_video"),
    ((None, None, None, "https://youtu.be/x", SHOP), "organic_video"),
    (("partner", "cpm", None, None, None), "display"),
    (("google", "cpm", None, None, None), "paid_search"),
    (("partner", "banner", None, None, None), "display"),
    (("partner", "cpa", None, None, None), "paid_other"),
    (("newsletter", "email", None, "https://mail.google.com/", SHOP), "email"),
    (("e-mail", None, None, None, None), "email"),
    (("line", "message", None, None, None), "message"),
    (("sms", None, None, None, None), "message"),
    (("line", None, None, None, None), "organic_social"),
    (("affiliate", "referral", None, None, None), "affiliates"),
    (("a8", "affiliate", None, None, None), "affiliates"),
    (("kurashi.example", "referral", None, None, None), "referral"),
    ((None, None, None, "https://x.kurashi.example/", SHOP), "referral"),
    ((None, None, None, "https://www.kurashi.example/", None), "referral"),
    ((None, None, None, "android-app://com.google.android.gm/", SHOP), "referral"),
    ((None, None, None, "https://mail.google.com/", SHOP), "referral"),
    (("spotify", "audio", None, None, None), "audio"),
    (("app", "web_push", None, None, None), "mobile_push"),
    (("firebase", None, None, None, None), "mobile_push"),
    (("flyer", None, None, None, None), "unassigned"),
    (("flyer", "qr", None, None, None), "unassigned"),
]


@pytest.mark.parametrize(("given", "group"), CASES)
def test_channel_group(connection, render_macro, given, group):
    call = ", ".join(f"'{column}'" for column in COLUMNS)
    row = ", ".join(f"?::varchar as {column}" for column in COLUMNS)
    sql = f"select {render_macro(f'channel_group({call})')} from (select {row})"
    assert connection.execute(sql, list(given)).fetchall() == [(group,)]


def test_what_a_table_does_not_have_may_be_left_out(connection, render_macro):
    sql = render_macro("channel_group(\"'google'\", \"'cpc'\")")
    assert connection.execute(f"select {sql}").fetchall() == [("paid_search",)]
