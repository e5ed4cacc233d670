"""Readings of words that Voikko does not know, by their parts: compound tail, hyphen, colon ending, case ending.

All plausible readings are given; `disambiguate` chooses. A part that Voikko knows decides over endings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from pipeline.language.alphabet import FOREIGN, FRONT, HYPHENS, VOWELS
from pipeline.language.morphology import Reading

_LETTER = r"[^\W\d_]"

_COLON = re.compile(r"(?P<stem>.+?):(?P<ending>[a-zäöå]*)$")

_NUMERIC = re.compile(r"[+-]?\d(?:[\d\W]|_)*$")

_ABBREVIATION = re.compile(rf"(?:{_LETTER}+\.)+$|[A-ZÄÖÅ][A-ZÄÖÅ\d&/+-]*$")

CASE_OF_COLON = {
    "n": "Gen", "in": "Gen", "ssa": "Ine", "ssä": "Ine", "sta": "Ela", "stä": "Ela", "lla": "Ade", "llä": "Ade",
    "lta": "Abl", "ltä": "Abl", "lle": "All", "ksi": "Tra", "na": "Ess", "nä": "Ess", "ta": "Par", "tä": "Par",
    "a": "Par", "ä": "Par", "hon": "Ill", "hön": "Ill", "han": "Ill", "hin": "Ill", "hun": "Ill", "hyn": "Ill",
    "hen": "Ill", "iin": "Ill", "een": "Ill", "aan": "Ill",
}  # fmt: skip

_SYMBOLS = "%€§+=<>~$&@:;"
"""Marks that stand for words, where they open a token of several; a colon or semicolon alone is punctuation."""

MIN_TAIL, MIN_HEAD = 4, 3
"""Letters of a known compound tail, and of the unknown head before it."""

MOST_TAILS, LONGEST_TAIL = 2, 8
"""Known tails of a word that are read, longest first; letters up to which the model tells their lengths apart."""

SHORTEST_VARIED = 4
"""Letters of the shortest word whose ending may depend on the vowel before it."""

LONGEST_ENDING, SHORTEST_STEM = 6, 2
"""Letters of the longest case ending of the paradigm, and of the stem that it leaves at least."""

Known = Callable[[str], list[Reading]]
"""The readings of a word that Voikko or a lexicon knows; empty for others."""


def guess(word: str, known: Known) -> list[Reading]:
    """The readings of a word without any of its own, never empty; `known` looks up its parts."""
    for read in _BY_SHAPE:
        if found := read(word, known):
            return found
    tails = [*_by_tail(word, known), *_clipped(word, known)] if word.isalpha() else []
    return list(dict.fromkeys([*tails, *_by_verb(word), *_by_ending(word)]))


def _number(word: str, known: Known) -> list[Reading]:
    """15.11.2021, +3"""
    return [Reading(word, "NUM", "NUM.Digits", "pattern")] if _NUMERIC.match(word) else []


def _mark(word: str, known: Known) -> list[Reading]:
    """%, ..., ;"""
    if any(letter.isalpha() for letter in word):
        return []
    pos = "SYM" if word[0] in _SYMBOLS and word not in ":;" else "PUNCT"
    return [Reading(word, pos, pos, "pattern")]


def _beside_hyphen(word: str, known: Known) -> list[Reading]:
    """-ohjelmaa; mielenterveys-, lasten- (UD gives them the base form of what stands there), kehittämis-."""
    if word[0] not in HYPHENS and word[-1] not in HYPHENS:
        return []
    bare = word.strip(HYPHENS)
    found = known(bare) or guess(bare, known)
    if word[-1] not in HYPHENS:
        return [reading._replace(source="guess") for reading in found]
    action = bare[:-1] + "nen" if bare.endswith("mis") else ""
    if known(action):
        return [Reading(action, "NOUN", "NOUN.Cut", "guess")]
    itself = Reading(bare, "NOUN", "NOUN.Cut", "guess")
    return [itself, *(reading._replace(tag=f"{reading.pos}.Cut.{reading.case}") for reading in found)]


def _with_colon(word: str, known: Known) -> list[Reading]:
    """THL:n, 5:ssä, e-kirja:n"""
    match = _COLON.match(word)
    if match is None:
        return []
    stem, case = match["stem"], CASE_OF_COLON.get(match["ending"])
    if stem[0].isdigit():
        return [Reading(stem, "NUM", "NUM.Digits", "pattern")]
    pos = "PROPN" if any(letter.isupper() for letter in stem) else "NOUN"
    itself = Reading(stem, pos, f"{pos}.{case}.Sing.Colon", "pattern", "", case, "Sing" if case else None)
    head, hyphen, tail = stem.rpartition("-")
    return [itself] if not hyphen or not tail else [itself._replace(structure=f"={'q' * len(head)}-={'p' * len(tail)}")]


def _abbreviation(word: str, known: Known) -> list[Reading]:
    """THL, a.k.; a small letter alone is none"""
    if not _ABBREVIATION.match(word) or (len(word) == 1 and not word[0].isupper()):
        return []
    return [Reading(word, pos, f"{pos}.Abbr", "pattern") for pos in ("PROPN", "NOUN", "ADV")]


def _around_hyphen(word: str, known: Known) -> list[Reading]:
    """Mulberry-huivin, by its last part; laitok-sen, with a hyphen left of a line end, by the whole"""
    head, _, tail = word.rpartition("-")
    if not head or not tail[:1].isalpha():
        return []
    joined = known(head + tail)
    if joined and not known(head):
        return joined
    return [_prefixed(head + "-", reading) for reading in known(tail) or guess(tail, known)]


_BY_SHAPE: tuple[Callable[[str, Known], list[Reading]], ...] = (
    _number,
    _mark,
    _beside_hyphen,
    _with_colon,
    _abbreviation,
    _around_hyphen,
)
"""What a word's shape alone says; the first that says anything holds."""


