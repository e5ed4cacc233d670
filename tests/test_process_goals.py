"""The goals that a project sets itself: in tables, headings and lists, of now and of the original application."""

from __future__ import annotations

import pytest

from extractors.process_goals import extract as process_goals
from tests.conftest import Analyse
from tests.texts import REPORT, table


def test_goals_stand_once_with_code_kind_and_origin(analyse: Analyse) -> None:
    found = [
        (g.code, g.text, g.kind, g.benefit_goal, g.origin, g.work_package, g.same_as)
        for g in process_goals(analyse(REPORT))
    ]
    current, original = "current", "original_application"
    assert found == [
        ("1.1", "Asiakas saa ajan viikossa", "process_goal", 1, current, None, None),
        ("1.2", "Jono lyhenee", "process_goal", 1, current, None, None),
        ("1.3", "Etäaika on tarjolla", "process_goal", 1, current, None, None),
        (None, "Hoitoon pääsee.", "outcome_goal", 1, current, None, None),
        (None, "Puheluihin vastataan.", "outcome_goal", 1, current, None, None),
        (None, "Ajan saa kahdessa viikossa.", "process_goal", None, original, "TP 1", "1.1"),
        (None, "Kirjaaminen on yhtenäistä.", "process_goal", None, original, "TP 2", None),
    ]


def test_goals_are_counted_from_one_in_text_order(analyse: Analyse) -> None:
    document = analyse(REPORT)
    ids = [goal.goal_id for goal in process_goals(document)]
    assert ids == [f"{document.doc_id}-g000{number}" for number in range(1, 8)]


BROKEN_ITEMS = """Tavoiteltu muutos

1) luoda yhteinen käytäntö neuvoloihin ja kouluihin sekä

kirjata se ohjeeksi

2) tukea perheitä, joilla on pienten lasten

lisäksi hoidettavia vanhempia.

3) koota verkosto

icon/chevron-down Created with Sketch. Kohderyhmä ja asiakasymmärrys

Perheet valittiin syksyllä.
"""


def test_an_item_goes_on_behind_an_empty_line(analyse: Analyse) -> None:
    assert [" ".join(goal.text.split()) for goal in process_goals(analyse(BROKEN_ITEMS))] == [
        "luoda yhteinen käytäntö neuvoloihin ja kouluihin sekä kirjata se ohjeeksi",
        "tukea perheitä, joilla on pienten lasten lisäksi hoidettavia vanhempia",
        "koota verkosto",
    ]


PAGE = """Päämäärä ja päätavoite

• Asiakas saa avun ajoissa.
• hoidon jatkuvuus paranee,
• palvelut ovat yhdenvertaisia sekä

Tavoiteltavat tulokset, tuotokset ja vaikutukset

Tuloksena on

• Jonot ovat lyhentyneet.

Tuotokset ja tulokset

• Opas on julkaistu.
"""


def test_bullets_of_a_pages_goal_fields_are_goals_without_the_lists_own_marks(analyse: Analyse) -> None:
    assert [(goal.kind, goal.text, goal.code) for goal in process_goals(analyse(PAGE))] == [
        ("objective", "Asiakas saa avun ajoissa.", None),
        ("objective", "hoidon jatkuvuus paranee", None),
        ("objective", "palvelut ovat yhdenvertaisia", None),
        ("outcome_goal", "Jonot ovat lyhentyneet.", None),
    ]


def test_a_goal_that_only_a_heading_names_is_one_under_its_national_goal(analyse: Analyse) -> None:
    headings = "2 Ennaltaehkäisy ja ennakointi\nTausta on tässä.\n2.1 Tuki saadaan ajoissa ja 2.2 Riskit tunnistetaan"
    found = process_goals(analyse(f"{headings}\nTyö eteni.\n"))
    assert [(goal.code, goal.text, goal.benefit_goal) for goal in found] == [
        ("2.1", "Tuki saadaan ajoissa", 2),
        ("2.2", "Riskit tunnistetaan", 2),
    ]


NOTES = [
    ("Sama kuin prosessitavoite 1.1", "1.1"),
    ("Vastaa tavoitetta 1.1", "1.1"),
    ("sama kuin PT 1.1", "1.1"),
    ("Osana prosessitavoitetta 1.1", None),
    ("Ei jatketa", None),
]


@pytest.mark.parametrize(("note", "same_as"), NOTES)
def test_a_goal_of_the_application_points_to_the_one_that_it_became(
    note: str, same_as: str | None, analyse: Analyse
) -> None:
    rows = table(["Alkuperäiset prosessitavoitteet", "Status"], ["TP 2. Ajan saa kahdessa viikossa.", note])
    (goal,) = process_goals(analyse(f"Liite 2; Alkuperäiset tavoitteet\n{rows}\n\n\nTeksti jatkuu.\n"))
    assert (goal.text, goal.origin) == ("Ajan saa kahdessa viikossa.", "original_application")
    assert (goal.work_package, goal.same_as) == ("TP 2", same_as)


