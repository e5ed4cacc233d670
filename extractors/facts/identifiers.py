"""Numbers that are names: of goals and headings, of statutes and documents, telephones, addresses, versions, scores.

They are no dates, percentages or quantities; `uncovered` lists them with the reason.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex

from extractors.document import AnalysedDocument, Span, once_a_document
from extractors.facts.page_numbers import page_numbers
from extractors.grammar.figures import THOUSANDS
from extractors.grammar.lexemes import Lexeme
from extractors.grammar.numbers import REACH
from extractors.grammar.years import is_year
from extractors.outline.numbering import numbering
from extractors.outline.tables import columns
from extractors.readings import Reading, readings
from lexicons import needs

_STREET = needs("references", groups=["street"])
_PER = needs("figure_words", "per")
_SCALES = needs("figure_words", "scale")
_ARTICLE = needs("figure_words", "article")


class Identifier(NamedTuple):
    """A stretch of the source and the reason code: what the number is the name of."""

    start: int
    end: int
    reason: str


_ORDINAL_ENDINGS = needs("numbers", groups=["ordinal_ending"])
_PLACES = needs("regions")
_CONTENTS = regex.compile(r"(?:\.{3,}|…)\s*\d+")

DOTTED = 3
"""Page numbers behind dots that make a paragraph a contents list."""

_PHONE = regex.compile(
    r"(?<![\d,.])(?:\+\d{1,3}[ \xa0-]?\d{1,3}|0\d{1,3})(?:[ \xa0-]\d{2,4}){1,4}(?![\d,.]\d|\d)"
    r"|(?<![\d,.\xa0])(?<!\d )116[ \xa0]?\d{3}(?![\d,.]\d|\d|\s*[%€])"
)
_HARMONISED = "116"
"""What the six digits of the services begin with that have one number all over Europe: 116 117."""


LOOK_BACK = 4
"""Identifiers that may begin before a stretch and reach over it: an address holds numbers, a heading its goal's."""


def identifier_at(document: AnalysedDocument, start: int, end: int) -> str | None:
    """The reason code of the identifier that a stretch is part of, or None."""
    found = identifiers(document)
    index = bisect_right(found, start, key=lambda item: item.start)
    around = [item for item in found[max(0, index - LOOK_BACK) : index] if item.start <= start and end <= item.end]
    return max(around, key=lambda item: item.end - item.start).reason if around else None


@once_a_document
def goal_codes(document: AnalysedDocument) -> frozenset[str]:
    """The numbers of the process goals that the document names."""
    return frozenset(
        document.text[start:end].lstrip() for start, end, reason in _enumerators(document) if reason == "goal_number"
    )


@once_a_document
def identifiers(document: AnalysedDocument) -> tuple[Identifier, ...]:
    """All identifiers of a document by their place."""
    found: dict[Span, Identifier] = {}
    kinds = (
        _numbers_of_headings,
        _of_pages,
        _codes_of_rows,
        _in_words,
        _addresses,
        _in_lexemes,
        _phones,
        _denominators,
    )
    for kind in kinds:
        for one in kind(document):
            found.setdefault(Span(one.start, one.end), one)
    return tuple(sorted(found.values()))


def _of_pages(document: AnalysedDocument) -> Iterator[Identifier]:
    return (Identifier(*number) for number in page_numbers(document))


def _codes_of_rows(document: AnalysedDocument) -> Iterator[Identifier]:
    """What numbers the rows of a table: the cells of a column of codes, "Nro" above "1", "2.1"."""
    for table in document.tables:
        layout = columns(document, table)
        coded = {index for index, column in enumerate(layout.by_index) if column.role in _CODED}
        for cell in table.cells if coded else ():
            if cell.col in coded and cell.row >= layout.n_header and CODE_NUMBER.fullmatch(cell.text(document.text)):
                yield Identifier(cell.start, cell.end, "numbered_thing")


_CODED = ("code", "goal", "benefit_goal")
"""Roles of columns whose bare numbers say which row or goal it is."""

CODE_NUMBER = regex.compile(r"\d{1,3}(?:\.\d{1,2}){0,3}\.?")
"""A cell that holds a row's number and nothing else."""


def _in_words(document: AnalysedDocument) -> Iterator[Identifier]:
    """Web and e-mail addresses, and digits inside a word (Kaiku24)."""
    for token in document.tokens:
        text = token.text
        if text.isalpha() or not any(map(str.isdecimal, text)):
            continue
        if "://" in text or text.startswith("www."):
            yield Identifier(token.start, token.end, "url")
        elif "@" in text:
            yield Identifier(token.start, token.end, "email")
        elif text[0].isalpha():
            yield Identifier(token.start, token.end, "name")


