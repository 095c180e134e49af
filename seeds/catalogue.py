"""What the company sells and how it advertises: products, prices by currency, campaigns.

Belongs here: the fixed lists. Not here: who buys.
"""

from typing import NamedTuple

# category|handle|Japanese title|English title|price in yen
_PRODUCTS = """
Tea|sencha-uji|宇治煎茶 100g|Uji Sencha 100g|1620
Tea|hojicha-kaga|加賀棒ほうじ茶|Kaga Hojicha Twig Tea|1296
Tea|matcha-ceremonial|抹茶 初昔 30g|Ceremonial Matcha 30g|3240
Tea|genmaicha-teabag|玄米茶ティーバッグ|Genmaicha Tea Bags|864
Tea|wakocha-ureshino|嬉野和紅茶|Ureshino Black Tea|1404
Tea|tea-gift-three|お茶詰合せ 3種|Tea Gift Box of Three|4320
Tableware|chawan-kohiki|粉引 飯碗|Kohiki Rice Bowl|2750
Tableware|yunomi-tokoname|常滑 湯呑|Tokoname Tea Cup|1980
Tableware|kyusu-black|黒泥 急須|Black Clay Teapot|7150
Tableware|chopsticks-pair|夫婦箸セット|Chopsticks for Two|3300
Tableware|plate-arita-18|有田焼 取皿 18cm|Arita Plate 18cm|2200
Tableware|sake-set-kiriko|江戸切子 酒器|Edo Kiriko Sake Set|16500
Tableware|lacquer-soup-bowl|漆器 汁椀|Lacquer Soup Bowl|4180
Towels|imabari-face|今治フェイスタオル|Imabari Face Towel|1320
Towels|imabari-bath|今治バスタオル|Imabari Bath Towel|3520
Towels|tenugui-wave|手ぬぐい 青海波|Tenugui Seigaiha|990
Towels|gauze-handkerchief|ガーゼハンカチ|Gauze Handkerchief|660
Stationery|notebook-a5|上質ノート A5|Fine Paper Notebook A5|880
Stationery|fountain-pen-ink|万年筆インク 藍|Fountain Pen Ink Indigo|1980
Stationery|letter-set-washi|和紙レターセット|Washi Letter Set|770
Stationery|brush-pen|筆ペン 極細|Brush Pen Extra Fine|550
Stationery|calendar-2027|二〇二七年 卓上暦|Desk Calendar 2027|1430
Home|incense-hinoki|ひのき線香|Hinoki Incense|1650
Home|wind-bell-nambu|南部風鈴|Nambu Iron Wind Bell|2970
Home|linen-apron|リネンエプロン|Linen Apron|6050
Home|zabuton-indigo|藍染座布団|Indigo Floor Cushion|8800
Home|bamboo-basket|竹かご 中|Bamboo Basket Medium|5280
Home|candle-yuzu|ゆずキャンドル|Yuzu Candle|2420
Kitchen|santoku-knife|三徳包丁 165mm|Santoku Knife 165mm|13200
Kitchen|donabe-small|土鍋 6号|Donabe Clay Pot Small|9900
Kitchen|cutting-board|檜まな板|Hinoki Cutting Board|4950
Kitchen|grater-copper|銅おろし金|Copper Grater|6600
Kitchen|rice-container|桐の米びつ 5kg|Paulownia Rice Box 5kg|12100
Food|yokan-assorted|羊羹詰合せ|Assorted Yokan|2700
Food|senbei-tin|煎餅 缶入り|Rice Cracker Tin|2160
Food|miso-kyoto|京白味噌 500g|Kyoto White Miso 500g|972
Food|soy-sauce-barrel|木桶仕込醤油|Barrel-Aged Soy Sauce|1188
Food|dashi-pack|だしパック 30包|Dashi Packs 30|1944
Skincare|rice-bran-soap|米ぬか石けん|Rice Bran Soap|1100
Skincare|camellia-oil|椿油 40ml|Camellia Oil 40ml|1870
Skincare|hand-cream-yuzu|ゆずハンドクリーム|Yuzu Hand Cream|1540
Apparel|haori-cotton|綿羽織|Cotton Haori Jacket|15400
Apparel|tabi-socks|足袋ソックス 3足|Tabi Socks 3 Pairs|1980
Apparel|stole-silk|絹ストール|Silk Stole|9350
"""
SHOP_HOST = "www.hinata-living.example"
PER_YEN = {"JPY": 1.0, "USD": 0.0072, "EUR": 0.0064, "GBP": 0.0055}
CURRENCY_OF = {"JP": "JPY", "US": "USD", "CA": "USD", "SG": "USD", "AU": "USD", "GB": "GBP",
               "DE": "EUR", "FR": "EUR"}  # fmt: skip


class Product(NamedTuple):
    """One article; prices are text in the currency's own number of decimals."""

    id: int
    category: str
    handle: str
    title_ja: str
    title_en: str
    yen: int
    prices: dict[str, str]
    cents: dict[str, int]  # price in the smallest unit: yen, cents, pence

    def title(self, currency: str) -> str:
        """Return the title as shown in the shop of that currency."""
        return self.title_ja if currency == "JPY" else self.title_en


def money(cents: int, currency: str) -> str:
    """Smallest units to text: `1620` yen, `11.66` dollars."""
    return str(cents) if currency == "JPY" else f"{cents / 100:.2f}"


def _product(place: int, row: str) -> Product:
    category, handle, ja, en, yen = row.split("|")
    cents = {
        code: int(yen) if code == "JPY" else round(int(yen) * rate * 100)
        for code, rate in PER_YEN.items()
    }
    prices = {code: money(value, code) for code, value in cents.items()}
    number = 8_801_000_000_001 + place * 32_771
    return Product(number, category, handle, ja, en, int(yen), prices, cents)


PRODUCTS = [_product(place, row) for place, row in enumerate(_PRODUCTS.strip().split("\n"))]

# utm_source, utm_medium, utm_campaign, weight
CAMPAIGNS = [
    ("google", "cpc", "brand_ja", 8),
    ("google", "cpc", "tea_2026", 6),
    ("yahoo", "cpc", "tableware_ja", 5),
    ("instagram", "paid_social", "summer_gift_2026", 5),
    ("facebook", "paid_social", "retargeting", 3),
    ("line", "message", "members_monthly", 7),
    ("newsletter", "email", "weekly_2026", 7),
    ("newsletter", "email", "year_end_gift_2025", 4),
    ("affiliate", "referral", "tea_bloggers", 2),
]
REFERRERS = [
    "https://www.google.com/",
    "https://search.yahoo.co.jp/",
    "https://www.instagram.com/",
    "https://t.co/",
]
