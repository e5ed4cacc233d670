"""Ways of other offices to name goals, rounds, states and periods, each as a small report."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractors import dates, goal_status, indicators, measures, process_goals, project_results
from extractors.document import AnalysedDocument
from extractors.documents import extract as documents
from tests.texts import table

Analyse = Callable[[str], AnalysedDocument]

LETTERS = table(
    ["Kirjain", "Mitä tavoittelemme", "I/2021", "II/2021"],
    ["A", "Asukas saa ajan omalle hoitajalle", "25 %", "50 %"],
    ["B", "Perhe saa tuen ilman lähetettä", "–", "75 %"],
)


def test_letters_number_goals_in_a_column_of_their_own_and_half_years_are_counted_by_two(analyse: Analyse) -> None:
    document = analyse(f"Koealueen raportti\n\nTavoitteiden tilanne on tässä.\n{LETTERS}\n\n\nTeksti jatkuu.\n")
    assert [(one.code, one.text) for one in process_goals.extract(document)] == [
        ("A", "Asukas saa ajan omalle hoitajalle"),
        ("B", "Perhe saa tuen ilman lähetettä"),
    ]
    found = [(one.code, one.period, one.percent) for one in goal_status.extract(document)]
    assert found == [("A", "2021-H1", 25.0), ("A", "2021-H2", 50.0), ("B", "2021-H2", 75.0)]


def test_a_third_roman_number_makes_them_quarters(analyse: Analyse) -> None:
    document = analyse(f"Koealueen raportti\n\nTilanne III/2021 on tässä.\n{LETTERS}\n\n\nTeksti jatkuu.\n")
    assert {one.period for one in goal_status.extract(document)} == {"2021-Q1", "2021-Q2"}


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("Tavoite A: Asukas saa ajan", ("A",)),
        ("Tavoite II – Jonot lyhenevät", ("II",)),
        ("Tavoitteet B ja C", ("B", "C")),
        ("Tavoitteet 1.1, 1.2 ja 1.4", ("1.1", "1.2", "1.4")),
    ],
)
def test_a_heading_names_goals_by_letters_roman_numbers_and_lists(
    heading: str, codes: tuple[str, ...], analyse: Analyse
) -> None:
    text = f"Koealueen raportti\n\n{heading}\n\nAika on saatu kaikissa kunnissa.\n\n{heading}\n\nTyö jatkuu.\n"
    assert [section.goal_codes for section in analyse(text).sections if section.goal_codes] == [codes, codes]


LINES = """Koealueen oma-arviointi 13.6.2022