def _phones(document: AnalysedDocument) -> Iterator[Identifier]:
    for match in _PHONE.finditer(document.text):
        if match.group().startswith(_HARMONISED) or sum(ch.isdecimal() for ch in match.group()) >= 7:
            yield Identifier(match.start(), match.end(), "phone")


def _denominators(document: AnalysedDocument) -> Iterator[Identifier]:
    """What a rate is told against: "Käynnit / 1 000 asukasta"."""
    for reading in readings(document):
        for amount in reading.amounts:
            slash, word = (reading.lexemes[max(0, amount.first - back)] for back in (1, 2))
            is_round = amount.value > 1 and f"{amount.value:.0f}".rstrip("0") == "1"
            is_per = amount.first > 1 and slash.kind == "slash" and word.text[-1].isalpha()
            if is_round and (is_per or _is_told_per(reading.lexemes, amount.number_last)):
                start, end = reading.lexemes[amount.first].start, reading.lexemes[amount.number_last].end
                yield Identifier(start, end, "denominator")


def _is_told_per(items: Sequence[Lexeme], last: int) -> bool:
    """Whether a number is what something is counted for: "tuhatta asukasta kohti"."""
    return len(items) > last + 2 and items[last + 2].text.lower() in _PER.texts


LEAST_STREET = 6
"""Letters of the shortest street's name that is told from a plain word: Katu 5 is none, Rantatie 5 is one."""

_HOUSE = regex.compile(r"\s(?P<house>\d{1,3}(?:\s?[–-]\s?\d{1,3})?(?:\s?[A-Z](?:\s?\d{1,3})?)?)(?![\d%]|[,.]\d|\s?%)")
_POSTCODE = regex.compile(r"(?:(?<=,\s)|(?<![^\n]))\d{5}(?=\s\p{Lu}\p{L})")


def _addresses(document: AnalysedDocument) -> Iterator[Identifier]:
    """Numbers of houses behind a street's name (Kauppakatu 5, Keskuskatu 12 A 3), and postcodes before a town."""
    streets = tuple(_STREET.texts)
    for token in document.tokens:
        text = token.text
        if text[0].isupper() and len(text) > LEAST_STREET and text.isalpha() and text.endswith(streets):
            match = _HOUSE.match(document.text, token.end)
            if match is not None:
                yield Identifier(*match.span("house"), "address")
    for match in _POSTCODE.finditer(document.text):
        yield Identifier(match.start(), match.end(), "address")


_KINDS = {"goal": "goal_number", "chapter": "heading_number", "national": "heading_number", "list": "list_number"}
_KINDS |= {"package": "numbered_thing", "appendix": "numbered_thing", "caption": "numbered_thing"}
"""The reason of an enumerator by what it numbers."""


def _numbers_of_headings(document: AnalysedDocument) -> Iterator[Identifier]:
    """Numbers that open headings, blocks and cells: of goals, of chapters, of list items."""
    yield from _enumerators(document)
    for block in document.blocks:
        if block.marker is not None and any(map(str.isdecimal, block.marker)):
            start = document.text.rfind(block.marker, 0, block.start)
            yield Identifier(start, start + len(block.marker), "list_number")


@once_a_document
def _enumerators(document: AnalysedDocument) -> tuple[Identifier, ...]:
    """The numbers that open blocks and cells, by what their scheme numbers."""
    found = numbering(document)
    headings = {section.heading.start for section in document.sections if section.heading_text}
    places = []
    for start, member in found.members.items():
        reason = _KINDS.get(found.kinds[start])
        if start in headings and reason != "goal_number":
            reason = "heading_number"
        elif reason == "heading_number":
            reason = None
        if reason is not None:
            number = member.enumerator.number
            first = document.text.find(number, start, member.span.start)
            mark = member.enumerator.mark if reason == "heading_number" else ""
            places.append(Identifier(first, first + len(number) + len(mark), reason))
    return tuple(places)


def _in_lexemes(document: AnalysedDocument) -> Iterator[Identifier]:
    codes = goal_codes(document)
    for reading in readings(document):
        until = -1
        is_contents = _is_contents(document, reading)
        for index in _undated_numbers(reading):
            if index <= until:
                continue
            if is_contents:
                until = _last(reading.lexemes, index)
                yield Identifier(reading.lexemes[index].start, reading.lexemes[until].end, "page_number")
                continue
            number = Number(
                reading.lexemes, index, _last(reading.lexemes, index), reading.unit.block is not None, codes
            )
            if reason := _reason(number):
                until = number.last
                yield Identifier(reading.lexemes[index].start, reading.lexemes[until].end, reason)


