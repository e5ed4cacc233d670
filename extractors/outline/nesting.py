"""Headings nested into sections.

How deep a heading stands follows from what the format states, else from the document's own numbering and contents list,
else from its kind: a page's fields hold assessments, these hold national goals, these the authors' own headings and
goals. A heading closes every section that is not above it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extractors.document import AnalysedDocument, Section, Span
from extractors.outline.candidates import artefacts
from extractors.outline.contents import contents
from extractors.outline.enumerators import enumerator
from extractors.outline.heading_page import Heading
from extractors.outline.headings import find_headings
from extractors.outline.labels import squeeze
from extractors.outline.national_series import with_series
from extractors.outline.report_date import report_date
from lexicons import Words, needs

_CLOSING = needs("document_parts", "closing")
_PATH = needs("template_fields", "kehittamisen_polku")
_NATIONAL_WORDS = needs("document_parts", "national_goals")
_PACKAGE_WORDS = needs("document_parts", "work_packages")

MAIN, CHAPTER, PART, NATIONAL, OWN, GOAL, BELOW = 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0
"""Ranks of kinds of headings from the outermost in; a chapter's part lies a tenth deeper than its chapter."""

PART_OF_GOAL = OWN + 0.001
"""The rank of an own heading that is a part of a national goal, and not of the numbered goal right above it."""

_RANKS = {"main": MAIN, "chapter": CHAPTER, "listed": CHAPTER, "part": PART, "evaluation": PART, "national": NATIONAL}
_RANKS |= {"question": CHAPTER, "own": OWN, "stated": OWN, "goal": GOAL}

IN_OWN = 0.2
"""How much deeper than an own heading those lie that it holds."""

PARTS_ALIKE = 0.6
"""Share of the own headings between national goals that recur where they are the goals' parts and no others'."""

FEWEST_CHAPTERS = 3
"""Headings in capitals from which on they are a report's chapters."""

FEWEST_GOALS = 3
"""Goals in a row from which on they show whether goals have parts of their own."""

_ALONE = frozenset(("opening", "contents"))
"""Kinds of headings in which no other stands."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A section that may still take others in: its rank, the level that its format states, its place."""

    rank: float
    stated: int | None
    ordinal: int
    day: date | None


def sections(document: AnalysedDocument) -> list[Section]:
    """The sections of a document in document order, without gaps: text above the first heading is one without words."""
    headings = with_series(document, find_headings(document))
    first = headings[0].span.start if headings else document.body_length
    opening = _body(document, Span(0, 0), first)
    if opening.start < opening.end:
        headings.insert(0, Heading(Span(0, 0), "opening"))
    return _nest(document, headings)


def _nest(document: AnalysedDocument, headings: Sequence[Heading]) -> list[Section]:
    ranks = _ranked(document, headings)
    markers = {block.start: block.marker for block in document.blocks if block.marker}
    report = report_date(document) if not any(heading.is_field for heading in headings) else None
    default = report.first_day if report and not any(heading.date for heading in headings) else None
    stack: list[_Open] = []
    found: list[Section] = []
    for ordinal, heading in enumerate(headings):
        stack = [] if heading.sort in _ALONE else _above(stack, ranks[ordinal], heading.stated)
        day = heading.date or (stack[-1].day if stack else default)
        end = headings[ordinal + 1].span.start if ordinal + 1 < len(headings) else document.body_length
        if marker := markers.get(end):
            end = document.text.rindex(marker, heading.span.end, end)  # the bullet belongs to the heading's line
        found.append(
            Section(
                ordinal=ordinal,
                parent=stack[-1].ordinal if stack else None,
                level=len(stack) + 1,
                heading=heading.span,
                heading_text=document.wording(*heading.span),
                body=_body(document, heading.span, end),
                field=heading.field,
                evaluation_date=day,
                goal_codes=heading.goal_codes,
                benefit_goals=heading.benefit_goals,
            )
        )
        if heading.sort not in _ALONE:
            stack.append(_Open(_settled(stack, ranks[ordinal]), heading.stated, ordinal, day))
    return found


