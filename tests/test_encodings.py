"""The same report in every encoding, spoilt in every way: read rightly, or refused with a code and a cure.

Never is a text silently another one: where it is read, its facts and headings are those of plain UTF-8.
"""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable
from html import escape
from typing import Any
from unicodedata import normalize

import pytest

from extractors.document import fold
from extractors.records import (
    DateRecord,
    DocumentRecord,
    GoalStatusRecord,
    IndicatorRecord,
    LexiconHitRecord,
    PercentageRecord,
    ProcessGoalRecord,
    QuantityRecord,
    RepairRecord,
    SectionRecord,
    TokenRecord,
    UncoveredRecord,
)
from pipeline.process import Result, process
from pipeline.rejects import Reject
from tests.texts import REPORT

LINES = [
    "1 Hyvinvoinnin edistäminen",
    "",
    "Keväällä 2021 noin 45 % äideistä sai ajan neuvolaan päivässä, syyskuussa jo 60 prosenttia.",
    "Päivystyksessä kävi vuoden 2022 lopulla 1 500 henkilöä ja Åströmin yksikössä 23.",
    "",
    "2 Tärkeimmät päätökset",
    "",
    "Työryhmä täydentää suunnitelmaa heinäkuuhun 2023 mennessä; päätös fiktiivisestä rahoituksesta tehtiin 1.6.2021.",
    "",
]
TEXT = "\n".join(LINES)


def page(lines: list[str], charset: str = "") -> str:
    """The lines as a web page."""
    told = f'<meta charset="{charset}">' if charset else ""
    body = "\n".join(f"<p>{escape(line)}</p>" for line in lines if line)
    return f"<!DOCTYPE html>\n<html><head>{told}<title>Raportti</title></head><body>\n{body}\n</body></html>\n"


def facts(result: Result) -> dict[str, list[Any]]:
    """What is said, wherever it stands."""
    return {
        "dates": [(one.value, one.mod, one.start_date) for one in result.of(DateRecord)],
        "percentages": [(one.value, one.about) for one in result.of(PercentageRecord)],
        "quantities": [(one.value, one.unit, one.counts) for one in result.of(QuantityRecord)],
        "sections": [one.heading for one in result.of(SectionRecord)],
        "goals": [(one.code, one.text) for one in result.of(ProcessGoalRecord)],
        "lemmas": [one.lemma for one in result.of(TokenRecord)],
    }


def holds(result: Result) -> None:
    """The evidence of every record is what its offsets hold."""
    (document,) = result.of(DocumentRecord)
    for kind in (DateRecord, PercentageRecord, QuantityRecord, TokenRecord, LexiconHitRecord, UncoveredRecord):
        for record in result.of(kind):
            assert document.text[record.char_start : record.char_end] == record.text, record  # type: ignore[attr-defined]
    for section in result.of(SectionRecord):
        assert document.text[section.char_start : section.char_end] == section.text
    assert document.n_chars == len(document.text)


Spoil = Callable[[str], bytes]
OLD = ("cp1252", "latin-1", "iso8859-15", "mac_roman", "cp437", "cp850")


def misread(wrong: str, times: int = 1) -> Spoil:
    """A UTF-8 text that was taken for one in an old encoding, and saved so."""

    def spoil(text: str) -> bytes:
        for _ in range(times):
            text = text.encode().decode(wrong, "replace")
        return text.encode()

    return spoil


def confused(right: str, wrong: str) -> Spoil:
    return lambda text: text.encode(right, "replace").decode(wrong, "replace").encode()


def encoded(name: str) -> Spoil:
    return lambda text: text.encode(name)


def within_words(sign: str) -> Spoil:
    """Signs within every word and number of three characters and more."""
    return lambda text: " ".join(
        word[:1] + sign + word[1:-1] + sign + word[-1:] if len(word) > 2 and "\n" not in word else word
        for word in text.split(" ")
    ).encode()


def replaced(old: str, new: str) -> Spoil:
    return lambda text: text.replace(old, new).encode()


BOTH: dict[str, Spoil] = {
    "utf-8": str.encode,
    "utf-8 with its mark": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16-be with its mark": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "cp1252": lambda text: text.encode("cp1252"),
    "iso8859-15": lambda text: text.encode("iso8859-15"),
    "nfd": lambda text: normalize("NFD", text).encode(),
    "soft hyphens": within_words("\u00ad"),
    "zero-width spaces": within_words("\u200b"),
    "zero-width joiners": within_words("\u200d"),
    "word joiners": within_words("\u2060"),
    "byte order marks": within_words("\ufeff"),
    "left-to-right marks": within_words("\u200e"),
    "isolates": within_words("\u2068"),
    "ligatures": replaced("fi", "\ufb01"),
    "no-break spaces": replaced(" ", "\u00a0"),
    "thin spaces": replaced(" ", "\u2009"),
    "narrow no-break spaces": replaced(" ", "\u202f"),
    "ideographic spaces": replaced(" ", "\u3000"),
    "cr lf": replaced("\n", "\r\n"),
    "cr": replaced("\n", "\r"),
}
"""What is read in a text file and in a web page."""