def _is_contents(document: AnalysedDocument, reading: Reading) -> bool:
    """Whether a run is a list of contents on one line: 1 JOHDANTO... 3 1.1 TAUSTA... 4"""
    if reading.unit.block is None:
        return False
    start, end = reading.unit.spans[0].start, reading.unit.spans[-1].end
    return sum(1 for _ in _CONTENTS.finditer(document.text, start, end)) >= DOTTED


def _undated_numbers(reading: Reading) -> Iterator[int]:
    """The indexes of the numbers that no time expression takes."""
    dated = {index for time in reading.times for index in range(time.first, time.last + 1)}
    return (index for index, item in enumerate(reading.lexemes) if item.kind == "num" and index not in dated)


# The rules


@dataclass(frozen=True, slots=True)
class Number:
    """A number in its run of text with the numbers that signs join to it (1301/2014, 2.0.1): lexemes `first`..`last`.

    `in_block` says that the run is a paragraph and no cell, `codes` are the numbers of the document's own goals.
    """

    items: Sequence[Lexeme]
    first: int
    last: int
    in_block: bool
    codes: frozenset[str]

    @property
    def parts(self) -> list[str]:
        """The numbers without the signs between."""
        return [item.text for item in self.items[self.first : self.last + 1 : 2]]

    @property
    def signs(self) -> set[str]:
        """The kinds of the signs between: slash, dot, dash."""
        return {item.kind for item in self.items[self.first + 1 : self.last : 2]}

    @property
    def is_single(self) -> bool:
        return self.first == self.last

    @property
    def is_small(self) -> bool:
        """Whether it is one number of at most two digits, as those of lists are."""
        return self.is_single and len(self.parts[0]) < 3

    @property
    def opens(self) -> bool:
        """Whether it opens its paragraph or cell."""
        return self.first == 0

    def before(self, distance: int = 1) -> Lexeme | None:
        index = self.first - distance
        return self.items[index] if index >= 0 else None

    def behind(self, distance: int = 1) -> Lexeme | None:
        index = self.last + distance
        return self.items[index] if index < len(self.items) else None


def _last(items: Sequence[Lexeme], first: int) -> int:
    """The last lexeme of the numbers that slashes, dots and dashes join without white space."""
    last = first
    while last - first < REACH and last + 2 < len(items):
        sign, following = items[last + 1], items[last + 2]
        if sign.kind not in ("slash", "dot", "dash") or following.kind != "num" or not (sign.glued and following.glued):
            break
        last += 2
    return last


def _page_number(number: Number) -> str | None:
    """A paragraph that is a number, or a number behind the dots of a table of contents.

    Työ jatkuu. ¶ 12 ¶ Uusi sivu alkaa → 12 page_number
    Johdanto ...... 3 → 3 page_number
    Mittarit … 14 → 14 page_number
    """
    if not (number.in_block and number.is_single and number.behind() is None and len(number.parts[0]) <= 4):
        return None
    before = [item.text for item in (number.before(2), number.before()) if item is not None]
    dotted = len(before) == 2 and number.first > 2 and set(before) <= {".", "…"}
    return "page_number" if number.opens or dotted or before[-1] == "…" else None


def _section_of_law(number: Number) -> str | None:
    """A number before the sign of a section, perhaps with its letter and another section between; of its part.

    Pelastuslain 42 § koskee tätä → 42 law_reference
    Asiasta säädetään 24 §:ssä → 24 law_reference
    Lain 12 a § muuttuu → 12 law_reference
    Katso 4 luvun 12 § ensin → 4 law_reference, 12 law_reference
    Lain 51 a ja 52 b §:n mukaan → 51 law_reference, 52 law_reference
    Pykälän 2 momentti muuttuu → 2 law_reference
    Laissa on 3 pykälää → nothing
    """
    if not number.is_single:
        return None
    for distance in range(1, LONGEST_SECTION):
        behind = number.behind(distance)
        if behind is None:
            return None
        if distance == 1 and _is_chapter(number):
            return "law_reference"
        if behind.kind == "reference" and behind.value == "law":
            is_named = behind.text.startswith("§") or (distance == 1 and behind.sense.case in ("Nom", "Gen", "Ine"))
            return "law_reference" if is_named else None
        if behind.kind not in ("num", "and") and len(behind.text) > 1:
            return None
    return None


def _is_chapter(number: Number) -> bool:
    """Whether a chapter's number stands before its word and a section: 4 luvun 12 §."""
    word, section, sign = number.behind(), number.behind(2), number.behind(3)
    is_word = word is not None and word.kind in ("decade", "reference") and word.sense.case == "Gen"
    is_section = section is not None and section.kind == "num" and sign is not None and sign.text.startswith("§")
    return is_word and is_section