def test_a_rows_work_package_is_carried_down_to_the_goals_below_it(analyse: Analyse) -> None:
    readiness = ["20 %", "40 %"]
    rows = [
        ["Työpaketti", "Prosessitavoite", "Kevät 2021", "Syksy 2021"],
        ["TP 1", "PT 1.1 Asiakas saa ajan", *readiness],
        ["", "PT 1.2 Jono lyhenee", *readiness],
        ["TP 3 Digi", "PT 2.1 Etäaika on tarjolla", *readiness],
        ["Viestintä", "PT 2.2 Tieto löytyy", *readiness],
    ]
    found = process_goals(analyse(f"Koealueen oma-arviointi\n\n{table(*rows)}\n\n\nTeksti jatkuu.\n"))
    assert [(goal.code, goal.work_package) for goal in found] == [
        ("1.1", "TP 1"), ("1.2", "TP 1"), ("2.1", "TP 3"), ("2.2", None)
    ]  # fmt: skip
    without = table(*(row[1:] for row in rows))
    found = process_goals(analyse(f"Koealueen oma-arviointi\n\n{without}\n\n\nTeksti jatkuu.\n"))
    assert [(goal.code, goal.work_package) for goal in found] == [
        ("1.1", None), ("1.2", None), ("2.1", None), ("2.2", None)
    ]  # fmt: skip


POINTERS = [
    ("Yhdistetty tavoitteeseen P7", "P7"),
    ("Siirretty tavoitteeseen PT 1.3", "1.3"),
    ("Muutettu tavoitteeksi P8", "P8"),
    ("Sisältyy nyt tavoitteeseen P7", "P7"),
    ("Jatkuu tavoitteena P8", "P8"),
    ("Sama kuin prosessitavoite P 7", "P7"),
    ("Luovuttu", None),
    ("Toteutui 90 %", None),
]


@pytest.mark.parametrize(("note", "same_as"), POINTERS)
def test_what_became_of_a_goal_stands_beside_it_or_in_brackets(
    note: str, same_as: str | None, analyse: Analyse
) -> None:
    opening = "Koealueen oma-arviointi\n\nP7 Asiakas saa ajan\nTyö eteni.\n\nP8 Jono lyhenee\nTyö jatkuu.\n\n"
    rows = table(["Alkuperäiset prosessitavoitteet", "Status"], ["TP 2. Ajan saa viikossa.", note])
    item = f"• Ajan saa viikossa ({note[0].lower()}{note[1:]})\n• Jono lyhenee\n"
    in_table = analyse(f"{opening}Liite 2; Alkuperäiset tavoitteet\n{rows}\n\n\nTeksti jatkuu.\n")
    in_list = analyse(f"{opening}Liite 2: Alkuperäisen hankehakemuksen tavoitteet\n{item}")
    for document in (in_table, in_list):
        found = [goal for goal in process_goals(document) if goal.text.startswith("Ajan saa viikossa")]
        assert [(goal.same_as, goal.origin) for goal in found] == [(same_as, "original_application")]


INTRODUCTIONS = [
    ("Tavoiteltava hyöty", "outcome_goal"),
    ("Tavoitellut hyödyt", "outcome_goal"),
    ("Hankkeen omat tulostavoitteet", "outcome_goal"),
    ("Hyötytavoitteen 1 alla tavoittelemme seuraavaa:", "outcome_goal"),
    ("Tulostavoitteet ovat", "outcome_goal"),
    ("Tavoitteena on, että", "outcome_goal"),
    ("Työn tavoitteet ovat:", "outcome_goal"),
    ("Kun hanke päättyy, seuraavat hyödyt ovat toteutuneet:", "outcome_goal"),
    ("Seuraavat hyödyt ovat jo toteutuneet:", None),
    ("Mukana ovat olleet", None),
    ("Tulokset", None),
]


@pytest.mark.parametrize(("words", "kind"), INTRODUCTIONS)
def test_a_heading_or_a_lead_in_introduces_the_projects_own_goals(
    words: str, kind: str | None, analyse: Analyse
) -> None:
    found = process_goals(
        analyse(
            f"Koealueen oma-arviointi\n\n1 Saatavuus ja jatkuvuus\n{words}\n• Asiakas pääsee hoitoon viikossa.\n"
            "• Jonot lyhenevät.\n\n2 Laatu ja vaikuttavuus\nTyö eteni.\n"
        )
    )
    assert [(goal.kind, goal.benefit_goal, goal.code) for goal in found] == ([(kind, 1, None)] * 2 if kind else [])


def test_a_line_may_label_its_goal(analyse: Analyse) -> None:
    found = process_goals(
        analyse(
            "Koealueen oma-arviointi\n\n1 Saatavuus ja jatkuvuus\nTulostavoite: Vastaanotolle pääsee viikossa\n"
            "Työ eteni hyvin koko alueella.\n\n2 Laatu ja vaikuttavuus\nTyö eteni.\n"
        )
    )
    assert [(goal.kind, goal.text, goal.benefit_goal) for goal in found] == [
        ("outcome_goal", "Vastaanotolle pääsee viikossa", 1)
    ]


