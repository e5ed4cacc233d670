"""Every reading of a Finnish word form, out of context, in the conventions of Universal Dependencies.

Voikko's analyses are mapped to UD lemmas and parts of speech; a word that Voikko does not know is read by its compound
tail, hyphen parts, colon ending or case ending. Which reading holds in a sentence is for `disambiguate`.

The conventions are those of UD Finnish TDT (https://universaldependencies.org/treebanks/fi_tdt/): participles and
infinitives belong to their verb, action nouns (`parantaminen`) and comparatives to themselves and their positive, `he`
to `hän`, adverbs to themselves without possessive suffix and clitic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from lexicons import needs
from pipeline.language.voikko import CACHE_SIZE, Parse, parses

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


def readings(word: str, parses: Sequence[Parse]) -> list[Reading]:
    """The readings of a known word, without doubles; `parses` are Voikko's of the same spelling."""
    found: dict[tuple[str, str], Reading] = {}
    for parse in parses:
        for reading in _read(word, parse):
            found.setdefault((reading.lemma.lower(), reading.tag), reading)
    return list(found.values())


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


@dataclass(frozen=True, slots=True)
class _Inflected:
    """A word as one parse has it: in small letters, these without clitic, what the transducer's tags say of it.

    `frozen` is what the lexicon of base forms says, of the form with or without clitic and possessive suffix.
    """

    lower: str
    stem: str
    base: str
    structure: str
    tags: str
    grammar: _Grammar
    frozen: tuple[tuple[str, str], ...]

    @property
    def kind(self) -> str:
        return _CLASSES.get(self.grammar.kind, "X")

    @property
    def nominal(self) -> str:
        return f"{self.grammar.case}.{self.grammar.number}{self.grammar.degree}"

    def reading(self, lemma: str, pos: str, rest: str, tense: str | None = None) -> Reading:
        case, number = self.grammar.case or None, self.grammar.number or None
        return Reading(lemma, pos, f"{pos}.{rest}" if rest else pos, "voikko", self.structure, case, number, tense)


def _read(word: str, parse: Parse) -> Iterator[Reading]:
    grammar, lower = _grammar(parse.tags), word.lower()
    stem = lower[: len(lower) - grammar.clitic] if grammar.clitic else lower
    frozen = _frozen().get(lower) or _frozen().get(stem) or _frozen_possessive(stem, grammar.possessive)
    one = _Inflected(lower, stem, parse.base, parse.structure, parse.tags, grammar, frozen)
    for pos, lemma in frozen:
        yield Reading(lemma, pos, pos, "lexicon", one.structure)
    if lower not in _frozen_only():
        yield from next(read(one) for is_so, read in _BY_KIND if is_so(grammar))


def _participle(one: _Inflected) -> Iterator[Reading]:
    """A participle of its verb, and an adjective or noun by itself; with -sti an adverb."""
    participle = one.grammar.participle
    tense = "Past" if participle.startswith("Past") else None
    if one.grammar.case == "Man":
        yield one.reading(one.stem, "ADV", "Man")
        return
    if verb := _verb(one.tags):
        yield one.reading(verb, "VERB", f"Part.{participle}.{one.nominal}", tense)
    if participle != "Agt" or one.grammar.kind != "n":
        yield one.reading(one.base, "ADJ" if one.kind == "VERB" else one.kind, f"{one.nominal}.Part", tense)


def _action_noun(one: _Inflected) -> Iterator[Reading]:
    match = _MINEN.match(one.lower)
    yield one.reading(match["stem"] + "minen" if match else one.base, "NOUN", f"{one.nominal}.Minen")


def _auxiliary(one: _Inflected) -> Iterator[Reading]:
    yield one.reading(one.base, "AUX", f"{one.grammar.mood}.{one.grammar.person}.{one.grammar.number}")


def _finite_or_infinitive(one: _Inflected) -> Iterator[Reading]:
    _, case, number, _, mood, tense, person, ending, *_ = one.grammar
    rest = f"{mood}.{case}" if mood.startswith("Inf") else f"{mood}.{tense}.{person}.{number}.{ending}"
    yield one.reading(one.base, "VERB", rest, tense or None)


def _particle(one: _Inflected) -> Iterator[Reading]:
    """An adverb or adposition, without possessive suffix; none beside what the lexicon says of it."""
    if one.frozen:
        return
    if possessive := one.grammar.possessive:
        lemmas = _particle_with_possessive(one.stem, possessive)
    else:
        lemmas = (_without_enclitic(one.stem, "sd"),)
    for lemma in lemmas:
        yield one.reading(lemma, one.kind, one.grammar.case)


def _conjunction(one: _Inflected) -> Iterator[Reading]:
    yield one.reading(one.base if one.grammar.clitic else _without_enclitic(one.stem, "c"), one.kind, "")


