"""What a document's numbers number: its enumerators grouped into schemes, each scheme decided once, with reasons.

An enumerator alone says little: "3.2" opens a chapter in one report and a process goal in another. A scheme (all that
share prefix, style and depth) shows it by its sequence, by where its numbers recur and by what stands behind them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

import regex

from extractors.document import AnalysedDocument, Cell, Span, Table, Token, once_a_document
from extractors.outline.contents import contents
from extractors.outline.enumerators import GOALS, Enumerator, enumerator
from extractors.outline.labels import squeeze, state_label, state_of
from extractors.outline.national_goals import heading_goals
from extractors.outline.sequences import Numbered, beside_chapters
from extractors.outline.table_headers import header
from lexicons import needs

_CONJUNCTION = needs("numbering", "conjunction")
_UNITS = needs("units", groups=["percent", "money", "duration"])
_GOAL_REFERENCE = needs("numbering", "goal_reference")

Kind = Literal["goal", "chapter", "national", "package", "appendix", "caption", "measure", "stage", "list", "other"]
Scheme = tuple[str, str, int]

TableGoals = dict[Scheme, dict[str, list[frozenset[str]]]]
"""The words of the goals that stand in tables, by scheme and code."""

MOST_NATIONAL = 0.5
"""Share of numbered headings that name the national goal of their number, above which the numbers are these goals'."""

FEWEST = 2
"""Different numbers from which on plain ones number chapters."""

MAX_NUMBERED = 400
"""Code points of a numbered heading or goal; longer paragraphs only happen to begin with a number."""

NEGLIGIBLE = 0.05
"""Points for or against goals; what speaks with fewer is left out."""

MAX_STATE = 5
"""Tokens of a line over a list that names a state in an office's own words."""

ALIKE = 0.6
"""Share of their words that a heading and a goal of a table must have in common to be the same goal."""


class NumberedText(NamedTuple):
    """A goal's number and the stretch of its wording in the source."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Member:
    """A place where an enumerator opens a block or a cell's paragraph. `span` is the wording behind it.

    `is_inner` says that another number stands before it: 2.3.1 PT 1.1.
    """

    enumerator: Enumerator
    start: int
    span: Span
    block: int | None = None
    table: Table | None = None
    cell: Cell | None = None
    is_inner: bool = False


@dataclass(slots=True)
class Decision:
    """What a scheme numbers, and why, for a person who looks."""

    kind: Kind
    members: list[Member]
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Numbering:
    """A document's schemes, and what each numbered place is."""

    schemes: dict[Scheme, Decision]
    kinds: dict[int, Kind]
    members: dict[int, Member]

    def kind_at(self, start: int) -> Kind | None:
        """What the enumerator that opens a block or a cell's paragraph numbers."""
        return self.kinds.get(start)


@once_a_document
def numbering(document: AnalysedDocument) -> Numbering:
    """The schemes of a document, decided together."""
    found = list(_members(document))
    members = [member for member in found if not member.is_inner]
    by_scheme: dict[Scheme, list[Member]] = defaultdict(list)
    for member in members:
        by_scheme[member.enumerator.scheme].append(member)
    lists = list(_lists(document, [member for member in members if member.block is not None]))
    goals = {scheme: _goal_cells(document, scheme, found) for scheme, found in by_scheme.items()}
    schemes: dict[Scheme, Decision] = {}
    for scheme, group in sorted(by_scheme.items()):
        schemes |= _decided(document, scheme, group, by_scheme, goals)
    kinds: dict[int, Kind] = {}
    for decision in schemes.values():
        for member in decision.members:
            kinds[member.start] = _kind_of(document, member, decision.kind, goals[member.enumerator.scheme])
    for run in lists:
        for member in run:
            is_goal = kinds[member.start] == "goal" and member.enumerator.style == "lettered"
            is_listed = kinds[member.start] in ("chapter", "national", "other", "goal") and not is_goal
            is_bare = is_listed and not member.enumerator.prefix
            if is_bare or kinds[member.start] == "stage":
                kinds[member.start] = "list"
    places = {member.start: member for member in members}
    _number_behind(document, schemes, kinds, places, [member for member in found if member.is_inner])
    return Numbering(schemes, kinds, places)


