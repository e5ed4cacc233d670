"""What a clause is about, of the topics that it names or points back to, and which place it names.

A theme stands in the nominative, the partitive or the genitive of an object, or before a word
for a deed ("etävastaanoton pilotointi") or one that stands for it ("elintapaohjauksen ryhmät"). A topic that is
but the first part of a word for something else ("perehdytysopas"), or belongs to one ("neuvolan tilat"), is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.document import Token
from extractors.facts.acts import act_of
from extractors.facts.clauses import Clause, is_auxiliary
from extractors.facts.phases import deed_named, ends_with
from extractors.facts.subjects import Subject
from extractors.readings import Unit
from lexicons import Entry, Words, needs
from lexicons.spellings import bare

_POINTER = needs("activity_words", "pointer")
_CARRIER = needs("activity_words", "pointer", "carrier")
_PLACE_NOUN = needs("activity_words", "place_noun")
_DROPS = needs("activity_words", "drops")
_AIM = needs("clause_words", "planned")
_COORDINATOR = needs("clause_words", "coordinator")
_TIME = needs("time_words")

LOCATIVE = ("Ine", "Ade", "Ela", "Abl", "Ill", "All")
"""Cases in which a place is named."""

THEME = ("Nom", "Par", "Gen", None)
"""Cases in which a clause's theme stands."""


class Theme(NamedTuple):
    """A topic that a clause is about, and the deed named beside it."""

    subject: Subject
    noun: Entry | None


def theme_of(clause: Clause, one: Subject, named: Sequence[Subject]) -> Theme | None:
    """A topic that a clause names, where the clause is about it; `named` are all that it names."""
    tokens, last = one.unit.tokens, one.hit.last
    if last + 1 < len(tokens) and tokens[last + 1].text.startswith("-") and len(tokens[last + 1].text) > 1:
        last += 1  # Cool Kids -menetelmää
    head, following = tokens[last], tokens[last + 1] if last + 1 < len(tokens) else None
    if _is_first_part(head, one):
        return None
    noun = deed_named(head)
    if following is not None and noun is None:
        if following.pos == "ADP" and head.case in ("Gen", "Par"):
            return None
        if head.case == "Gen":
            governing = _governing(one, last, named)
            if governing is None and not _may_be_object(following):
                return None
            head = governing or head
            noun = deed_named(head)
    if _is_predicate(clause, head):
        return None
    is_dropped = head.case == "Ela" and act_of(clause, _DROPS) is not None
    return Theme(one, noun) if head.case in THEME or is_dropped else None


def _is_first_part(head: Token, one: Subject) -> bool:
    """Whether a topic is only the first part of a word for something else: perehdytys of "perehdytysopas"."""
    word, lemma = bare(one.hit.term.text.split()[-1].lower()), bare(head.lemma.lower())
    is_inside = word in lemma and not lemma.endswith(word)
    return is_inside and not _stands_for(head, _CARRIER) and deed_named(head) is None


def _governing(one: Subject, last: int, named: Sequence[Subject]) -> Token | None:
    """The word behind a topic in the genitive that is it, or is done to it; adjectives may stand between."""
    tokens = one.unit.tokens
    place, is_beside = last + 1, True
    taken = {place for other in named if other is not one for place in range(other.hit.first, other.hit.last + 1)}
    while place < len(tokens) and (tokens[place].pos in ("ADJ", "NUM") or _is_attribute(tokens[place])):
        is_beside = is_beside and tokens[place].pos != "NOUN"
        if place in taken:
            return None
        place += 1
    if place == len(tokens) or place in taken:
        return None
    word = tokens[place]
    carriers = _CARRIER if is_beside else _POINTER
    return word if deed_named(word) is not None or _stands_for(word, carriers) else None


def _is_attribute(token: Token) -> bool:
    """Whether a noun in the genitive may belong to the next: päivystysringin rakentaminen."""
    return (
        token.pos == "NOUN" and token.case == "Gen" and deed_named(token) is None and not _stands_for(token, _CARRIER)
    )


def _may_be_object(following: Token) -> bool:
    """Whether a genitive before a word may be an object: no noun, attribute or conjunction stands behind it."""
    is_noun_phrase = following.pos in ("NOUN", "PROPN", "ADJ", "NUM", "CCONJ") or "Part" in following.tag
    return not is_noun_phrase and following.text != ","


