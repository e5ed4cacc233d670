"""What a text makes the lexicons find, and why what nearly stands there is not found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any

from extractors.document import Token
from extractors.facts.goal_content import goal_model, probability
from extractors.facts.goal_signs import GOALS, goal_signs
from extractors.outline.national_goals import HEADING_SCORE, heading_goals
from lexicons import Entry, Hit, Lexicon, Term, TermMatcher, available, load
from pipeline.language.lemmatiser import analyse_word

WIDEST_GAP = 5
"""Words between two of a term up to which it is nearly found; as many as `gap` can ask for."""

LOST, LEAST_SHARED = 3, 4
"""Letters that an inflected form may lack of its base form's end, and that both must share at least."""


@dataclass(frozen=True, slots=True)
class Found:
    """A term in a text: its own words there, each as text, lemma and compound parts; what its hit counts."""

    lexicon: str
    entry: Entry
    term: Term
    start: int
    end: int
    text: str
    words: tuple[tuple[str, str, tuple[str, ...]], ...]
    effects: tuple[tuple[str, dict[str, Any]], ...] = ()


@dataclass(frozen=True, slots=True)
class Missed:
    """A term that nearly stands in a text: where, and the reason, a code of `wordings.toml`."""

    lexicon: str
    entry: Entry
    term: Term
    start: int
    text: str
    why: str
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Trial:
    """What was found in a text, what nearly was, and what of all that follows for the whole of it."""

    found: tuple[Found, ...]
    missed: tuple[Missed, ...]
    effects: tuple[tuple[str, dict[str, Any]], ...]


def tried_lexicons(name: str | None, term: str | None = None) -> list[Lexicon]:
    """The lexicon of a name, else those that report their hits; of a term, where one is named, no other terms.

    Raises LexiconError.
    """
    names = [name] if name is not None else [*(one for one in available() if load(one).report), "goal_headings"]
    lexicons = [lexicon for one in names if (lexicon := load(one)).match == "lemma"]
    return lexicons if term is None else [_only(lexicon, term) for lexicon in lexicons]


def _only(lexicon: Lexicon, text: str) -> Lexicon:
    entries = (
        replace(entry, terms=tuple(term for term in entry.terms if term.text == text)) for entry in lexicon.entries
    )
    return replace(lexicon, entries=tuple(entry for entry in entries if entry.terms))


def tried(text: str, tokens: Sequence[Token], lexicons: Iterable[Lexicon]) -> Trial:
    """Try a text on some lexicons; `tokens` are its own."""
    found: list[Found] = []
    missed: list[Missed] = []
    for lexicon in lexicons:
        hits = list(TermMatcher(lexicon).find(tokens))
        found += (_found(text, tokens, lexicon, hit) for hit in hits)
        missed += _missed(text, tokens, lexicon, hits)
    found.sort(key=lambda one: (one.start, one.end, one.lexicon))
    return Trial(tuple(found), tuple(missed), tuple(_effects(tokens, found)))


def _found(text: str, tokens: Sequence[Token], lexicon: Lexicon, hit: Hit) -> Found:
    words = tuple((token.text, token.lemma, token.compound_parts) for token in tokens[hit.first : hit.last + 1])
    told = text[hit.start : hit.end]
    return Found(lexicon.name, hit.entry, hit.term, hit.start, hit.end, told, words, tuple(_counts(lexicon, hit)))


def _counts(lexicon: Lexicon, hit: Hit) -> Iterator[tuple[str, dict[str, Any]]]:
    """What a hit of the evidence of goals counts, where that is not by itself."""
    if lexicon.name == "goal_evidence" and hit.entry.group == "together":
        yield "proves_together", {}
    elif lexicon.name == "goal_evidence" and hit.entry.group in ("against", "neutral"):
        yield "proves_nothing", {"group": hit.entry.group}


