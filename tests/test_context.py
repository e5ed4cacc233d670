"""What a figure is about: its clause, row and column, its goal and period, which way it went and from when."""

from __future__ import annotations

import pytest

from extractors.document import AnalysedDocument
from extractors.percentages import extract as percentages
from extractors.quantities import extract as quantities
from extractors.records import PercentageRecord
from tests.conftest import Analyse
from tests.texts import table

ABOUT = [
    ("Vastaajista noin 40 %:lla oli omahoitaja, kertoo kysely.", "Vastaajista oli omahoitaja"),
    ("Kysely tehtiin, ja yli 40 % sai suunnitelman.", "sai suunnitelman"),
    ("Kysely tehtiin, ja siihen osallistui yli 40 %.", "Kysely: siihen osallistui"),
    ("Osuus oli 12,5 % (7.10.2021).", "Osuus"),
    ("Asukkaita on 1,2 %; työ jatkuu.", "Asukkaita"),
    ("Mallia laajennetaan (valmiusaste 40 %) ensi vuonna.", "Mallia: valmiusaste"),
    ("Osa vastasi (40 %) kyselyyn.", "Osa vastasi kyselyyn"),
    ("Kysely tehtiin ja 40 % vastasi siihen.", "Kysely: vastasi siihen"),
    ("Osuus kuukaudessa / 40 %.", "Osuus kuukaudessa"),
    ("Ryhmässä on 27 lasta kahdesta kunnasta, ja 40 % hyötyi.", "lasta: hyötyi"),
    ("Tässä ei ole lukua. Hoitoon pääsi 40 %. Työ jatkuu.", "Hoitoon pääsi"),
    ("• Hoitoon pääsi 40 %", "Hoitoon pääsi"),
    ("40 %", None),
]


@pytest.mark.parametrize(("text", "about"), ABOUT)
def test_in_prose_a_figure_is_about_its_clause(text: str, about: str | None, analyse: Analyse) -> None:
    (record,) = percentages(analyse(text))
    assert record.about == about


PHRASES = [
    # figures told in a row share what stands before the first
    ("Jämsässä ratkeaa 58 %, Kouvolassa 51 %.", ["Jämsässä ratkeaa", "Kouvolassa ratkeaa"]),
    (
        "Tavoitteen 2.1 valmius oli keväällä 2021 20 % ja syksyllä 2021 35 %.",
        [
            "Tavoitteen 2.1 valmius oli keväällä 2021",
            "Tavoitteen 2.1 valmius oli syksyllä 2021",
        ],
    ),
    # what a pronoun stands for, and what bare words belong to
    ("Kävijöitä oli paljon, joista 40 % tuli uudestaan.", ["Kävijöitä, joista tuli uudestaan"]),
    ("Uusia jaksoja aloitettiin 88, joista loppuun saatettiin 71 %.", ["Uusia jaksoja, joista loppuun saatettiin"]),
    (
        "Kaatumiset vähenivät 11 %, vaikka tavoitteeksi oli asetettu 15 %.",
        [
            "Kaatumiset vähenivät",
            "Kaatumiset: tavoitteeksi oli asetettu",
        ],
    ),
    ("Heistä 40 % tuli uudestaan.", [None]),
    # brackets and other figures stay out, names and ages stay in
    ("Saapuneista (n = 120) hoidettiin 37 %.", ["Saapuneista hoidettiin"]),
    ("Yli 75-vuotiaista 40 % asuu yksin.", ["Yli 75-vuotiaista asuu yksin"]),
    ("Kiireettömään hoitoon pääsi seitsemässä päivässä 86 %.", ["Kiireettömään hoitoon pääsi seitsemässä päivässä"]),
    ("Sosiaali- ja terveysmenot kasvoivat yhteensä 4 %.", ["Sosiaali- ja terveysmenot kasvoivat"]),
    # the clause that says what is left open
    (
        "Haastatelluista 12 % kertoi, ettei ollut koskaan soittanut numeroon.",
        ["Haastatelluista kertoi, ettei ollut koskaan soittanut numeroon"],
    ),
    ("Henkilöstöstä 30 % ei tiennyt, kuka asiaa hoitaa.", ["Henkilöstöstä ei tiennyt, kuka asiaa hoitaa"]),
    (
        "Käynneistä 40 % arvioitiin sellaisiksi, jotka olisi voitu hoitaa etänä.",
        ["Käynneistä arvioitiin sellaisiksi, jotka olisi voitu hoitaa etänä"],
    ),
    ("Vastaajista 45 % kävi lääkärissä, joka antoi ohjeet.", ["Vastaajista kävi lääkärissä"]),
]


