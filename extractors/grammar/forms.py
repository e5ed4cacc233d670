"""What a spelling is, wherever it stands: word forms as typed forms, by the lexicons.

A form depends on its spelling and base form alone and is kept for the process; most words are passed over by their
first letters.
"""

from __future__ import annotations

from functools import cache, lru_cache

from extractors.grammar.lexemes import Form, Word
from lexicons import Entry, Words, needs

_TIME_WORDS = needs("time_words")
_DURATIONS = needs("durations")
_NUMBERS = needs("numbers")
_UNITS = needs("units")
_REFERENCES = needs("references")
_PARTS = needs("time_words", groups=["part"])
_DAY_PARTS = needs("time_words", groups=["day_part"])
_AGES = needs("durations", groups=["age"])
_LENGTHS = needs("durations", groups=["years_long"])

# The groups become kinds of lexemes, by which the rules of the grammar know them.
needs("time_words", groups=["month", "month_prefix", "month_noun", "season", "year", "turn", "turn_word", "since"])
needs("time_words", groups=["relative", "told", "relative_year", "relative_quarter", "deictic", "quarter", "half"])
needs("time_words", groups=["last", "day", "week", "weekend", "decade", "ten_years", "hundred_years"])
needs("time_words", groups=["thousand_years", "and", "or", "whole", "new", "eve", "era", "weekday", "weekday_short"])
needs("time_words", groups=["holiday", "clock"])
needs("durations", groups=["time_unit", "long_time", "near_time", "ago", "later", "set", "each", "times", "vague"])
needs("durations", groups=["last_n", "next_n", "interval", "between", "between_two", "within"])
needs("numbers", groups=["scale", "ordinal", "fraction"])
needs("units", groups=["share", "count", "money", "duration", "index", "measure"])
needs("references", groups=["law", "document", "number", "goal", "label", "event", "phone", "address"])

FORMS = 100_000
"""Word forms whose lexemes are kept."""

DASHES = frozenset("-–—−‐‑―")


@cache
def time_words() -> dict[str, Entry]:
    return {term.text: entry for entry in _TIME_WORDS.entries for term in entry.terms}


@cache
def _durations() -> dict[str, Entry]:
    return {term.text: entry for entry in _DURATIONS.entries for term in entry.terms}


@cache
def _number_entries() -> dict[str, Entry]:
    return {term.text: entry for entry in _NUMBERS.entries for term in entry.terms}


@cache
def _units() -> dict[str, tuple[Entry, str]]:
    """Unit words and comparators of one word, with their own spelling."""
    return {
        term.text.lower(): (entry, term.text)
        for entry in _UNITS.entries
        for term in entry.terms
        if " " not in term.text and entry.group != "index_name"
    }


@cache
def _references() -> dict[str, Entry]:
    return {term.text: entry for entry in _REFERENCES.entries for term in entry.terms}


_GRADES = {"k": "kvjh", "p": "pvm", "t": "tdlnr", "s": "sdt"}
"""What a letter near a word's end may become when it is inflected (luku, luvun; sata, sadan; uusi, uuden)."""

_PRONOUNS = ("each", "relative", "vague")


@cache
def _openings() -> tuple[frozenset[str], dict[int, frozenset[str]]]:
    """Terms that are found as they stand (abbreviations), and what the forms of the others begin with.

    That is two letters of a short pronoun (tämä, tähän), else as many as no inflection changes: up to five.
    """
    found: dict[int, set[str]] = {2: set(), 3: set(), 4: set(), 5: set()}
    whole: set[str] = set()
    for words in (_TIME_WORDS, _DURATIONS, _NUMBERS, _UNITS, _REFERENCES):
        for entry in words.entries:
            for term in (term.text.lower() for term in entry.terms if term.text[0].isalpha()):
                grades = _GRADES.get(term[2:3], "") if len(term) < 6 else ""
                whole.add(term)
                if len(term) < 3 and term[-1] not in "öuy":
                    continue
                if len(term) < 4 and words in (_UNITS, _REFERENCES, _DURATIONS):
                    continue
                if len(term) < 3:
                    found[3].update(term + letter for letter in "nhtslik")
                elif entry.group in _PRONOUNS and len(term) < 6:
                    found[2].add(term[:2])
                elif term[1:3] == "ks":
                    found[3].update((term[:3], term[0] + "hd", term[0] + "ht"))
                elif grades:
                    found[3].update(term[:2] + letter for letter in grades + term[3:4])
                else:
                    length = (
                        5 if len(term) > 7 else 4 if len(term) > 5 or (len(term) == 5 and term[3] in "jlmnrv") else 3
                    )
                    found[length].add(term[:length])
    return frozenset(whole), {length: frozenset(openings) for length, openings in found.items()}


