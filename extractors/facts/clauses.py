"""The clauses of a sentence and what the verbs of each say: tense, mood, negation, plan.

A clause is a finite verb with the words around it. It ends at a comma, a bracket, a conjunction or a word that opens a
subordinate clause, but only where a verb of its own follows: "ohje ja opas on jaettu" is one clause, "ohje on jaettu ja
opas tehdään" two. A verb group is read from its finite verb to its innermost one ("ei ole vielä päästy aloittamaan"); a
perfect may lack its auxiliary ("Ohje jaettu"), also where the clause before has it ("on kuvattu ja viety"). Participles
that are attributes ("vuonna 2021 laadittu ohje on käytössä", "suunniteltua sovellusta ei tehdä") are no verbs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Literal

from extractors.document import AnalysedDocument, Span, Token, once_a_document
from lexicons import Words, needs

_NEGATION = needs("clause_words", "negation")
_YET = needs("clause_words", "yet")
_LATER = needs("clause_words", "later")
_NO_LONGER = needs("clause_words", "no_longer")
_SUBORDINATOR = needs("clause_words", "subordinator")
_RELATIVE = needs("clause_words", "relative")
_FOR = needs("clause_words", "for")
_COORDINATOR = needs("clause_words", "coordinator")
_GOVERNING = needs("clause_words", "possible", "required", "decided", "succeeded", "planned", "future", "left")
_POSSIBLE = needs("clause_words", "possible")
_REQUIRED = needs("clause_words", "required")
_DECIDED = needs("clause_words", "decided")
_PLANNED = needs("clause_words", "planned")
_FUTURE = needs("clause_words", "future")
_LEFT = needs("clause_words", "left")
_AUXILIARY = needs("tense_words", "auxiliary")

Tense = Literal["present", "imperfect", "perfect"]
Modality = Literal["possible", "required", "decided", "planned"]
Negation = Literal["not", "not yet", "no longer", "undone"]
Relation = Literal["main", "subordinate", "bracket"]

BREAKS = frozenset(",;:–—")
"""Marks at which a clause may end."""

OPENING = 2
"""Words of a clause among which its relative pronoun stands: "jonka avulla", "minkä jälkeen"."""


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """A clause: its words in order, the word that opens it where it is subordinate, and what its verb group says.

    `verbs` are the verbs in order, from the finite one (a negation apart) to the innermost; none in a clause without a
    verb ("Ohje kuntiin"). `deed` is the one that names what is done: "aloittamaan" of "ei ole päästy aloittamaan".
    `tense` is that of the group, a pluperfect counting as a perfect; `mood` the finite verb's (Ind, Cnd, Imp, Pot).
    """

    tokens: tuple[Token, ...]
    relation: Relation = "main"
    opening: Token | None = None
    verbs: tuple[Token, ...] = ()
    negator: Token | None = None
    tense: Tense | None = None
    mood: str | None = None

    @property
    def deed(self) -> Token | None:
        governed = (token for token in self.verbs if not is_auxiliary(token) and not _GOVERNING.stand_in((token,)))
        return next(governed, self.verbs[-1] if self.verbs else None)

    @property
    def negation(self) -> Negation | None:
        """How the deed is denied: "ei tehdä" (`not`), "ei vielä tehty" (`not yet`), "ei enää tehdä" (`no longer`), "jäi
        tekemättä", "on tekemättä" (`undone`)."""
        if self.negator is not None:
            if _NO_LONGER.stand_in(self.tokens):
                return "no longer"
            return "not yet" if _YET.stand_in(self.tokens) else "not"
        is_undone = any(map(is_abessive, self.verbs)) and all(
            is_abessive(verb) or is_auxiliary(verb) or _LEFT.stand_in((verb,)) or _DECIDED.stand_in((verb,))
            for verb in self.verbs
        )
        return "undone" if is_undone else None

    @property
    def modality(self) -> Modality | None:
        """Whether the deed is only planned, decided, required, possible: "on tarkoitus aloittaa", "voidaan luopua"."""
        deed = self.deed
        outer = self.verbs[: self.verbs.index(deed)] if deed is not None else ()
        if deed is not None and self.tense == "present" and self.negation is None and _LATER.stand_in(self.tokens):
            return "planned"  # tehdään myöhemmin
        if deed is None or not (outer or may_be_infinitive(deed)) or self.negation == "undone":
            return None
        if self._is_planned(deed, outer):
            return "planned"
        if _DECIDED.stand_in(outer):
            return "decided"
        if self.is_past and self.mood == "Ind":
            return None  # what could or had to be done, was
        return "possible" if _POSSIBLE.stand_in(outer) else "required" if _REQUIRED.stand_in(outer) else None

    def _is_planned(self, deed: Token, outer: Sequence[Token]) -> bool:
        if _PLANNED.stand_in(outer) or (_FUTURE.stand_in(outer) and deed.tag.startswith("VERB.Inf3.Ill")):
            return True
        if _LEFT.stand_in(outer) and is_to_be(deed):  # "jää hyvinvointialueen ratkaistavaksi"
            return True
        aims = [token for token in self.tokens if token.pos == "NOUN" and token.case in ("Nom", "Ess")]
        return is_infinitive(deed) and all(map(is_auxiliary, outer)) and _PLANNED.stand_in(aims)

    @property
    def is_past(self) -> bool:
        return self.tense in ("imperfect", "perfect")