def _number_behind(
    document: AnalysedDocument,
    schemes: dict[Scheme, Decision],
    kinds: dict[int, Kind],
    places: dict[int, Member],
    inner: list[Member],
) -> None:
    """Goals whose own numbers stand behind a chapter's number: "2.3.1 PT 1.1 Asukas saa ajan".

    "III Tavoite 3. Laadukkaat palvelut" is a chapter, on the national goal of that number.
    """
    by_scheme: dict[Scheme, list[Member]] = defaultdict(list)
    for member in inner:
        if member.enumerator.prefix_kind in (None, "goal"):
            by_scheme[member.enumerator.scheme].append(member)
    goals = [
        member
        for (_, _, depth), group in by_scheme.items()
        for member in group
        if depth > 1 or _national_share(document, group) <= MOST_NATIONAL
    ]
    if len({member.enumerator.parts for member in goals}) < FEWEST:
        return
    prefix, style, depth = goals[0].enumerator.scheme
    reason = "a number of their own stands behind a chapter's number"
    schemes[prefix, f"{style} behind another", depth] = Decision("goal", goals, [reason])
    for member in goals:
        kinds[member.start] = "goal"
        places[member.start] = member


def _members(document: AnalysedDocument) -> Iterator[Member]:
    text, entries = document.text, contents(document).blocks
    for number, block in enumerate(document.blocks):
        if number in entries:
            continue
        end = min(block.end, block.start + MAX_NUMBERED)
        found = enumerator(text, block.start, end)
        if found is None or _is_figure(document, block.start, found):
            continue
        yield Member(found, block.start, Span(found.end, block.end), block=number)
        inner = enumerator(text, found.end, end)
        if (
            inner is not None
            and inner.style == "arabic"
            and (inner.prefix or len(inner.parts) > 1)
            and not found.prefix
        ):
            yield Member(inner, block.start, Span(inner.end, block.end), block=number, is_inner=True)
    for table in document.tables:
        for cell in table.cells:
            for span in cell.spans:
                found = enumerator(text, span.start, span.end)
                if found is not None and not _is_figure(document, span.start, found):
                    yield Member(found, span.start, Span(found.end, span.end), table=table, cell=cell)


def _is_figure(document: AnalysedDocument, start: int, found: Enumerator) -> bool:
    """Whether the number is a figure or a day: a unit or a small letter right behind it, and no sign of numbering."""
    following = document.tokens_in(found.end, found.end + 1)
    is_small = bool(following) and not following[0].text[0].isupper()
    if not found.mark and found.style == "arabic" and is_small and _UNITS.stand_in(following):
        return True  # Tavoite 80 prosenttia
    if found.prefix or found.style != "arabic" or found.mark in (")", ":"):
        return False
    return bool(following) and following[0].text[0].islower() and len(found.parts) > 1 and not _in_cell(document, start)


def _in_cell(document: AnalysedDocument, start: int) -> bool:
    return any(table.start <= start < table.end for table in document.tables)


# Goals in tables


def _goal_cells(
    document: AnalysedDocument, scheme: Scheme, members: Sequence[Member]
) -> dict[str, list[frozenset[str]]]:
    """The words of the goals that cells of goal columns number, by code; a code may have a cell of its own."""
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    if not scheme[0]:
        for code, words in _coded_rows(document):
            depth = code.count(".") + 1 + code[-1].isalpha()
            if depth == scheme[2] and code[-1].isalpha() == (scheme[1] == "lettered"):
                found[code].append(words)
    for member in members:
        if (
            member.cell is not None
            and member.table is not None
            and _is_goal_column(document, member.table, member.cell)
        ):
            found[member.enumerator.code].append(_words(document, member.span))
    return dict(found)