LONGEST_SECTION = 7
"""Lexemes from a section's number to the sign that it shares: 51 a ja 51 b §."""


LONGEST_ABBREVIATION = 3

_MARKED = ("number", "phone", "document")
"""Groups of words behind which a colon stands before their number."""

_REASONS = {
    "law": "law_reference",
    "document": "document_reference",
    "number": "numbered_thing",
    "goal": "goal_number",
    "label": "numbered_thing",
    "phone": "phone",
    "address": "address",
}
"""Groups of `lexicons/references.yaml` whose words stand before a number."""


def _behind_reference(number: Number) -> str | None:
    """A number behind a word of reference: of a goal or a label only where it counts nothing.

    Esitys HE 241/2020 hyväksyttiin → 241/2020 document_reference
    Katso tavoite 2 → 2 goal_number
    Taulukko (nro 3) → 3 numbered_thing
    Tavoite 80 prosenttia ylittyi → nothing
    Tavoite 1.2 toteutui → 1.2 goal_number
    Mukana on TP 2 lasten palveluista → 2 goal_number
    Y-tunnus: 1234567-8 → 1234567-8 numbered_thing
    Lisätietoja saa (puh. 10023) → 10023 phone
    Dnro: 123 on uusi → 123 document_reference
    Siitä kertoo taulukko. 3 kuntaa jäi pois → nothing
    Tavoitteen 4 mittarit ovat tässä → 4 goal_number
    Sitä vaihetta 5 ei merkitä → 5 numbered_thing
    Tavoitteen 1 mittarit ovat tässä → 1 goal_number
    Tavoitteena on 3 asemaa → nothing
    Indeksi nousi luvusta 31 lukuun 44 → nothing
    """
    word = number.before()
    is_from = word is not None and word.sense.case in ("Ela", "Ill") and number.is_single
    if word is not None and word.kind == "decade" and not is_from and not _is_counted(word, number):
        return "numbered_thing"  # luvussa 2.3
    if (sign := word) is not None and sign.text in (".", ":") and sign.glued:
        word = number.before(2)
        is_abbreviation = word is not None and sign.text == "." and len(word.text) <= LONGEST_ABBREVIATION  # s. 12–14
        if word is None or word.value not in (*_MARKED, *(("label",) if is_abbreviation else ())):
            return None
        if sign.text == "." and not is_abbreviation and word.value == "number":
            return None
    if word is not None and word.text in ("(", "`") and number.before(2) is not None:
        word = number.before(2)
    if word is None or word.kind != "reference":
        return None
    group = str(word.value)
    if group == "goal" and word.text.isupper() and number.is_small and not _has_unit(number.behind()):
        return "goal_number"  # TP 2 lasten palvelut
    dotted = not number.is_single and number.items[number.first + 1].kind == "dot"
    if group in ("goal", "label") and not dotted and _is_counted(word, number):
        return None
    return _REASONS.get(group, "numbered_thing")


def _is_counted(word: Lexeme, number: Number) -> bool:
    """Whether a number behind a word of reference counts what follows: "tavoite 80 asiakasta", "tavoitteena 3 asemaa".

    Another number than one has what it counts in the partitive, unless it is inflected too.
    """
    behind = number.behind()
    if not _counts(behind) or behind is None:
        return False
    if _has_unit(behind) or word.sense.case in ("Ess", "Tra"):
        return True
    return (
        behind.sense.case == "Par"
        if number.parts[0] != "1"
        else (behind.sense.case, behind.sense.plural) == ("Nom", False)
    )


def _listed_reference(number: Number) -> str | None:
    """A number joined to one behind a word of reference.

    Katso työpaketit 2 ja 4 ensin → 2 goal_number, 4 goal_number
    Siitä kertovat mittarit 5 ja 6. → 5 numbered_thing, 6 numbered_thing
    Tavoite 2 ja 4 kuntaa ovat mukana → 2 goal_number
    """
    joint, first, word = number.before(), number.before(2), number.before(3)
    if joint is None or joint.kind not in ("and", "or", "comma") or first is None or first.kind != "num":
        return None
    is_plural = word is not None and word.kind == "reference" and word.value in ("goal", "label", "number")
    if word is None or not is_plural or not word.sense.plural or _is_counted(word, number):
        return None
    return _REASONS.get(str(word.value), "numbered_thing")