@pytest.mark.parametrize(("text", "abouts"), PHRASES)
def test_a_figure_is_about_a_phrase_that_one_could_quote(text: str, abouts: list[str | None], analyse: Analyse) -> None:
    assert [record.about for record in percentages(analyse(text))] == abouts


def test_figures_of_one_sentence_have_each_their_period_and_words(analyse: Analyse) -> None:
    found = percentages(analyse("Kattavuus nousi vuoden 2020 määrästä 12 %:sta 31 %:iin vuoteen 2025 mennessä."))
    assert [(record.text, record.period) for record in found] == [("12 %", "2020"), ("31 %", "2025")]
    counts = quantities(analyse("Kuntien väkiluku oli 48 200 (2020) ja työttömien määrä oli 2 310 (9/21)."))
    assert [(record.about, record.period) for record in counts] == [
        ("Kuntien väkiluku", "2020"),
        ("työttömien määrä", "2021-09"),
    ]


def test_neighbouring_figures_are_no_words_of_a_figure(analyse: Analyse) -> None:
    found = percentages(analyse("Kävijöistä 61 % oli naisia ja 39 % miehiä. Osuus nousi 12 %:sta 19 %:iin."))
    assert [record.about for record in found] == [
        "Kävijöistä oli naisia",
        "Kävijöistä oli miehiä",
        "Osuus nousi",
        "Osuus nousi",
    ]


WRAPPED = (
    "Alue on sitoutunut hankkeessa yhdessä sovittuun 80 prosentin kattavuuteen palveluissaan\n"
    + "sekä niiden kehittämiseen, jonka tarkoituksena on tukea kuntien ja järjestöjen työtä\n" * 8
    + "niin kuin on sovittu.\n"
)
"""A paragraph whose lines a word processor has broken, so that its first line may be a label of another text."""


def test_short_lines_of_a_wrapped_paragraph_are_no_part_of_a_sentence(analyse: Analyse) -> None:
    document = analyse(f"Liite 1: Sopimus työnjaosta\n\nPäätetty kokouksessa 2.5.2019\n{WRAPPED}")
    assert len(document.blocks) == 2
    (record,) = percentages(document)
    expected = "Alue on sitoutunut hankkeessa yhdessä sovittuun kattavuuteen palveluissaan sekä niiden kehittämiseen"
    assert record.about == expected
    assert record.period is None


def test_a_line_that_is_a_date_dates_the_sentence_below(analyse: Analyse) -> None:
    (record,) = percentages(analyse(f"Liite 1: Sopimus työnjaosta\n\nSopimus\nsyksy 2022\n{WRAPPED}"))
    assert record.period == "2022-FA"


CHANGES = [
    ("Menojen kasvu hidastui 20 %.", "decrease"),
    ("Muutos oli +20 %.", "increase"),
    ("Menot ovat muuttuneet -20 %.", "decrease"),
    ("Käyntejä oli 20 % vähemmän kuin naapurissa.", None),
    ("Käyntejä oli 20 % vähemmän kuin vuonna 2019.", "decrease"),
    ("Osuus laskettiin: 20 % vastasi siihen.", None),
    ("Osuus nousi 20 % ja jonot lyhenivät.", "increase"),
    ("Jonot lyhenivät ja osuus nousi 20 %.", "increase"),
    ("Osuus nousi, ja jonossa on 20 %.", None),
    ("Osuus nousi; jonossa on 20 %.", None),
    ("Jonossa on 20 %: osuus laski.", None),
    ("Osuus nousi. Jonossa on 20 %.", None),
    ("Osuus on säilynyt 20 prosentissa.", "unchanged"),
    ("Käyntien määrä väheni noin 20 %.", "decrease"),
]


@pytest.mark.parametrize(("text", "change"), CHANGES)
def test_the_nearest_word_of_change_in_the_clause_tells_which_way(
    text: str, change: str | None, analyse: Analyse
) -> None:
    (record,) = percentages(analyse(text))
    assert record.change == change


def test_clauses_of_a_sentence_have_each_their_own_change(analyse: Analyse) -> None:
    found = percentages(analyse("Osuus laski Mallilassa 3 %, mutta Koelassa se nousi 5 %."))
    assert [(r.text, r.change) for r in found] == [("3 %", "decrease"), ("5 %", "increase")]