_PLAIN_CODE = regex.compile(r"\d{1,2}(?:(?:\.\d{1,2})*|[a-h])(?=\.?$)")


@once_a_document
def _coded_rows(document: AnalysedDocument) -> tuple[tuple[str, frozenset[str]], ...]:
    """The plain codes that stand in columns of their own before columns of values, each with the words beside it."""
    found = []
    for table in document.tables:
        top = header(document, table)
        index = next((index for index, column in enumerate(top.by_index) if column.role == "code"), None)
        values = [place for place, column in enumerate(top.by_index) if column.period or column.role == "readiness"]
        for row in table.rows[top.n_rows :] if index is not None and values else ():
            cell = next((cell for cell in row if cell.col == index and cell.spans), None)
            match = _PLAIN_CODE.match(document.cell_wording(cell)) if cell is not None else None
            if cell is not None and match is not None and _is_goal_column(document, table, cell):
                beside = [span for other in row if cell.col < other.col < min(values) for span in other.spans]
                found.append((match.group(), frozenset().union(*(_words(document, span) for span in beside))))
    return tuple(found)


@once_a_document
def _is_goal_column(document: AnalysedDocument, table: Table, cell: Cell) -> bool:
    """Whether a cell's column holds goals: its heading says so, or it stands before columns of periods or readiness."""
    top = header(document, table)
    if cell.row < top.n_rows:
        return False
    column = top.by_index[cell.col]
    if column.role in ("goal", "original_goal"):
        return True
    if column.role not in (None, "code", "deed", "work_package", "status"):
        return False
    values = [index for index, item in enumerate(top.by_index) if item.period or item.role == "readiness"]
    has_indicator = any(item.role == "indicator" for item in top.by_index)
    if not values or cell.col >= min(values) or has_indicator:
        return False
    if column.role == "status":
        found = enumerator(document.text, cell.start, cell.end)
        return found is not None and len(found.parts) > 1
    return column.role != "deed"


def _words(document: AnalysedDocument, span: Span) -> frozenset[str]:
    return frozenset(squeeze(token.lemma) for token in document.tokens_in(*span) if token.is_word)


def alike(document: AnalysedDocument, span: Span, others: Sequence[Span]) -> bool:
    """Whether a stretch words what one of the others words."""
    return _alike(_words(document, span), [_words(document, other) for other in others])


def _alike(words: frozenset[str], others: Sequence[frozenset[str]]) -> bool:
    return any(words and other and len(words & other) >= ALIKE * min(len(words), len(other)) for other in others)


def _kind_of(document: AnalysedDocument, member: Member, kind: Kind, goals: dict[str, list[frozenset[str]]]) -> Kind:
    """What one place of a scheme numbers: a goal of a table that is named again is that goal in any scheme."""
    if member.cell is not None:
        is_goal = member.table is not None and _is_goal_column(document, member.table, member.cell)
        return "goal" if is_goal else kind if member.enumerator.prefix_kind else "other"
    if kind == "chapter" and _alike(_words(document, member.span), goals.get(member.enumerator.code, [])):
        return "goal"
    return kind


# Schemes


def _decided(
    document: AnalysedDocument,
    scheme: Scheme,
    members: list[Member],
    all_schemes: dict[Scheme, list[Member]],
    goals: TableGoals,
) -> dict[Scheme, Decision]:
    """What a scheme numbers; two answers where two sequences of it run through each other."""
    prefix, style, depth = scheme
    beside = _beside_chapters(document, members, all_schemes, goals[scheme]) if not prefix and depth == 2 else ()
    if not beside:
        return {scheme: _decide(document, scheme, members, all_schemes, goals)}
    parts = [member for member in members if member.block is not None and member.start not in beside]
    others = [member for member in members if member.block is None or member.start in beside]
    reason = "they count on in their chapters, and others stand among them"
    decision = _decide_dotted(document, scheme, others, all_schemes, goals, beside=True)
    return {scheme: Decision("chapter", parts, [reason]), (prefix, f"{style} beside chapters", depth): decision}