def _scale(number: Number) -> str | None:
    """The ends of a scale, behind its word or alone in the brackets of a cell.

    Tulos oli hyvä asteikolla 1–5 tänään → 1–5 scale
    Arvosana annettiin kouluarvosanoin asteikko 4-10 → 4-10 scale
    Tulos oli 3 asteikolla → nothing
    """
    before, behind = number.before(), number.behind()
    if before is None or number.signs != {"dash"} or len(number.parts) != 2:
        return None
    if _names_scale(before):
        return "scale"
    is_alone = before.text == "(" and behind is not None and behind.text == ")" and not number.in_block
    is_scale = number.parts[0] in _FIRST_POINTS and number.parts[1] in _LAST_POINTS
    return "scale" if is_alone and is_scale and number.first > 1 and number.behind(2) is None else None


def _names_scale(word: Lexeme) -> bool:
    """Whether a word in any case is one for a scale: asteikolla, arviointiasteikon."""
    text = word.text.lower()
    return any(stem[:-2] in text for stem in _SCALES.texts)


_FIRST_POINTS = ("0", "1", "4")
_LAST_POINTS = ("3", "4", "5", "6", "7", "10", "100")


def _hours(number: Number) -> str | None:
    """Hours of the day behind a weekday that comes again.

    Chat on auki lauantaisin 9–15 kaikille → 9–15 names_time
    Lauantaisin 20 asiakasta käy → nothing
    """
    before = number.before()
    is_weekly = before is not None and before.kind == "set" and str(before.value).startswith(WEEKDAY)
    is_range = number.signs == {"dash"} and all(int(part) <= HOURS for part in number.parts)
    return "names_time" if is_weekly and is_range and not _has_unit(number.behind()) else None


WEEKDAY = "XXXX-WXX"
"""How the TIMEX3 value of a weekday begins that comes again."""

HOURS = 24


def _key(number: Number) -> str | None:
    """The number of a stage that an equals sign or a dash explains, another beside it.

    1 = ei aloitettu → 1 list_number
    Luku on tämä: 1 – ei aloitettu, 2 – suunnittelu → 1 list_number, 2 list_number
    Osuus oli 12 – suuri → nothing
    """
    sign, word = number.behind(), number.behind(2)
    if not number.is_small or sign is None or word is None or not word.text[0].isalpha():
        return None
    if sign.text == "=":
        return "list_number"
    if sign.kind != "dash" or sign.glued or word.glued:
        return None
    own = int(number.parts[0])
    others = (i for i in range(len(number.items) - 1) if number.items[i].kind == "num" and i != number.first)
    near = [i for i in others if abs(number.items[i].integer - own) == 1 and number.items[i + 1].kind == "dash"]
    return "list_number" if any(not number.items[i + 1].glued for i in near) else None


def _with_letter(number: Number) -> str | None:
    """A form's or a place's number with its letter.

    Pohja on esite 7B tänään → 7 code
    Matkaa oli 7 km → nothing
    """
    behind = number.behind()
    is_letter = behind is not None and behind.glued and len(behind.text) == 1 and behind.text.isupper()
    return "code" if is_letter and number.is_small and behind is not None and behind.sense.unit is None else None


def _article(number: Number) -> str | None:
    """An article of a statute: its number stands before its word in the singular.

    Sitä koskee 35 artikla → 35 law_reference
    Säädöksessä on 35 artiklaa → nothing
    """
    word = number.behind()
    is_word = word is not None and word.text.lower().startswith(tuple(_ARTICLE.texts))
    is_ordinal = word is not None and word.sense.case in ("Nom", "Gen", "Ine") and not word.sense.plural
    return "law_reference" if number.is_single and is_word and is_ordinal else None


def _counts(behind: Lexeme | None) -> bool:
    """Whether what stands behind a number is what it counts: a unit, a percent sign or a word in small letters."""
    if behind is None or behind.kind in ("and", "or"):
        return False
    return _has_unit(behind) or (behind.text[0].isalpha() and not behind.text[0].isupper())


def _has_unit(behind: Lexeme | None) -> bool:
    return behind is not None and (behind.kind in ("percent", "unit") or behind.sense.unit is not None)


def _behind_hyphen(number: Number) -> str | None:
    """A name that ends in a number.

    Covid-19 viivästytti työtä → 19 name
    Käytössä on Kaiku-24 kaikilla → 24 name
    Malli - 19 kuntaa → nothing
    """
    word, hyphen = number.before(2), number.before()
    joined = hyphen is not None and hyphen.kind == "dash" and hyphen.glued and number.items[number.first].glued
    return "name" if joined and word is not None and word.kind == "word" and word.text[-1].isalnum() else None


