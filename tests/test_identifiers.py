"""Numbers that are names and no facts: each reason in several spellings, and what comes near it."""

from __future__ import annotations

import pytest
import regex

from extractors.facts import identifiers
from extractors.facts.identifiers import RULES, identifier_at
from pipeline.process import analysed
from tests.conftest import Analyse
from tests.texts import table


def reasons(text: str) -> dict[str, str]:
    """The numbers of a text that are names, each with its reason; of one inside another only the outer."""
    found = identifiers.identifiers(analysed(text.encode(), "text.txt"))
    outer = [one for one in found if not any(o != one and o.start <= one.start and one.end <= o.end for o in found)]
    return {text[one.start : one.end]: one.reason for one in outer}


_EXAMPLE = regex.compile(r"^\s*(?P<text>\S.*?) → (?P<names>\S.*?)$", regex.MULTILINE)

EXAMPLES = [
    (rule.__name__, match["text"].replace(" ¶ ", "\n\n"), match["names"])
    for rule in RULES
    for match in _EXAMPLE.finditer(rule.__doc__ or "")
]


@pytest.mark.parametrize(("rule", "text", "names"), EXAMPLES)
def test_the_examples_of_the_rules(rule: str, text: str, names: str) -> None:
    assert (", ".join(f"{name} {reason}" for name, reason in reasons(text).items()) or "nothing") == names


def test_every_rule_has_examples() -> None:
    shown = {rule for rule, _, names in EXAMPLES if names != "nothing"}
    assert {rule.__name__ for rule in RULES} - shown == set()


IN_WORDS = [
    ("Katso www.esimerkki.fi/2021 heti.", {"www.esimerkki.fi/2021": "url"}),
    ("Ohje on https://esimerkki.fi/ohje/12 täällä.", {"https://esimerkki.fi/ohje/12": "url"}),
    ("Katso www.esimerkki.fi heti.", {}),
    ("Kirjoita anna1@esimerkki.fi heti.", {"anna1@esimerkki.fi": "email"}),
    ("Kirjoita tuki.2024@sote.esimerkki.fi heti.", {"tuki.2024@sote.esimerkki.fi": "email"}),
    ("Käytössä on Kaiku24 kaikilla.", {"Kaiku24": "name"}),
    ("Malli on nimeltään H2O kaikilla.", {"H2O": "name"}),
]

DENOMINATORS = [
    ("Käynnit / 1 000 asukasta vähenivät.", {"1 000": "denominator"}),
    ("Puhelut / 100 asiakasta lisääntyivät.", {"100": "denominator"}),
]

PHONES = [
    ("Soita 050 123 4567 heti.", {"050 123 4567": "phone"}),
    ("Soita 0400-555 019 heti.", {"0400-555 019": "phone"}),
    ("Soita +358 40 123 4567 heti.", {"+358 40 123 4567": "phone"}),
    ("Soita 08 12 345 heti.", {"08 12 345": "phone"}),
    ("Soita 09 12 34 heti.", {"09": "code"}),
    ("Asukkaita oli 128 000 vuoden lopussa.", {}),
]

ADDRESSES = [
    ("Käyntiosoite on Kauppakatu 5.", {"5": "address"}),
    ("Tavataan Keskuskatu 12 A 3", {"12 A 3": "address"}),
    ("Osoite: Rantatie 5–7 B, 99999 Koekylä.", {"5–7 B": "address", "99999": "address"}),
    ("Kauppakadun 5 asukasta muutti.", {}),
    ("Kävijöitä oli 12345 Koekylässä.", {}),
]

BESIDE_WORDS = [
    ("Laki 1301 on voimassa.", {"1301": "law_reference"}),
    ("Asetuksen 612/2021 mukaan toimitaan.", {"612/2021": "law_reference"}),
    ("Käynnissä on HE 56/2021 ja muita.", {"56/2021": "document_reference"}),
    ("Asia on kirjattu (diaarinumero 123).", {"123": "document_reference"}),
    ("Katso kuva 4 alta.", {"4": "numbered_thing"}),
    ("Sovelluksen versio 3 julkaistiin.", {"3": "numbered_thing"}),
    ("Tähän liittyy teema 2: lapset.", {"2": "numbered_thing"}),
    ("Katso prosessitavoite 3.2 ensin.", {"3.2": "goal_number"}),
    ("Kyseessä on työpaketti 4.", {"4": "goal_number"}),
    ("Neuvonnan puhelin 10023 on auki.", {"10023": "phone"}),
    ("Neuvonnan gsm 10023 on auki.", {"10023": "phone"}),
    ("Toimisto on postilokero 5 Mallilassa.", {"5": "address"}),
    ("Vastaus lähetetään: PL 120, Mallila.", {"120": "address"}),
    ("Vaihe 3 kuntaa mukana.", {}),
    ("Tavoitteena 30 uutta asiakasta.", {}),
    ("he 56 hakivat palvelua.", {}),
]

