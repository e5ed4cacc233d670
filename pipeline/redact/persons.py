"""Names of persons in a text: where something tells that one stands there, and wherever the same name stands again.

What tells: a label (Yhteyshenkilö:), a title before or behind it, an e-mail address or telephone number beside it, the
local part of an address, a given name that Voikko knows before another capitalised word. A name is then known in every
case form, alone or together. In doubt a word is taken for a name.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice, pairwise
from typing import NamedTuple

import regex

from extractors.document import Span
from extractors.outline.fields import LABEL_VALUE, cover_label
from lexicons import needs
from pipeline.language.names import bases, is_base, is_form_of, kinds, plain

_TITLES = needs("cover_words", "person_title")
_PARTICLES = needs("cover_words", "name_particle")
_ORGANISATIONS = needs("cover_words", "organisation")
_GREETINGS = needs("cover_words", "greeting")
_ROLES = needs("cover_words", "role_address")
_REGIONS = needs("regions")
_PROGRAMMES = needs("programmes")

_NAMES_ONLY = ("yhteyshenkilo", "yhteyshenkilo_nimi")
"""Fields of a cover or page in which any two capitalised words are a name."""

_NAMES_TOO = ("laatija", "tekija", "viite")
"""Fields that hold names and other things."""

_WORD = regex.compile(r"\p{Lu}(?=\.)|\p{L}(?:[\p{L}\p{M}’'\u00ad]|-\n[ \t]*(?=\p{Ll}))*")
_LINE_END = regex.compile(r"-\n[ \t]*|\u00ad")
_URL = regex.compile(r"(?:https?://|www\.)\S+", regex.IGNORECASE)

_JOINT = regex.compile(r"\.?[ \t\xa0]{0,3}|[-‐‑]")
"""What stands between the words of a name: white space, a full stop behind an initial, a hyphen."""

_HYPHENS = "-‐‑"

LONGEST = 4
"""Words of the longest name, each part of a double one counted."""

NEAR = 80
"""Characters around an address within which a name belongs to it."""

LONGEST_LABELLED = 150
"""Characters of a line that may be a label and its value."""


class Word(NamedTuple):
    """A word by its place, and its letters without the hyphen of a line's end."""

    start: int
    end: int
    text: str

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1 and self.is_capital


Run = Sequence[Word]
"""Capitalised words that stand together."""