COMPARED = [
    ("Osuus on 12 % korkeampi kuin vuonna 2019.", None, "2019"),
    ("Osuus kasvoi 12 % vuonna 2022 verrattuna vuoteen 2019.", "2022", "2019"),
    ("Osuus kasvoi 12 % vuoteen 2019 verrattuna vuonna 2022.", "2022", "2019"),
    ("Osuus oli keväällä 2022 kuin keväällä 2019 eli 12 %.", "2022-SP", "2019-SP"),
    ("Osuus kasvoi 12 % vuoteen 2019 nähden.", None, "2019"),
    ("Osuus on vuodesta 2019 kasvanut 12 % vuoteen 2022 mennessä.", "2022", "2019"),
    ("Osuus on kasvanut 12 % vuodesta 2019 lähtien.", "2019", None),
    ("Palvelua on annettu vuodesta 2019, ja 12 % vastasi.", "2019", None),
]


@pytest.mark.parametrize(("text", "period", "compared_to"), COMPARED)
def test_a_date_beside_a_word_of_comparison_is_what_a_figure_is_compared_to(
    text: str, period: str | None, compared_to: str, analyse: Analyse
) -> None:
    (record,) = percentages(analyse(text))
    assert (record.period, record.compared_to) == (period, compared_to)


PERIODS = [
    ("Sopimus päättyy 31.8.2024, ja osuus on 40 %.", None),
    ("Keväällä 2022 työ alkoi, ja osuus oli 40 %.", "2022-SP"),
    ("Osuus oli 40 %, kun taas keväällä 2021 se oli pienempi.", None),
    ("Osuus oli vuoden 2015 jälkeen 40 %.", None),
    ("Osuus laski 40 % vuosien 2020 ja 2021 välillä.", "2020/2021"),
    ("Palautetta saatiin maaliskuussa 2022 paljon, ja heistä 40 % oli tyytyväisiä.", "2022-03"),
    ("Keväällä 2021 osuus oli pieni, ja nyt se on 40 %.", None),
    ("Osuus oli 40 % keväällä 2021.", "2021-SP"),
    ("Osuus oli 40 % alueella. Keväällä 2021 työ alkoi.", None),
    ("Keväällä 2021 ja syksyllä 2021 osuus oli 40 %.", None),
    ("Osuus oli 40 % kolmen kuukauden ajan.", None),
    ("Osuus oli keväällä 40 %.", None),
]


@pytest.mark.parametrize(("text", "period"), PERIODS)
def test_the_only_dated_time_of_the_sentence_is_its_period(text: str, period: str | None, analyse: Analyse) -> None:
    (record,) = percentages(analyse(text))
    assert record.period == period


def test_labels_of_a_cell_date_what_stands_below_them(analyse: Analyse) -> None:
    rows = table(
        ["Hanke", "Mitä saatiin aikaan"], ["Etäryhmät", "Kevät 2022\nRyhmiä oli 40 %.\nsyksy 2022\nOsuus 47 %."]
    )
    found = percentages(analyse(in_tables(rows)))
    assert [(record.about, record.period) for record in found] == [
        ("Ryhmiä", "2022-SP"),
        ("Etäryhmät: Osuus", "2022-FA"),
    ]


def test_a_heading_that_is_a_period_dates_its_paragraphs(analyse: Analyse) -> None:
    text = "1 Tulokset\n\nKEVÄT 2022\n\nAsiakkaita ohjattiin 40 %.\n\nSYKSY 2022\n\nAsiakkaita ohjattiin 50 %.\n"
    assert [record.period for record in percentages(analyse(text))] == ["2022-SP", "2022-FA"]


def in_tables(*tables: str) -> str:
    return "Koealueen raportti\n" + "".join(f"Taulukko on tässä.\n{one}\n\n\n" for one in tables) + "Teksti jatkuu.\n"


def figures(document: AnalysedDocument) -> list[tuple[str, str | None, str | None, str | None, str | None]]:
    def context(record: PercentageRecord) -> tuple[str, str | None, str | None, str | None, str | None]:
        return record.text, record.about, record.column_heading, record.goal_code, record.period

    return [context(record) for record in percentages(document)]


