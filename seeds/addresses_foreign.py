"""Addresses outside Japan: real cities and postcode areas, invented streets and numbers.

Belongs here: the places and how they are written there. Not here: Japan.
"""

from random import Random

from seeds.addresses import Address

# country -> (city, state as written there, first part of the postcode)
_CITIES = {
    "US": [
        ("New York", "NY", "100"), ("Brooklyn", "NY", "112"), ("Los Angeles", "CA", "900"),
        ("San Francisco", "CA", "941"), ("Seattle", "WA", "981"), ("Portland", "OR", "972"),
        ("Chicago", "IL", "606"), ("Boston", "MA", "021"), ("Austin", "TX", "787"),
        ("Denver", "CO", "802"), ("Honolulu", "HI", "968"), ("Miami", "FL", "331"),
    ],
    "GB": [
        ("London", "", "SW1"), ("London", "", "N7"), ("Manchester", "", "M4"),
        ("Bristol", "", "BS1"), ("Edinburgh", "", "EH3"), ("Leeds", "", "LS2"),
        ("Oxford", "", "OX4"),
    ],
    "DE": [
        ("Berlin", "Berlin", "101"), ("München", "Bayern", "803"), ("Hamburg", "Hamburg", "200"),
        ("Köln", "Nordrhein-Westfalen", "506"), ("Düsseldorf", "Nordrhein-Westfalen", "402"),
        ("Frankfurt am Main", "Hessen", "603"),
    ],
    "FR": [
        ("Paris", "", "750"), ("Lyon", "", "690"), ("Marseille", "", "130"),
        ("Bordeaux", "", "330"), ("Nantes", "", "440"), ("Strasbourg", "", "670"),
    ],
    "SG": [("Singapore", "", "23"), ("Singapore", "", "54"), ("Singapore", "", "81")],
    "CA": [("Toronto", "ON", "M5V"), ("Vancouver", "BC", "V6B"), ("Montréal", "QC", "H2X")],
    "AU": [("Sydney", "NSW", "20"), ("Melbourne", "VIC", "30"), ("Brisbane", "QLD", "40")],
}  # fmt: skip
_STREETS = {
    "US": ["Main St", "Oak Ave", "Maple Dr", "2nd St", "Park Blvd", "Cedar Ln", "Hill Rd"],
    "GB": ["High Street", "Station Road", "Church Lane", "Victoria Road", "Mill Lane"],
    "DE": ["Hauptstraße", "Bahnhofstraße", "Gartenweg", "Lindenallee", "Schillerstr."],
    "FR": ["rue de la Paix", "avenue Victor Hugo", "rue des Lilas", "boulevard Voltaire"],
    "SG": ["Orchard Road", "Serangoon Ave 3", "Tampines Street 21", "Bukit Timah Road"],
    "CA": ["King St W", "Queen St", "Granville St"],
    "AU": ["George St", "Collins St", "Queen St"],
}
COUNTRY_SPELLINGS = {
    "JP": ["Japan", "JP", "日本"],
    "US": ["United States", "US", "USA", "U.S.A."],
    "GB": ["United Kingdom", "GB", "UK", "Great Britain"],
    "DE": ["Germany", "DE", "Deutschland"],
    "FR": ["France", "FR"],
    "SG": ["Singapore", "SG"],
    "CA": ["Canada", "CA"],
    "AU": ["Australia", "AU"],
}
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def draw(rng: Random, country: str) -> Address:
    """Draw a home in `country` (ISO 2, not JP); about a third are flats."""
    city, state, area = rng.choice(_CITIES[country])
    street, number = rng.choice(_STREETS[country]), rng.randrange(1, 400)
    flat = ""
    if rng.random() < 0.35:
        flat = {"US": "Apt ", "GB": "Flat ", "SG": "#05-", "DE": "Whg. ", "FR": "Bât. "}.get(
            country, "Unit "
        ) + str(rng.randrange(1, 60))
    line = f"{street} {number}" if country == "DE" else f"{number} {street}"
    return Address(line, flat, city, state, _postcode(rng, country, area), country)


def _postcode(rng: Random, country: str, area: str) -> str:
    if country in {"US", "DE", "FR", "AU"}:
        return f"{area}{rng.randrange(100 if country == 'AU' else 20):02d}"
    if country == "SG":
        return f"{area}{rng.randrange(10000):04d}"
    inward = f"{rng.randrange(1, 10)}{rng.choice(_LETTERS)}"
    tail = rng.choice(_LETTERS) if country == "GB" else str(rng.randrange(1, 10))
    return f"{area} {inward}{tail}"
