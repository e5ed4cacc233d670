"""percentages: figures with a percent sign or the word prosentti, and percentage points.

Fractions in words (viidesosa) and bare percent signs are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extractors.document import AnalysedDocument, Cell, Span, Table, Token, once_a_document
from extractors.goal_codes import numbered_texts
from extractors.ids import section_id_at
from extractors.records import PercentageRecord
from extractors.table_columns import cell_at, columns, is_empty
from extractors.timex import MAX_DIGITS, scan, value
from extractors.units import Unit, units
from lexicons import Entry, load
from lexicons.matcher import matcher

_DASHES = frozenset("-–—−")


@dataclass(frozen=True, slots=True)
class Figure:
    """A percentage as written: its place, its value or range, what its unit is, and the first of its tokens."""

    span: Span
    value: float
    value_max: float | None
    unit: str
    first: int
    last: int


def extract(document: AnalysedDocument) -> Iterator[PercentageRecord]:
    """The percentages of a document in text order."""
    records = [record for unit in units(document) for record in _of_unit(document, unit)]
    yield from sorted(records, key=lambda record: (record.char_start, record.char_end))


def _of_unit(document: AnalysedDocument, unit: Unit) -> Iterator[PercentageRecord]:
    for figure in figures(unit.tokens):
        comparator = _comparator(unit.tokens, figure.first)
        yield PercentageRecord(
            doc_id=document.doc_id,
            section_id=section_id_at(document, figure.span.start),
            page=document.document.page_at(figure.span.start),
            char_start=figure.span.start,
            char_end=figure.span.end,
            text=figure.span.of(document.text),
            value=figure.value,
            value_max=figure.value_max,
            comparator=comparator[0] if comparator else None,
            unit=figure.unit,
            about=_about(document, unit, figure, comparator[1] if comparator else figure.span.start),
            goal_code=_goal_code(document, unit, figure),
            period=_period(document, unit, figure),
        )


# Figures


@cache
def _words(lexicon: str) -> dict[str, Entry]:
    return {term.text.lower(): entry for entry in load(lexicon).entries for term in entry.terms}


@cache
def _percent_words() -> dict[str, Entry]:
    return {key: entry for key, entry in _words("units").items() if entry.group == "percent"}


def figures(tokens: Sequence[Token]) -> Iterator[Figure]:
    """The percentages in a run of tokens."""
    for index in range(len(tokens)):
        unit = _unit(tokens, index)
        if unit is None:
            continue
        found = _number_before(tokens, index)
        if found is None:
            continue
        first, number = found
        low, number_max = number, None
        if first >= 2 and tokens[first - 1].text in _DASHES and (lower := _number_before(tokens, first - 1)):
            sits = tokens[first - 1].start - tokens[lower[0]].end < 3
            if sits and lower[1] < number:
                first, low, number_max = lower[0], lower[1], number
        negative = number_max is None and _is_minus(tokens, first)
        start = tokens[first - 1].start if negative else tokens[first].start
        kind, last = unit
        yield Figure(Span(start, tokens[last].end), -low if negative else low, number_max, kind, first, last)


def _unit(tokens: Sequence[Token], index: int) -> tuple[str, int] | None:
    """The unit that a token names, and its last token: %, prosenttia, prosenttiyksikköä, %-yksikköä."""
    token = tokens[index]
    percent = _percent_words()
    if token.text == "%":
        following = "".join(item.text for item in tokens[index + 1 : index + 3]).lower()
        glued = index + 1 < len(tokens) and tokens[index + 1].start == token.end
        for key, entry in percent.items():
            if len(key) > 2 and key.startswith("%-") and glued and following.startswith(key[1:]):
                return str(entry.value), index + (1 if tokens[index + 1].text.startswith("-y") else 2)
        return "percent", index
    for key in (token.lemma.lower(), *sorted(token.keys, key=len, reverse=True)):
        named = percent.get(key)
        if named is not None and not token.text.startswith("-") and token.lemma.lower().startswith(key):
            return str(named.value), index
    return None


def _number_before(tokens: Sequence[Token], index: int) -> tuple[int, float] | None:
    """The number that ends before a token: its first token and value. Digits, thousands, or a number word."""
    if index < 1:
        return None
    token = tokens[index - 1]
    if token.text[0].isdecimal():
        if len(token.text) > MAX_DIGITS:
            return None
        digits, first = token.text, index - 1
        while (
            first > 0
            and len(tokens[first].text.split(",")[0]) == 3
            and tokens[first - 1].text.isdecimal()
            and len(tokens[first - 1].text) <= 3
            and tokens[first].start - tokens[first - 1].end == 1
            and tokens[first - 1].pos == "NUM"
            and not (
                first > 1
                and tokens[first - 2].text[0].isdigit()
                and tokens[first - 1].start - tokens[first - 2].end == 0
            )
        ):
            first -= 1
            digits = tokens[first].text + digits
            if len(digits) > MAX_DIGITS:
                return None
        if digits.count(",") + digits.count(".") > 1:
            return None
        return first, float(digits.replace(",", "."))
    word = number_word(token)
    return (index - 1, word) if word is not None else None


def number_word(token: Token) -> float | None:
    """The value of a number word: seitsemän, kaksikymmentäviisi; None for other words."""
    words = _words("numbers")
    for key in (token.lemma.lower(), *sorted(token.lemmas)):
        if key in words:
            return float(words[key].value or 0)
    parts = [words.get(part.lower()) for part in token.compound_parts]
    if len(parts) >= 2 and all(parts):
        total = 0.0
        for part in parts:
            number = float(part.value or 0) if part else 0.0
            total = total * number if number == 10 and 0 < total < 10 else total + number
        return total
    return None


def _is_minus(tokens: Sequence[Token], first: int) -> bool:
    """Whether a minus sign stands right before a figure and nothing right before the sign."""
    if first < 1 or tokens[first - 1].text not in _DASHES or tokens[first - 1].end != tokens[first].start:
        return False
    return first == 1 or tokens[first - 2].end < tokens[first - 1].start


def _comparator(tokens: Sequence[Token], first: int) -> tuple[str, int] | None:
    """noin, yli, alle ... directly before a figure, and the place where it begins."""
    back = first - 1
    if back >= 0 and tokens[back].text == ".":
        back -= 1
    if back < 0 or (tokens[back].sentence != tokens[first].sentence and tokens[back].lemma != "n"):
        return None
    near = tokens[max(0, back - 1) : back + 1]
    for hit in matcher("units").find(near):
        if hit.entry.group == "comparator" and hit.end == tokens[back].end:
            return str(hit.entry.value), hit.start
    return None


# Context


_CASE_ENDING = regex.compile(r":\p{Ll}+")
CLAUSE = 1000
"""Characters on either side of a figure in which its clause is looked for."""

_CLAUSE_ENDS = regex.compile(r",(?!\d)|(?<!\d),")
_EDGES = " \t\n()[]•·–-:;.,"


def _about(document: AnalysedDocument, unit: Unit, figure: Figure, start: int) -> str | None:
    """What a figure measures: the row's label in a table, else the clause around it without figure and comparator."""
    if unit.cell is not None and unit.table is not None:
        label = _row_label(document, unit.table, unit.cell)
        if label is not None and label != unit.cell.text(document.text):
            return label
    sentence = document.sentence_at(figure.span.start)
    if sentence is None:
        return None
    ending = _CASE_ENDING.match(document.text, figure.span.end)
    before = _CLAUSE_ENDS.split(document.clean(max(sentence.start, start - CLAUSE), start))[-1].strip(_EDGES)
    behind = ending.end() if ending else figure.span.end
    after = _CLAUSE_ENDS.split(document.clean(behind, min(sentence.end, behind + CLAUSE)))[0].strip(_EDGES)
    return " ".join(part for part in (before, after) if part) or None