def _beside_chapters(
    document: AnalysedDocument,
    members: Sequence[Member],
    all_schemes: dict[Scheme, list[Member]],
    goals: dict[str, list[frozenset[str]]],
) -> frozenset[int]:
    blocks = [member for member in members if member.block is not None]
    words = {member.start: _words(document, member.span) for member in blocks}
    titles = Counter(squeeze(member.span.of(document.text)) for member in blocks)
    chapters = [Numbered(top.start, top.enumerator.parts) for top in _tops(all_schemes)]
    lines = [
        Numbered(
            member.start,
            member.enumerator.parts,
            recurs=titles[squeeze(member.span.of(document.text))] > 1,
            is_goal=_alike(words[member.start], goals.get(member.enumerator.code, [])),
            heads_measures=opens_measures(document, member),
        )
        for member in blocks
        if not _alike(words[member.start], [words[one.start] for one in blocks if _says_again(one, member)])
    ]
    return beside_chapters(chapters, lines)


def _says_again(one: Member, other: Member) -> bool:
    return one.start != other.start and one.enumerator.parts == other.enumerator.parts


def _tops(all_schemes: dict[Scheme, list[Member]]) -> list[Member]:
    """The plain numbers that open paragraphs."""
    return [member for member in all_schemes.get(("", "arabic", 1), ()) if member.block is not None]


def _decide(
    document: AnalysedDocument,
    scheme: Scheme,
    members: list[Member],
    all_schemes: dict[Scheme, list[Member]],
    goals: TableGoals,
) -> Decision:
    prefix, _style, depth = scheme
    told = members[0].enumerator.prefix_kind
    blocks = [member for member in members if member.block is not None]
    national = _national_share(document, blocks)
    if told == "package" and depth > 1 and len(goals[scheme]) >= FEWEST:
        return Decision("goal", members, [f"{len(goals[scheme])} codes below work packages open cells of goal columns"])
    if told is not None:
        if told == "goal" and depth == 1 and national > MOST_NATIONAL:
            return Decision("national", members, [f"{national:.0%} of its headings name their national goal"])
        return Decision(told, members, [f'"{members[0].enumerator.prefix}" is a word for it'])  # type: ignore[arg-type]
    if prefix and _is_roman_chapter(scheme, members, all_schemes):
        return Decision("chapter", members, ["they count on below chapters with Roman numbers"])
    if goals[scheme] and (prefix or not blocks):
        return Decision("goal", members, [f"{len(goals[scheme])} codes open cells of goal columns"])
    if prefix:
        return _decide_abbreviation(document, members)
    if named := next(
        (one for (word, style, _), one in all_schemes.items() if word and style == _style == "lettered"), None
    ):
        return Decision("goal", members, [f'"{named[0].enumerator.prefix}" is said before them elsewhere'])
    if depth > 1:
        return _decide_dotted(document, scheme, members, all_schemes, goals)
    if national > MOST_NATIONAL:
        return Decision("national", members, [f"{national:.0%} of its headings name the national goal of their number"])
    listed = any(contents(document).depth(document.clean(*member.span))[0] for member in blocks)
    if not listed and (
        len({m.enumerator.parts for m in blocks}) < FEWEST or all(m.enumerator.mark == ")" for m in blocks)
    ):
        return Decision("other", members, ["a lone number, or numbers of a list, that no contents list names"])
    return Decision("chapter", members, ["plain numbers before headings"])


def _is_roman_chapter(scheme: Scheme, members: Sequence[Member], all_schemes: dict[Scheme, list[Member]]) -> bool:
    """Whether a prefix is the Roman number of the chapter above, with a full stop between: IV, IV.1, IV.2."""
    tops = [top.start for top in all_schemes.get(("", "roman", 1), ()) if top.enumerator.number.lower() == scheme[0]]
    return bool(tops) and all(min(tops) < member.start for member in members)


