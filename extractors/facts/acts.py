"""What the verbs of a clause do, by wordings of a lexicon: a verb, and words that stand anywhere in its clause.

`ottaa =käyttöön` is found in "otettiin syksyllä vihdoin käyttöön".
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from extractors.document import Token
from extractors.facts.clauses import Clause
from lexicons import Entry, Term, Words
from lexicons.matcher import stands_as


def act_of(
    clause: Clause, acts: Words, fits: Callable[[Entry, Token], bool] = lambda entry, verb: True
) -> tuple[Entry, list[Token]] | None:
    """The act of a clause by the longest wording, and the wording's other words; None where its verbs have none."""
    best: tuple[Entry, list[Token]] | None = None
    for verb in clause.verbs:
        for lemma in sorted(verb.lemmas):
            for entry, term in _by_verb(acts).get(lemma, ()):
                words = _others(clause, term)
                if words is None or not fits(entry, verb):
                    continue
                if best is None or len(words) > len(best[1]):
                    best = entry, words
    return best


@cache
def _by_verb(acts: Words) -> dict[str, list[tuple[Entry, Term]]]:
    found: dict[str, list[tuple[Entry, Term]]] = {}
    for entry in acts.entries:
        for term in entry.terms:
            found.setdefault(term.text.split()[0], []).append((entry, term))
    return found


def _others(clause: Clause, term: Term) -> list[Token] | None:
    """The words of a clause that are a term's others beside its verb; None where one is missing."""
    found: list[Token] = []
    for word in term.text.lower().split()[1:]:
        is_fixed = word in term.fixed
        fits = (one for one in clause.tokens if (stands_as(word, one.text) if is_fixed else word in one.lemmas))
        token = next(fits, None)
        if token is None:
            return None
        found.append(token)
    return found