TEXT_ONLY: dict[str, Spoil] = {
    "line separators": replaced("\n", "\u2028"),
    "paragraph separators": replaced("\n", "\u2029"),
    "next line": replaced("\n", "\u0085"),
    "vertical tabs": replaced("\n", "\u000b"),
    "form feeds": replaced("\n\n", "\n\f"),
}
PAGE_ONLY: dict[str, Spoil] = {
    **{name: encoded(name) for name in ("utf-16-le", "utf-16-be", *OLD[3:])},
    "nul": replaced("ll", "l\0l"),
    "vertical tabs": replaced(" ", "\u000b"),
    "line separators": replaced(" ", "\u2028"),
}

REFUSED: dict[str, tuple[Spoil, str]] = {
    **{f"utf-8 as {wrong}": (misread(wrong), "mojibake") for wrong in OLD},
    **{f"utf-8 as {wrong}, twice": (misread(wrong, 2), "mojibake") for wrong in OLD},
    **{
        f"{right} as {wrong}": (confused(right, wrong), "mojibake")
        for right in ("cp1252", "mac_roman", "cp850")
        for wrong in ("cp1252", "mac_roman", "cp437", "cp850")
        if right != wrong and {right, wrong} != {"cp437", "cp850"}
    },
    "nfd as cp1252": (lambda text: misread("cp1252")(normalize("NFD", text)), "mojibake"),
    "?": (lambda text: text.encode("ascii", "replace"), "lost_letters"),
    "U+FFFD": (lambda text: text.encode("ascii", "replace").replace(b"?", b"\xef\xbf\xbd"), "lost_letters"),
    "quoted-printable": (lambda text: quopri.encodestring(text.encode()), "mojibake"),
    "quoted-printable Latin-1": (lambda text: quopri.encodestring(text.encode("latin-1")), "mojibake"),
    "escapes": (lambda text: text.encode("ascii", "backslashreplace"), "mojibake"),
    "utf-7": (lambda text: text.replace("ää", "ä ä").encode("utf-7"), "mojibake"),
}
"""What is refused in both."""

TEXT_REFUSED: dict[str, tuple[Spoil, str]] = {
    **{f"utf-16-{end} without its mark": (encoded(f"utf-16-{end}"), "binary") for end in ("le", "be")},
    **{name: (encoded(name), "encoding") for name in OLD[3:]},
    "nul": (replaced(" ", "\0"), "binary"),
    "ctrl-z": (lambda text: text.encode() + b"\x1a", "binary"),
    "bell": (replaced("ä", "\x07"), "binary"),
    "html entities": (lambda text: text.encode("ascii", "xmlcharrefreplace"), "mojibake"),
    "named entities": (lambda text: text.replace("ä", "&auml;").replace("ö", "&ouml;").encode(), "mojibake"),
    "base64": (lambda text: base64.encodebytes(text.encode()), "wrong_format"),
    "rich text": (lambda text: b"{\\rtf1\\ansi " + text.encode("ascii", "replace") + b"}", "wrong_format"),
    "a page": (lambda text: page(text.split("\n")).encode(), "wrong_format"),
    "a mail": (lambda text: b"From: a@b.fi\nMIME-Version: 1.0\n\n" + text.encode(), "wrong_format"),
    "an old Office": (lambda text: b"\xd0\xcf\x11\xe0" + text.encode(), "wrong_format"),
}  # fmt: skip


@pytest.fixture(scope="module")
def right() -> dict[str, dict[str, list[Any]]]:
    return {name: facts(process(text.encode(), f"a{name}")) for name, text in ((".txt", TEXT), (".html", page(LINES)))}


@pytest.mark.parametrize("name", [*BOTH, *TEXT_ONLY])
def test_a_text_is_read_as_in_utf_8(name: str, right: dict[str, Any]) -> None:
    result = process({**BOTH, **TEXT_ONLY}[name](TEXT), "a.txt")
    assert facts(result) == right[".txt"]
    holds(result)