def _national_share(document: AnalysedDocument, blocks: Sequence[Member]) -> float:
    """The share of headings that name the national goal of their own number: in full, behind a word for goal in part
    ("Tavoite 2. Ennaltaehkäisy")."""
    named = [
        member.enumerator.parts[-1]
        in heading_goals(
            document.tokens_in(*member.span), member.enumerator.number if member.enumerator.prefix else None
        )
        for member in blocks
    ]
    return sum(named) / len(named) if named else 0.0


def _decide_abbreviation(document: AnalysedDocument, members: list[Member]) -> Decision:
    """P1, T2, OT2.1: goals where prose refers to them as goals, or where headings of several of them have bodies."""
    prefix = members[0].enumerator.prefix
    codes = {member.enumerator.code for member in members}
    referred = [code for code in _referred(document) if code in codes]
    if referred:
        return Decision("goal", members, [f"prose speaks of goal {referred[0]}"])
    blocks = [member for member in members if member.block is not None]
    if len({member.enumerator.parts for member in blocks}) >= 2:
        return Decision("goal", members, [f"{prefix}1, {prefix}2 … open paragraphs of their own"])
    return Decision("other", members, ["an abbreviation that nothing calls a goal"])


@once_a_document
def _referred(document: AnalysedDocument) -> tuple[str, ...]:
    """The codes that prose names behind a word for goal: "tavoitteet P7 ja P9"."""
    return tuple(
        regex.sub(r"\s", "", code) for match in _reference().finditer(document.text) for code in match.captures("code")
    )


@cache
def _reference() -> regex.Pattern[str]:
    words = _GOAL_REFERENCE.pattern
    code = r"(?P<code>(?:\p{Lu}{1,3}[\s-]?)?\d{1,2}(?:\.\d{1,2})*)"
    joint = r"(?:\s*[,–-]\s*|\s+\p{Ll}{2,4}\s+)"
    return regex.compile(rf"\b(?i:{words})\p{{Ll}}*\s+{code}(?:{joint}{code})*(?![\d.,]*\d|\s*%)")


def _decide_dotted(
    document: AnalysedDocument,
    scheme: Scheme,
    members: list[Member],
    all_schemes: dict[Scheme, list[Member]],
    goals: TableGoals,
    beside: bool = False,
) -> Decision:
    """Plain 1.1, 1.2 …: chapters' parts or goals, by all that speaks for either. `beside` says that others are known
    to number the chapters' parts."""
    blocks = [member for member in members if member.block is not None]
    if not blocks:
        return Decision("other", members, ["numbers in cells alone"])
    weighed = [
        (points, reason)
        for points, reason in _weights(document, scheme, blocks, all_schemes, goals, beside)
        if abs(points) >= NEGLIGIBLE
    ]
    kind: Kind = "goal" if sum(points for points, _ in weighed) > 0 else "chapter"
    return Decision(kind, members, [f"{points:+.1f} {reason}" for points, reason in weighed])