Miten palveluihin päästiin?
Ruuhkat ovat purkautuneet suurissa kaupungeissa, mutta pienissä kunnissa odotetaan yhä.
Tavoite: Asukas saa hoidon tarpeen arvion saman päivän aikana.
Valmiusaste: toukokuun lopussa 2022 noin 65 %, kun se joulukuussa 2021 oli 40 %. Syy kerrotaan maaliskuussa.
Tehty ja käytössä:
• Takaisinsoitto otettiin käyttöön.
Odottaa vuoroaan:
• Tulkkauspalvelu kilpailutetaan syksyllä.
Mitä ehkäisevä työ sai aikaan?
Siirtymä on alussa kaikissa kunnissa, ja työtä on paljon jäljellä.
Tavoite: Perhe löytää tuen yhdestä paikasta.
Valmiusaste: keväällä -22 35 %, syksyllä -21 20 %.
Tehty ja käytössä:
• Kohtaamispaikka avattiin.
Odottaa vuoroaan:
• Neuvolaryhmät, kun tilat on saatu.
Mikä on vaikeinta juuri nyt?
Vaikeinta on saada henkilöstöä pysymään määräaikaisissa tehtävissä.
"""


def test_questions_head_the_parts_of_a_report(analyse: Analyse) -> None:
    headings = [(one.level, one.heading_text) for one in analyse(LINES).sections if one.heading_text.endswith("?")]
    assert headings == [
        (1, "Miten palveluihin päästiin?"),
        (1, "Mitä ehkäisevä työ sai aikaan?"),
        (1, "Mikä on vaikeinta juuri nyt?"),
    ]


def test_a_labelled_line_is_a_goal_without_a_code_with_its_readiness_and_measures(analyse: Analyse) -> None:
    document = analyse(LINES)
    goals = list(process_goals.extract(document))
    assert [(one.code, one.text) for one in goals] == [
        (None, "Asukas saa hoidon tarpeen arvion saman päivän aikana."),
        (None, "Perhe löytää tuen yhdestä paikasta."),
    ]
    told = [(one.goal_id, one.code, one.period, one.percent) for one in goal_status.extract(document)]
    assert told == [
        (goals[0].goal_id, None, "2022-05", 65.0),
        (goals[0].goal_id, None, "2021-12", 40.0),
        (goals[1].goal_id, None, "2022-SP", 35.0),
        (goals[1].goal_id, None, "2021-FA", 20.0),
    ]
    deeds = [(one.goal_code, one.status, one.text) for one in measures.extract(document)]
    assert deeds == [
        (None, "done", "Takaisinsoitto otettiin käyttöön."),
        (None, "not_started", "Tulkkauspalvelu kilpailutetaan syksyllä."),
        (None, "done", "Kohtaamispaikka avattiin."),
        (None, "not_started", "Neuvolaryhmät, kun tilat on saatu."),
    ]


def test_two_questions_in_a_text_are_no_habit(analyse: Analyse) -> None:
    text = LINES.replace("Mikä on vaikeinta juuri nyt?", "Vaikeinta juuri nyt.")
    assert "Mitä ehkäisevä työ sai aikaan?" not in {one.heading_text for one in analyse(text).sections}


def test_columns_of_the_same_words_are_the_periods_that_part_them(analyse: Analyse) -> None:
    rows = table(
        ["Hanke", "Mihin pyritään", "Millä mitataan", "Tehty, syksy 2022", "Tehty, kevät 2022"],
        ["Työparit", "Asukas tuntee parinsa", "Jonotusaika", "Käytössä kaikkialla", "Laajeni kahteen kuntaan"],
    )
    document = analyse(f"Koealueen raportti\n\nHankkeet ovat tässä.\n{rows}\n\n\nTeksti jatkuu.\n")
    assert [(one.period, one.text) for one in project_results.extract(document)] == [
        ("2022-FA", "Käytössä kaikkialla"),
        ("2022-SP", "Laajeni kahteen kuntaan"),
    ]


def test_under_an_empty_corner_stand_indicators(analyse: Analyse) -> None:
    rows = table(["", "2020", "2021"], ["Puhelut", "241", "229"], ["Sijoitukset", "38 perhettä", "35 perhettä"])
    document = analyse(f"Koealueen raportti\n\nLuvut koottuna:\n{rows}\n\n\nTeksti jatkuu.\n")
    assert [(one.indicator, one.period, one.number, one.unit) for one in indicators.extract(document)] == [
        ("Puhelut", "2020", 241.0, None),
        ("Puhelut", "2021", 229.0, None),
        ("Sijoitukset", "2020", 38.0, "perhettä"),
        ("Sijoitukset", "2021", 35.0, "perhettä"),
    ]


def test_a_scale_in_a_table_is_read_whatever_the_order_of_its_columns(analyse: Analyse) -> None:
    legend = table(
        ["Valmius", "Vaihe", "Sisältö"], ["0 %", "1", "Ei alkanut"], ["50 %", "2", "Pilotti"], ["100 %", "3", "Arki"]
    )
    goals = table(["Tavoite", "5/2021", "11/2021"], ["1.1 Asukas saa ajan", "1", "2"], ["1.2 Perhe saa tuen", "2", "3"])
    document = analyse(f"Koealueen raportti\n\nTilanne.\n{goals}\n\n\nVaiheet:\n{legend}\n\n\nTeksti jatkuu.\n")
    found = [(one.code, one.stage, one.percent) for one in goal_status.extract(document)]
    assert found == [("1.1", 1, 0.0), ("1.1", 2, 50.0), ("1.2", 2, 50.0), ("1.2", 3, 100.0)]


ROUNDS = """Koealueen oma-arviointi