def clauses(tokens: Sequence[Token]) -> tuple[Clause, ...]:
    """The clauses of a run of words, sentence by sentence; what stands in brackets comes behind its sentence.

    A main clause that another interrupts is one: "Raportti, jossa tulos näkyy, on esitelty".
    """
    found: list[Clause] = []
    for _, group in groupby(tokens, key=lambda token: token.sentence):
        outside, inside = _brackets(list(group))
        found += [_clause(part) for part in _parts(outside)]
        found += [_clause(part, is_bracket=True) for bracket in inside for part in _parts(bracket)]
    return tuple(found)


@once_a_document
def clauses_in(document: AnalysedDocument, spans: tuple[Span, ...]) -> tuple[Clause, ...]:
    """The clauses of a block or a cell, given by its pieces."""
    return clauses([token for span in spans for token in document.tokens_in(*span)])


def clause_at(document: AnalysedDocument, spans: tuple[Span, ...], offset: int) -> Clause | None:
    """The clause of a block or a cell that the word at an offset, else the last one before it, belongs to."""
    return _placed(document, spans).at(offset)


@once_a_document
def _placed(document: AnalysedDocument, spans: tuple[Span, ...]) -> PlacedClauses:
    return PlacedClauses(clauses_in(document, spans))


class PlacedClauses:
    """Clauses by where their words begin."""

    def __init__(self, found: Sequence[Clause]) -> None:
        words = sorted(((token.start, clause) for clause in found for token in clause.tokens), key=itemgetter(0))
        self._starts = [start for start, _ in words]
        self._clauses = [clause for _, clause in words]

    def at(self, offset: int) -> Clause | None:
        """The clause that the word at an offset, else the last one before it, belongs to."""
        index = bisect_right(self._starts, offset) - 1
        return self._clauses[index] if index >= 0 else None


# Words


def is_auxiliary(token: Token) -> bool:
    """Whether a word is a form of the auxiliary (olla)."""
    return token.lemma in _AUXILIARY.texts and token.tag.startswith("VERB")


def is_finite(token: Token) -> bool:
    """Whether a word is a finite verb, or in the form that stands behind a negation."""
    return token.tag.startswith(("VERB.Ind.", "VERB.Cnd.", "VERB.Imp.", "VERB.Pot."))


def is_passive(token: Token) -> bool:
    """Whether a verb does not say who does it: "tehdään", "tehty"."""
    return ".4." in token.tag or ".Pass." in token.tag


def is_past_participle(token: Token) -> bool:
    """Whether a word is a past participle in the nominative, as a perfect has it: "tehty", "sovitut"."""
    return token.case == "Nom" and token.tense == "past" and "Part" in token.tag


def is_abessive(token: Token) -> bool:
    """Whether a word tells what is not done: tekemättä, pitämättä."""
    return token.tag.startswith("VERB.Inf3.Abe")