class Names:
    """The names of persons that a text tells of; asked for their places in it or in another text."""

    def __init__(self, text: str, addresses: Iterable[tuple[Span, str]], phones: Iterable[Span]) -> None:
        self._text = text
        self._words = list(_words(text))
        self._runs = list(_runs(text, self._words))
        self._starts = [run[0].start for run in self._runs]
        self._told: set[str] = set()
        self._once: list[Run] = []
        found = list(addresses)
        signs = (self._by_given_name(), self._labelled(), self._titled(), self._greeted(), self._beside(found, phones))
        for run in chain.from_iterable(signs):
            self._take(run)
        spellings = self._spellings() if found else {}
        for local in {local.lower() for _, local in found}:
            self._take_local(local, spellings)
        self._openings: dict[str, list[str]] = defaultdict(list)
        for base in self._told:
            self._openings[base[:2]].append(base)

    def spans(self, text: str, *, is_label: bool = False) -> Iterator[Span]:
        """Where names stand in a text, in order, initials before them included; the parts of a name each for itself.

        In a label, as a file's name is one, they may stand without their capitals.
        """
        words = self._words if text == self._text else list(_words(text))
        linked = {place for match in _URL.finditer(text) for place in range(*match.span())}
        found = [(word.is_capital or is_label or word.start in linked) and self._is_name(word.text) for word in words]
        for index in range(1, len(words)):
            if found[index - 1] and self._goes_on(text, words[index - 1], words[index]):
                found[index] = True
        for index in range(len(words) - 1, 0, -1):
            if found[index] and words[index - 1].is_initial and _joins(text, words[index - 1], words[index]):
                found[index - 1] = True
        spans = {Span(word.start, word.end) for word, is_name in zip(words, found, strict=True) if is_name}
        if text == self._text:
            spans |= {Span(word.start, word.end) for run in self._once for word in run}
        return iter(sorted(spans))

    def _goes_on(self, text: str, one: Word, other: Word) -> bool:
        """Whether a small word behind a hyphen belongs to a name: Luoma-aho."""
        return text[one.end : other.start] in _HYPHENS and self._is_name(other.text.capitalize())

    def _is_name(self, word: str) -> bool:
        lower = word.lower()
        near = self._openings.get(lower[:2], ())
        return not self._told.isdisjoint(bases(word)) or any(is_form_of(lower, base) for base in near)

    def _take(self, run: Run) -> None:
        """A name: from now on its words are known; those that are also places' names or plain words only here."""
        behind = _WORD.match(self._text, run[-1].end + 1)
        if (
            behind is not None
            and self._text[run[-1].end] in _HYPHENS
            and len(run) > 1
            and "given" in kinds(run[0].text)
        ):
            run = [*run, Word(*behind.span(), behind[0].capitalize())]
        self._once.append(run)
        for word in run:
            if not word.is_initial and word.text.lower() not in _PARTICLES.texts and _recurs(word.text):
                self._told |= bases(word.text)

    def _take_local(self, local: str, spellings: Mapping[str, set[str]]) -> None:
        """What an address has before its @: words of the text that are spelt so are names, unless it is an office's."""
        parts = [part for part in regex.split(r"[\W\d_]+", local) if len(part) > 1]
        is_plain = all(kinds(part.capitalize()) == {"common"} for part in parts)
        if is_plain or any(part in _ROLES.texts for part in parts):
            return
        if len(parts) > 1:
            self._told |= set(parts)
        else:  # aaho@, annaaho@
            parts = [parts[0], *(parts[0][1:] for _ in parts if len(parts[0]) > LONGEST)]
        for part in parts:
            for word in spellings.get(part, ()):
                self._told |= bases(word)

    def _spellings(self) -> dict[str, set[str]]:
        """The text's capitalised words, alone and two together, by how an address spells them."""
        found: dict[str, set[str]] = defaultdict(set)
        for word in {word.text for word in self._words if word.is_capital}:
            for base in bases(word):
                found[plain(base)].add(word)
        for one, other in pairwise(self._words):
            if one.is_capital and other.is_capital:
                found[plain(f"{one.text}{other.text}".lower())] |= {one.text, other.text}
        return found

    # What tells that a name stands there

    def _by_given_name(self) -> Iterator[Run]:
        for run in self._runs:
            for first, word in enumerate(run):
                if "given" not in kinds(word.text) or not bases(word.text).isdisjoint(_known_names()):
                    continue
                name = self._behind(run[first:])
                is_certain = kinds(word.text) <= {"given", "family"} or not self._opens_sentence(word, name[-1])
                if first and kinds(run[first - 1].text) & {"family", "given"}:
                    name = [run[first - 1], *name]  # Aho Anna
                is_told = len(name) > 1 and (is_certain or (_is_named(name[1:]) and not _is_office(name)))
                if is_told and not _is_organisation(name) and not self._is_place(name):
                    yield name

    def _behind(self, run: Run) -> Run:
        """A given name with what belongs to it: more given names, one family name, each perhaps of two parts."""
        end, is_closed = 1, False
        while end < min(len(run), LONGEST + 1):
            gap = self._text[run[end - 1].end : run[end].start]
            is_joined = bool(gap) and gap in _HYPHENS
            if not is_joined and is_closed:
                break
            is_closed |= not is_joined and "given" not in kinds(run[end].text) and run[end].text[0].isupper()
            is_closed &= not run[end].is_initial
            end += 1
        return run[:end]

    def _opens_sentence(self, first: Word, last: Word) -> bool:
        """Whether a word may have its capital from a sentence that begins with it, and no name that stands alone."""
        before = self._text[max(0, first.start - NEAR) : first.start].rstrip(" \t\xa0") or "\n"
        behind = self._text[last.end : last.end + NEAR].lstrip(" \t\xa0")
        is_list = before[-1:] in "\n•·-–" and (not behind or behind[0] in ",(\n")
        return before[-1:] in ".!?\n•·-–" and not is_list

    def _is_place(self, name: Run) -> bool:
        """Whether hyphens alone join words that may all be more than persons' names: Meri-Saimaa, not Anna-Liisa."""
        gaps = [self._text[one.end : other.start] for one, other in pairwise(name)]
        return all(gap and gap in _HYPHENS for gap in gaps) and not any(
            kinds(word.text) <= {"given", "family"} for word in name
        )

    def _labelled(self) -> Iterator[Run]:
        for span, is_certain in self._values():
            for part in regex.finditer(r"[^,;|/\n()]+", span.of(self._text)):
                yield from self._named(Span(span.start + part.start(), span.start + part.end()), is_certain)

    def _values(self) -> Iterator[tuple[Span, bool]]:
        """What stands behind or below a label for persons, and whether it is for nothing else."""
        awaited: bool | None = None
        for match in regex.finditer(r"[^\n]*\S[^\n]*", self._text):
            line = Span(match.start(), match.end())
            text = line.of(self._text)
            if awaited is not None:
                yield line, awaited
            awaited = None
            if len(text) > LONGEST_LABELLED:
                continue
            field, start = _label(text)
            if field in (*_NAMES_ONLY, *_NAMES_TOO):
                is_certain = field in _NAMES_ONLY
                if start < len(text):
                    yield Span(line.start + start, line.end), is_certain
                else:
                    awaited = is_certain

    def _named(self, span: Span, is_certain: bool) -> Iterator[Run]:
        """The names in a stretch that may hold some."""
        for run in self._runs_in(span):
            bare = _without_titles(run)
            is_one = len(bare) == 1 and is_certain and kinds(bare[0].text) & {"given", "family"}
            is_name = _is_likely(bare) or (is_certain and not _is_plain(bare))
            if is_one or (1 < len(bare) <= LONGEST and is_name and not _is_office(bare)):
                yield bare

    def _titled(self) -> Iterator[Run]:
        """Names right behind a title or before one: projektipäällikkö Anna Aho, Anna Aho (projektipäällikkö)."""
        for index, word in enumerate(self._words):
            if not _is_title(word.text):
                continue
            behind = next(self._runs_in(Span(word.end, word.end + NEAR)), [])
            is_next = bool(behind) and _joins(self._text, word, behind[0]) and not _is_office(behind)
            if is_next and (len(behind) > 1 or is_base(behind[0].text)):
                yield behind[:LONGEST]
            end = self._words[index - 1].end if index else 0
            before = next((run for run in self._runs_in(Span(max(0, end - NEAR), end)) if run[-1].end == end), [])
            is_near = regex.fullmatch(r",?[ \t\xa0]+\(?|\n?[ \t]*", self._text[end : word.start]) is not None
            if is_near and 1 < len(before) <= LONGEST and _is_likely(before) and not _is_office(before):
                yield before

    def _greeted(self) -> Iterator[Run]:
        """Who is greeted in a letter, and who greets: Hei Anna, Terveisin Anna."""
        for match in _greeting().finditer(self._text):
            for run in islice(self._runs_in(Span(match.end(), match.end() + NEAR)), 1):
                found = [word for word in run if "common" not in kinds(word.text) or "given" in kinds(word.text)]
                if run[0].start == match.end() and found and len(run) <= LONGEST:
                    yield run

    def _beside(self, addresses: Sequence[tuple[Span, str]], phones: Iterable[Span]) -> Iterator[Run]:
        for span in (*(span for span, _ in addresses), *phones):
            start, end = max(0, span.start - NEAR), min(len(self._text), span.end + NEAR)
            for run in (*self._runs_in(Span(start, span.start)), *self._runs_in(Span(span.end, end))):
                bare = _without_titles(run)
                if 1 < len(bare) <= LONGEST and _is_likely(bare) and not _is_office(bare):
                    yield bare

    def _runs_in(self, span: Span) -> Iterator[Run]:
        """The runs of a stretch, cut to it."""
        for number in range(max(0, bisect_right(self._starts, span.start) - 1), bisect_left(self._starts, span.end)):
            inside = [word for word in self._runs[number] if span.start <= word.start and word.end <= span.end]
            if inside:
                yield inside