def _is_predicate(clause: Clause, head: Token) -> bool:
    """Whether a partitive stands behind the verb to be, which is about what stands before it: "on osa arviointia"."""
    verb = clause.verbs[0] if clause.verbs else None
    is_being = clause.deed is not None and is_auxiliary(clause.deed)
    return is_being and verb is not None and head.case == "Par" and head.start > verb.start


def _stands_for(token: Token, words: Words) -> bool:
    """Whether a word is one of these, or a compound that ends with one."""
    return any(ends_with(token, word) for word in words.texts)


# Pointing back


def antecedent(clause: Clause, unit: Unit, own: Sequence[Subject]) -> list[Theme]:
    """What a relative clause is about: the topic that stands right before its comma."""
    opening = clause.opening
    if opening is None or opening.pos != "PRON" or opening.case not in ("Nom", "Par"):
        return []
    before = [
        index for index, token in enumerate(unit.tokens) if token.is_word and token.start < clause.tokens[0].start
    ]
    return [Theme(one, deed_named(unit.tokens[one.hit.last])) for one in own if before and one.hit.last == before[-1]]


def points_back(clause: Clause) -> bool:
    """Whether a clause has no theme of its own: no noun but those that stand for one, name a deed or a time."""
    tokens = clause.tokens
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        is_object = token.case == "Gen" and (
            following is None or following.pos not in ("NOUN", "PROPN", "ADJ", "ADP", "NUM") or _is_pointer(following)
        )
        if token.pos not in ("NOUN", "PROPN") or not (token.case in ("Nom", "Par") or is_object):
            continue
        is_known = _is_pointer(token) or _AIM.stand_in((token,)) or _TIME.stand_in((token,))
        if not is_known:
            return False
    return True


def has_pointer(clause: Clause) -> bool:
    """Whether a clause names what stands for a topic told before, or a deed done to it."""
    return any(token.case in (*THEME, "Ela") and _is_pointer(token) for token in clause.tokens)


def _is_pointer(token: Token) -> bool:
    """Whether a word stands for a topic told before, or names a deed done to it, one and no more ("kokeilut")."""
    return token.lemma in _POINTER.texts or (deed_named(token) is not None and ".Plur" not in token.tag)


def resumed(clause: Clause, before: Theme, *, is_same_sentence: bool) -> Theme:
    """A theme told before as a clause resumes it: with the deed that this one names, in a clause joined to the one
    before and without a noun for it ("Pilotti alkoi keväällä ja päättyi syksyllä") with that named there."""
    deeds = (deed_named(token) for token in clause.tokens if token.case in (*THEME, "Ela"))
    deed = next((deed for deed in deeds if deed is not None), None)
    is_joined = is_same_sentence and any(_COORDINATOR.stand_in((token,)) for token in clause.tokens[:2])
    if deed is None and is_joined and not any(token.pos == "NOUN" and _is_pointer(token) for token in clause.tokens):
        deed = before.noun
    return Theme(before.subject, deed)


# Where


def place_of(clause: Clause, named: Sequence[Subject]) -> str | None:
    """The place that a clause names, in base form: "Saarenkylässä", "Saarenkylän koulussa"; `named` are the topics of
    its block, whose names are no places."""
    tokens = clause.tokens
    for index, token in enumerate(tokens):
        is_topic = any(one.hit.start <= token.start < one.hit.end for one in named)
        if is_topic or not _is_name(token, opens=index == 0) or _TIME.stand_in((token,)):
            continue
        if token.case in LOCATIVE or (token.case == "Gen" and _is_of_place(tokens[index + 1 :])):
            return "-".join(part[:1].upper() + part[1:] for part in token.lemma.split("-"))
    return None


def _is_name(token: Token, *, opens: bool) -> bool:
    """Whether a word is a name as places have them: none of an abbreviation, where it opens a clause a known one."""
    parts = token.text.split("-")
    is_written = all(part[:1].isupper() and not part[:2].isupper() for part in parts)
    return is_written and (token.pos == "PROPN" or (token.pos == "NOUN" and (not opens or len(parts) > 1)))


def _is_of_place(behind: Sequence[Token]) -> bool:
    """Whether a place is named on behind a name in the genitive: "… terveysasemalla", "… ja Rinteen asemilla"."""
    word = next((token for token in behind if token.case != "Gen" and token.text != "," and token.pos != "CCONJ"), None)
    return word is not None and word.case in LOCATIVE and _stands_for(word, _PLACE_NOUN)