def may_be_infinitive(token: Token) -> bool:
    """Whether a finite verb is written as its base form: "aloittaa" is "begins" and "to begin", "saada" "(not) got"."""
    return (
        token.tag.startswith(("VERB.Ind.Pres.3.Sing", "VERB.Ind.Pres.4")) and token.text.lower() == token.lemma.lower()
    )


def is_infinitive(token: Token) -> bool:
    """Whether a word may be a deed's infinitive: "aloittaa", "aloittamaan", "aloitettavaksi", "aloittamatta"."""
    is_infinite = token.tag.startswith(("VERB.Inf1", "VERB.Inf3.Ill", "VERB.Inf3.Abe"))
    return is_infinite or may_be_infinitive(token) or is_to_be(token)


def is_to_be(token: Token) -> bool:
    """Whether a word tells what is to be done: "on tehtävä", "sovittu aloitettavaksi"."""
    return token.tag.startswith("VERB.Part.Pres.Pass") and token.case in ("Nom", "Tra")


def _is(token: Token, words: Words) -> bool:
    """Whether a word is one of these words, each a single one: asked of every word, so by sets."""
    return not _single(words).isdisjoint(token.lemmas)


@cache
def _single(words: Words) -> frozenset[str]:
    return frozenset(words.texts)


# Where clauses end


@dataclass(slots=True)
class _Part:
    """A clause in the making."""

    tokens: list[Token]
    opening: Token | None = None
    is_open: bool = False
    """Whether it is a main clause that broke off before its verb."""

    @property
    def verbs(self) -> tuple[Token, ...]:
        return _group(self.tokens)[0]


def _brackets(tokens: Sequence[Token]) -> tuple[list[Token], list[list[Token]]]:
    """The words outside brackets, and those inside of each."""
    outside: list[Token] = []
    inside: list[list[Token]] = []
    is_inside = False
    for token in tokens:
        if token.text == "(" and not is_inside:
            is_inside = True
            inside.append([])
        elif token.text == ")" and is_inside:
            is_inside = False
        else:
            (inside[-1] if is_inside else outside).append(token)
    return outside, inside