def test_in_a_table_a_figure_is_about_its_row_under_its_column(analyse: Analyse) -> None:
    text = in_tables(
        table(
            ["Hyötytavoite", "Mittari", "Lähtötaso", "Kevät 2021", "Huomio"],
            ["Hoitoon pääsee.", "Vastatut puhelut", "54 %", "86 %", "Nousi 32 %"],
            ["", "Jonossa alle 10 % asukkaista", "–", "8 %", ""],
        ),
        table(
            ["Prosessitavoite", "5/21", "11/21"],
            ["PT 1.1 Asiakas saa ajan", "10 %", "40 %"],
            ["PT 1.2 Jono lyhenee 20 %", "–", "60 %"],
        ),
        table(["Kunta", "Osuus vastaajista"], ["Mallila", "70 %"], ["Koela", "80 %"]),
    )
    calls, queue, time, shorter = (
        "Vastatut puhelut",
        "Jonossa alle 10 % asukkaista",
        "Asiakas saa ajan",
        "Jono lyhenee 20 %",
    )
    assert figures(analyse(text)) == [
        ("54 %", calls, "Lähtötaso", None, "baseline"),
        ("86 %", calls, "Kevät 2021", None, "2021-SP"),
        ("32 %", calls, "Huomio", None, None),
        ("10 %", "Jonossa asukkaista", "Mittari", None, None),
        ("8 %", queue, "Kevät 2021", None, "2021-SP"),
        ("10 %", f"PT 1.1 {time}", "5/21", "1.1", "2021-05"),
        ("40 %", f"PT 1.1 {time}", "11/21", "1.1", "2021-11"),
        ("20 %", f"PT 1.2 {shorter.removesuffix(' 20 %')}", "Prosessitavoite", "1.2", None),
        ("60 %", f"PT 1.2 {shorter}", "11/21", "1.2", "2021-11"),
        ("70 %", "Mallila", None, None, None),
        ("80 %", "Koela", None, None, None),
    ]


def test_in_prose_a_figure_belongs_to_the_goal_of_the_heading_above(analyse: Analyse) -> None:
    text = (
        "1 Saatavuus ja jatkuvuus\n40 % vastasi.\n1.1 Asiakas saa ajan viikossa\n50 % sai ajan 7 päivässä.\n\n"
        "Omahoitajat\n\n60 %:lla on omahoitaja.\n\n2 Ennaltaehkäisy ja ennakointi\n70 % vastasi.\n"
    )
    document = analyse(text)
    assert [(r.text, r.goal_code) for r in percentages(document)] == [
        ("40 %", None),
        ("50 %", "1.1"),
        ("60 %", "1.1"),
        ("70 %", None),
    ]
    assert [(r.text, r.goal_code) for r in quantities(document)] == [("7 päivässä", "1.1")]


def test_in_a_cell_of_two_goals_a_figure_belongs_to_the_one_that_names_it(analyse: Analyse) -> None:
    rows = table(["Prosessitavoite", "5/21"], ["1.1 Aikoja saa 20 % ja 1.2 Jono lyhenee 30 %", "40 %"])
    assert [(r.text, r.goal_code) for r in percentages(analyse(in_tables(rows)))] == [
        ("20 %", "1.1"),
        ("30 %", "1.2"),
        ("40 %", "1.1"),
    ]


ROLES = "\n".join(
    [
        "Koealueen oma-arviointi",
        "Asteikko: suunnitteilla (10 %), kokeilussa (50 %) ja käytössä (100 %).",
        table(
            ["Tavoite", "5/21", "11/21"],
            ["PT 1.1 Asiakas saa ajan", "kokeilussa", "65 %"],
            ["PT 1.2 Jono lyhenee", "suunnitteilla", "käytössä"],
        ),
        "",
        "",
        "Taulukossa ovat mittarit.",
        table(["Mittari", "Lähtötaso", "Tavoite", "Kevät 2021"], ["Vastatut puhelut", "51 %", "91 %", "71 %"]),
        "",
        "",
        "PT 1.1 Asiakas saa ajan",
        "Valmiusaste: kevät 2021 21 %",
        "Ajanvarauksen valmiusaste on noin 31 %.",
        "Puheluista vastattiin 72 %, kun tavoite on 92 % ja lähtötaso oli 52 %.",
        "",
    ]
)


def test_a_percentage_has_its_role(analyse: Analyse) -> None:
    assert [(r.text, r.role) for r in percentages(analyse(ROLES))] == [
        ("10 %", "legend"),
        ("50 %", "legend"),
        ("100 %", "legend"),
        ("65 %", "readiness"),
        ("51 %", "baseline"),
        ("91 %", "target"),
        ("71 %", "indicator"),
        ("21 %", "readiness"),
        ("31 %", "measure_readiness"),
        ("72 %", "result"),
        ("92 %", "target"),
        ("52 %", "baseline"),
    ]


def test_figures_under_a_pages_heading_for_results_are_results(analyse: Analyse) -> None:
    page = "Toimintamallin nimi\nOmahoitaja\n\nLähtötilanne\n{}\n\nArvioinnin tulokset tiivistettynä\n{}\n"
    document = analyse(page.format("Ajan sai 40 % asiakkaista viikossa.", "Ajan sai 70 % asiakkaista viikossa."))
    assert [(record.text, record.role) for record in percentages(document)] == [("40 %", "other"), ("70 %", "result")]