def _product(number: Number) -> str | None:
    """A version or a number behind the name of a product or an instrument.

    Käytössä on Omaolo 3.0 ja muita → 3.0 name
    Arvio tehtiin RAI 2.0:lla → 2.0 name
    Koneissa on Windows 11. → 11 name
    Kuntia ovat Kouvola 86, Kotka 54 → nothing
    Mukana on Mallila 12 asiakasta → nothing
    """
    name = number.before()
    if (
        name is None
        or name.kind != "word"
        or not name.text[0].isalpha()
        or name.text.islower()
        or name.sense.case not in ("Nom", None)
    ):
        return None
    if _counts(number.behind()) or number.first < 2:
        return None
    if number.signs == {"dot"} and len(number.parts) == 2:
        return "name"
    is_lone = not any(_is_named_number(number, distance) for distance in (-3, 3))
    is_place = any(True for _ in _PLACES.of_word(name.text))
    is_short = number.is_single and len(number.parts[0]) <= LONGEST_VERSION
    return "name" if is_short and is_lone and not is_place and _ends_phrase(number.behind()) else None


LONGEST_VERSION = 3
"""Digits of the number of a product: Windows 11, Office 365."""


def _is_named_number(number: Number, distance: int) -> bool:
    """Whether a capitalised word and a number stand so far from a number: Kouvola 86, | Kotka 54."""
    index, sign = number.first + distance, number.first + (1 if distance > 0 else -2)
    if not 0 < index < len(number.items) or number.items[index].kind != "num":
        return False
    return number.items[index - 1].text[0].isupper() and number.items[sign].kind in ("comma", "and")


def _ends_phrase(behind: Lexeme | None) -> bool:
    return behind is None or behind.kind in ("dot", "comma", "and", "colon") or behind.text in (")", ";")


def _page_of_pages(number: Number) -> str | None:
    """A page and how many there are.

    Lomake 1(8) → 1 page_number, 8 page_number
    """
    bracket, other, closed = number.behind(), number.behind(2), number.behind(3)
    if number.is_small and bracket is not None and bracket.text == "(" and bracket.glued and other is not None:
        is_pages = other.kind == "num" and closed is not None and closed.text == ")"
        return "page_number" if is_pages and int(number.parts[0]) <= other.integer else None
    before, first = number.before(), number.before(2)
    opens = before is not None and before.text == "(" and before.glued and first is not None and first.kind == "num"
    return "page_number" if opens and number.is_small and bracket is not None and bracket.text == ")" else None


def _labelled_item(number: Number) -> str | None:
    """The number of a heading that a label names.

    Toimintalinja: 3. Työllisyys → 3 list_number
    Erityistavoite: 7.1. Tuottavuus → 7.1 list_number
    Ryhmiä: 3. Niitä jatketaan → nothing
    """
    colon, dot, word = number.before(), number.behind(), number.behind(2)
    if colon is None or colon.kind != "colon" or dot is None or dot.kind != "dot" or word is None:
        return None
    label = number.before(2)
    is_one = label is not None and not label.sense.plural and len(number.parts[0]) < 3
    return "list_number" if is_one and number.signs <= {"dot"} and word.text[0].isupper() else None


def _ordinal_with_ending(number: Number) -> str | None:
    """An ordinal with its case ending.

    Alue on 18:nneksi suurin → 18 ordinal
    Se on 5:s kerta → 5 ordinal
    Määrä nousi 18:sta → nothing
    """
    colon, ending = number.behind(), number.behind(2)
    if colon is None or ending is None or colon.kind != "colon" or not (colon.glued and ending.glued):
        return None
    return "ordinal" if number.is_single and ending.text in _ORDINAL_ENDINGS.texts else None


def _numbered_text(number: Number) -> str | None:
    """The number in brackets of one of several points.

    Ensin (1) kartoitetaan, sitten (2) sovitaan → 1 list_number, 2 list_number
    Osuus on suuri (12) alueella → nothing
    """
    before, behind = number.before(), number.behind()
    if not number.is_small or before is None or behind is None or (before.text, behind.text) != ("(", ")"):
        return None
    near = {int(number.parts[0]) - 1, int(number.parts[0]) + 1}
    items = number.items
    others = (i for i in range(1, len(items) - 1) if items[i - 1].text == "(" and items[i + 1].text == ")")
    return "list_number" if any(items[i].kind == "num" and items[i].integer in near for i in others) else None