@cache
def _greeting() -> regex.Pattern[str]:
    return regex.compile(rf"(?m:^)[ \t]*{_GREETINGS.pattern}[,.!]*\s+", regex.IGNORECASE)


def _words(text: str) -> Iterator[Word]:
    for match in _WORD.finditer(text):
        yield Word(*match.span(), _LINE_END.sub("", match[0]))


def _joins(text: str, one: Word, other: Word) -> bool:
    gap = text[one.end : other.start]
    return bool(gap) and _JOINT.fullmatch(gap) is not None and (gap[0] != "." or one.is_initial)


def _runs(text: str, words: Sequence[Word]) -> Iterator[Run]:
    """Capitalised words one behind the other, particles of names between them."""
    run: list[Word] = []
    for word in words:
        is_part = word.is_capital or (bool(run) and word.text in _PARTICLES.texts)
        if run and not (is_part and (_joins(text, run[-1], word) or _is_broken(text, run[-1], word))):
            yield run
            run = []
        if is_part:
            run.append(word)
    if run:
        yield run


def _is_broken(text: str, one: Word, other: Word) -> bool:
    """Whether a name goes on in the next line: a given name at one's end, a family name behind it."""
    gap = text[one.end : other.start]
    return gap.count("\n") == 1 and not gap.strip() and "given" in kinds(one.text) and "family" in kinds(other.text)