def _above(stack: list[_Open], rank: float, stated: int | None) -> list[_Open]:
    """The open sections that a heading stands in."""
    if stated is not None:
        kept = [item for item in stack if item.stated is not None and item.stated < stated]
        return stack[: stack.index(kept[-1]) + 1] if kept else []
    level = max((index for index, item in enumerate(stack) if item.stated is not None), default=-1) + 1
    level = level if rank >= NATIONAL else 0  # a template's field, an appendix: known by their words
    rank = _settled(stack, rank)
    while len(stack) > level and (stack[-1].rank >= rank or {stack[-1].rank, rank} == {OWN, PART_OF_GOAL}):
        stack = stack[:-1]
    return stack


def _settled(stack: Sequence[_Open], rank: float) -> float:
    """An author's own heading below a numbered goal stays in it, unless the goal itself stands in such a heading."""
    if (
        rank == OWN
        and stack
        and stack[-1].rank in (GOAL, BELOW)
        and not {OWN, PART_OF_GOAL} & {item.rank for item in stack}
    ):
        return BELOW
    return rank


def _ranked(document: AnalysedDocument, headings: Sequence[Heading]) -> list[float]:
    """Each heading's rank in this document."""
    is_page = any(heading.is_field for heading in headings)
    ranks: list[float] = []
    under_basics = under_path = False
    for index, heading in enumerate(headings):
        rank = _RANKS.get(heading.sort, OWN)
        if heading.is_field:
            is_part = heading.sort == "part"
            under_basics = (
                heading.field == "perustiedot" or (under_basics and is_part) or (is_part and heading.is_inner)
            )
            rank = PART if is_part and under_basics else MAIN + IN_OWN * under_path
            if _is_path(document, heading):
                under_path, rank = _heads_fields(document, headings, index), MAIN
        elif heading.sort in ("chapter", "listed") or (heading.depth is not None and not is_page):
            rank = (NATIONAL if is_page else CHAPTER) + 0.1 * ((heading.depth or 1) - 1)
        elif heading.sort == "main" and not is_page:
            rank = CHAPTER
        ranks.append(rank)
    if not is_page:
        _assessments_beside_chapters(headings, ranks)
        _nationals_alike(headings, ranks)
    _own_headings(document, headings, ranks)
    if not is_page:
        _listed_alike(document, headings, ranks)
        _chapters_in_capitals(document, headings, ranks)
    _rows_below(headings, ranks)
    return ranks


def _chapters_in_capitals(document: AnalysedDocument, headings: Sequence[Heading], ranks: list[float]) -> None:
    """Where an author sets some headings in capitals and others not, those in capitals are the chapters."""
    own = [index for index, heading in enumerate(headings) if heading.sort in ("own", "evaluation")]
    capital = [index for index in own if headings[index].span.of(document.text).isupper()]
    if FEWEST_CHAPTERS <= len(capital) < len(headings):
        for index in capital:
            ranks[index] = CHAPTER


def _is_path(document: AnalysedDocument, heading: Heading) -> bool:
    """Whether a heading is the one over the parts of today's pages: "Kehittämisen polku"."""
    return squeeze(heading.span.of(document.text)) in {squeeze(text) for text in _PATH.texts}


def _heads_fields(document: AnalysedDocument, headings: Sequence[Heading], index: int) -> bool:
    """Whether a heading stands right over a field of the template, with nothing between."""
    if index + 1 >= len(headings) or not headings[index + 1].is_field:
        return False
    between = document.text[headings[index].span.end : headings[index + 1].span.start]
    return not between.replace(headings[index].span.of(document.text), "").strip()


def _listed_alike(document: AnalysedDocument, headings: Sequence[Heading], ranks: list[float]) -> None:
    """A contents list without numbers that names assessments and not what stands in them names main headings only."""
    listed = contents(document)
    if not listed.titles or any(depth is not None for depth in listed.titles.values()):
        return
    named = [i for i, one in enumerate(headings) if listed.depth(document.clean(*one.span))[0]]
    dated = [i for i in named if headings[i].sort == "evaluation"]
    if not dated or any(headings[i].benefit_goals or headings[i].sort == "goal" for i in named):
        return
    for index in named:
        if headings[index].sort in ("own", "evaluation"):
            ranks[index] = CHAPTER