def _closed_item(number: Number) -> str | None:
    """The number of a list item with a closing bracket, or with a colon that opens a paragraph.

    2) Hoito alkaa → 2 list_number
    Vaiheet ovat 1) suunnittelu → 1 list_number
    3: Hoito alkaa → 3 list_number
    Osuus on suuri (12) alueella → nothing
    """
    behind, before = number.behind(), number.before()
    if not number.is_small or behind is None or not behind.glued:
        return None
    if before is not None and (before.text == "(" or before.kind == "comparator"):
        return None
    return "list_number" if behind.text == ")" or (behind.text == ":" and number.opens) else None


def _is_dotted(number: Number) -> bool:
    """Whether it is a single number with a full stop of its own, a word behind it."""
    dot, word = number.behind(), number.behind(2)
    stops = dot is not None and dot.kind == "dot" and dot.glued
    return number.is_single and stops and word is not None and not word.glued


def _dotted_item(number: Number) -> str | None:
    """The number of a list item with a full stop.

    1. Hoito alkaa → 1 list_number
    12. hoito alkaa → 12 list_number
    120. Hoito alkaa → nothing
    """
    return "list_number" if number.opens and number.is_small and _is_dotted(number) else None


def _ordinal(number: Number) -> str | None:
    """An ordinal: a full stop, and the sentence goes on.

    Tämä on 2. asteen koulutus → 2 ordinal
    Se on 11. kerta → 11 ordinal
    Niitä oli 11. Kerta oli uusi → nothing
    """
    word = number.behind(2)
    goes_on = word is not None and word.text[0].islower() and word.kind not in ("month", "day", "season")
    return "ordinal" if goes_on and _is_dotted(number) else None


def _bare_item(number: Number) -> str | None:
    """The number that opens a paragraph, a dash or a capital behind it.

    1 – ei aloitettu → 1 list_number
    3 Hyvässä vauhdissa → 3 list_number
    3 kuntaa on mukana → nothing
    """
    behind = number.behind()
    is_dotted = number.signs == {"dot"} and all(len(part) < 3 for part in number.parts)
    if not (number.opens and (number.is_small or is_dotted)) or behind is None:
        return None
    dash = behind.kind == "dash" and not behind.glued
    return "list_number" if dash or (behind.kind == "word" and behind.text[0].isupper()) else None


def _code(number: Number) -> str | None:
    """Digits that begin with a nought and have no decimals.

    Yksikön tunnus on 007 → 007 code
    Kustannuspaikka 0450 on uusi → 0450 code
    Osuus on 00,5 yksikköä → nothing
    """
    behind = number.behind()
    has_decimals = behind is not None and behind.kind == "comma"
    digits = number.parts[0]
    return "code" if number.is_single and len(digits) > 1 and digits[0] == "0" and not has_decimals else None


def _before_hyphen(number: Number) -> str | None:
    """A name that begins with a number; a unit or an age behind the hyphen makes it a quantity.

    Käytössä on Kaiku 24-palvelu → 24 name
    Se on 3-portainen → 3 name
    Oppaan 3.0-versio on uusi → 3.0 name
    Siinä on 2-tyypin diabetes → 2 name
    Se on 15-vuotiaille → nothing
    """
    hyphen, word = number.behind(), number.behind(2)
    if not (number.is_single or number.signs == {"dot"}) or hyphen is None or word is None:
        return None
    joined = hyphen.kind == "dash" and hyphen.glued and word.glued
    return "name" if joined and word.kind in ("word", "reference") and word.sense.group is None else None


def _goal_number(number: Number) -> str | None:
    """The number of one of the document's own goals.

    1.1 Ajan saa viikossa ¶ Siinä 1.1 eteni → 1.1 goal_number
    1.1 Ajan saa viikossa ¶ Asteikko on 2–3 → 1.1 goal_number
    """
    return "goal_number" if number.signs == {"dot"} and ".".join(number.parts) in number.codes else None


def _always_open(number: Number) -> str | None:
    """Round the clock.

    Palvelu toimii 24/7 kaikille → 24/7 always_open
    Chat on auki 24/7 → 24/7 always_open
    Luku oli 23/7 → 23/7 score
    """
    return "always_open" if number.parts == ["24", "7"] and number.signs == {"slash"} else None


MONTHS = 12
"""A number up to this before a year may be a month's."""


def _statute(number: Number) -> str | None:
    """A statute: its number and its year.

    Sitä koskee 612/2021 ja sen muutos → 612/2021 law_reference
    Katso (1301/2014) → 1301/2014 law_reference
    Katso 612/1221 → 612/1221 document_reference
    """
    if number.signs != {"slash"} or len(number.parts) != 2 or not is_year(number.items[number.last]):
        return None
    return "law_reference" if int(number.parts[0]) > MONTHS else None


