"""Values as vendors want them: their own worked examples, and what the world writes."""

import hashlib

import duckdb
import pytest

from orchestration.activation import normalise as n


def value(expression: str, *given: object) -> object:
    names = "abc"[: len(given)]
    columns = ", ".join(f"? as {name}" for name in names)
    [(found,)] = duckdb.execute(
        f"select {expression} from (select {columns})", list(given)
    ).fetchall()
    return found


META = [
    # customer information parameters of the conversions API, with their digests
    (n.meta_email, "John_Smith@gmail.com", "john_smith@gmail.com",
     "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f"),
    (n.meta_phone, "+1 (650) 555-1212", "16505551212",
     "e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176"),
    (n.meta_name, "Mary", "mary",
     "6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec"),
    (n.meta_name, "정", "정",
     "8fa8cd9c440be61d0151429310034083132b35975c4bea67fdd74158eb51db14"),
    (n.meta_name, "Valéry", "valéry",
     "08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c"),
    (n.meta_country, "US", "us",
     "79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "given", "normal", "digest"), META)
def test_examples_of_meta(rule, given, normal, digest):
    assert value(rule("a"), given) == normal
    assert value(n.hashed(rule("a")), given) == digest


def test_the_birth_date_of_metas_example():
    expression = n.meta_birth_date("cast(a as date)")
    assert value(expression, "1997-02-16") == "19970216"
    digest = "01acdbf6ec7b4f478a225f1a246e5d6767eeab1a7ffa17f025265b5b94f40f0c"
    assert value(n.hashed(expression), "1997-02-16") == digest


GOOGLE = [
    # developers.google.com/data-manager/api/devguides/concepts/formatting
    (n.google_email, "cloudy.sanfrancisco+shopping@gmail.com", "cloudysanfrancisco@gmail.com"),
    (n.google_email, "user.name+NYC@Example.com", "user.name+nyc@example.com"),
    (n.google_email, " Jane. Doe@GoogleMail.com ", "janedoe@googlemail.com"),
    (n.google_email, "jane.doe@notgmail.com", "jane.doe@notgmail.com"),
    (n.google_phone, "+1 (800) 555-0100", "+18005550100"),
    (n.google_phone, "+81312345678", "+81312345678"),
    (n.google_phone, "(800)555-0100", None),
    (n.google_given_name, " Mrs. Zoë ", "zoë"),
    (n.google_given_name, "Drew", "drew"),
    (n.google_given_name, "陽子", "陽子"),
    (n.google_family_name, "Pérez Jr.", "pérez"),
    (n.google_family_name, "Smith, III", "smith"),
    (n.google_family_name, "Ivy", "ivy"),
    (n.google_country, "jp", "JP"),
    (n.google_country, "Japan", None),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "given", "normal"), GOOGLE)
def test_examples_of_google(rule, given, normal):
    assert value(rule("a"), given) == normal


ZIPS = [
    (n.google_zip, "94016", "US", "94016"),
    (n.google_zip, "94016-1234", "US", "94016-1234"),
    (n.google_zip, "9401", "US", None),
    (n.google_zip, " WC2H 8LG ", "GB", "WC2H 8LG"),
    (n.google_zip, "150-0001", "JP", "150-0001"),
    (n.google_zip, "=1+1", "JP", None),
    (n.google_zip, "150-0001", None, "150-0001"),
    (n.meta_zip, "94035-1234", "US", "94035"),
    (n.meta_zip, "M1 1AE", "GB", "m11ae"),
    (n.meta_zip, "150-0001", "JP", "1500001"),
]


@pytest.mark.parametrize(("rule", "given", "country", "normal"), ZIPS)
def test_postcodes(rule, given, country, normal):
    assert value(rule("a", "b"), given, country) == normal


OTHERS = [
    (n.meta_name, "O'Brien-Smith Jr.", "obriensmith jr"),
    (n.meta_place, "New York", "newyork"),
    (n.meta_place, "St. John's", "stjohns"),
    (n.meta_place, "東京都　渋谷区", "東京都渋谷区"),
    (n.meta_phone, "+0044 20 7946 0958", "442079460958"),
    (n.meta_phone, "03-1234-5678", None),
    (n.meta_gender, "Female", "f"),
    (n.meta_gender, "other", None),
    (n.mail_address, " A.B+c@Mail.example ", "a.b+c@mail.example"),
    (n.mail_address, "=cmd|'/c'!A1@x.example", None),
    (n.mail_address, "+81901234@x.example", None),
    (n.mail_address, "no address", None),
    (n.mail_address, "a@b", None),
]


@pytest.mark.parametrize(("rule", "given", "normal"), OTHERS)
def test_what_people_write(rule, given, normal):
    assert value(rule("a"), given) == normal


@pytest.mark.parametrize("rule", [n.meta_email, n.meta_name, n.google_email, n.google_phone])
@pytest.mark.parametrize("nothing", [None, "", "  ", "\u3000"])
def test_nothing_stays_nothing(rule, nothing):
    """The digest of an empty text is a value that matches strangers with each other."""
    assert value(n.hashed(rule("a")), nothing) is None


def test_digests_are_lower_case_hexadecimal_of_utf_8():
    expected = hashlib.sha256("陽子".encode()).hexdigest()
    assert value(n.hashed("a"), "陽子") == expected


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "＋1", "－1", "＠x"]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_is_text(cell):
    assert value(n.harmless("a"), cell) == "'" + cell


@pytest.mark.parametrize("cell", ["陽子", "a=b", "O-Neil", "1-2", "a@b.example", None])
def test_other_cells_are_left_alone(cell):
    assert value(n.harmless("a"), cell) == cell