_LOAN_VERB = re.compile(
    r"(?P<stem>[^\W\d_]{2,}[oö])i(?:n|t|mme|tte|vat|vät|si|sin|sivat|sivät|nut|nyt|neet|tu|ty|dut|dyt|tiin|daan|dään"
    r"|maan|mään|malla|mällä|massa|mässä|va|vä|van|vän)?$"
)


def _by_verb(word: str) -> Iterator[Reading]:
    """Loan verbs in -oida: parametrisoidut, filtteröity."""
    if (match := _LOAN_VERB.match(word)) and word[0].islower():
        yield Reading(match["stem"] + ("ida" if match["stem"][-1] == "o" else "idä"), "VERB", "VERB.Loan", "guess")


_CLIPPED: tuple[tuple[str, str, str], ...] = (
    # what colloquial writing ends in, and what the full form has in its place
    (r"(?<=n)[uy]$", "", "t"),  # ymmärtäny
    (r"(?<=[aäeiouy])s$", "", "i"),  # tekis
    (r"(?<=(?:aa|ää|ee|ii|oo|uu|yy))$", "", "n"),  # puhuttii
    (r"ki$", "ki", "kin"),  # naapuritki
    (r"(?<=[oö])s$", "s", ""),  # onkos
    (r"(?<=aa|ää)s$", "s", ""),  # kokeilkaas
)
"""Endings that are clipped or added in colloquial writing. The dictionary must know the full form."""


def _clipped(word: str, known: Known) -> Iterator[Reading]:
    """Readings of the full form of a colloquial one."""
    lower = word.lower()
    for pattern, ending, full in _CLIPPED:
        if re.search(pattern, lower):
            for reading in known(lower.removesuffix(ending) + full):
                yield reading._replace(source="guess", tag=f"{reading.tag}.Clipped")


def name_readings(word: str) -> list[Reading]:
    """A capitalised word as a name that no dictionary has, whatever else its form may be (Parkin: Park)."""
    return list(dict.fromkeys(_by_ending(word)))


def _prefixed(head: str, reading: Reading) -> Reading:
    structure = f"={'q' * len(head.rstrip('-'))}{'-' if head[-1] == '-' else ''}{reading.structure or '='}"
    return reading._replace(lemma=head + reading.lemma, source="guess", structure=structure)


def _by_tail(word: str, known: Known) -> Iterator[Reading]:
    """Readings by the longest known tails of a compound whose head is unknown."""
    found = 0
    for cut in range(MIN_HEAD, len(word) - MIN_TAIL + 1):
        head, tail = word[:cut], word[cut:]
        if not any(letter in VOWELS for letter in head.lower()):
            continue
        nominal = [reading for reading in known(tail.lower()) if reading.pos in ("NOUN", "ADJ") and reading.case]
        for reading in nominal:
            yield _prefixed(head, reading)._replace(tag=f"{reading.tag}.Tail{min(len(tail), LONGEST_TAIL)}")
        found += bool(nominal)
        if found == MOST_TAILS:
            return