def _document_mark(number: Number) -> str | None:
    """A document's mark: more than two numbers, or a long one.

    Päätös 12/34/2020 on annettu → 12/34/2020 document_reference
    Lausunto 4517/20 on annettu → 4517/20 document_reference
    Katso 45/61 → 45/61 score
    """
    long = len(number.parts) > 2 or len(number.parts[0]) > 2
    return "document_reference" if number.signs == {"slash"} and long else None


def _score(number: Number) -> str | None:
    """Two short numbers: so many of so many.

    Arvosana oli 4/5 → 4/5 score
    Tulos oli 18/20 tänään → 18/20 score
    Arvosana oli 4-5 → nothing
    """
    return "score" if number.signs == {"slash"} else None


def _publication(number: Number) -> str | None:
    """The mark of a publication, or of a case in a register.

    Opas on STM 2012:18 → 2012 document_reference, 18 document_reference
    Asia VAKEDno-2022-67 ratkaistiin → 2022-67 document_reference
    """
    before, behind = number.before(), number.behind()
    if behind is not None and behind.kind == "colon" and _is_year_text(number.parts[0]):
        last = number.behind(2)
        return "document_reference" if last is not None and last.kind == "num" and last.glued else None
    if before is not None and before.kind == "colon" and before.glued and number.is_single:
        year = number.before(2)
        return "document_reference" if year is not None and _is_year_text(year.text) else None
    if before is None or before.kind != "dash" or number.signs != {"dash"}:
        return None
    return "document_reference" if _is_year_text(number.parts[0]) else None


def _is_year_text(text: str) -> bool:
    return len(text) == 4 and text[:2] in ("19", "20")


def _cited(number: Number) -> str | None:
    """The year of a source in brackets.

    Työ muuttuu (Konttinen ym. 2019; Laitos 2024) → 2019 citation, 2024 citation
    """
    behind = number.behind()
    is_year = number.is_single and _is_year_text(number.parts[0])
    return "citation" if is_year and behind is not None and behind.text in (")", ";", ",", ":") else None


def _goes_on_from_name(number: Number) -> str | None:
    """The rest of a code that begins with letters.

    Diagnoosi on F32.1 tai muu → F32 name, 1 name
    """
    sign, name = number.before(), number.before(2)
    joined = sign is not None and sign.kind in ("dot", "dash") and sign.glued and number.items[number.first].glued
    is_code = name is not None and name.text[0].isalpha() and name.text[-1].isdecimal()
    return "name" if joined and is_code else None


def _register_number(number: Number) -> str | None:
    """A business id, and other numbers too long to count.

    Tunnus on 1234567-8 nyt → 1234567-8 code
    Osoite on 003712345678 nyt → 003712345678 code
    """
    if number.signs == {"dash"} and [len(part) for part in number.parts] == [7, 1]:
        return "code"
    return "code" if number.is_single and len(number.parts[0]) >= LONGEST_COUNT else None


LONGEST_COUNT = 9
"""Digits in a row, without blanks between, from which on they are an identifier."""


def _version(number: Number) -> str | None:
    """Three numbers or more with full stops between.

    Sovellus on 2.0.1 nyt → 2.0.1 version
    Sovellus on 10.4.22.1 nyt → 10.4.22.1 version
    Mukana on hoitaja 2.0 ja muita → 2.0 version
    Sovellus on 2.5 nyt → nothing
    """
    if number.signs == {"dot"} and len(number.parts) == 2 and number.parts[1] == "0" and not _has_unit(number.behind()):
        return "version"
    is_grouped = all(len(part) == THOUSANDS for part in number.parts[1:])
    return "version" if number.signs == {"dot"} and len(number.parts) > 2 and not is_grouped else None


RULES: tuple[Callable[[Number], str | None], ...] = (
    _page_number,
    _section_of_law,
    _article,
    _page_of_pages,
    _behind_reference,
    _listed_reference,
    _scale,
    _hours,
    _key,
    _with_letter,
    _register_number,
    _goes_on_from_name,
    _publication,
    _cited,
    _behind_hyphen,
    _product,
    _labelled_item,
    _ordinal_with_ending,
    _numbered_text,
    _closed_item,
    _dotted_item,
    _ordinal,
    _bare_item,
    _code,
    _before_hyphen,
    _goal_number,
    _always_open,
    _statute,
    _document_mark,
    _score,
    _version,
)
"""What a number may be the name of, tried in order; each gives a reason code or None.

An example in a rule's docstring is a text, an arrow, and what of it is a name, with the reason; ¶ parts paragraphs.
"""


def _reason(number: Number) -> str | None:
    """The reason code of the first rule that knows a number."""
    return next((reason for rule in RULES if (reason := rule(number))), None)