@lru_cache(FORMS)
def may_be_term(text: str) -> bool:
    """Whether a word may be a form of any term, by its first letters alone: False for most words of a text."""
    whole, openings = _openings()
    lower = text.lower().partition(":")[0] or text
    begins = any(lower[:length] in found for length, found in openings.items())
    return begins or lower in whole or not lower[0].isalpha()


_FORMS: dict[tuple[str, str, str, str | None], Form] = {}


def forget_forms() -> None:
    """Begin anew, as a process does: for benchmarks."""
    _FORMS.clear()


def form_of(token: Word) -> Form:
    """The form of a word, by its base forms; kept for the spelling, the lemma, its class and case."""
    text = token.text
    if not may_be_term(text):
        return Form("word", None, text, case=token.case)
    key = (text, token.lemma, token.pos, token.case)
    form = _FORMS.get(key)
    if form is None:
        if len(_FORMS) >= FORMS:
            _FORMS.clear()
        form = _FORMS[key] = _form(token)
    return form


_ASIDE = frozenset(("time_unit", "last_n", "next_n", "vague", "age", "years_long"))
"""Groups of `durations` whose words are also others; they stand in `group` alone."""


def _form(token: Word) -> Form:
    text, lemma = token.text, token.lemma.lower().strip("-")
    number = _number(token, lemma)
    ordinal = number.pop("ordinal", None)
    kind, value, mod = _calendar(token, lemma) if not number.get("number") else ("word", None, None)
    duration = _entry(token, lemma, _durations())
    unit, unit_text = _unit(token, lemma)
    counted = number.get("number") is not None or number.get("scale") is not None
    if kind == "word" and duration is not None and duration.group not in _ASIDE:
        kind, value = str(duration.group), _plain(duration.value)
    is_acronym = text.isupper() and len(text) == 2 and _references().get(lemma) is not None  # MM, and not mm
    if kind == "word" and unit is not None and not is_acronym:
        kind = "comparator" if unit.group == "comparator" else "unit"
    if kind == "word" and not counted and ordinal is not None:
        kind, value = "ordinal", _plain(ordinal)
    if kind == "word" and counted:
        kind = "number"
    if kind == "word" and number.get("fraction") is not None:
        kind = "fraction"
    if kind == "word" and duration is not None and duration.group == "years_long":
        value = _plain(duration.value)
    if kind == "word" and duration is not None and _is_whole(token, duration):
        kind, value = str(duration.group), _plain(duration.value)
        if kind != "vague":
            number = {"number": number_word(token.compound_parts[0].lower())}
    if duration is not None and duration.group == "set":
        kind, value = "set", _plain(duration.value)
    if kind == "word" and (reference := _reference(token, lemma)) is not None:
        kind, value = ("event" if reference == "event" else "reference"), reference
    if text[0] in DASHES:
        kind, mod = "word", None
    return Form(
        kind,
        value,
        text,
        mod,
        token.case if mod or not _is_hidden(lemma, kind) else None,
        token.number == "Plur",
        str(duration.value) if duration is not None and duration.group == "time_unit" else None,
        unit=unit if not is_acronym else None,
        unit_text=unit_text,
        group=str(duration.group) if duration is not None else None,
        **number,
    )


def _is_hidden(lemma: str, kind: str) -> bool:
    """Whether a word is a year or a week by another reading than the one whose case the token tells (vuoteen)."""
    return kind in ("year", "week", "month_noun") and lemma not in time_words()