def _effects(tokens: Sequence[Token], found: Sequence[Found]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Which goals the whole text tells, and which of those that it has words of not."""
    of_evidence = {int(one.entry.value or 0) for one in found if one.lexicon == "goal_evidence"} - {0}
    model = goal_model()
    for goal, odds in zip(GOALS, model.log_odds(goal_signs(tokens)), strict=True):
        share = probability(odds)
        code = "goal_told" if share >= model.threshold else "goal_not_told"
        if goal in of_evidence:
            yield code, {"goal": goal, "share": share, "threshold": model.threshold}
    weights: dict[int, float] = {}
    for one in found:
        if one.lexicon == "goal_headings" and isinstance(one.entry.value, int):
            weights[one.entry.value] = weights.get(one.entry.value, 0.0) + one.term.weight
    named = heading_goals(tokens, None) if weights else []
    for goal, weight in sorted(weights.items()):
        told = {"goal": goal, "weight": weight, "needed": HEADING_SCORE}
        yield ("heading_told" if goal in named else "heading_not_told"), told


def _missed(text: str, tokens: Sequence[Token], lexicon: Lexicon, hits: Sequence[Hit]) -> Iterator[Missed]:
    """Terms that some loosened rule would find, each with the first that does; then those of another base form."""
    known = {(hit.entry.id, hit.term.text) for hit in hits}
    for loosened, reason in _LOOSENED:
        other = loosened(lexicon)
        if other == lexicon:
            continue
        for hit in TermMatcher(other).find(tokens):
            term = _as_written(lexicon, hit)
            key = hit.entry.id, term.text
            if key not in known and tokens[hit.first].sentence == tokens[hit.last].sentence:
                known.add(key)
                told = reason(lexicon, term, hit, tokens)
                yield Missed(lexicon.name, hit.entry, term, hit.start, text[hit.start : hit.end], *told)
    yield from _other_bases(tokens, lexicon, known)


def _as_written(lexicon: Lexicon, hit: Hit) -> Term:
    """The term of a hit as the lexicon has it, without what was loosened."""
    entry = next(entry for entry in lexicon.entries if entry.id == hit.entry.id)
    return entry.terms[hit.entry.terms.index(hit.term)]


_Told = tuple[str, dict[str, Any]]
_Reason = Callable[[Lexicon, Term, Hit, Sequence[Token]], _Told]


def _each_term(change: Callable[[Term], Term]) -> Callable[[Lexicon], Lexicon]:
    def changed(lexicon: Lexicon) -> Lexicon:
        entries = (replace(entry, terms=tuple(map(change, entry.terms))) for entry in lexicon.entries)
        return replace(lexicon, entries=tuple(entries))

    return changed


def _any_form(term: Term) -> Term:
    """A term with the base forms of its fixed words, which may come in any form."""
    if not term.fixed:
        return term
    words = (analyse_word(word).lemma if word.lower() in term.fixed else word for word in term.text.split())
    return replace(term, text=" ".join(words), fixed=frozenset())


def _not(lexicon: Lexicon, term: Term, hit: Hit, tokens: Sequence[Token]) -> _Told:
    phrase = TermMatcher(lexicon).unless(term, tokens, hit.first, hit.last)
    return "near_not", {"phrase": phrase.term.text if phrase is not None else ""}


def _form(lexicon: Lexicon, term: Term, hit: Hit, tokens: Sequence[Token]) -> _Told:
    return "near_form", {"form": " ".join(word for word in term.text.split() if word.lower() in term.fixed)}


def _gap(lexicon: Lexicon, term: Term, hit: Hit, tokens: Sequence[Token]) -> _Told:
    between = _between(term, hit, tokens)
    return "near_gap", {"between": " ".join(between), "gap": len(between)}


def _order(lexicon: Lexicon, term: Term, hit: Hit, tokens: Sequence[Token]) -> _Told:
    n_between = len(_between(term, hit, tokens))
    return "near_order", {"gap": f", gap: {n_between}" if n_between else ""}


def _between(term: Term, hit: Hit, tokens: Sequence[Token]) -> list[str]:
    words = set(term.text.lower().split())
    return [token.text for token in tokens[hit.first : hit.last + 1] if words.isdisjoint(token.keys)]


_LOOSENED: tuple[tuple[Callable[[Lexicon], Lexicon], _Reason], ...] = (
    (_each_term(lambda term: replace(term, unless=())), _not),
    (_each_term(_any_form), _form),
    (lambda lexicon: replace(lexicon, compounds=True), lambda *_: ("near_compound", {})),
    (lambda lexicon: replace(lexicon, spellings=True), lambda *_: ("near_spelling", {})),
    (_each_term(lambda term: replace(term, gap=WIDEST_GAP) if " " in term.text else term), _gap),
    (_each_term(lambda term: replace(term, gap=WIDEST_GAP, is_free=True) if " " in term.text else term), _order),
)
"""Rules by which a term is not found, each loosened, and what is said where that finds it."""


def _other_bases(tokens: Sequence[Token], lexicon: Lexicon, known: set[tuple[str, str]]) -> Iterator[Missed]:
    """Single words that begin like a term and have another base form."""
    words = [(token.text.lower(), token) for token in tokens if token.is_word]
    for entry in lexicon.entries:
        for term in entry.terms:
            text = term.text.lower()
            if " " in text or term.fixed or len(text) < LEAST_SHARED or (entry.id, term.text) in known:
                continue
            for word, token in words:
                shared = _n_shared(text, word)
                is_near = shared >= max(LEAST_SHARED, len(text) - LOST) and len(word) - shared <= 2 * LOST
                if is_near and text not in token.keys:
                    told = {"word": token.text, "lemma": token.lemma}
                    yield Missed(lexicon.name, entry, term, token.start, token.text, "near_base", told)
                    break


def _n_shared(one: str, other: str) -> int:
    """Letters with which two words begin alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