def _weights(
    document: AnalysedDocument,
    scheme: Scheme,
    blocks: list[Member],
    all_schemes: dict[Scheme, list[Member]],
    goals: TableGoals,
    beside: bool,
) -> Iterator[tuple[float, str]]:
    """What speaks for plain dotted numbers being goals (above 0) or chapters' parts, with the reason."""

    def share(holds: Callable[[Member], bool]) -> float:
        return sum(map(holds, blocks)) / len(blocks)

    if cells := goals[scheme]:
        alike = share(lambda m: _alike(_words(document, m.span), cells.get(m.enumerator.code, [])))
        yield 4 * alike - 1, f"{alike:.0%} repeat the wording of a goal in a table"
    if others := _goal_schemes_beside(scheme, all_schemes, goals):
        yield -2.5, f"goals have numbers of their own ({others[0][0].upper()})"
    texts = Counter(squeeze(m.span.of(document.text)) for m in blocks)
    again = share(lambda m: texts[squeeze(m.span.of(document.text))] > 1)
    yield -3 * again, f"{again:.0%} of the titles recur under other numbers"
    parents, national = _parents(document, blocks, all_schemes)
    if beside:
        yield 1.0, "they stand among the parts of chapters, with a sequence of their own"
    elif national:
        yield 0.5, "they stand below the national goals of their first number"
    else:
        yield -2 * parents if parents else 1.0, f"{parents:.0%} follow a heading of their first number"
    clauses = share(lambda m: _is_clause(document.tokens_in(*m.span)))
    yield 2 * clauses - 0.8, f"{clauses:.0%} are clauses"
    states = share(lambda m: opens_measures(document, m))
    yield 1.5 * states, f"{states:.0%} head states or lists"


def _goal_schemes_beside(scheme: Scheme, all_schemes: dict[Scheme, list[Member]], goals: TableGoals) -> list[Scheme]:
    """Other schemes that number goals: in tables, several and no work packages, or by a prefix that says so."""
    in_tables = [
        key for key, found in goals.items() if key != scheme and len(found) > 1 and not _is_package(all_schemes[key])
    ]
    return in_tables + [
        key for key, found in all_schemes.items() if key[0] and found[0].enumerator.prefix_kind == "goal"
    ]


def _is_package(members: Sequence[Member]) -> bool:
    return members[0].enumerator.prefix_kind == "package"


def _parents(
    document: AnalysedDocument, blocks: Sequence[Member], all_schemes: dict[Scheme, list[Member]]
) -> tuple[float, bool]:
    """The share of dotted numbers below a heading of their first part, and whether those name that national goal."""
    tops = _tops(all_schemes)
    found = []
    for member in blocks:
        above = [top for top in tops if top.start < member.start]
        if above and above[-1].enumerator.parts[0] == member.enumerator.parts[0]:
            found.append(above[-1])
    named = [heading_goals(document.tokens_in(*top.span), None) == [top.enumerator.parts[0]] for top in found]
    return len(found) / len(blocks), bool(named) and sum(named) > len(named) / 2


def _is_clause(tokens: Sequence[Token]) -> bool:
    return any(token.tense == "present" or (token.pos == "AUX" and token.tense) for token in tokens)


def opens_measures(document: AnalysedDocument, member: Member) -> bool:
    """Whether a state label or a list stands right behind a numbered line; over a list any short words of state do."""
    following = document.blocks[(member.block or 0) + 1 : (member.block or 0) + 3]
    if not following:
        return False
    tokens = document.tokens_in(following[0].start, following[0].end)
    if following[0].kind == "list_item" or state_label(tokens) is not None:
        return True
    over_list = len(following) > 1 and following[1].kind == "list_item"
    return over_list and len(tokens) <= MAX_STATE and state_of(tokens) is not None


# Lists


def _lists(document: AnalysedDocument, members: Sequence[Member]) -> Iterator[list[Member]]:
    """Runs of numbered paragraphs that follow each other with nothing between, one more each time: lists in prose.

    A run is one also where an item is long or is followed by its own wrapped rest, but not where every number heads
    a body of its own.
    """
    run: list[Member] = []
    for member in members:
        goes_on = bool(run) and _follows(run[-1].enumerator, member.enumerator)
        adjacent = goes_on and (member.block or 0) - (run[-1].block or 0) == 1
        adjacent = adjacent and not any(run[-1].start < table.start < member.start for table in document.tables)
        if run and not adjacent:
            if len(run) > 1:
                yield run
            run = []
        run.append(member)
    if len(run) > 1:
        yield run


def _follows(one: Enumerator, other: Enumerator) -> bool:
    if one.scheme != other.scheme or one.mark != other.mark:
        return False
    return other.parts[:-1] == one.parts[:-1] and other.parts[-1] - one.parts[-1] in (0, 1)