def _manner(one: _Inflected) -> Iterator[Reading]:
    yield one.reading(one.stem, "ADV", "Man")


def _pronominal(one: _Inflected) -> Iterator[Reading]:
    yield one.reading(_pronoun(one.base, one.lower), "PRON", one.nominal)


def _nominal(one: _Inflected) -> Iterator[Reading]:
    """A noun, adjective, numeral or name; what may be either of the first two is both."""
    grammar, base = one.grammar, one.base
    plural = _plural(base) if grammar.number == "Plur" else base
    if grammar.degree and grammar.case == "Ins" and one.stem.endswith(("mmin", "imin", "iten")):
        yield one.reading(_adverb(one.stem, base, grammar.degree), "ADV", "Man" + grammar.degree)
    elif plural != base:
        yield one.reading(plural, one.kind, one.nominal + ".Ptan")
    yield one.reading(base, one.kind, one.nominal)
    if grammar.kind == "nl":
        yield one.reading(base, "NOUN", one.nominal)


_BY_KIND: tuple[tuple[Callable[[_Grammar], bool], Callable[[_Inflected], Iterator[Reading]]], ...] = (
    (lambda grammar: bool(grammar.participle), _participle),
    (lambda grammar: grammar.mood == "Minen", _action_noun),
    (lambda grammar: grammar.kind == "k", _auxiliary),
    (lambda grammar: grammar.kind == "t", _finite_or_infinitive),
    (lambda grammar: grammar.kind in ("s", "d"), _particle),
    (lambda grammar: grammar.kind == "c", _conjunction),
    (lambda grammar: grammar.case == "Man", _manner),
    (lambda grammar: grammar.kind == "r", _pronominal),
    (lambda _: True, _nominal),
)
"""How words of a kind are read; the first that fits holds."""


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
        if entry.group in ("ADV", "ADP", "CCONJ", "SCONJ", "INTJ", "NOUN", "PRON", "ADJ", "AUX", "VERB"):
            for term in entry.terms:
                lemma = entry.value if isinstance(entry.value, str) else term.text
                found.setdefault(term.text, []).append((entry.group, lemma))
    return {form: tuple(pairs) for form, pairs in found.items()}


@cache
def _frozen_only() -> frozenset[str]:
    """Forms that are nothing but what the lexicon of base forms says."""
    entries = (entry for entry in _BASE_FORMS.entries if entry.id.startswith("only_"))
    return frozenset(term.text for entry in entries for term in entry.terms)


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


def _particle_with_possessive(stem: str, possessive: int) -> tuple[str, ...]:
    """The particle without its suffix (edessä|än), where there is none that of the third person (yksinä|ni: yksinään).

    A form that no particle remains of is its own base form (entuudestaan).
    """
    bare = stem[: len(stem) - possessive]
    lemmas = tuple(lemma for lemma in _without_possessive(stem, possessive) if _is_particle(lemma))
    third = f"{bare}{bare[-1:]}n"
    return lemmas or ((third if _is_particle(third) else stem),)


@lru_cache(maxsize=CACHE_SIZE)
def _is_particle(word: str, kinds: str = "sd") -> bool:
    """Whether a word is one of Voikko's particles; `kinds` are its classes' letters."""
    return any(parse.tags.startswith(f"[L{kind}]") for parse in parses(word) for kind in kinds)


def _without_enclitic(stem: str, kinds: str) -> str:
    """A particle without -hän and -pa where Voikko has both (kyllähän, ehkäpä)."""
    for length, enclitics in ((3, ("han", "hän")), (2, ("pa", "pä"))):
        if stem.endswith(enclitics) and _is_particle(stem[:-length], kinds):
            return stem[:-length]
    return stem


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


def _adverb(stem: str, base: str, degree: str) -> str:
    """The positive of a compared adverb: nopeammin and nopeimmin → nopeasti, selvemmin and selvimmin → selvästi."""
    if degree == ".Cmp":
        head = stem.removesuffix("mmin")
        return (head[:-1] + base[-1] if head[-1] == "e" and base[-1] in "aä" else head) + "sti"
    head = re.sub("(?:immin|imin|iten)$", "", stem)
    if base.endswith("nen"):  # tavallinen, tavallisimmin: tavallisesti
        return head + "esti"
    if base[:-1] == head and base[-1] in "aä":  # nopea: the i drops it
        return base + "sti"
    if base.endswith("is"):  # kaunis, kauneimmin: kauniisti
        return head[:-1] + "iisti"
    return head + (head[-1] if base.endswith(("as", "äs")) else "") + "sti"  # tehokas, tehokkaimmin: tehokkaasti