def _row_label(document: AnalysedDocument, table: Table, cell: Cell) -> str | None:
    """What the row of a figure's cell is about: its indicator or goal, else its first filled cell.

    A project's results are prose: their own clause tells more than the project's name.
    """
    layout = columns(document, table)
    row = table.rows[cell.row]
    if layout.by_index[cell.col].role == "results":
        return None
    named = [cell_at(row, layout.role(role)) for role in ("indicator", "process_goal", "original_goal")]
    filled = (item.text(document.text) for item in (*named, *row) if item is not None and item.spans)
    return next((text for text in filled if not is_empty(text)), None)


def _goal_code(document: AnalysedDocument, unit: Unit, figure: Figure) -> str | None:
    if unit.cell is not None and unit.table is not None:
        for cell in unit.table.rows[unit.cell.row]:
            if numbered := numbered_texts(document.text[cell.start : cell.end]):
                inside = [
                    item.code
                    for item in numbered
                    if cell.start + item.start <= figure.span.start < cell.start + item.end
                ]
                return (inside or [item.code for item in numbered])[0]
    section = document.section_at(figure.span.start)
    if section is not None:
        for above in document.ancestors(section):
            if above.goal_codes:
                return above.goal_codes[0]
    return None


def _period(document: AnalysedDocument, unit: Unit, figure: Figure) -> str | None:
    """The period of the figure's column, else of the only date in its sentence."""
    if unit.cell is not None and unit.table is not None:
        column = columns(document, unit.table).by_index[unit.cell.col]
        return column.period or ("baseline" if column.role == "baseline" else None)
    sentence = document.sentence_at(figure.span.start)
    return _only_date(document, sentence) if sentence is not None else None


@once_a_document
def _only_date(document: AnalysedDocument, sentence: Span) -> str | None:
    """The value of the only date of a sentence, found once for all its figures."""
    found = list(scan(document.tokens_in(*sentence)))
    if len(found) != 1 or found[0].begin.year is None:
        return None
    begin, end = found[0].begin, found[0].end
    return value(begin) if end is None else f"{value(begin)}/{value(end)}"
