"""The five national benefit goals (hyötytavoitteet): which ones a heading names, which stand above a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extractors.document import AnalysedDocument, Section, Token, once_a_document
from extractors.grammar.lexemes import ROMAN
from lexicons import needs

_NAMES = needs("goal_headings")
_GOALS = needs("goal_headings", "goal_1", "goal_2", "goal_3", "goal_4", "goal_5")
_MARKER = needs("goal_headings", "marker")
_ORDINALS = needs("numbers", groups=["ordinal"])

HEADING_SCORE = 1.0
"""Sum of weights at which a heading names a goal; a marker word or the goal's own number lowers it."""

MARKED_SCORE = 0.45

NUMBERED_SCORE = 0.5

COVERAGE = 0.65
"""Share of a heading's words that must belong to the goal; the rest would be another subject."""


def heading_goals(tokens: Sequence[Token], number: str | None, *, in_series: bool = False) -> list[int]:
    """The national goals that a heading names, strongest first; none where it speaks of something else as well.

    `number` is the heading's own number, Roman or Arabic. "Hyötytavoite 2" names its goal by number alone. `in_series`
    says that headings of other goals stand beside it, so that one word of its goal is enough.
    """
    words = [token for token in tokens if token.is_word and not is_enumerator(token)]
    if not words or len(words) > 22:
        return []
    if named := _numbered_marker(tokens):
        return named
    weights: dict[int, float] = defaultdict(float)
    covered: dict[int, set[int]] = defaultdict(set)
    neutral: set[int] = {index for index, token in enumerate(words) if token.pos == "CCONJ"}
    marked = False
    for hit in _NAMES.find(words):
        places = range(hit.first, hit.last + 1)
        if hit.entry.id in ("neutral", "marker"):
            neutral.update(places)
            marked |= hit.entry.id == "marker"
        else:
            goal = int(hit.entry.value or 0)
            weights[goal] += hit.term.weight
            covered[goal].update(places)
    found = []
    for goal, weight in weights.items():
        is_numbered = in_series or arabic(number) == goal
        needed = MARKED_SCORE if marked else NUMBERED_SCORE if is_numbered else HEADING_SCORE
        if weight >= needed:
            found.append((weight, goal))
    mine = set().union(*(covered[goal] for _, goal in found)) if found else set()
    if len(mine | neutral) / len(words) < COVERAGE:
        return []
    return [goal for _, goal in sorted(found, reverse=True)]


def arabic(number: str | None) -> int | None:
    """A goal's number 1..5 from Arabic or Roman digits."""
    if number is None:
        return None
    value = ROMAN.get(number) or (int(number) if number.isdecimal() and len(number) < 3 else None)
    return value if value is not None and 1 <= value <= 5 else None


def is_enumerator(token: Token) -> bool:
    return token.text in ROMAN or (len(token.text) == 1 and token.text.isupper())


def _numbered_marker(tokens: Sequence[Token]) -> list[int]:
    """The numbers beside the word hyötytavoite: "Hyötytavoitteet 4 ja 5", "HT5", "3. hyötytavoite"."""
    found: list[int] = []
    if tokens and (glued := _glued(tokens[0].text)) is not None:
        return [glued]
    for hit in _MARKER.find(tokens):
        if (number := _ordinal(tokens, hit.first)) is not None:
            found.append(number)
        for token in tokens[hit.last + 1 :]:
            if (number := arabic(token.text)) is not None:
                found.append(number)
            elif token.pos not in ("CCONJ", "PUNCT") or token.text in ":.–-":
                break
    return list(dict.fromkeys(found))


def _glued(text: str) -> int | None:
    """The number that an abbreviation of the marker holds: "HT5"."""
    letters = text.rstrip("12345")
    return arabic(text[len(letters) :]) if letters.lower() in _MARKER.texts else None


def _ordinal(tokens: Sequence[Token], first: int) -> int | None:
    """The ordinal right before a marker that goes on the line with it: "3. hyötytavoite", "Kolmas hyötytavoite"."""
    if not first or not tokens[first].text[0].islower():
        return None
    if first == 2 and tokens[1].text in (".", ")"):
        return arabic(tokens[0].text)
    entry = next((hit.entry for hit in _ORDINALS.find(tokens[first - 1 : first])), None)
    return arabic(str(entry.value)) if entry is not None else None


def benefit_goal_at(document: AnalysedDocument, offset: int, code: str | None = None) -> int | None:
    """The national goal of the headings above a place; where a heading names several, the one that opens the code.

    A goal's own section may tell in a line which national goal it serves ("Kansallinen hyötytavoite: laatu").
    """
    section = document.section_at(offset)
    if section is None:
        return None
    for above in document.ancestors(section):
        if above.benefit_goals:
            named = [goal for goal in above.benefit_goals if code and code.startswith(f"{goal}.")]
            return (named or list(above.benefit_goals))[0]
        if above.goal_codes and (told := _told(document, above)):
            return told
    return None


TOLD_BLOCKS = 3
"""Blocks of a goal's section in which a line may tell the national goal that it serves."""


@once_a_document
def _told(document: AnalysedDocument, section: Section) -> int | None:
    """The national goal that a labelled line of a goal's section names."""
    blocks = [block for block in document.blocks if section.body.start <= block.start < section.body.end]
    for block in blocks[:TOLD_BLOCKS]:
        text = document.text[block.start : block.end]
        label, colon, _ = text.partition(":")
        tokens = document.tokens_in(block.start, block.start + len(label))
        marked = _MARKER.stand_in(tokens)
        if not colon or not marked or len(text) > 200:
            continue
        goals = heading_goals(document.tokens_in(block.start, block.end), None)
        if goals:
            return goals[0]
        scores = goal_weights(document.tokens_in(block.start + len(label), block.end))
        return max(scores, key=lambda goal: scores[goal]) if scores else None
    return None


def goal_weights(tokens: Sequence[Token]) -> dict[int, float]:
    """What a stretch's words weigh for each national goal."""
    weights: dict[int, float] = defaultdict(float)
    for hit in _GOALS.find(tokens):
        weights[int(hit.entry.value or 0)] += hit.term.weight
    return weights
