"""Japanese names with readings and rough frequencies, variant kanji, and how to draw one.

Belongs here: the lists and draws from them. Not here: foreign names, or who is related to whom.
"""

from itertools import accumulate
from random import Random
from typing import NamedTuple

# kanji, reading, bearers in units of 10,000 (rounded, from common knowledge of name frequency).
_FAMILY = """
佐藤 さとう 188 鈴木 すずき 181 高橋 たかはし 142 田中 たなか 134 伊藤 いとう 108
渡辺 わたなべ 107 山本 やまもと 106 中村 なかむら 105 小林 こばやし 103 加藤 かとう 89
吉田 よしだ 83 山田 やまだ 82 佐々木 ささき 68 山口 やまぐち 65 松本 まつもと 63 井上 いのうえ 62
木村 きむら 58 林 はやし 55 斎藤 さいとう 54 清水 しみず 53 山崎 やまざき 48 森 もり 47
池田 いけだ 45 橋本 はしもと 45 阿部 あべ 45 石川 いしかわ 43 山下 やました 42 中島 なかじま 40
石井 いしい 39 小川 おがわ 39 前田 まえだ 38 岡田 おかだ 38 長谷川 はせがわ 38 藤田 ふじた 37
後藤 ごとう 37 近藤 こんどう 37 村上 むらかみ 36 遠藤 えんどう 33 青木 あおき 33 坂本 さかもと 33
福田 ふくだ 31 太田 おおた 31 西村 にしむら 31 藤井 ふじい 31 金子 かねこ 30 岡本 おかもと 30
藤原 ふじわら 30 中野 なかの 29 三浦 みうら 29 原田 はらだ 29 中川 なかがわ 29 松田 まつだ 29
竹内 たけうち 28 小野 おの 28 田村 たむら 28 中山 なかやま 27 和田 わだ 27 石田 いしだ 26
森田 もりた 26 上田 うえだ 26 原 はら 26 内田 うちだ 25 柴田 しばた 25 酒井 さかい 25
宮崎 みやざき 25 横山 よこやま 25 高木 たかぎ 24 安藤 あんどう 24 宮本 みやもと 24 大野 おおの 23
小島 こじま 23 谷口 たにぐち 23 今井 いまい 23 工藤 くどう 22 高田 たかだ 22 増田 ますだ 22
丸山 まるやま 22 杉山 すぎやま 22 村田 むらた 22 大塚 おおつか 21 新井 あらい 21 小山 こやま 21
平野 ひらの 21 藤本 ふじもと 21 河野 こうの 20 上野 うえの 20 野口 のぐち 20 武田 たけだ 20
松井 まつい 19 千葉 ちば 19 菅原 すがわら 19 岩崎 いわさき 19 久保 くぼ 19 木下 きのした 18
佐野 さの 18 野村 のむら 18 松尾 まつお 18 菊地 きくち 18 市川 いちかわ 17 杉本 すぎもと 17
古川 ふるかわ 17 大西 おおにし 17 島田 しまだ 17 水野 みずの 17 桜井 さくらい 17 高野 たかの 17
吉川 よしかわ 16 山内 やまうち 16 西田 にしだ 16 飯田 いいだ 16 菊池 きくち 16 西川 にしかわ 16
小松 こまつ 16 北村 きたむら 16 安田 やすだ 16 五十嵐 いがらし 15 川口 かわぐち 15 平田 ひらた 15
関 せき 15 中田 なかた 15 久保田 くぼた 15 服部 はっとり 15 東 ひがし 15 岩田 いわた 14
土屋 つちや 14 川崎 かわさき 14 福島 ふくしま 14 本田 ほんだ 14 辻 つじ 14 樋口 ひぐち 14
秋山 あきやま 13 田口 たぐち 13 永井 ながい 13 山中 やまなか 13 中西 なかにし 13 吉村 よしむら 13
川上 かわかみ 13 大橋 おおはし 13 石原 いしはら 13 浜田 はまだ 12 広瀬 ひろせ 12 中沢 なかざわ 11
富田 とみた 11 松浦 まつうら 11 黒田 くろだ 10 矢野 やの 10 望月 もちづき 9 二宮 にのみや 6
小笠原 おがさわら 6 勅使河原 てしがわら 1 長宗我部 ちょうそかべ 1 東海林 しょうじ 2
""".split()

