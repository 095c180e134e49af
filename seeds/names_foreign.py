"""Names of customers outside Japan, by culture, with the nicknames people sign up with.

Belongs here: the lists and draws from them. Not here: Japanese names.
"""

from random import Random

CULTURE_OF = {"US": "en", "GB": "en", "CA": "en", "AU": "en", "DE": "de", "FR": "fr", "SG": "sg"}

_FAMILY = {
    "en": """
        Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Thomas Moore
        Jackson Martin Lee Thompson White Harris Clark Lewis Robinson Walker Young Allen King
        Wright Scott Hill Green Adams Baker Nelson Mitchell Campbell Roberts Carter Phillips
        Evans Turner Parker Collins Edwards Stewart Morris Murphy Cook Rogers Reed Bailey Cooper
        Richardson Cox Howard Ward Peterson Gray O'Brien O'Connor McDonald Watson Brooks Kelly
        Sanders Price Bennett Wood Barnes Ross Henderson Coleman Jenkins Perry Powell Long
        Patterson Hughes""".split(),
    "de": """
        Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch
        Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann
        Hartmann Lange Werner Krause Lehmann Köhler Maier Weiß Jung Vogel Keller Günther""".split(),
    "fr": """
        Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent
        Lefèvre Michel Garcia David Bertrand Roux Vincent Fournier Morel Girard André Mercier
        Dupont Lambert Bonnet François Martinez Legrand Garnier Faure Rousseau Blanc""".split(),
    "sg": """
        Tan Lim Lee Ng Ong Wong Goh Chua Chan Koh Teo Ang Yeo Tay Ho Low Toh Sim Chong Chia
        Kumar Singh Rahman Ismail Abdullah Nair""".split(),
}
_GIVEN = {
    ("en", "male"): """
        James Robert John Michael William David Richard Joseph Thomas Charles Christopher Daniel
        Matthew Anthony Mark Steven Andrew Paul Joshua Kenneth Kevin Brian Timothy Edward
        Jeffrey Ryan Jacob Nicholas Jonathan Stephen Benjamin Samuel Gregory Alexander Patrick
        Jack Dennis Oliver Harry George Oscar Leo""".split(),
    ("en", "female"): """
        Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Margaret Sandra
        Ashley Emily Kimberly Michelle Amanda Melissa Deborah Stephanie Rebecca Laura Cynthia
        Kathleen Amy Angela Emma Catherine Katherine Olivia Victoria Charlotte Amelia Isla Grace
        Sophie Alice Hannah Abigail Samantha""".split(),
    ("de", "male"): """
        Thomas Michael Andreas Stefan Christian Jürgen Wolfgang Klaus Peter Markus Sebastian
        Alexander Lukas Jonas Felix Maximilian Björn Matthias""".split(),
    ("de", "female"): """
        Sabine Petra Monika Claudia Andrea Susanne Katrin Anna Julia Lena Laura Katharina
        Johanna Jana Ursula Renate Sophie""".split(),
    ("fr", "male"): """
        Jean Pierre Michel Philippe Nicolas Julien Thomas Antoine Hugo Lucas François Frédéric
        Sébastien Jérôme Louis Mathieu""".split(),
    ("fr", "female"): """
        Marie Nathalie Isabelle Sylvie Catherine Camille Léa Chloé Manon Hélène Aurélie Céline
        Julie Élodie Sophie Amélie""".split(),
    ("sg", "male"): """Wei Ming|Jun Jie|Kai|Boon Kiat|Zhi Hao|Marcus|Ryan|Arjun|Faisal|Hafiz|Darren
        |Jia Wei|Yong Sheng|Ravi""".replace("\n", "").split("|"),
    ("sg", "female"): """Hui Min|Xin Yi|Mei Ling|Siew Ling|Jia Hui|Rachel|Priya|Nurul|Siti|Cheryl
        |Yi Ting|Shu Fen|Grace|Deepa""".replace("\n", "").split("|"),
}

NICKNAMES = {
    "Robert": ("Bob", "Rob"), "William": ("Bill", "Will"), "James": ("Jim", "Jamie"),
    "Richard": ("Dick", "Rick"), "Michael": ("Mike",), "Thomas": ("Tom",), "Joseph": ("Joe",),
    "Charles": ("Chuck", "Charlie"), "Christopher": ("Chris",), "Daniel": ("Dan", "Danny"),
    "Matthew": ("Matt",), "Anthony": ("Tony",), "Steven": ("Steve",), "Andrew": ("Andy", "Drew"),
    "Joshua": ("Josh",), "Kenneth": ("Ken",), "Timothy": ("Tim",), "Edward": ("Ed", "Ted"),
    "Jeffrey": ("Jeff",), "Nicholas": ("Nick",), "Jonathan": ("Jon",), "Stephen": ("Steve",),
    "Benjamin": ("Ben",), "Samuel": ("Sam",), "Gregory": ("Greg",), "Alexander": ("Alex", "Sasha"),
    "Patricia": ("Pat", "Patty"), "Jennifer": ("Jen", "Jenny"), "Elizabeth": ("Liz", "Beth"),
    "Barbara": ("Barb",), "Susan": ("Sue",), "Jessica": ("Jess",), "Margaret": ("Peggy", "Meg"),
    "Kimberly": ("Kim",), "Deborah": ("Debbie",), "Stephanie": ("Steph",), "Rebecca": ("Becky",),
    "Cynthia": ("Cindy",), "Kathleen": ("Kathy",), "Catherine": ("Cathy", "Kate"),
    "Katherine": ("Kate", "Katie"), "Victoria": ("Vicky",), "Abigail": ("Abby",),
    "Samantha": ("Sam",), "Sebastian": ("Basti",), "Maximilian": ("Max",), "Katharina": ("Kathi",),
    "Frédéric": ("Fred",), "Nathalie": ("Nat",),
}  # fmt: skip


def family_name(rng: Random, country: str) -> str:
    """Draw a family name used in `country` (ISO 2); earlier in the list is more frequent."""
    names = _FAMILY[CULTURE_OF[country]]
    return names[int(len(names) * rng.random() ** 1.5)]


def given_name(rng: Random, country: str, gender: str) -> str:
    """Draw a given name used in `country` (ISO 2) for `gender` (male or female)."""
    names = _GIVEN[CULTURE_OF[country], gender]
    return names[int(len(names) * rng.random() ** 1.3)].strip()
