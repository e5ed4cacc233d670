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
from extractors.grammar.lexemes import Lexeme
from extractors.grammar.numbers import REACH
from extractors.grammar.years import is_year
from extractors.outline.numbering import numbering
from extractors.readings import Reading, readings
from lexicons import needs

_STREET = needs("references", groups=["street"])


class Identifier(NamedTuple):
    """A stretch of the source and the reason code: what the number is the name of."""

    start: int
    end: int
    reason: str


_PHONE = regex.compile(r"(?<![\d,.])(?:\+\d{1,3}[ -]?\d{1,3}|0\d{1,3})(?:[ -]\d{2,4}){1,4}(?![\d,.]\d|\d)")


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
    for kind in (_numbers_of_headings, _in_words, _in_lexemes, _phones, _addresses):
        for one in kind(document):
            found.setdefault(Span(one.start, one.end), one)
    return tuple(sorted(found.values()))


def _in_words(document: AnalysedDocument) -> Iterator[Identifier]:
    """Web and e-mail addresses, and digits inside a word (Kaiku24)."""
    for token in document.tokens:
        text = token.text
        if not any(ch.isdecimal() for ch in text):
            continue
        if "://" in text or text.startswith("www."):
            yield Identifier(token.start, token.end, "url")
        elif "@" in text:
            yield Identifier(token.start, token.end, "email")
        elif text[0].isalpha():
            yield Identifier(token.start, token.end, "name")


def _phones(document: AnalysedDocument) -> Iterator[Identifier]:
    for match in _PHONE.finditer(document.text):
        if sum(ch.isdecimal() for ch in match.group()) >= 7:
            yield Identifier(match.start(), match.end(), "phone")


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
        for index in _undated_numbers(reading):
            if index <= until:
                continue
            number = Number(
                reading.lexemes, index, _last(reading.lexemes, index), reading.unit.block is not None, codes
            )
            if reason := _reason(number):
                until = number.last
                yield Identifier(reading.lexemes[index].start, reading.lexemes[until].end, reason)


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
    """A number before the sign of a section.

    Pelastuslain 42 § koskee tätä → 42 law_reference
    Asiasta säädetään 24 §:ssä → 24 law_reference
    """
    behind = number.behind()
    is_sign = behind is not None and behind.kind == "reference" and behind.text.startswith("§")
    return "law_reference" if is_sign else None


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
    Lisätietoja saa (puh. 10023) → 10023 phone
    Dnro: 123 on uusi → 123 document_reference
    Siitä kertoo taulukko. 3 kuntaa jäi pois → nothing
    """
    word = number.before()
    sign = word
    if sign is not None and sign.text in (".", ":") and sign.glued:
        word = number.before(2)
        if word is None or word.value not in ("phone", "document"):
            return None
    if word is not None and word.text in ("(", "`") and number.before(2) is not None:
        word = number.before(2)
    if word is None or word.kind != "reference":
        return None
    group = str(word.value)
    dotted = not number.is_single and number.items[number.first + 1].kind == "dot"
    if group in ("goal", "label") and not dotted and _counts(number.behind()):
        return None
    return _REASONS.get(group, "numbered_thing")


def _counts(behind: Lexeme | None) -> bool:
    """Whether what stands behind a number is what it counts: a unit, a percent sign or a word in small letters."""
    if behind is None:
        return False
    if behind.kind in ("percent", "unit") or behind.sense.unit is not None:
        return True
    return behind.text[0].isalpha() and not behind.text[0].isupper()


def _behind_hyphen(number: Number) -> str | None:
    """A name that ends in a number.

    Covid-19 viivästytti työtä → 19 name
    Käytössä on Kaiku-24 kaikilla → 24 name
    Malli - 19 kuntaa → nothing
    """
    word, hyphen = number.before(2), number.before()
    joined = hyphen is not None and hyphen.kind == "dash" and hyphen.glued and number.items[number.first].glued
    return "name" if joined and word is not None and word.kind == "word" else None


def _closed_item(number: Number) -> str | None:
    """The number of a list item with a closing bracket, or with a colon that opens a paragraph.

    2) Hoito alkaa → 2 list_number
    Vaiheet ovat 1) suunnittelu → 1 list_number
    3: Hoito alkaa → 3 list_number
    Osuus on suuri (12) alueella → nothing
    """
    behind, before = number.behind(), number.before()
    if not number.is_small or behind is None or not behind.glued or (before is not None and before.text == "("):
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
    goes_on = word is not None and word.text[0].islower() and word.kind not in ("month", "day")
    return "ordinal" if goes_on and _is_dotted(number) else None


def _bare_item(number: Number) -> str | None:
    """The number that opens a paragraph, a dash or a capital behind it.

    1 – ei aloitettu → 1 list_number
    3 Hyvässä vauhdissa → 3 list_number
    3 kuntaa on mukana → nothing
    """
    behind = number.behind()
    if not (number.opens and number.is_small) or behind is None:
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
    Se on 15-vuotiaille → nothing
    """
    hyphen, word = number.behind(), number.behind(2)
    if not number.is_single or hyphen is None or word is None:
        return None
    joined = hyphen.kind == "dash" and hyphen.glued and word.glued
    return "name" if joined and word.kind == "word" and word.sense.group is None else None


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


def _version(number: Number) -> str | None:
    """Three numbers or more with full stops between.

    Sovellus on 2.0.1 nyt → 2.0.1 version
    Sovellus on 10.4.22.1 nyt → 10.4.22.1 version
    Sovellus on 2.0 nyt → nothing
    """
    return "version" if number.signs == {"dot"} and len(number.parts) > 2 else None


RULES: tuple[Callable[[Number], str | None], ...] = (
    _page_number,
    _section_of_law,
    _behind_reference,
    _behind_hyphen,
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
