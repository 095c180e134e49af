"""What respondents are asked and what they write, in Japanese and English.

Belongs here: words. Not here: who answers (survey.py) and in which form.
"""

NPS, REASON, CSAT, CRITERIA, CHALLENGE, MOTIVATION, SUCCESS, MARKET = range(8)

QUESTIONS = {
    "ja": (
        "0〜10点で、当社を友人に薦めますか？",
        "その点数をつけた理由をお聞かせください",
        "商品に満足しましたか（1：とても不満〜5：とても満足）",
        "購入の決め手は何でしたか",
        "いまの暮らしでお困りのことは何ですか",
        "購入のきっかけは何でしたか",
        "使ってよかったエピソードをお聞かせください",
        "ご家族は何人ですか（家族構成）",
    ),
    "en": (
        "How likely are you to recommend us to a friend? (0-10)",
        "What is the main reason for your score?",
        "How satisfied are you with your purchase, from 1 to 10?",
        "What is most important to you when you buy furniture?",
        "What is your biggest problem at home right now?",
        "What brought you to our shop?",
        "Tell us a success story of something you bought",
        "How many people live in your household?",
    ),
}
WRITTEN: dict[str, dict[int, tuple[str, ...]]] = {
    "ja": {
        REASON: (
            "対応が早くて丁寧でした", "木の香りがとても良い✨",
            "配送が遅かったです。\n改善してください",
            "説明書が分かりにくい", "値段のわりに丈夫です👍🏽", "店員さんがやさしかった",
        ),
        CRITERIA: ("価格と品質のバランス", "デザイン", "国産の木材であること", "口コミの評価"),
        CHALLENGE: ("収納が足りない", "部屋がせまくて片づかない", "子どもが家具を傷つける"),
        MOTIVATION: ("引っ越し", "結婚したので", "友人の家で見て気に入った", "雑誌の記事を読んで"),
        SUCCESS: ("棚を入れてから毎朝の支度が10分早くなりました", "テレワークの肩こりがなくなった"),
        MARKET: ("1人", "2人", "3人", "4人以上"),
    },
    "en": {
        REASON: (
            "The staff was very kind and it arrived on time",
            "Fast delivery \U0001f69a and it is solid",
            "The manual is hard to read", "Cafe\u0301 table wobbles, and nobody answered my mail",
        ),
        CRITERIA: ("Price", "How long it will last", "Sustainable wood"),
        CHALLENGE: ("Not enough storage", "A small flat", "Moving every other year"),
        MOTIVATION: ("A friend has your table", "We moved", "Saw it in a magazine"),
        SUCCESS: ("My desk and chair ended years of back pain",
                  "We fit a second child into the flat"),
        MARKET: ("1", "2", "3", "4 or more"),
    },
}  # fmt: skip
ANSWERED = {NPS: 0.95, REASON: 0.6, CSAT: 0.85, CRITERIA: 0.4, CHALLENGE: 0.3, MOTIVATION: 0.4,
            SUCCESS: 0.15, MARKET: 0.5}  # fmt: skip
# Reasons of somebody who would recommend the company, and of somebody who would not.
PRAISE = {"ja": (0, 1, 4, 5), "en": (0, 1)}
BLAME = {"ja": (2, 3), "en": (2, 3)}


def reason(language: str, nps: int, drawn: str, at: int) -> str:
    """The reason drawn, or one that goes with the score; one in twelve keeps what was drawn."""
    fitting = PRAISE[language] if nps >= 9 else BLAME[language] if nps <= 6 else ()
    texts = WRITTEN[language][REASON]
    place = texts.index(drawn)
    if not fitting or place in fitting or at % 12 == 0:
        return drawn
    return texts[fitting[place % len(fitting)]]


FORMULA = '=HYPERLINK("https://prize.example/","くじ引きはこちら")'
EXPORT_TAGS = ("Q1_NPS", "Q1_WHY", "Q2_CSAT", "Q3", "Q4", "Q5", "Q6", "Q7")