def _pieces(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The stretches between places at which a clause may end, each with the marks and conjunctions that open it."""
    piece: list[Token] = []
    has_words = False
    for token in tokens:
        joins = _is(token, _COORDINATOR)
        if has_words and (token.text in BREAKS or joins or _is(token, _SUBORDINATOR)):
            yield piece
            piece, has_words = [], False
        piece.append(token)
        has_words = has_words or (token.is_word and not joins)
    if piece:
        yield piece


def _subjects_joined(pieces: Iterator[list[Token]]) -> Iterator[list[Token]]:
    """Pieces, the subjects that a conjunction parts before their verb in one: "…, ja ohje ja opas | jaetaan"."""
    held: list[Token] = []
    for piece in pieces:
        if held and not _is(piece[0], _COORDINATOR):
            yield held
            held = []
        held += piece
        opens = [token.text == "," or _is(token, _COORDINATOR) for token in held[:2]]
        if not (all(opens) and held[0].text == "," and _group(held) == ((), None)):
            yield held
            held = []
    if held:
        yield held


def _opening(piece: Sequence[Token]) -> Token | None:
    """The word by which a piece is a subordinate clause."""
    words = [token for token in piece if token.is_word and not (_is(token, _COORDINATOR) and not _is(token, _NEGATION))]
    if words and _is(words[0], _SUBORDINATOR):
        return words[0]
    if piece[0].text != ",":
        return None
    if words and words[0] is piece[1] and _is(words[0], _FOR):
        return words[0]
    return next((token for token in words[:OPENING] if token.pos in ("PRON", "ADV") and _is(token, _RELATIVE)), None)


def _parts(tokens: Sequence[Token]) -> list[_Part]:
    """The clauses of a sentence: pieces without a verb of their own belong to the clause beside them."""
    done: list[_Part] = []
    broken: _Part | None = None
    part: _Part | None = None
    for piece in _subjects_joined(_pieces(tokens)):
        opening = _opening(piece)
        if part is None:
            part = _Part(list(piece), opening)
        elif opening is None and not (part.verbs and _has_verb(piece, part)):
            part.tokens += piece
        elif opening is None and broken is not None and piece[0].text == ",":
            done.append(part)
            broken.tokens += piece
            part, broken = broken, None
        else:
            if opening is not None and part.opening is None and not part.verbs:
                broken = part
            else:
                done.append(part)
            goes_on = opening is None and part.opening is not None and piece[0].text not in BREAKS
            part = _Part(list(piece), part.opening if goes_on else opening)
    done += [rest for rest in (part, broken) if rest is not None]
    return sorted(done, key=lambda one: one.tokens[0].start)


def _has_verb(piece: Sequence[Token], before: _Part) -> bool:
    """Whether a piece has a verb of its own behind a clause that has one."""
    verbs, negator = _group(piece)
    if negator is not None:
        return True
    if not verbs:
        return False
    finite, last = verbs[0], before.verbs[-1]
    if may_be_infinitive(finite):  # "on tarkoitus kouluttaa hoitajat ja aloittaa työ", but "…, ja se alkaa keväällä"
        subject = any(token.case == "Nom" and token.pos == "PRON" for token in piece if token.start < finite.start)
        return subject or not is_infinitive(last)
    if is_finite(finite):
        return True
    return is_past_participle(finite) and is_past_participle(last)  # "on kuvattu ja viety"


def _group(tokens: Sequence[Token]) -> tuple[tuple[Token, ...], Token | None]:
    """The verbs of a clause and its negation."""
    negator = next((token for token in tokens if _is(token, _NEGATION)), None)
    finite = _finite(tokens, negator)
    if finite is None:
        undone = tuple(token for token in tokens if is_abessive(token))
        return undone[:1], negator
    verbs = [finite]
    if is_auxiliary(finite):
        verbs += _perfect(tokens, finite)
    for token in tokens:
        is_leaving = is_auxiliary(verbs[-1]) or _is(verbs[-1], _LEFT)
        if token.start > verbs[-1].start and is_infinitive(token) and (is_leaving or not is_abessive(token)):
            verbs.append(token)
    return tuple(verbs), negator


def _finite(tokens: Sequence[Token], negator: Token | None) -> Token | None:
    """The finite verb; where there is none, the participle of a perfect without its auxiliary."""
    if negator is not None:
        following = [token for token in tokens if token.start > negator.start]
        return next((token for token in following if is_finite(token) or is_past_participle(token)), None)
    finite = [token for token in tokens if is_finite(token)]
    certain = [token for token in finite if not may_be_infinitive(token)]
    participles = [token for token in tokens if is_past_participle(token)]
    return next(iter((*certain, *finite, *participles)), None)


def _perfect(tokens: Sequence[Token], auxiliary: Token) -> Iterator[Token]:
    """The participle of an auxiliary, behind it or right before it ("tehty on"); that of a pluperfect has two."""
    behind = [token for token in tokens if token.start > auxiliary.start and is_past_participle(token)]
    if behind:
        yield behind[0]
        if is_auxiliary(behind[0]) and len(behind) > 1:
            yield behind[1]
        return


# What the verbs say


def _clause(part: _Part, *, is_bracket: bool = False) -> Clause:
    verbs, negator = _group(part.tokens)
    relation: Relation = "bracket" if is_bracket else "subordinate" if part.opening is not None else "main"
    tense = _tense(verbs, negator) if verbs else None
    mood = verbs[0].tag.split(".")[1] if verbs and is_finite(verbs[0]) else "Ind" if verbs else None
    is_denied = negator is not None and mood == "Imp"  # the form behind a negation is an imperative's too
    return Clause(tuple(part.tokens), relation, part.opening, verbs, negator, tense, "Ind" if is_denied else mood)


def _tense(verbs: Sequence[Token], negator: Token | None) -> Tense | None:
    finite = verbs[0]
    if is_abessive(finite):
        return "present"
    if len(verbs) > 1 and is_auxiliary(finite) and is_past_participle(verbs[1]):
        return "perfect"
    if is_past_participle(finite):
        return "imperfect" if negator is not None else "perfect"
    return "imperfect" if finite.tense == "past" else "present"