def _is_whole(token: Word, entry: Entry) -> bool:
    """Whether a word is a vague amount, or an age or a length with its number inside (kuusivuotias)."""
    if entry.group == "vague":
        return True
    if entry.group not in ("age", "years_long") or len(token.compound_parts) < 2:
        return False
    return number_word(token.compound_parts[0].lower()) is not None


def _reference(token: Word, lemma: str) -> str | None:
    """The group of a word beside which numbers are identifiers; marks of documents (HE) only in capitals."""
    entry = _references().get(lemma) or _references().get(token.text.lower())
    if entry is None or (entry.group == "document" and len(token.text) < 5 and sum(map(str.isupper, token.text)) < 2):
        return None
    return str(entry.group)


def _plain(value: float | str | bool | None) -> int | str | None:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return int(value)
    return value if isinstance(value, str) else None


_HIDDEN = frozenset(
    (
        "part",
        "year",
        "and",
        "season",
        "weekday",
        "day_part",
        "relative",
        "told",
        "week",
        "day",
        "holiday",
        "turn",
        "month_noun",
    )
)
"""Groups of the calendar whose words are found by any reading: their forms often have another (alusta, talven)."""


def _calendar(token: Word, lemma: str) -> tuple[str, int | str | None, str | None]:
    """Kind, value and inner part by `time_words`; a compound by its last part, its first part giving the modifier."""
    words = time_words()
    entry = words.get(lemma) or words.get(token.text.lower()) or _other_reading(token)
    if entry is not None:
        return _kind(entry, token), _plain(entry.value), None
    if months := _two_months(lemma):
        return "months", months, None
    if with_part := _with_part_inside(token):
        mod, entry = with_part
        return str(entry.group), _plain(entry.value), mod
    if with_day := _with_day_inside(lemma):
        return "day_time", with_day, None
    return "word", None, None


def _kind(entry: Entry, token: Word) -> str:
    """A word's group. Month stems (heinä) count only before a dash; parts only as nouns in a place case."""
    group = str(entry.group)
    is_stem = group == "month_prefix" or (
        group == "month" and token.lemma.lower() != entry.id and "kuu" not in token.lemma
    )
    if is_stem or (group in ("month", "month_prefix") and token.text.endswith("-")):
        return "month_stem"
    if (group == "part" and token.pos == "VERB") or (group == "whole" and token.text.lower() != entry.id):
        return "word"
    return group


def _other_reading(token: Word) -> Entry | None:
    """The entry of another of the word's base forms, of the groups whose forms often have one."""
    if token.pos in ("CCONJ", "NUM"):
        return None
    for key in sorted(token.lemmas):
        entry = time_words().get(key)
        if entry is not None and entry.group in _HIDDEN and len(key) > 2:
            return entry
    return None


def _two_months(lemma: str) -> str | None:
    """elo-syyskuu → 8-9"""
    if "-" not in lemma:
        return None
    head, _, tail = lemma.rpartition("-")
    first, last = time_words().get(head), time_words().get(tail)
    if first is None or last is None or last.group != "month" or first.group not in ("month", "month_prefix", "season"):
        return None
    return f"{_stem_month(first)}-{last.value}"


def _stem_month(entry: Entry) -> int:
    """The month that a stem names: kesä- and syys- are also seasons."""
    if entry.group == "season":
        return {"SU": 6, "FA": 9}.get(str(entry.value), 0)
    return int(entry.value or 0)


_TAILS = frozenset(("month", "season", "year", "week", "weekend", "day_part", "month_noun", "holiday"))


def _with_part_inside(token: Word) -> tuple[str, Entry] | None:
    """The part and the time word of a compound by any reading: alkuvuoteen → START, vuosi."""
    openings = _PARTS.texts
    for lemma in sorted(token.lemmas):
        if not lemma.startswith(openings):
            continue
        for text, value in _terms(_PARTS):
            rest = time_words().get(lemma.removeprefix(text)) if lemma.startswith(text) else None
            if rest is not None and rest.group in _TAILS:
                return value, rest
    return None


@cache
def _terms(words: Words) -> tuple[tuple[str, str], ...]:
    """Wordings with their values."""
    return tuple((term.text, str(entry.value)) for entry in words.entries for term in entry.terms)


