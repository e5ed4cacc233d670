"""Every reading of a Finnish word form, out of context, in the conventions of Universal Dependencies.

Voikko's analyses are mapped to UD lemmas and parts of speech; a word that Voikko does not know is read by its compound
tail, hyphen parts, colon ending or case ending. Which reading holds in a sentence is for `disambiguate`.

The conventions are those of UD Finnish TDT (https://universaldependencies.org/treebanks/fi_tdt/): participles and
infinitives belong to their verb, action nouns (`parantaminen`) and comparatives to themselves and their positive, `he`
to `hän`, adverbs to themselves without possessive suffix and clitic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from lexicons import needs
from pipeline.language.voikko import VoikkoAnalysis

_BASE_FORMS = needs("base_forms")
_RENAMED = needs("base_forms", groups=["renamed"])
_PLURAL = needs("base_forms", groups=["plural"])

MAX_WORD = 120
"""Letters in the longest form that is analysed; longer runs are no words."""


class Reading(NamedTuple):
    """One way to read a word form.

    `tag` joins the part of speech with case, number, mood, tense, person and the like (`NOUN.Ine.Sing`); `source` is
    `voikko`, `lexicon`, `pattern` (numbers, marks, abbreviations) or `guess`; `structure` marks where the parts of a
    compound begin, as Voikko's STRUCTURE does.
    """

    lemma: str
    pos: str
    tag: str
    source: str
    structure: str = ""
    case: str | None = None
    number: str | None = None
    tense: str | None = None


_CLASSES = {
    "n": "NOUN", "nl": "ADJ", "l": "ADJ", "t": "VERB", "s": "ADV", "d": "ADP", "c": "CCONJ", "r": "PRON", "u": "NUM",
    "ur": "NUM", "h": "INTJ", "a": "NOUN", "k": "AUX", "p": "X", "ee": "PROPN", "es": "PROPN", "ep": "PROPN",
    "em": "PROPN",
}  # fmt: skip
"""Word classes of Voikko's transducer (tags `[L…]`) as UD tags."""

_CASES = {
    "n": "Nom", "g": "Gen", "p": "Par", "es": "Ess", "tr": "Tra", "ine": "Ine", "ela": "Ela", "ill": "Ill",
    "ade": "Ade", "abl": "Abl", "all": "All", "ab": "Abe", "ko": "Com", "in": "Ins", "ak": "Acc", "sti": "Man",
}  # fmt: skip
"""Cases of the transducer (`[S…]`) as UD features; `Man` is the -sti of adverbs, which UD counts among derivations."""

_PARTICIPLES = {"v": "Pres.Act", "a": "Pres.Pass", "u": "Past.Act", "t": "Past.Pass", "m": "Agt", "e": "Neg"}

_MOODS = {
    "t": "Ind",
    "e": "Cnd",
    "k": "Imp",
    "m": "Pot",
    "n1": "Inf1",
    "n2": "Inf2",
    "n3": "Inf3",
    "n4": "Minen",
    "n5": "Inf5",
}

_TENSES = {"p": "Pres", "i": "Past"}

_TAG = re.compile(r"\[([A-Z][^\]]*)\]")

_PIECE = re.compile(r"\[([^\]]+)\]([^\[]*)")

_BASE = re.compile(r"\[Xp\](.*?)\[X\]")

_NOT_SURFACE = re.compile(r"\[X[pjr]\][^\[]*\[X\]|\[[^\]]*\]")

_PARTICIPLE = re.compile(r"\[L[ln]\]\[R\w\]|\[Ln\]m\[Xj\]|\[R\w\]")

_MINEN = re.compile(r"(?P<stem>.+)mi(?:nen|s\w*)$")


def readings(word: str, analyses: Sequence[VoikkoAnalysis]) -> list[Reading]:
    """The readings of a known word, without doubles; `analyses` are Voikko's of the same spelling."""
    found: dict[tuple[str, str], Reading] = {}
    for analysis in analyses:
        for reading in _read(word, analysis):
            found.setdefault((reading.lemma.lower(), reading.tag), reading)
    return list(found.values())