_PARADIGM: tuple[tuple[str, str, str, str], ...] = (
    # ending, what the base has in its place, case, number
    ("n", "", "Gen", "Sing"),
    ("ssa", "", "Ine", "Sing"),
    ("sta", "", "Ela", "Sing"),
    ("lla", "", "Ade", "Sing"),
    ("lta", "", "Abl", "Sing"),
    ("lle", "", "All", "Sing"),
    ("ksi", "", "Tra", "Sing"),
    ("na", "", "Ess", "Sing"),
    ("tta", "", "Abe", "Sing"),
    ("t", "", "Nom", "Plur"),
    ("jen", "", "Gen", "Plur"),
    ("iden", "", "Gen", "Plur"),
    ("ien", "i", "Gen", "Plur"),
    ("ja", "", "Par", "Plur"),
    ("ita", "", "Par", "Plur"),
    ("ia", "i", "Par", "Sing"),
    ("ia", "a", "Par", "Plur"),
    ("issa", "", "Ine", "Plur"),
    ("ista", "", "Ela", "Plur"),
    ("illa", "", "Ade", "Plur"),
    ("ille", "", "All", "Plur"),
    ("ilta", "", "Abl", "Plur"),
    ("iksi", "", "Tra", "Plur"),
    ("ihin", "", "Ill", "Plur"),
    # a foreign name in a consonant takes i before its endings
    ("in", "", "Gen", "Sing"),
    ("issa", "", "Ine", "Sing"),
    ("ista", "", "Ela", "Sing"),
    ("illa", "", "Ade", "Sing"),
    ("ilta", "", "Abl", "Sing"),
    ("ille", "", "All", "Sing"),
    ("iksi", "", "Tra", "Sing"),
    ("ina", "", "Ess", "Sing"),
    ("ia", "", "Par", "Sing"),
    ("iin", "", "Ill", "Sing"),
    ("it", "", "Nom", "Plur"),
    ("ien", "", "Gen", "Plur"),
    ("eja", "", "Par", "Plur"),
    ("eissa", "", "Ine", "Plur"),
    ("eista", "", "Ela", "Plur"),
    ("eille", "", "All", "Plur"),
    ("eihin", "", "Ill", "Plur"),
    ("ejä", "i", "Par", "Plur"),
    ("eja", "i", "Par", "Plur"),
    ("eissa", "i", "Ine", "Plur"),
    ("eille", "i", "All", "Plur"),
    # -s: Kalymnoksen, Simonideelle; -nen: Virtasen
    ("ksen", "s", "Gen", "Sing"),
    ("ksessa", "s", "Ine", "Sing"),
    ("ksesta", "s", "Ela", "Sing"),
    ("ksella", "s", "Ade", "Sing"),
    ("kselle", "s", "All", "Sing"),
    ("kselta", "s", "Abl", "Sing"),
    ("kseen", "s", "Ill", "Sing"),
    ("kset", "s", "Nom", "Plur"),
    ("een", "es", "Gen", "Sing"),
    ("eessa", "es", "Ine", "Sing"),
    ("eelle", "es", "All", "Sing"),
    ("eesta", "es", "Ela", "Sing"),
    ("eella", "es", "Ade", "Sing"),
    ("eelta", "es", "Abl", "Sing"),
    ("sta", "s", "Par", "Sing"),
    ("sen", "nen", "Gen", "Sing"),
    ("sta", "nen", "Par", "Sing"),
    ("sessa", "nen", "Ine", "Sing"),
    ("sesta", "nen", "Ela", "Sing"),
    ("sella", "nen", "Ade", "Sing"),
    ("selle", "nen", "All", "Sing"),
    ("selta", "nen", "Abl", "Sing"),
    ("seen", "nen", "Ill", "Sing"),
    ("set", "nen", "Nom", "Plur"),
    ("sten", "nen", "Gen", "Plur"),
    ("sia", "nen", "Par", "Plur"),
    ("sissa", "nen", "Ine", "Plur"),
    ("sille", "nen", "All", "Plur"),
    # plurals of a-stems: -oja, -oiden, -oissa
    ("oja", "a", "Par", "Plur"),
    ("ojen", "a", "Gen", "Plur"),
    ("oiden", "a", "Gen", "Plur"),
    ("oita", "a", "Par", "Plur"),
    ("oissa", "a", "Ine", "Plur"),
    ("oista", "a", "Ela", "Plur"),
    ("oilla", "a", "Ade", "Plur"),
    ("oille", "a", "All", "Plur"),
)

_STRONG = {
    "pp": ("p",),
    "tt": ("t",),
    "kk": ("k",),
    "nt": ("nn",),
    "nk": ("ng",),
    "lt": ("ll",),
    "rt": ("rr",),
    "t": ("d",),
}

_WEAK = tuple((weak, strong) for strong, weaks in _STRONG.items() for weak in weaks)

_CLITIC = re.compile(r"(?<=...)(?:kin|kaan|kään|han|hän|ko|kö)$")