@pytest.mark.parametrize("name", [*BOTH, *PAGE_ONLY])
def test_a_page_is_read_as_in_utf_8(name: str, right: dict[str, Any]) -> None:
    spoil = {**BOTH, **PAGE_ONLY}[name]
    is_encoding = name.startswith("utf-") or name in OLD
    lines = [spoil(line).decode() for line in LINES] if not is_encoding else LINES  # tags must stay as they are
    result = process(spoil(page(lines)) if is_encoding else page(lines).encode(), "a.html")
    assert facts(result) == right[".html"]
    holds(result)


@pytest.mark.parametrize("charset", ["", "utf-8", "latin-1", "macintosh"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_page_is_read_by_what_its_bytes_are(encoding: str, charset: str, right: dict[str, Any]) -> None:
    if encoding == "cp1252" and charset == "macintosh":
        charset = "windows-1252"
    assert facts(process(page(LINES, charset).encode(encoding), "a.html")) == right[".html"]


@pytest.mark.parametrize("name", [*REFUSED, *TEXT_REFUSED])
def test_a_spoilt_text_is_refused(name: str) -> None:
    spoil, code = {**REFUSED, **TEXT_REFUSED}[name]
    _is_refused(spoil(TEXT), "a.txt", code)


@pytest.mark.parametrize("name", list(REFUSED))
def test_a_spoilt_page_is_refused(name: str) -> None:
    spoil, code = REFUSED[name]
    lines = [spoil(line).decode("ascii" if code == "mojibake" and "as" not in name else "utf-8") for line in LINES]
    _is_refused(page(lines).encode(), "a.html", code)


def _is_refused(data: bytes, name: str, code: str) -> None:
    with pytest.raises(Reject) as caught:
        process(data, name)
    assert caught.value.code == code
    problem, _, cure = caught.value.message.partition(";")
    assert problem.strip() and cure.strip()


@pytest.mark.parametrize(
    ("words", "warnings"),
    [
        ("", []),
        ("kÃ¤ynti hyvÃ¶ksi", ["mojibake: 2"]),
        ("hyv?ksi p?iv?n? k?ynti", ["lost_letters: 3"]),
        ("hyvä\ufffd", ["lost_letters: 1"]),
        ("kes\u200bäkuu 2\ufeff021", ["hidden_characters: 2"]),
        ("Mitä? Miksi?Koska? www.kunta.fi/haku?sana=aika", []),
        ("Škoda, šakki ja Õie Pärt", []),
        ("„Hyvä” päätös — 5 ‰", []),
    ],
)
def test_a_pasted_line_is_told(words: str, warnings: list[str]) -> None:
    (document,) = process(f"{TEXT}\n{words}\n".encode(), "a.txt").of(DocumentRecord)
    assert [one for one in document.warnings if one.partition(":")[0] not in ("unknown_kind", "language")] == warnings


@pytest.mark.parametrize(
    "text",
    ["Det här är en rapport på svenska om hälsa, vård och social trygghet i Österbotten.",
     "Ta aruanne räägib tervishoiust, õdedest ja küsimustest, mida sõbrad jõudsid lõpetada.",
     "Škola a její žáci se těší na příští rok, protože přišli noví učitelé.",
     "Tekstissä on kysymys: mitä? miksi? Kuka/ketkä? [?] (?) ja vastaus."],
)  # fmt: skip
def test_another_language_is_not_spoilt(text: str) -> None:
    assert process(text.encode(), "a.txt").of(DocumentRecord)


def test_a_word_hidden_over_a_line_end_is_joined() -> None:
    lines = "Hanke käynnistyi syksyllä ja sen tavoitteena on parantaa palveluja koko maakun\u00ad\nnassa vuonna 2021."
    result = process(lines.encode(), "a.txt")
    assert [one.repaired for one in result.of(RepairRecord)] == ["maakunnassa"]
    assert [value for value, *_ in facts(result)["dates"]] == ["2021-FA", "2021"]
    holds(result)


def test_goals_and_cells_are_worded_plainly_and_quoted_as_spelled() -> None:
    result = process(normalize("NFD", REPORT).encode(), "a.txt")
    holds(result)
    assert facts(result) == facts(process(REPORT.encode(), "a.txt"))
    (document,) = result.of(DocumentRecord)
    cells: list[GoalStatusRecord | IndicatorRecord] = [*result.of(GoalStatusRecord), *result.of(IndicatorRecord)]
    assert cells and all(fold(document.text[one.char_start : one.char_end]) == one.raw for one in cells)
    assert any(normalize("NFC", one.raw) != one.raw for one in cells)