def _is_named(rest: Run) -> bool:
    """Whether one of the words behind a given name is known to be a name or not known at all."""
    return any(kinds(word.text) & {"given", "family", "unknown"} or _is_compound(word.text) for word in rest)


def _is_compound(word: str) -> bool:
    """Whether a plain word is a name of two words of nature rather than one of the language: Rantaniemi, Kivelä."""
    return any(base.endswith(_TAILS.texts) for base in bases(word))


_TAILS = needs("region_words", "place_part")


def _is_likely(run: Run) -> bool:
    """Whether words look like a name: one is known as a person's, or none is known and none a shortening."""
    told = [kinds(word.text) for word in run if not word.is_initial]
    is_strange = all("unknown" in found for found in told) and not any(word.text.isupper() for word in run)
    return any(found & {"given", "family"} for found in told) or is_strange


def _is_plain(run: Run) -> bool:
    """Whether words are all such as the language has, or one is a shortening: Rinnakkaiset ICT."""
    return any(word.text.isupper() for word in run if not word.is_initial) or all(
        kinds(word.text) == {"common"} and not _is_compound(word.text) for word in run
    )


def _is_office(run: Run) -> bool:
    """Whether words name an organisation, or a region or programme without a given name before it."""
    if _is_organisation(run):
        return True
    texts = [*(word.text for word in run), *(f"{one.text}-{other.text}" for one, other in pairwise(run))]
    return any(not bases(text).isdisjoint(_known_names()) for text in texts) and not _opens_with_given(run)


def _is_organisation(run: Run) -> bool:
    return any(not bases(word.text).isdisjoint(_ORGANISATIONS.texts) for word in run)


def _opens_with_given(run: Run) -> bool:
    return kinds(run[0].text) <= {"given", "family"} and bases(run[0].text).isdisjoint(_known_names())


@cache
def _known_names() -> frozenset[str]:
    """The names of programmes and regions that are one word."""
    texts = (*_REGIONS.texts, *_PROGRAMMES.texts)
    return frozenset(text.lower() for text in texts if " " not in text)


def _recurs(word: str) -> bool:
    """Whether a word of a name is told from others wherever it stands with a capital."""
    found = kinds(word)
    return bool(found & {"given", "family", "unknown"}) or (_is_compound(word) and len(word) > LONGEST)


def _is_title(word: str) -> bool:
    return word.lower().endswith(_TITLES.texts)


def _without_titles(run: Run) -> Run:
    first = next((n for n, word in enumerate(run) if not _is_title(word.text)), len(run))
    last = next((n for n in range(len(run), first, -1) if not _is_title(run[n - 1].text)), first)
    return run[first:last]


@cache
def _label(text: str) -> tuple[str | None, int]:
    """The field that a line's label names, and where its value begins: behind a colon, a tab or the label itself."""
    stripped = text.strip()
    offset = text.index(stripped)
    match = LABEL_VALUE.fullmatch(stripped)
    if match is not None and (field := cover_label(match["label"])):
        return field, offset + match.start("value")
    if field := cover_label(stripped.rstrip(" :")):
        return field, len(text)
    for match in regex.finditer(r"\s+(?=\p{Lu})", stripped):
        if field := cover_label(stripped[: match.start()]):
            return field, offset + match.end()
    return None, 0