_POSSESSIVE = re.compile(r"(?<=...[aeiouyäö])(?:nsa|nsä|mme|nne|ni|si)$")


def lexicon_readings(word: str, words: frozenset[str]) -> list[Reading]:
    """The readings of a form of one of `words` (Kymsoten: Kymsote); empty for other forms."""
    if not word.isalpha():
        return []
    return [
        reading._replace(source="lexicon", tag=reading.tag.partition(">")[0])
        for reading in dict.fromkeys(_by_ending(word))
        if reading.lemma.lower() in words
    ]


@cache
def _rules() -> dict[str, list[tuple[str, str, str, str, bool | None]]]:
    """Ending as spelled → (base's ending, case, number, name of the rule, whether a vowel stands before or None)."""
    found: dict[str, list[tuple[str, str, str, str, bool | None]]] = {}
    for ending, base, case, number in _PARADIGM:
        vowel = None if base or ending in _AFTER_VOWEL else ending[0] not in "ie"
        for spelled in dict.fromkeys((ending, ending.translate(FRONT))):
            shown = base if spelled == ending else base.translate(FRONT)
            found.setdefault(spelled, []).append((shown, case, number, f"{ending}>{base}", vowel))
    return found


def _by_ending(word: str) -> Iterator[Reading]:
    """The word as it stands and, for each case ending that it may carry, without it."""
    yield _inflected(word, word, "Nom", "Sing", "")
    yield from _by_paradigm(word)
    if len(word) >= SHORTEST_VARIED:
        yield from _by_vowel_ending(word)
        yield from _by_suffix(word)


def _inflected(word: str, lemma: str, case: str, number: str, rule: str) -> Reading:
    pos = "PROPN" if word[0].isupper() else "NOUN"
    return Reading(lemma, pos, f"{pos}.{case}.{number}.{rule}", "guess", "", case, number)


def _by_paradigm(word: str) -> Iterator[Reading]:
    """The endings of the paradigm, before which a stem may have its weak grade (Kymsoten, Tampereen, Turun)."""
    lower = word.lower()
    for length in range(1, min(LONGEST_ENDING, len(word) - SHORTEST_STEM) + 1):
        stem = word[:-length]
        after_vowel = stem[-1].lower() in VOWELS
        for base, case, number, rule, vowel in _rules().get(lower[-length:], ()):
            if vowel is not None and vowel != after_vowel:
                continue
            yield _inflected(word, stem + base, case, number, rule)
            if vowel and case not in ("Par", "Ess"):
                for strong, lemma in _strong_grades(stem):
                    yield _inflected(word, lemma, case, number, f"{rule}^{strong}")


def _strong_grades(stem: str) -> Iterator[tuple[str, str]]:
    """The strong grades that a stem's last consonants may be weakened from: Turu → Turku, Helsingi → Helsinki.

    In a stem with foreign letters only a short stop is weak (Albertville is no Albertvilte, gruppi has grupin).
    """
    body, vowel = stem[:-1], stem[-1]
    for weak, strong in _WEAK:
        if body.endswith(weak) and not body.endswith(strong):
            if strong[0] != strong[-1] and not FOREIGN.isdisjoint(body[: -len(weak)].lower()):
                continue
            yield strong, body[: -len(weak)] + strong + vowel


def _by_vowel_ending(word: str) -> Iterator[Reading]:
    """Endings that depend on the vowel before them: Par -a, -ta; Ill -Vn, -hVn."""
    fourth, third, second, last = tuple(word.lower()[-4:])
    if last in "aä" and second in VOWELS:
        yield _inflected(word, word[:-1], "Par", "Sing", "a>")
    elif last == "n" and second in VOWELS and third == second:
        yield _inflected(word, word[:-2], "Ill", "Sing", "Vn>")
    elif last == "n" and second in VOWELS and third == "h" and fourth == second:
        yield _inflected(word, word[:-3], "Ill", "Sing", "hVn>")
    if last in "aä" and second == "t" and third in VOWELS:
        yield _inflected(word, word[:-2], "Par", "Sing", "ta>")


def _by_suffix(word: str) -> Iterator[Reading]:
    """The readings without a clitic, else without a possessive suffix."""
    lower = word.lower()
    for suffix, name in ((_CLITIC, "clitic"), (_POSSESSIVE, "poss")):
        if match := suffix.search(lower):
            for inner in _by_ending(word[: match.start()]):
                yield inner._replace(tag=f"{inner.tag}+{name}")
            return


_AFTER_VOWEL = frozenset(("iden", "ita", "issa", "ista", "illa", "ille", "ilta", "iksi", "ihin"))
"""Plural endings in i, which follow a vowel too (Arduinoissa)."""