def _with_day_inside(lemma: str) -> str | None:
    """perjantai-ilta → 5EV, jouluyö → NI"""
    if not lemma.endswith(_DAY_PARTS.texts):
        return None
    for text, value in _terms(_DAY_PARTS):
        day = time_words().get(lemma.removesuffix(text).rstrip("-")) if lemma.endswith(text) else None
        if day is not None and day.group in ("weekday", "holiday", "month_prefix"):
            return f"{day.value if day.group == 'weekday' else ''}{value}"
    return None


def _entry(token: Word, lemma: str, words: dict[str, Entry]) -> Entry | None:
    if lemma in words:
        return words[lemma]
    named = words.get(token.text.lower())
    if named is not None:
        return named
    if (adjective := _tail_adjective(token.text.lower().lstrip("-"))) is not None:
        return adjective
    if token.compound_parts and (named := words.get(token.compound_parts[-1].lower())) is not None:
        return named if named.group in ("age", "years_long") else None
    hidden = (words[key] for key in sorted(token.lemmas) if key in words and len(key) > 3)
    return next(hidden, None)


def _tail_adjective(text: str) -> Entry | None:
    """The adjective of age or length that a form is of (vuotiaille, vuotisen): known by its stem, for dictionaries
    have it as the tail of a compound only."""
    for stem, entry in _adjective_stems():
        if text.startswith(stem) and text[len(stem) : len(stem) + 1] in _STEM_ENDINGS and len(text) < len(stem) + 7:
            return entry
    return None


_STEM_ENDINGS = frozenset("snait")


@cache
def _adjective_stems() -> tuple[tuple[str, Entry], ...]:
    """vuotia-, vuoti-, kuukauti-: what the forms of these adjectives have in common."""
    return tuple(
        (term.text.removesuffix(ending), entry)
        for words, ending in ((_AGES, "s"), (_LENGTHS, "nen"))
        for entry in words.entries
        for term in entry.terms
    )


def _unit(token: Word, lemma: str) -> tuple[Entry | None, str | None]:
    units = _units()
    for key in (lemma, token.text.lower(), *sorted(token.lemmas)):
        if key in units and (len(key) > 2 or key in (lemma, token.text.lower())):
            return units[key]
    return None, None


def _number(token: Word, lemma: str) -> dict[str, float | int | None]:
    """The fields `number`, `scale`, `ordinal` and `fraction` of a word; empty for words that are none of these."""
    numbers = _number_entries()
    found: dict[str, float | int | None] = {}
    hidden = sorted(token.lemmas) if token.pos not in ("ADV", "VERB") else ()
    for key in (lemma, token.text.lower(), *hidden):
        if (entry := numbers.get(key)) is not None and isinstance(entry.value, float | int):
            name = entry.group or "number"
            found.setdefault(name, int(entry.value) if name == "ordinal" else float(entry.value))
    if not found and (total := number_word(lemma)) is not None:
        found["number"] = total
    return found


@lru_cache(FORMS)
def number_word(word: str) -> float | None:
    """The value of a compound number word in base form (kaksisataaviisi → 205), None for other words."""
    if not word.startswith(tuple(term for term, _ in _number_terms())):
        return None
    values = _spelled_out(word)
    if not values:
        return None
    total = current = 0.0
    for value in values:
        if value >= 1000:
            total, current = total + (current or 1) * value, 0.0
        elif value in (10, 100):
            digit = current % 10
            current += (digit or 1) * value - digit
        else:
            current += value
    return total + current


@cache
def _number_terms() -> tuple[tuple[str, float], ...]:
    """The number words that compounds are made of, longest first."""
    entries = [entry for entry in _NUMBERS.entries if entry.group in (None, "scale")]
    terms = [(term.text, float(entry.value or 0)) for entry in entries for term in entry.terms]
    return tuple(sorted(terms, key=lambda term: -len(term[0])))


def _spelled_out(word: str) -> list[float] | None:
    """The values of the number words that a compound is made of; None where there is a rest."""
    if not word:
        return []
    for term, value in _number_terms():
        if word.startswith(term) and (rest := _spelled_out(word.removeprefix(term))) is not None:
            return [value, *rest]
    return None
