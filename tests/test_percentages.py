"""Percentages, told by annotated sentences: `[figure]{value max comparator unit}`; a dash stands for none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import regex

from extractors.document import AnalysedDocument
from extractors.percentages import extract

Analyse = Callable[[str], AnalysedDocument]

_MARK = regex.compile(r"\[(?P<text>[^\]]+)\]\{(?P<facts>[^}]*)\}")

SENTENCES = [
    "Hoitoonpääsy on pysynyt hyvällä tasolla ([92 %]{92 - - percent}/14 vrk).",
    "Osuus oli [0,36 %]{0.36 - - percent} ikäryhmästä.",
    "Tavoite on [75%]{75 - - percent}.",
    "Vakansseista oli täyttämättä [4–6 %]{4 6 - percent}.",
    "Kasvuennuste on noin [seitsemän prosenttia]{7 - about percent}.",
    "Kasvu oli [kaksikymmentäviisi prosenttia]{25 - - percent}.",
    "Arvio on [7 %]{7 - - percent}:n kasvu.",
    "Noin viidennes ([22 %]{22 - - percent}) johti asiakkuuteen.",
    "Vähintään [50 %]{50 - at_least percent} ja enintään [80 %]{80 - at_most percent} vastasi.",
    "Yli [30 %]{30 - over percent}, alle [40 %]{40 - under percent}, lähes [60 prosenttia]{60 - about percent}.",
    "Määrä on kasvanut n. [54 %]{54 - about percent}.",
    "Osuus laski [3 prosenttiyksikköä]{3 - - percentage_point}.",
    "Osuus laski [10 %-yks.]{10 - - percentage_point} ja nousi [2 %-yksiköllä]{2 - - percentage_point}.",
    "Osuus kasvoi [4 %-pistettä]{4 - - percentage_point}, ei alleen [5 %]{5 - - percent}.",
    "Osuus nousi [6 prosentista]{6 - - percent} [14 prosenttiin]{14 - - percent}.",
    "[50%]{50 - - percent}:lla asiakkaista on hoitovastaava.",
]

SENTENCES += [
    "Osuus on [20 % – 25 %]{20 25 - percent} tai [5 %–8 %]{5 8 - percent}.",
    "Osuus oli [5]{5 - - percent}, [15]{15 - - percent} ja [25 %]{25 - - percent}.",
    "Osuus oli [15 ja 25 prosentin]{15 25 - percent} välillä.",
    "Osuus nousee [60]{60 - - percent}–>[70 %]{70 - - percent}, ennen [35]{35 - - percent}/[40 %]{40 - - percent}.",
    "Ryhmiä oli 12 ja [40 %]{40 - - percent} kävi niissä.",
    "Muutos ([-2,5 %]{-2.5 - - percent}) on suuri, alueella [+1,4 %]{1.4 - - percent}.",
    "Vähennys on [3 %-yks.]{3 - - percentage_point} ja kasvu [+0,5 %-yks.]{0.5 - - percentage_point}",
    "Tavoite on >= [70 %]{70 - at_least percent}, raja =< [10 %]{10 - at_most percent}.",
    "Osuus on [40 %]{40 - at_least percent} tai enemmän, [30 %]{30 - about percent}:n tienoilla.",
    "Osuus nousi [prosentin]{1 - - percent} ja laski [prosenttiyksikön]{1 - - percentage_point}.",
    "Kattavuus on [62 , 5 %]{62.5 - - percent}.",
    "Palautetta saatiin [85-prosenttisesti]{85 - - percent}, tuki on [60-prosenttinen]{60 - - percent}.",
]

NONE = [
    "Kustannusten kasvu leikkaantuu nykyisestä %",
    "Viidesosa ja puolet vastasi.",
    "Alle 25-vuotiaat saivat ehkäisyn.",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_annotated_sentences(marked: str, analyse: Analyse) -> None:
    expected = [(match["text"], *match["facts"].split()) for match in _MARK.finditer(marked)]
    text = _MARK.sub(lambda match: match["text"], marked)
    found = [
        (r.text, f"{r.value:g}", f"{r.value_max:g}" if r.value_max is not None else "-", r.comparator or "-", r.unit)
        for r in extract(analyse(text))
    ]
    assert found == expected


@pytest.mark.parametrize("sentence", NONE)
def test_what_is_no_percentage(sentence: str, analyse: Analyse) -> None:
    assert list(extract(analyse(sentence))) == []


def test_a_figure_in_a_table_takes_its_row_column_and_goal(analyse: Analyse) -> None:
    table = "\t".join(["", "Prosessitavoite\n", "5/21\n", "11/21\n", "\n", "1.1 Asiakas saa ajan\n", "-\n", "40 %\n"])
    document = analyse(f"Raportin alku on tässä kappaleessa.\n{table}\n".replace("\n\t\n", "\n\n"))
    (record,) = extract(document)
    assert (record.text, record.about, record.goal_code, record.period) == (
        "40 %",
        "1.1 Asiakas saa ajan",
        "1.1",
        "2021-11",
    )


def test_a_figure_in_prose_tells_its_clause_without_figure_and_comparator(analyse: Analyse) -> None:
    document = analyse("Kysely tehtiin, ja vähintään 70 %:lla asiakkaista on suunnitelma.\n• Seuraava kohta.\n")
    (record,) = extract(document)
    assert (record.text, record.comparator, record.about) == ("70 %", "at_least", "asiakkaista on suunnitelma")