TAVOITTEET
- 1a Kiireetön asia hoituu yhdellä yhteydenotolla.
- 1b Takaisinsoitto tulee saman päivän aikana.

KIERROS I: TILANNE 31.5.2021
Valmius kerrotaan kolmella sanalla, jotka etenevät näin: ajatuksena, paperilla, kokeilussa.
{first}


KIERROS II: TILANNE 30.11.2021
Tavoitteet 1a ja 1b
Numero on yhteinen.
{second}


MITÄ OPITTIIN
Työ jatkuu kaikissa kunnissa.
"""


def test_numbers_with_letters_and_rounds_that_date_their_tables(analyse: Analyse) -> None:
    first = table(["Tavoite", "Missä mennään"], ["1a", "paperilla"], ["1b", "ajatuksena"])
    second = table(["Tavoite", "Missä mennään"], ["1a", "kokeilussa"], ["1b", "–"])
    document = analyse(ROUNDS.format(first=first, second=second))
    assert [(one.code, one.text) for one in process_goals.extract(document)] == [
        ("1a", "Kiireetön asia hoituu yhdellä yhteydenotolla."),
        ("1b", "Takaisinsoitto tulee saman päivän aikana."),
    ]
    found = [(one.code, one.period, one.raw, one.stage) for one in goal_status.extract(document)]
    assert found == [
        ("1a", "2021-05", "paperilla", 2),
        ("1b", "2021-05", "ajatuksena", 1),
        ("1a", "2021-11", "kokeilussa", 3),
    ]
    assert [section.goal_codes for section in document.sections if section.goal_codes] == [("1a", "1b")]


def test_headings_in_capitals_are_the_chapters_of_a_report_that_has_others(analyse: Analyse) -> None:
    document = analyse(ROUNDS.format(first="Teksti on tässä.", second="Teksti on tässä."))
    levels = {section.heading_text: section.level for section in document.sections if section.heading_text}
    assert levels["MITÄ OPITTIIN"] == levels["KIERROS I: TILANNE 31.5.2021"] == levels["TAVOITTEET"] == 1


def test_a_table_of_goals_deeds_and_indicators_gives_all_three(analyse: Analyse) -> None:
    rows = table(
        ["Tavoite", "Toimenpiteet", "Mittari", "Alussa", "10/2022"],
        [
            "T1 Soittaja saa vastauksen",
            "Valmiina\n– takaisinsoitto\nLuovuttiin\n– puhebotti",
            "Puhelut",
            "48 %",
            "93 %",
        ],
        ["T2 Perhe saa tuen", "Valmiina\n– kysely\nLuovuttiin\n– isäryhmä", "Kyselyt", "20 %", "78 %"],
    )
    document = analyse(f"Koealueen raportti\n\nTulokset ovat tässä.\n{rows}\n\n\nTeksti jatkuu.\n")
    assert [(one.code, one.text) for one in process_goals.extract(document)] == [
        ("T1", "Soittaja saa vastauksen"),
        ("T2", "Perhe saa tuen"),
    ]
    assert [(one.goal_code, one.status, one.text) for one in measures.extract(document)] == [
        ("T1", "done", "takaisinsoitto"),
        ("T1", "not_pursued", "puhebotti"),
        ("T2", "done", "kysely"),
        ("T2", "not_pursued", "isäryhmä"),
    ]
    assert [(one.indicator, one.period) for one in indicators.extract(document)] == [
        ("Puhelut", "baseline"),
        ("Puhelut", "2022-10"),
        ("Kyselyt", "baseline"),
        ("Kyselyt", "2022-10"),
    ]
    assert list(goal_status.extract(document)) == []


COVER = """Koealueen hyvinvointialue
MUISTIO

