"""Japanese addresses: real places with their postcodes, invented street numbers and buildings.

Belongs here: the places and how an address is written. Not here: who lives there; other countries.
"""

from random import Random
from typing import NamedTuple

from seeds.text import full_width, kanji_number

# prefecture, city and ward, town, postcode, share of customers.
_PLACES = """
東京都 千代田区 神田神保町 101-0051 4|東京都 中央区 日本橋浜町 103-0007 5
東京都 港区 赤坂 107-0052 6|東京都 港区 三田 108-0073 6|東京都 新宿区 西新宿 160-0023 7
東京都 文京区 本郷 113-0033 5|東京都 台東区 浅草 111-0032 4|東京都 江東区 豊洲 135-0061 8
東京都 品川区 大井 140-0014 7|東京都 目黒区 自由が丘 152-0035 6|東京都 大田区 蒲田 144-0052 8
東京都 世田谷区 三軒茶屋 154-0024 9|東京都 世田谷区 成城 157-0066 6
東京都 渋谷区 神宮前 150-0001 7|東京都 中野区 中野 164-0001 6|東京都 杉並区 高円寺北 166-0002 8
東京都 豊島区 南池袋 171-0022 6|東京都 北区 赤羽 115-0045 6|東京都 板橋区 成増 175-0094 7
東京都 練馬区 石神井町 177-0041 8|東京都 足立区 綾瀬 120-0005 8|東京都 葛飾区 亀有 125-0061 6
東京都 江戸川区 西葛西 134-0088 7|東京都 八王子市 子安町 192-0904 5|東京都 立川市 曙町 190-0012 4
東京都 武蔵野市 吉祥寺本町 180-0004 6|東京都 町田市 原町田 194-0013 5
東京都 府中市 宮西町 183-0022 4|神奈川県 横浜市西区 みなとみらい 220-0012 7
神奈川県 横浜市中区 本牧町 231-0833 5|神奈川県 横浜市港北区 日吉 223-0061 8
神奈川県 横浜市青葉区 美しが丘 225-0002 7|神奈川県 川崎市中原区 小杉町 211-0063 8
神奈川県 川崎市高津区 溝口 213-0001 6|神奈川県 鎌倉市 雪ノ下 248-0005 4
神奈川県 藤沢市 鵠沼海岸 251-0037 5|神奈川県 相模原市南区 相模大野 252-0303 5
埼玉県 さいたま市大宮区 桜木町 330-0854 6|埼玉県 さいたま市浦和区 常盤 330-0061 6
埼玉県 川口市 栄町 332-0017 5|埼玉県 川越市 新富町 350-0043 4|埼玉県 所沢市 日吉町 359-1123 4
千葉県 千葉市中央区 富士見 260-0015 5|千葉県 船橋市 本町 273-0005 6|千葉県 柏市 柏 277-0005 5
千葉県 市川市 八幡 272-0021 5|千葉県 浦安市 美浜 279-0011 4|茨城県 つくば市 吾妻 305-0031 3
茨城県 水戸市 泉町 310-0026 2|栃木県 宇都宮市 大通り 320-0811 3|群馬県 高崎市 八島町 370-0849 3
山梨県 甲府市 丸の内 400-0031 2|長野県 長野市 南千歳 380-0823 3|長野県 松本市 中央 390-0811 3
新潟県 新潟市中央区 万代 950-0088 4|富山県 富山市 桜町 930-0003 2|石川県 金沢市 片町 920-0981 3
福井県 福井市 大手 910-0005 2|岐阜県 岐阜市 柳ケ瀬通 500-8875 3
静岡県 静岡市葵区 追手町 420-0853 4|静岡県 浜松市中央区 鍛冶町 430-0933 4
愛知県 名古屋市中区 栄 460-0008 8|愛知県 名古屋市千種区 今池 464-0850 6
愛知県 名古屋市中村区 名駅 450-0002 6|愛知県 豊田市 西町 471-0025 4
愛知県 岡崎市 康生通西 444-0045 3|三重県 津市 羽所町 514-0009 2|滋賀県 大津市 梅林 520-0051 3
京都府 京都市下京区 四条町 600-8491 4|京都府 京都市左京区 下鴨松ノ木町 606-0816 4
京都府 京都市中京区 河原町 604-8032 4|京都府 宇治市 宇治 611-0021 3
大阪府 大阪市北区 梅田 530-0001 8|大阪府 大阪市中央区 難波 542-0076 7
大阪府 大阪市天王寺区 上本町 543-0001 6|大阪府 大阪市淀川区 西中島 532-0011 5
大阪府 豊中市 本町 560-0021 5|大阪府 吹田市 江坂町 564-0063 5|大阪府 堺市堺区 南瓦町 590-0078 5
大阪府 枚方市 岡本町 573-0032 4|兵庫県 神戸市中央区 三宮町 650-0021 6
兵庫県 神戸市東灘区 岡本 658-0072 5|兵庫県 西宮市 甲子園口 663-8113 5
兵庫県 姫路市 駅前町 670-0927 3|奈良県 奈良市 三条町 630-8244 3|和歌山県 和歌山市 本町 640-8033 2
鳥取県 鳥取市 栄町 680-0831 1|島根県 松江市 殿町 690-0887 1|岡山県 岡山市北区 表町 700-0822 4
広島県 広島市中区 紙屋町 730-0031 5|広島県 福山市 三之丸町 720-0066 3
山口県 下関市 竹崎町 750-0025 2|徳島県 徳島市 寺島本町西 770-0831 2
香川県 高松市 丸亀町 760-0029 2|愛媛県 松山市 大街道 790-0004 3|高知県 高知市 帯屋町 780-0841 2
福岡県 福岡市博多区 博多駅前 812-0011 6|福岡県 福岡市中央区 天神 810-0001 7
福岡県 北九州市小倉北区 京町 802-0002 4|福岡県 久留米市 東町 830-0032 3
佐賀県 佐賀市 駅前中央 840-0801 1|長崎県 長崎市 浜町 850-0853 3
熊本県 熊本市中央区 下通 860-0807 4|大分県 大分市 府内町 870-0021 2
宮崎県 宮崎市 橘通西 880-0001 2|鹿児島県 鹿児島市 東千石町 892-0842 3
沖縄県 那覇市 久茂地 900-0015 4|北海道 札幌市中央区 北一条西 060-0001 6
北海道 札幌市北区 北二十四条西 001-0024 5|北海道 札幌市豊平区 平岸三条 062-0933 4
北海道 旭川市 三条通 070-0033 3|北海道 函館市 本町 040-0011 2|青森県 青森市 新町 030-0801 2
岩手県 盛岡市 大通 020-0022 2|宮城県 仙台市青葉区 一番町 980-0811 6
宮城県 仙台市泉区 泉中央 981-3133 4|秋田県 秋田市 中通 010-0001 2|山形県 山形市 七日町 990-0042 2
福島県 福島市 栄町 960-8031 2|福島県 郡山市 駅前 963-8002 3
"""
_BUILDINGS = """メゾン コーポ ハイツ パークハイム グランドメゾン レジデンス サンシティ
ライオンズヒル グリーンコート シャトレ エスポワール プレミール""".split()
_SUFFIXES = [
    "青葉",
    "さくら",
    "中央",
    "東",
    "南",
    "ひまわり",
    "若葉",
    "緑ヶ丘",
    "Ⅱ",
    "第二",
    "壱番館",
    "",
]