def _read(word: str, analysis: VoikkoAnalysis) -> Iterator[Reading]:
    grammar = _grammar(analysis.tags)
    lower = word.lower()
    stem = lower[: len(lower) - grammar.clitic] if grammar.clitic else lower
    base, structure = analysis.base, analysis.structure
    nominal = f"{grammar.case}.{grammar.number}{grammar.degree}"
    features = (structure, grammar.case or None, grammar.number or None)

    def reading(lemma: str, pos: str, rest: str, tense: str | None = None) -> Reading:
        return Reading(lemma, pos, f"{pos}.{rest}" if rest else pos, "voikko", *features, tense)

    frozen = _frozen().get(lower) or _frozen().get(stem) or _frozen_possessive(stem, grammar.possessive)
    if frozen:
        for pos, lemma in frozen:
            yield Reading(lemma, pos, pos, "lexicon", structure)
    kind = _CLASSES.get(grammar.kind, "X")
    if grammar.participle:
        verb = _verb(analysis.tags)
        tense = "Past" if grammar.participle.startswith("Past") else None
        if grammar.case == "Man":
            yield reading(stem, "ADV", "Man")
            return
        if verb:
            yield reading(verb, "VERB", f"Part.{grammar.participle}.{nominal}", tense)
        if grammar.participle != "Agt" or grammar.kind != "n":
            yield reading(base, "ADJ" if kind == "VERB" else kind, f"{nominal}.Part", tense)
        return
    if grammar.mood == "Minen":
        match = _MINEN.match(lower)
        yield reading(match["stem"] + "minen" if match else base, "NOUN", f"{nominal}.Minen")
        return
    if grammar.kind == "k":
        yield reading(base, "AUX", f"{grammar.mood}.{grammar.person}.{grammar.number}")
    elif grammar.kind == "t":
        rest = f"{grammar.mood}.{grammar.tense}.{grammar.person}.{grammar.number}.{grammar.ending}"
        if grammar.mood.startswith("Inf"):
            rest = f"{grammar.mood}.{grammar.case}"
        yield reading(base, "VERB", rest, grammar.tense or None)
    elif grammar.kind in ("s", "d"):
        if not frozen:
            for lemma in _without_possessive(stem, grammar.possessive) if grammar.possessive else (stem,):
                yield reading(lemma, kind, grammar.case)
    elif grammar.kind == "c":
        yield reading(base if grammar.clitic else stem, kind, "")
    elif grammar.case == "Man":
        yield reading(stem, "ADV", "Man")
    elif grammar.kind == "r":
        yield reading(_pronoun(base, lower), "PRON", nominal)
    else:
        lemma = _plural(base) if grammar.number == "Plur" else base
        if grammar.degree and grammar.case == "Ins" and stem.endswith(("mmin", "imin", "iten")):
            yield reading(_adverb(stem, base), "ADV", "Man" + grammar.degree)
        elif lemma != base:
            yield reading(lemma, kind, nominal + ".Ptan")
        yield reading(base, kind, nominal)
        if grammar.kind == "nl":
            yield reading(base, "NOUN", nominal)


class _Grammar(NamedTuple):
    """What the transducer's tags say of the word's last part; the last two are letters at its end."""

    kind: str
    case: str
    number: str
    degree: str
    mood: str
    tense: str
    person: str
    ending: str
    participle: str
    clitic: int = 0
    possessive: int = 0


def _grammar(output: str) -> _Grammar:
    last = output.rpartition("[Bc]")[2]
    grammar = _tags(tuple(_TAG.findall(last)))
    if "[F" not in last and "[O" not in last:
        return grammar
    clitic = possessive = 0
    for tag, text in _PIECE.findall(last):
        if clitic < 0 or tag[0] == "F":
            clitic = (clitic or -1) - len(text)
        elif possessive or tag[0] == "O":
            possessive += len(text)
    return grammar._replace(clitic=-1 - clitic if clitic else 0, possessive=possessive)


@lru_cache(maxsize=20_000)
def _tags(tags: tuple[str, ...]) -> _Grammar:
    kind = case = number = degree = mood = tense = person = ending = participle = ""
    for tag in tags:
        first, rest = tag[0], tag[1:]
        if first == "L":
            if kind != "k":
                kind = rest
            if rest in ("l", "n") and participle != "Agt":
                participle = ""
        elif first == "S":
            case = _CASES.get(rest, "")
        elif first == "N":
            number = "Sing" if rest == "y" else "Plur"
        elif first == "C":
            degree = ".Cmp" if rest == "c" else ".Sup"
        elif first == "T":
            mood = _MOODS.get(rest, "")
        elif first == "A":
            tense = _TENSES.get(rest, "")
        elif first == "P":
            person = rest
        elif first == "R":
            participle = _PARTICIPLES.get(rest, "")
        elif first == "E" and rest in "bt":
            ending = rest
    if participle == "Neg":  # vaatimaton is an adjective of its own
        participle = ""
    return _Grammar(kind, case, number, degree, mood, tense, person, ending, participle)


