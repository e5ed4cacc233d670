"""Units as tables write them: beside a figure, in a heading, in an indicator's name; and their codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from extractors.document import AnalysedDocument, Cell, Span, Table, Token
from extractors.outline.table_headers import cell_at
from extractors.outline.tables import columns
from lexicons import Entry, needs

_UNITS = needs("units", groups=["percent", "share", "count", "money", "duration", "measure", "index"])
_YEAR = needs("time_words", "vuosi_lyhenne")
_SCALES = needs("numbers", groups=["scale"])

CODES = {
    "percent": "percent",
    "percentage_point": "percentage_point",
    "prosenttinen": "percent",
    "promille": "permille",
    "htv": "fte",
    "euro": "eur",
    "tuhat_euroa": "eur_thousand",
    "miljoona_euroa": "eur_million",
    "vuosi": "year",
    "kuukausi": "month",
    "viikko": "week",
    "paiva": "day",
    "tunti": "hour",
    "minuutti": "minute",
    "sekunti": "second",
    "piste": "index",
}
"""The code of a unit of `lexicons/units.yaml`; others that count something are `count`."""

_SCALED = {"1000": "_thousand", "1000000": "_million", "1000000000": "_billion"}

MAX_UNIT = 30
"""Code points of a unit in brackets or behind a comma."""

_PLACES = regex.compile(
    rf"\((?P<unit>[^()]{{1,{MAX_UNIT}}})\)|[,;]\s*(?P<unit>[^(),;]{{1,{MAX_UNIT}}})$|\s(?P<unit>%|€)\s*$"
)


class Unit(NamedTuple):
    """A unit: its words as spelled, and its code; no code where none is agreed."""

    text: str
    code: str | None


def unit_of(document: AnalysedDocument, span: Span) -> Unit | None:
    """The unit that a stretch is, and nothing else: "%", "milj. €", "hlö/kk"; None where it is something else."""
    tokens = document.tokens_in(*span)
    cut = next((index for index, token in enumerate(tokens) if token.text == "/"), len(tokens))
    above, below = tokens[:cut], tokens[cut + 1 :]
    code = _code(above)
    if code is None:
        return None
    if not below:
        return Unit(document.wording(*span), code.code)
    per = _Code("year") if all(token.text.lower() in _YEAR.texts for token in below) else _code(below)
    joined = f"{code.code}_per_{per.code}" if code.code and per is not None and per.code else None
    return Unit(document.wording(*span), joined)


def unit_of_row(document: AnalysedDocument, table: Table, cell: Cell) -> Entry | None:
    """The unit that the unit column of a table gives a row ("Yksikkö": vrk), for the figures of its value columns."""
    layout = columns(document, table)
    column, own = layout.by_index[cell.col], cell_at(table.rows[cell.row], layout.role("scale"))
    is_value = column.period is not None or column.role in ("baseline", "target")
    if own is None or not own.spans or not is_value or cell.row < layout.n_header:
        return None
    tokens = document.tokens_in(own.start, own.end)
    hits = [hit for hit in _UNITS.find(tokens) if hit.first == 0 and hit.last == len(tokens) - 1]
    return hits[0].entry if len(hits) == 1 else None


class _Code(NamedTuple):
    code: str | None


def _code(tokens: Sequence[Token]) -> _Code | None:
    """The code of words that are a unit, perhaps with thousands or millions before it; None where they are none."""
    words = [token for token in tokens if token.text not in (".", ",")]
    hits = [hit for hit in _UNITS.find(words) if hit.last == len(words) - 1]
    hits = [hit for hit in hits if hit.term.text in words[hit.last].lemmas]  # puolivuosi is no vuosi
    if not hits:
        return None
    before = words[: hits[0].first]
    scale = next((str(hit.entry.value) for hit in _SCALES.find(before)), "".join(token.text for token in before))
    return _Code(code_of(hits[0].entry, scale)) if scale in _SCALED or not before else None


def code_of(unit: Entry, scale: str = "") -> str | None:
    """The code of an entry of `units`, in thousands or millions where its words say so."""
    code = CODES.get(unit.id, "count" if unit.group == "count" else None)
    return f"{code}{_SCALED.get(scale, '')}" if code is not None else None


def unit_beside(document: AnalysedDocument, cell: Cell) -> Unit | None:
    """The unit that a heading or an indicator's name has in brackets, behind a comma or at its end."""
    for place in _places(document, cell):
        if (unit := unit_of(document, place)) is not None:
            return unit
    return None


def _places(document: AnalysedDocument, cell: Cell) -> Iterator[Span]:
    for piece in cell.pieces:
        for match in _PLACES.finditer(document.text, *piece):
            yield Span(*match.span("unit"))