def test_a_figure_has_its_row_and_column_or_its_sentence_and_the_days_of_its_period(analyse: Analyse) -> None:
    document = analyse(ROLES)
    by_text = {record.text: record for record in percentages(document)}
    told, shown = by_text["72 %"], by_text["71 %"]
    assert document.text[told.sentence_start or 0 : told.sentence_end or 0].startswith("Puheluista vastattiin 72 %")
    assert (told.row_label, told.column_label, told.reporting_round) == (None, None, None)
    assert (shown.row_label, shown.column_label, shown.sentence_start) == ("Vastatut puhelut", "Kevät 2021", None)
    assert (str(shown.period_start), str(shown.period_end)) == ("2021-03-01", "2021-05-31")
    assert shown.reporting_round == "2021-H1"


def test_quantities_have_the_same_context(analyse: Analyse) -> None:
    rows = table(["Mittari", "Lähtötaso", "11/2021"], ["Käynnit", "40 kpl", "70 kpl"])
    found = [
        (r.text, r.role, r.row_label, r.reporting_round) for r in quantities(analyse(f"Koeala\n{rows}\n\n\nLoppu.\n"))
    ]
    assert found == [("40 kpl", "baseline", "Käynnit", None), ("70 kpl", "indicator", "Käynnit", "2021-H2")]


CHANGES_TOLD = [
    ("Kattavuus nousi 31 %:iin.", ["increase"]),
    ("Kattavuus ei noussut 31 %:iin.", [None]),
    ("Kattavuus olisi noussut 31 %:iin ilman sulkua.", [None]),
    ("Kattavuus laski keväällä ja oli 31 %.", ["decrease"]),
    ("Kattavuus laski, ja 31 % kävi kyselyn mukaan neuvolassa.", [None]),
    ("Käynnit vähenivät 9 %, mutta jono ei vähentynyt 5 %.", ["decrease", None]),
    ("Hoitajista 31 % tunsi kuorman kasvaneen.", [None]),
    ("Nousseen kysynnän osuus oli 31 %.", [None]),
    ("Kattavuuden nousu oli 31 %.", ["increase"]),
]


@pytest.mark.parametrize(("sentence", "changes"), CHANGES_TOLD)
def test_a_change_is_told_by_the_figures_own_clause(sentence: str, changes: list[str | None], analyse: Analyse) -> None:
    assert [record.change for record in percentages(analyse(sentence))] == changes


def test_a_comparison_is_that_of_its_own_clause(analyse: Analyse) -> None:
    found = percentages(analyse("Ajan sai 64 % päivässä, mikä on 8 %-yksikköä enemmän kuin vuonna 2019."))
    assert [(record.text, record.compared_to, record.period) for record in found] == [
        ("64 %", None, None),
        ("8 %-yksikköä", "2019", None),
    ]


ROLES_TOLD = [
    ("Tavoitteena on nostaa kattavuus 70 %:iin.", ["target"]),
    ("Kattavuuden nousu 70 %:iin on tavoite.", ["target"]),
    ("On tarkoitus saada mukaan 70 % kouluista.", ["target"]),
    ("Tavoitteena on, että jonossa on enintään 10 % asiakkaista.", ["target"]),
    ("Tavoite on, että käynneistä 70 % tapahtuu etänä.", ["target"]),
    ("Tavoitteista kerrottiin, että 70 % toteutui.", ["other"]),
    ("Tavoitteesta toteutui 70 %.", ["other"]),
    ("Tavoite 70 % ylittyi, toteuma oli 75 %.", ["target", "other"]),
    ("Alkutilanteessa kattavuus oli 70 %, ja nyt se on 75 %.", ["baseline", "other"]),
    ("Hoitajista 70 % sanoi, että tavoite oli tuttu.", ["other"]),
]


@pytest.mark.parametrize(("sentence", "roles"), ROLES_TOLD)
def test_a_clause_says_what_its_figure_is(sentence: str, roles: list[str], analyse: Analyse) -> None:
    assert [record.role for record in percentages(analyse(sentence))] == roles


def test_rubble_of_figures_is_about_nothing_and_costs_little(analyse: Analyse) -> None:
    """Looking for each figure's words among all others would take the third power of their number."""
    few, many = ("Hoitoon pääsi " + " ".join(f"{one} %" for one in range(1, n)) + " asiakkaista." for n in (31, 91))
    assert next(percentages(analyse(few))).about == "Hoitoon pääsi asiakkaista"
    assert next(percentages(analyse(many))).about is None