def test_the_programmes_own_goals_are_not_the_projects(analyse: Analyse) -> None:
    listed = "1) Palvelujen saatavuus ja oikea-aikaisuus\n2) Laatu ja vaikuttavuus\n3) Kustannusten nousun hillintä\n"
    document = analyse(f"Koealueen oma-arviointi\n\nJohdanto\n\nOhjelman tavoitteena on:\n{listed}\nTyö jatkuu.\n")
    assert process_goals(document) == []


def test_prose_that_opens_with_a_goals_code_tells_of_it(analyse: Analyse) -> None:
    rows = table(
        ["Tavoite", "5/21", "11/21"],
        ["T1 Asukas saa ajan viikossa", "25 %", "50 %"],
        ["T2 Jono puretaan", "0 %", "10 %"],
    )
    told = "T1: Ajanvaraus uudistui keväällä. Kyselyyn vastasi puolet.\n\nT2: Työ jäi kesken. Se jatkuu syksyllä.\n"
    document = analyse(f"Koealueen oma-arviointi\n\nTavoitteet\n{rows}\n\n\nEteneminen\n\n{told}")
    assert [goal.text for goal in process_goals(document)] == ["Asukas saa ajan viikossa", "Jono puretaan"]
    assert [section.heading_text for section in document.sections if section.goal_codes] == []


def test_goals_may_have_a_dash_behind_their_number(analyse: Analyse) -> None:
    goals = "T1 – Asukas saa ajan\nTyö eteni hyvin.\n\nT2 – Jono lyhenee\nTyö jatkuu.\n\nT3-aika\nAika lyheni.\n"
    found = process_goals(analyse(f"Koealueen oma-arviointi\n\n{goals}"))
    assert [(goal.code, goal.text) for goal in found] == [("T1", "Asukas saa ajan"), ("T2", "Jono lyhenee")]


APPENDICES = [
    ("Liite 1. Hakemusvaiheen tavoitteet", ["Tunnus hakemuksessa", "Tavoitteen sanamuoto", "Mitä sille kävi"]),
    ("Liite 1. Hakuvaiheen tavoitteet", ["Koodi", "Tavoite", "Mitä tapahtui"]),
    ("Liite 1. Tavoitteiden vaiheet", ["Nro", "Tavoite hankehakemuksessa", "Tilanne"]),
    ("Liite 1. Mitä tavoitteista tuli", ["Hakemuksen numero", "Tavoite", "Mitä kävi"]),
]


@pytest.mark.parametrize(("heading", "columns"), APPENDICES)
def test_the_applications_goals_with_codes_in_a_column_of_their_own(
    analyse: Analyse, heading: str, columns: list[str]
) -> None:
    grid = table(
        columns,
        ["A1", "Neuvonta palvelee kaikkia", "Jatkuu tavoitteena T2"],
        ["A2", "Etäkuntoutus kokeillaan", "Luovuttu"],
        ["A3", "Ajan saa viikossa", "Rajattu, ks. T1"],
    )
    found = process_goals(analyse(f"{REPORT}\n\n{heading}\nAlla on kerrottu, miten niille kävi.\n{grid}\n"))
    assert [(goal.code, goal.text, goal.origin, goal.same_as) for goal in found[-3:]] == [
        ("A1", "Neuvonta palvelee kaikkia", "original_application", "T2"),
        ("A2", "Etäkuntoutus kokeillaan", "original_application", None),
        ("A3", "Ajan saa viikossa", "original_application", "T1"),
    ]


def test_a_work_package_beside_an_applications_goal_is_no_code(analyse: Analyse) -> None:
    grid = table(["Nro", "Alkuperäinen tavoite", "Tilanne"], ["TP 1", "Ajan saa viikossa", "Luovuttu"])
    found = process_goals(analyse(f"{REPORT}\n\nLiite 3. Alkuperäiset tavoitteet\nAlla ovat tavoitteet.\n{grid}\n"))
    assert [(goal.code, goal.text) for goal in found[-1:]] == [(None, "Ajan saa viikossa")]


@pytest.mark.parametrize(
    ("note", "same"),
    [
        ("Jatkuu tavoitteena PT 1.2", "1.2"),
        ("Muutettu, ks. PT 1.1", "1.1"),
        ("Osana uusia mittareita, katso liite 1.", None),
        ("Jatkuu, ks. luku 3.2", None),
        ("Kuvattu, katso taulukko 2 ja prosessitavoite 1.2", "1.2"),
    ],
)
def test_what_a_note_points_to_is_a_goal(analyse: Analyse, note: str, same: str | None) -> None:
    grid = table(["Alkuperäinen tavoite", "Tilanne"], ["Ajan saa viikossa", note])
    found = process_goals(analyse(f"{REPORT}\n\nLiite 3. Alkuperäiset tavoitteet\nAlla ovat tavoitteet.\n{grid}\n"))
    assert [goal.same_as for goal in found[-1:]] == [same]