class Address(NamedTuple):
    """A postal address; `building` is empty for a house and stands apart from the street line."""

    street: str
    building: str
    city: str
    state: str
    postcode: str
    country: str


class Place(NamedTuple):
    """A Japanese town with its postcode."""

    state: str
    city: str
    town: str
    postcode: str


_ROWS = [row.split() for row in _PLACES.strip().replace("\n", "|").split("|")]
PLACES = [Place(*row[:4]) for row in _ROWS]
_WEIGHTS = [int(row[4]) for row in _ROWS]


def draw(rng: Random) -> Address:
    """Draw a Japanese home: chome, block and house number, two thirds with building and room."""
    place = rng.choices(PLACES, _WEIGHTS)[0]
    chome, block, house = (
        1 + int(rng.random() * 8),
        1 + int(rng.random() * 40),
        rng.randrange(1, 31),
    )
    building = ""
    if rng.random() < 0.65:
        name = rng.choice(_BUILDINGS) + rng.choice(_SUFFIXES)
        room = 100 * rng.randrange(1, 13) + rng.randrange(1, 16)
        building = f"{name} {room}号室"
    return Address(
        f"{place.town}{chome}丁目{block}番{house}号",
        building,
        place.city,
        place.state,
        place.postcode,
        "JP",
    )


def spell(rng: Random, address: Address) -> tuple[str, str]:
    """Return street and building in one of the ways Japanese people write the same place.

    Foreign addresses and every other spelling of one address (3丁目5番2号, 3-5-2, wide digits,
    kanji chome) pass through here, so equal places need not be equal strings.
    """
    street, building = address.street, address.building
    way = rng.random()
    if address.country != "JP" or way < 0.35:
        return street, building
    town, chome, rest = _parts(street)
    if way < 0.70:
        street, building = f"{town}{chome}-{rest}", building.replace("号室", "")
    elif way < 0.80:
        street, building = full_width(f"{town}{chome}-{rest}"), full_width(building)
    elif way < 0.90:
        block, house = rest.split("-")
        street = f"{town}{kanji_number(int(chome))}丁目{block}番地{house}"
    else:
        street, building = f"{town}{chome}丁目{rest}", building.replace("号室", "号")
    return street, building


def _parts(street: str) -> tuple[str, str, str]:
    """Split `町3丁目5番2号` into town, chome and block-house."""
    head, rest = street.split("丁目")
    digits = len(head) - len(head.rstrip("0123456789"))
    return head[:-digits], head[-digits:], rest.replace("番", "-").replace("号", "")