OPENINGS = [
    ("Palvelu toimii 24/7\n• Hoito alkaa.", {"24/7": "always_open"}),
    ("1.1 Asiakas saa ajan viikossa\n\nTyö eteni.", {"1.1": "goal_number"}),
    ("PT 2.3 Jono lyhenee\n\nTyö eteni.", {"2.3": "goal_number"}),
    (
        "1. Palveluiden laadun ja vaikuttavuuden parantaminen\n\nTyö eteni.",
        {"1.": "heading_number"},
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), [*IN_WORDS, *DENOMINATORS, *PHONES, *ADDRESSES, *BESIDE_WORDS, *OPENINGS]
)
def test_a_number_that_is_a_name_has_its_reason(text: str, expected: dict[str, str]) -> None:
    assert reasons(text) == expected


def test_a_goals_number_is_known_wherever_it_is_named_again(analyse: Analyse) -> None:
    text = "1.1 Asiakas saa ajan viikossa\n\nTässä 1.1 eteni, ja kerroin 2.2 jäi.\n"
    document = analyse(text)
    again, other = text.rindex("1.1"), text.index("2.2")
    assert identifier_at(document, again, again + 3) == "goal_number"
    assert identifier_at(document, other, other + 3) is None


def test_a_range_is_no_goal_though_a_goal_has_its_numbers() -> None:
    text = "1.5 Asiakas saa ajan viikossa\n\nTyytyväisyys kysyttiin asteikolla 1–5 kaikilta."
    assert reasons(text) == {"1.5": "goal_number", "1–5": "scale"}


def test_the_widest_name_around_a_number_counts(analyse: Analyse) -> None:
    text = "Soita puh. 050 123 4567 heti."
    start = text.index("123")
    document = analyse(text)
    assert identifier_at(document, start, start + 3) == "phone"
    assert identifier_at(document, 0, 5) is None


CONTENTS = "Sisällys\n1 Johdanto\t4\n1.1 Raportin tarkoitus\t6\n2 Tavoitteet\t9\n\n1 Johdanto\nTyö alkoi.\n"


def test_lines_whose_page_numbers_grow_are_a_contents_list() -> None:
    found = {number: reason for number, reason in reasons(CONTENTS).items() if number in ("4", "6", "9", "1.1")}
    assert found == {"4": "page_number", "6": "page_number", "9": "page_number", "1.1": "heading_number"}


def test_a_list_of_counts_is_no_contents_list() -> None:
    text = "Asemat\nMallila\t2\nKoela\t5\nSaarela\t3\nMuut\t4\n"
    assert "page_number" not in reasons(text).values()


PAGES = [
    ("Työ jatkuu.\n\n3 (7)\n\nUusi sivu alkaa.", {"3": "page_number", "7": "page_number"}),
    ("Raportti 1 (2)\n\nTyö alkoi.\n\nRaportti 2 (2)\n\nTyö loppui.", {"1": "page_number", "2": "page_number"}),
    ("Asiakkaita oli 3 (7) alueella.", {}),
]


@pytest.mark.parametrize(("text", "expected"), PAGES)
def test_pages_of_so_many(text: str, expected: dict[str, str]) -> None:
    assert reasons(text) == expected


def test_the_numbers_of_a_code_column_are_names(analyse: Analyse) -> None:
    text = "Raportti\n" + table(["Nro", "Mittari", "5/21"], ["1", "Jonotusaika", "21"], ["2", "Puhelut", "61"])
    document = analyse(text)
    assert identifier_at(document, text.index("\t1\n") + 1, text.index("\t1\n") + 2) == "numbered_thing"