Yhteinen sote-keskus
Oma-arviointi, kevätkausi 2022

Hankkeen hallinnoija Koelan kaupunki
Ohjelma Tulevaisuuden sosiaali- ja terveyskeskus
Alue Satakunta
Yhteyshenkilö Projektipäällikkö Anna Aho, Koelan kaupunki, hyvinvointitoimiala
Sähköposti anna.aho@koela.example
Arvioitu pe 2.12.2022

Hanke alkoi syksyllä 2020, ja sen on määrä päättyä vuoden 2023 lopussa kaikissa alueen kunnissa.
"""


def test_a_cover_without_colons_under_a_letterhead(analyse: Analyse) -> None:
    (found,) = documents(analyse(COVER))
    assert (found.title, found.region) == ("Yhteinen sote-keskus", "Satakunta")
    assert found.programme == "Tulevaisuuden sosiaali- ja terveyskeskus"
    assert (found.contact_name, found.contact_email) == ("Anna Aho", "anna.aho@koela.example")
    assert found.contact_organisation == "Koelan kaupunki, hyvinvointitoimiala"
    assert str(found.report_date) == "2022-12-02"


BY_STATE = table(
    ["Tavoite", "Valmista", "Kesken", "Tulossa", "Luovuttu"],
    ["T1", "Nimi näkyy kirjeessä", "Nimi tuodaan asiointiin", "Kanava kuulovammaisille", "–"],
    ["T2", "Tiimit aloittivat kunnissa", "", "", "Tiimien väliset palkinnot"],
)
BY_MARK = table(
    ["Tavoite", "Toimenpide", "Valmis", "Kesken", "Ei aloitettu"],
    ["T1", "Nimi näkyy kirjeessä", "x", "", ""],
    ["", "Nimi tuodaan asiointiin", "", "x", ""],
    ["T2", "Kanava kuulovammaisille", "", "", "x"],
)
COUNTED = table(
    ["Tavoite", "Valmista", "Kesken", "Tulossa"],
    ["T1 Nimi näkyy", "4", "2", "1"],
    ["T2 Tiimit aloittavat", "3", "–", "5"],
)


def test_states_head_columns_of_deeds(analyse: Analyse) -> None:
    found = measures.extract(analyse(f"Koealueen oma-arviointi\n\nTyöt ovat tässä.\n{BY_STATE}\n\n\nTeksti jatkuu.\n"))
    assert [(one.goal_code, one.text, one.status) for one in found] == [
        ("T1", "Nimi näkyy kirjeessä", "done"),
        ("T1", "Nimi tuodaan asiointiin", "in_progress"),
        ("T1", "Kanava kuulovammaisille", "not_started"),
        ("T2", "Tiimit aloittivat kunnissa", "done"),
        ("T2", "Tiimien väliset palkinnot", "not_pursued"),
    ]


def test_states_head_columns_of_marks(analyse: Analyse) -> None:
    found = measures.extract(analyse(f"Koealueen oma-arviointi\n\nTyöt ovat tässä.\n{BY_MARK}\n\n\nTeksti jatkuu.\n"))
    assert [(one.goal_code, one.text, one.status) for one in found] == [
        ("T1", "Nimi näkyy kirjeessä", "done"),
        ("T1", "Nimi tuodaan asiointiin", "in_progress"),
        ("T2", "Kanava kuulovammaisille", "not_started"),
    ]


def test_columns_of_states_that_count_hold_no_deeds(analyse: Analyse) -> None:
    document = analyse(f"Koealueen oma-arviointi\n\nTyöt ovat tässä.\n{COUNTED}\n\n\nTeksti jatkuu.\n")
    assert list(measures.extract(document)) == []


LIGHTS = table(
    ["Osatavoite", "XII/2021", "VI/2022"],
    ["Osatavoite 1: Asukas saa neuvon", "punainen", "vihreä"],
    ["Osatavoite 2: Perhe kohtaa tiimin", "keltainen", "harmaa"],
)
LIT_DEEDS = table(
    ["Toimi", "Kuka vastasi", "Milloin", "Tila"],
    ["Numerot yhdistettiin", "päällikkö", "I–X/2022", "vihreä"],
    ["Chat palvelee iltaisin", "päällikkö", "III/2022 alkaen", "keltainen"],
    ["Automaatti ohjaa soittajan", "it-palvelut", "–", "harmaa"],
)
LIT = (
    "Koealueen itsearviointi\n\nMerkinnät luetaan näin:\npunainen = työ ei ole alkanut\nkeltainen = työ on kesken\n"
    f"vihreä = valmis ja siirretty linjaan\nharmaa = työstä on luovuttu\n{LIGHTS}\n\n\n"
    f"Osatavoite 1: Asukas saa neuvon\n\nTyö eteni.\n{LIT_DEEDS}\n\n\n"
    "Kysely oli auki 30.X.–17.XI.2022. Raportti annettiin 15.II.2023.\n"
)


def test_roman_numbers_are_months_where_a_document_counts_beyond_four(analyse: Analyse) -> None:
    document = analyse(LIT)
    found = [(one.code, one.period, one.stage) for one in goal_status.extract(document)]
    assert found == [("1", "2021-12", 1), ("1", "2022-06", 3), ("2", "2021-12", 2), ("2", "2022-06", 4)]
    told = {one.text: one.value for one in dates.extract(document)}
    assert told["I–X/2022"] == "2022-01/2022-10"
    assert told["III/2022"] == "2022-03"
    assert told["30.X.–17.XI.2022"] == "2022-10-30/2022-11-17"
    assert told["15.II.2023"] == "2023-02-15"


def test_a_legend_explains_states_by_colours(analyse: Analyse) -> None:
    found = [(one.text, one.status) for one in measures.extract(analyse(LIT)) if one.status_source == "cell"]
    assert found == [
        ("Numerot yhdistettiin", "done"),
        ("Chat palvelee iltaisin", "in_progress"),
        ("Automaatti ohjaa soittajan", "not_pursued"),
    ]


LISTED = table(
    ["Ryhmä", "Tavoite", "Hyötytavoite"],
    ["Varhainen apu", "A-1 Koululainen saa apua viikossa", "2"],
    ["", "A-2 Jonot on purettu", "1"],
    ["Talous", "C-1 Päällekkäinen työ lopetetaan", "5"],
)


def test_goals_coded_with_a_dash_serve_the_national_goal_of_their_row(analyse: Analyse) -> None:
    text = (
        f"Koealueen oma-arviointi\n\nI Lähtökohta\n\nTavoitteet ovat tässä.\n{LISTED}\n\n\nIV Arviointi 20.4.2023\n\n"
        "IV.1 Kypsyys\n\nPortaat ovat nämä, ja tavoitteet arvioidaan niillä:\n\n"
        "1 = alku (0 %)\n2 = puoliväli (50 %)\n3 = arkea (100 %)\n\n"
        "IV.2 Havainnot\n\nHanke eteni.\n\nV Jatko\n\nTyö jatkuu.\n"
    )
    document = analyse(text)
    assert [(one.code, one.text, one.benefit_goal) for one in process_goals.extract(document)] == [
        ("A-1", "Koululainen saa apua viikossa", 2),
        ("A-2", "Jonot on purettu", 1),
        ("C-1", "Päällekkäinen työ lopetetaan", 5),
    ]
    levels = {section.heading_text: section.level for section in document.sections}
    assert levels["IV.1 Kypsyys"] == levels["IV.2 Havainnot"] == levels["V Jatko"] + 1
    assert not any(section.goal_codes for section in document.sections)


def test_codes_below_work_packages_are_goals(analyse: Analyse) -> None:
    rows = table(
        ["Tavoite", "Valmius Q2/2023", "Valmius Q4/2023"],
        ["TP1.1 Neuvonta vastaa kahdella kielellä", "20 %", "65 %"],
        ["TP1.2 Tulkki on saatavilla vartissa", "0 %", "50 %"],
    )
    text = (
        f"Koealueen oma-arviointi\n\nTilanne on tässä.\n{rows}\n\n\nTP1 Kaksikielinen neuvonta\n\n"
        "TP1.1 Neuvonta vastaa kahdella kielellä\n\nNumero otettiin käyttöön kunnissa. Valmius Q2/2024: 90 %.\n\n"
        "TP1.2 Tulkki on saatavilla vartissa\n\nValmius Q2/2024: 80 %.\n"
    )
    document = analyse(text)
    assert [(one.code, one.kind) for one in process_goals.extract(document)] == [
        ("TP1.1", "process_goal"),
        ("TP1.2", "process_goal"),
    ]
    found = [(one.code, one.period, one.percent) for one in goal_status.extract(document)]
    assert found[:2] == [("TP1.1", "2023-Q2", 20.0), ("TP1.1", "2023-Q4", 65.0)]
    assert ("TP1.2", "2024-Q2", 80.0) in found


def test_the_last_goal_of_a_list_heads_nothing(analyse: Analyse) -> None:
    text = (
        "Koealueen oma-arviointi\n\nTavoitteet\n\nV1 Aika löytyy kahdessa viikossa\nV2 Tiimi vastaa väestöstä\n"
        "V3 Hoitaja on joka kunnassa\n\nAsteikko sovittiin yhdessä.\n\n"
        "V1 Aika löytyy kahdessa viikossa\n\nAika löytyi.\n\n"
        "V2 Tiimi vastaa väestöstä\n\nTiimi aloitti.\n\nV3 Hoitaja on joka kunnassa\n\nHoitajat aloittivat.\n"
    )
    document = analyse(text)
    assert [section.goal_codes for section in document.sections if section.goal_codes] == [("V1",), ("V2",), ("V3",)]
    assert [one.text for one in measures.extract(document)] == [
        "Aika löytyi.",
        "Tiimi aloitti.",
        "Hoitajat aloittivat.",
    ]


OWNED = "{}\nKestävä koe\nHankkeen oma-arviointi\n{}\n\nJohdanto\n\nHanke alkoi, ja sen työtä kuvataan tässä.\n"


FINISHED = [
    (
        "Havu & Koe Oy",
        "Hankepäätös annettu 1.2.2022\nLuovutettu tilaajalle 30. marraskuuta 2023",
        ("2023-11-30", None, None),
    ),
    (
        "Koealan kuntayhtymä",
        "Raportti valmis: 18.12.2023\nKun hanketta tehtiin: 1.1.2021 – 31.12.2023",
        ("2023-12-18", 2021, 2023),
    ),
    (
        "Koealan säätiö",
        "Hankkeen aika\nmaaliskuu 2018 – joulukuu 2020\nHyväksytty ohjausryhmässä 4.5.2020",
        ("2020-05-04", 2018, 2020),
    ),
]


@pytest.mark.parametrize(("owner", "lines", "told"), FINISHED)
def test_a_cover_tells_by_its_values_what_its_labels_mean(
    owner: str, lines: str, told: tuple[str, int | None, int | None], analyse: Analyse
) -> None:
    (found,) = documents(analyse(OWNED.format(owner, lines)))
    assert found.title == "Kestävä koe"
    assert (str(found.report_date), found.period_start, found.period_end) == told