def _verb(tags: str) -> str | None:
    """The verb behind a participle, with the compound's parts before it as they stand.

    A derived verb (`kohdist[Lt][Xj]ua[X]`) is its stem and the ending of its derivation.
    """
    head, _, last = tags.rpartition("[Bc]")
    last = _PARTICIPLE.split(last, 1)[0]
    stem, derived, ending = last.rpartition("[Xj]")
    if derived and "[Lt]" in stem:
        return _NOT_SURFACE.sub("", head + stem) + ending.partition("[X]")[0]
    match = _BASE.search(last)
    return _NOT_SURFACE.sub("", head) + match[1].replace("=", "") if match else None


def frozen_readings(word: str) -> list[Reading]:
    """The readings that the lexicon of base forms gives a word; empty for one that it lacks."""
    return [Reading(lemma, pos, pos, "lexicon") for pos, lemma in _frozen().get(word.lower(), ())]


@cache
def _frozen() -> dict[str, tuple[tuple[str, str], ...]]:
    """Forms that are base forms themselves, whatever they are inflections of: form → its (UD tag, lemma) pairs."""
    found: dict[str, list[tuple[str, str]]] = {}
    for entry in _BASE_FORMS.entries:
        if entry.group in ("ADV", "ADP", "CCONJ", "SCONJ", "INTJ", "NOUN", "PRON", "ADJ", "AUX"):
            for term in entry.terms:
                lemma = entry.value if isinstance(entry.value, str) else term.text
                found.setdefault(term.text, []).append((entry.group, lemma))
    return {form: tuple(pairs) for form, pairs in found.items()}


def _frozen_possessive(stem: str, possessive: int) -> tuple[tuple[str, str], ...]:
    """The same for a form with a possessive suffix (mukaansa, kanssani)."""
    if not possessive:
        return ()
    bare = stem[: len(stem) - possessive]
    for candidate in (*_without_possessive(stem, possessive), f"{bare}{bare[-1:]}n"):  # mielellä|mme: mielellään
        if found := _frozen().get(candidate):
            return tuple((pos, lemma) for pos, lemma in found if pos in ("ADV", "ADP"))
    return ()


def _without_possessive(stem: str, possessive: int) -> tuple[str, ...]:
    """What a possessive suffix may hang on: kanssa|ni, edessä|än (a lengthened vowel), mukaa(n)|nsa."""
    bare = stem[: len(stem) - possessive]
    if len(bare) > 2 and bare[-1] == bare[-2] and possessive == 1:
        return (bare[:-1], bare)
    return (bare, bare + "n") if bare[-2:-1] == bare[-1:] else (bare,)


@cache
def _renamed() -> dict[str, str]:
    """Pronouns that UD gives another base form: he → hän."""
    return {term.text: str(entry.value) for entry in _RENAMED.entries for term in entry.terms}


def _pronoun(base: str, word: str) -> str:
    """UD's base form: he → hän, and with its clitic joka|kin → jokin, mistä|än → mikään."""
    renamed = _renamed()
    kind = "kin" if word.endswith("kin") else "kaan" if word.endswith(("aan", "ään")) else ""
    return renamed.get(f"{base.lower()}+{kind}") or renamed.get(base.lower(), base)


@cache
def _plural_only() -> dict[str, str]:
    """Singular → plural of nouns that UD gives in the plural, by the last part of a compound."""
    return {str(entry.value): term.text for entry in _PLURAL.entries for term in entry.terms}


@cache
def _plural_pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, _plural_only()))})$", re.IGNORECASE)


def _plural(base: str) -> str:
    match = _plural_pattern().search(base)
    return base[: match.start()] + _plural_only()[match[0].lower()] if match else base


def _adverb(stem: str, base: str) -> str:
    """The positive of a compared adverb: nopeammin → nopeasti, selvemmin → selvästi."""
    head = re.sub(r"(?:mmin|mpaa|mpää|immin|imin|iten)$", "", stem)
    if head.endswith("e") and base[-1:] in "aä":
        head = head[:-1] + base[-1]
    return head + "sti"