# Goals in a text


def goals_in(document: AnalysedDocument, start: int, end: int, *, assume: bool = False) -> list[NumberedText]:
    """The numbered goals that a heading, an item or a cell names: none, one, or several when it holds several.

    The first number must open the stretch; `assume` says that a goal is known to stand there, whatever its number's
    scheme. A wording ends before the conjunction that leads to the next goal.
    """
    found = numbering(document)
    first = found.members[start].enumerator if found.kind_at(start) == "goal" else None
    if first is None and assume:
        first = enumerator(document.text, start, end)
    is_bare = first is not None and first.style not in ("arabic", "lettered") and not first.prefix
    is_goal = first is not None and len(first.parts) > 1 and found.kind_at(start) == "goal"  # TP1.1
    is_package = first is not None and first.prefix_kind == "package" and not is_goal
    if first is None or is_bare or is_package or first.prefix_kind == "stage":
        return []
    if GOALS.of_word(first.prefix) and (listed := _listed_codes(document, first, end)):
        return listed
    places = [(start, start, first)]
    for match in _inner(first.prefix).finditer(document.text, first.end, end):
        inner = enumerator(document.text, match.end(), end)
        if inner is not None and inner.scheme == first.scheme:
            places.append((match.start(), match.end(), inner))
    texts = []
    for (_, _, one), following in zip(places, [*places[1:], None], strict=True):
        stop = following[0] if following else end
        piece = document.text[one.end : stop]
        opening = len(piece) - len(piece.lstrip())
        texts.append(NumberedText(one.code, one.end + opening, one.end + len(piece.rstrip())))
    return texts


def _listed_codes(document: AnalysedDocument, first: Enumerator, end: int) -> list[NumberedText]:
    """The goals that a heading lists behind a word for goals: "Tavoitteet F ja G", "Tavoitteet 1.1, 1.2 ja 1.4"."""
    codes, position = [first.code], first.end
    while (match := _next_code().match(document.text, position, end)) is not None:
        codes.append(regex.sub(r"\s", "", match["code"]))
        position = match.end()
    start = position + len(document.text[position:end]) - len(document.text[position:end].lstrip(" :.–-"))
    return [NumberedText(code, min(start, end), end) for code in codes] if len(codes) > 1 else []


@cache
def _next_code() -> regex.Pattern[str]:
    code = r"(?P<code>(?:\p{Lu}{1,3}\s?)?\d{1,2}(?:(?:\.\d{1,2})*|[a-h])|\p{Lu})(?![\p{L}\d])"
    return regex.compile(rf"\s*(?:,\s*(?:{_CONJUNCTION.pattern}\s+)?|{_CONJUNCTION.pattern}\s+|[–-]\s*){code}")


@cache
def _inner(prefix: str) -> regex.Pattern[str]:
    """Where another goal may begin inside a cell or a heading: at a line, behind a conjunction, behind a full stop."""
    words = _CONJUNCTION.pattern
    behind_stop = r"|[.;,]\s+(?=\p{L}{1,20}\s?\d)" if prefix else ""
    behind_word = rf"|(?<=[.!?\s])(?:{words})\s+(?=\S*\d|\p{{L}}{{1,20}}\s\d)"
    return regex.compile(rf"\s*\n\s*{behind_word}{behind_stop}", regex.IGNORECASE)


def explain(document: AnalysedDocument) -> Iterator[str]:
    """A document's schemes as lines for a person: what each numbers, how often, why."""
    for (_prefix, style, depth), decision in numbering(document).schemes.items():
        one = decision.members[0].enumerator
        shown = f"{one.prefix} {one.number}".strip()
        reasons = "; ".join(decision.reasons)
        yield f"{shown} … ({style}, depth {depth}, {len(decision.members)} places): {decision.kind} – {reasons}"
