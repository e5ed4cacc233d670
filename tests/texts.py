"""Texts of our own that several tests read, and how a word processor's export prints a table."""

from __future__ import annotations


def table(*rows: list[str]) -> str:
    """A table as a word processor's text export prints it."""
    return "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows)


REPORT = "\n".join(
    [
        "Koealueen sote-hankkeen oma-arviointi",
        "Valmiusaste ilmoitetaan vaiheena.",
        "1 = suunnitteilla, 0 %",
        "2 = aloitettu, 20 %",
        "3 = vakiintunut, 100 %",
        "",
        "1 Saatavuus ja jatkuvuus",
        "Taulukossa ovat tavoitteet.",
        table(
            ["Prosessitavoite", "Kevät 2021", "Syksy 2021", "Kevät 2022"],
            ["PT 1.1 Asiakas saa ajan viikossa", "1", "vaihe 2", ""],
            ["PT 1.2 Jono lyhenee\n\nPT 1.3 Etäaika on tarjolla", "–", "vakiintunut", ""],
        ),
        "",
        "",
        "PT 1.1 Asiakas saa ajan viikossa",
        "Tehty",
        "• Takaisinsoitto on otettu käyttöön.",
        "Käynnissä",
        "• Ajanvarausta laajennetaan (valmiusaste 60 %).",
        "",
        "Mittarit",
        table(
            ["Hyötytavoite", "Mittari", "Tiedonkeruu", "Lähtötaso", "Syksy 2021", "Kevät 2022"],
            ["Hoitoon pääsee.\nPuheluihin vastataan.", "Vastatut puhelut", "Puhelinraportti", "54 %", "86 %", ""],
            ["", "Jono", "-", "-", "Tieto tulee myöhemmin", ""],
        ),
        "",
        "",
        "Liite 2; Alkuperäiset tavoitteet",
        table(
            ["Alkuperäiset prosessitavoitteet", "Status"],
            ["TP 1. Ajan saa kahdessa viikossa.", "Sama kuin prosessitavoite 1.1"],
            ["TP 2. Kirjaaminen on yhtenäistä.", "Osana prosessitavoitetta 1.2"],
        ),
        "",
    ]
)
"""A self-assessment report: its scale, a readiness table, measures, indicators, the original application's goals."""