# First line group: common before 1980; second: since. Many readings occur with several kanji,
# which is what makes a wrong conversion by an input method look natural.
_MALE_OLD = """
清 きよし 茂 しげる 勇 いさむ 実 みのる 隆 たかし 博 ひろし 浩 ひろし 誠 まこと 豊 ゆたか
進 すすむ 修 おさむ 稔 みのる 正 ただし 和夫 かずお 一郎 いちろう 健一 けんいち 浩二 こうじ
孝 たかし 明 あきら 聡 さとし 哲也 てつや 和也 かずや 直樹 なおき 秀樹 ひでき 英樹 ひでき
正人 まさと 雅人 まさと 剛 つよし 智 さとし 健 けん 学 まなぶ 洋一 よういち 陽一 よういち
浩一 こういち 幸一 こういち 太郎 たろう 次郎 じろう 三郎 さぶろう 賢治 けんじ 健二 けんじ
達也 たつや 竜也 たつや 信行 のぶゆき
""".split()
_MALE_NEW = """
大輔 だいすけ 翔太 しょうた 拓也 たくや 健太 けんた 賢太 けんた 翔 しょう 蓮 れん 大翔 ひろと
悠斗 ゆうと 陽斗 はると 湊 みなと 颯太 そうた 蒼 あおい 樹 いつき 悠真 ゆうま 優真 ゆうま
大和 やまと 陸 りく 海斗 かいと 快斗 かいと 駿 しゅん 俊 しゅん 涼 りょう 亮 りょう 諒 りょう
直人 なおと 直哉 なおや 裕太 ゆうた 雄太 ゆうた 優太 ゆうた 勇気 ゆうき 優希 ゆうき 悠希 ゆうき
祐樹 ゆうき 裕樹 ゆうき 龍之介 りゅうのすけ 慎太郎 しんたろう 航 わたる 亘 わたる 純 じゅん
潤 じゅん 淳 じゅん 淳一 じゅんいち 光 ひかる
""".split()
_FEMALE_OLD = """
和子 かずこ 幸子 さちこ 恵子 けいこ 敬子 けいこ 洋子 ようこ 陽子 ようこ 京子 きょうこ 節子 せつこ
美智子 みちこ 文子 ふみこ 久美子 くみこ 由美子 ゆみこ 裕子 ゆうこ 優子 ゆうこ 祐子 ゆうこ
智子 ともこ 朋子 ともこ 真由美 まゆみ 明美 あけみ 直美 なおみ 尚美 なおみ 香織 かおり 薫 かおる
純子 じゅんこ 順子 じゅんこ 典子 のりこ 紀子 のりこ 弘子 ひろこ 博子 ひろこ 千恵子 ちえこ
悦子 えつこ 加代子 かよこ 美穂 みほ 美保 みほ 由紀 ゆき 友紀 ゆき 理恵 りえ 理絵 りえ 真理 まり
麻里 まり 恵美 えみ 絵美 えみ 礼子 れいこ 玲子 れいこ
""".split()
_FEMALE_NEW = """
愛 あい 美咲 みさき 陽菜 ひな 結衣 ゆい 唯 ゆい 葵 あおい 凛 りん 結菜 ゆいな 咲良 さくら
桜 さくら さくら さくら 美優 みゆ 優奈 ゆうな 七海 ななみ 菜々美 ななみ 彩 あや 綾 あや
彩香 あやか 綾香 あやか 沙織 さおり 麻衣 まい 舞 まい 千尋 ちひろ 真央 まお 莉子 りこ 璃子 りこ
杏 あん 芽依 めい 紬 つむぎ 陽葵 ひまり 琴音 ことね 花 はな 華 はな 遥 はるか 春香 はるか
明日香 あすか 萌 もえ 茜 あかね 瞳 ひとみ 恵 めぐみ 愛美 まなみ 奈々 なな 佳奈 かな 加奈 かな
早紀 さき 沙希 さき 梨花 りか 友美 ともみ 智美 ともみ 詩織 しおり 楓 かえで 美月 みづき
""".split()

# Old and variant forms that legal documents keep and forms and other systems flatten.
KANJI_VARIANTS = {
    "高橋": ("髙橋",),
    "高木": ("髙木",),
    "高田": ("髙田",),
    "高野": ("髙野",),
    "山崎": ("山﨑",),
    "宮崎": ("宮﨑",),
    "岩崎": ("岩﨑",),
    "川崎": ("川﨑",),
    "斎藤": ("斉藤", "齋藤", "齊藤"),
    "渡辺": ("渡邉", "渡邊"),
    "吉田": ("𠮷田",),
    "吉川": ("𠮷川",),
    "浜田": ("濱田",),
    "桜井": ("櫻井",),
    "中沢": ("中澤",),
    "広瀬": ("廣瀬",),
    "中島": ("中嶋",),
    "小島": ("小嶋",),
    "富田": ("冨田",),
}


class Name(NamedTuple):
    """One name as written, with its reading in hiragana (empty when it has none)."""

    text: str
    kana: str


FAMILY = [
    Name(text, kana) for text, kana in zip(_FAMILY[::3], _FAMILY[1::3], strict=True)
]  # fmt: skip
_FAMILY_WEIGHTS = list(accumulate(int(weight) for weight in _FAMILY[2::3]))


def _given(words: list[str]) -> tuple[list[Name], list[int]]:
    """Pair names with readings; earlier in the list is more frequent, roughly 4 to 1."""
    names = [Name(*pair) for pair in zip(words[::2], words[1::2], strict=True)]
    return names, list(accumulate(4 * len(names) - 3 * place for place in range(len(names))))


_GIVEN = {
    ("male", True): _given(_MALE_OLD),
    ("male", False): _given(_MALE_NEW),
    ("female", True): _given(_FEMALE_OLD),
    ("female", False): _given(_FEMALE_NEW),
}
SAME_READING: dict[str, tuple[str, ...]] = {}
for _names, _ in _GIVEN.values():
    for _name in _names:
        SAME_READING[_name.kana] = (*SAME_READING.get(_name.kana, ()), _name.text)


def family_name(rng: Random) -> Name:
    """Draw a family name by frequency."""
    return rng.choices(FAMILY, cum_weights=_FAMILY_WEIGHTS)[0]


def given_name(rng: Random, gender: str, birth_year: int) -> Name:
    """Draw a given name that suits `gender` (male or female) and the generation."""
    names, weights = _GIVEN[gender, birth_year < 1980]
    return rng.choices(names, cum_weights=weights)[0]


def wrong_conversion(rng: Random, given: Name) -> str:
    """Return other kanji with the same reading; the reading itself when there are none."""
    others = [text for text in SAME_READING.get(given.kana, ()) if text != given.text]
    return rng.choice(others) if others else given.kana