def _nationals_alike(headings: Sequence[Heading], ranks: list[float]) -> None:
    """The national goals of an assessment stand at one depth, numbered or not, listed in its contents or not."""
    for group in _groups(headings):
        nationals = [index for index in group if headings[index].benefit_goals and headings[index].sort != "rows"]
        outermost = min((ranks[index] for index in nationals), default=NATIONAL)
        for index in nationals:
            ranks[index] = outermost


def _rows_below(headings: Sequence[Heading], ranks: list[float]) -> None:
    """What heads rows of a table stands in the section that holds the table: national goals, then areas."""
    above = MAIN
    for index, heading in enumerate(headings):
        if heading.sort == "rows":
            ranks[index] = above + (0.02 if heading.benefit_goals else 0.04)
        else:
            above = ranks[index]


def _assessments_beside_chapters(headings: Sequence[Heading], ranks: list[float]) -> None:
    """Where dated assessments stand among numbered chapters: behind the last chapter one is no part of it, between
    chapters it is a part of the one above; where the numbers begin anew below each, the chapters are its parts."""
    dated = [i for i, heading in enumerate(headings) if heading.sort == "evaluation" and heading.depth is None]
    tops = [i for i, heading in enumerate(headings) if heading.sort == "chapter" and heading.depth == 1]
    if not dated or not tops:
        return
    anew = sum(any(day < top for top in tops) and not any(dated[0] < top < day for top in tops) for day in dated)
    restarts = len(dated) > 1 and anew < len(dated)
    for index in dated:
        ranks[index] = CHAPTER - 0.5 if restarts else CHAPTER if index > tops[-1] else CHAPTER + 0.1


def _own_headings(document: AnalysedDocument, headings: Sequence[Heading], ranks: list[float]) -> None:
    """Own headings behind and between national goals.

    One that comes back under several of them is a part of the goal, not of the numbered goal right above; one that
    closes a report, or stands behind the last of several goals and all that is surely a part of it, stands beside them.
    """
    again = _come_again(document, headings)
    for group in _groups(headings):
        nationals = [index for index in group if headings[index].benefit_goals]
        _behind_goals(headings, group, nationals, again, ranks)
        _packages(document, headings, group, ranks)
        umbrella = _umbrella(document, headings, nationals)
        if umbrella is not None:
            ranks[umbrella] = min(ranks[umbrella], ranks[nationals[0]] - 0.5)
        own = [index for index in group if headings[index].sort == "own" and nationals and index > nationals[0]]
        inside = [index in again for index in own if index < nationals[-1]]
        are_parts_alike = len(nationals) > 1 and sum(inside) >= PARTS_ALIKE * len(inside)
        parts = [i for i in group if i in again or headings[i].goal_codes]
        for index in own:
            if index in again:
                ranks[index] = PART_OF_GOAL
            elif index > nationals[-1]:
                closes = _CLOSING.stand_in(document.tokens_in(*headings[index].span))
                if closes or (are_parts_alike and index > max(parts, default=0)):
                    ranks[index] = ranks[nationals[-1] if umbrella is None else umbrella]


def _umbrella(document: AnalysedDocument, headings: Sequence[Heading], nationals: Sequence[int]) -> int | None:
    """The own heading right over the first of several national goals, with nothing between, holds them all, unless a
    contents list names them beside it."""
    above = nationals[0] - 1 if len(nationals) >= FEWEST_GOALS else -1
    if above < 0 or headings[above].sort != "own" or headings[above].benefit_goals:
        return None
    is_listed = contents(document).depth(document.clean(*headings[nationals[0]].span))[0]
    return above if not is_listed and _holds(document, headings, above, _NATIONAL_WORDS) else None


def _holds(document: AnalysedDocument, headings: Sequence[Heading], above: int, named: Words) -> bool:
    """Whether a heading is right over the next one, or names what stands below it over a paragraph that introduces
    it: "Mittarit hyötytavoitteittain"."""
    between = document.text[headings[above].span.end : headings[above + 1].span.start].strip()
    tables = (table.start for table in document.tables)
    is_text = "\n" not in between and not any(
        headings[above].span.end < start < headings[above + 1].span.start for start in tables
    )
    return not between or (is_text and named.stand_in(document.tokens_in(*headings[above].span)))


def _packages(
    document: AnalysedDocument, headings: Sequence[Heading], group: Sequence[int], ranks: list[float]
) -> None:
    """Work packages stand in the own heading right over the first of them that speaks of them."""
    kinds = {index: enumerator(headings[index].span.of(document.text)) for index in group}
    packages = [i for i in group if headings[i].sort == "own" and (one := kinds[i]) and one.prefix_kind == "package"]
    above = packages[0] - 1 if len(packages) > 1 else -1
    if (
        above not in group
        or headings[above].sort != "own"
        or not _PACKAGE_WORDS.stand_in(document.tokens_in(*headings[above].span))
    ):
        return
    if _holds(document, headings, above, _PACKAGE_WORDS):
        for index in packages:
            ranks[index] = ranks[above] + IN_OWN


def _behind_goals(
    headings: Sequence[Heading], group: Sequence[int], nationals: Sequence[int], again: set[int], ranks: list[float]
) -> None:
    """An own heading behind the last of several goals that have no parts of their own is no part of the last: it
    stands beside the heading that holds them, where that is an assessment or an author's own, else beside the goals,
    as one does that comes back in other assessments."""
    goals = [index for index in group if headings[index].sort == "goal"]
    if len(goals) < FEWEST_GOALS or any(index < goals[-1] for index in nationals):
        return
    if any(headings[index].sort == "own" for index in group if goals[0] < index < goals[-1]):
        return
    above = goals[0] - 1
    rank = ranks[above] if above >= 0 and headings[above].sort in ("evaluation", "own") else GOAL
    for index in group:
        if index > goals[-1] and headings[index].sort == "own" and not (nationals and index > nationals[0]):
            ranks[index] = GOAL if index in again else rank


def _come_again(document: AnalysedDocument, headings: Sequence[Heading]) -> set[int]:
    """The own headings whose words head more than one place."""
    own = {i: squeeze(heading.span.of(document.text)) for i, heading in enumerate(headings) if heading.sort == "own"}
    counts = Counter(own.values())
    return {index for index, text in own.items() if counts[text] > 1}


def _groups(headings: Sequence[Heading]) -> list[list[int]]:
    """The headings of each dated assessment and of each field, by their indexes."""
    groups: list[list[int]] = [[]]
    for index, heading in enumerate(headings):
        if heading.sort in ("evaluation", "main", "part"):
            groups.append([])
        groups[-1].append(index)
    return groups


def _body(document: AnalysedDocument, heading: Span, end: int) -> Span:
    """A section's own body: to the next heading, without the artefacts before that, without a label printed twice,
    without white space at the ends."""
    text, start = document.text, heading.end
    piece = text[start:end]
    for group in ("suffix", "prefix"):
        for artefact in artefacts(group):
            if group == "suffix" and piece.lstrip(" ").startswith(artefact):
                start += piece.index(artefact) + len(artefact)
            if group == "prefix" and len(artefact) > 1 and piece.rstrip().endswith(artefact):
                end = start + piece.rindex(artefact)
            piece = text[start:end]
    again = heading.of(text)
    if again and piece.lstrip().startswith(again) and piece.lstrip()[len(again) :].lstrip(" ")[:1] in ("\n", ""):
        start += piece.index(again) + len(again)
        piece = text[start:end]
    if piece.lstrip(" ").startswith(":"):
        start += piece.index(":") + 1
        piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(text[start:end].strip())
    return Span(start, end)
