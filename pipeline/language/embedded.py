"""libvoikko in Python: the transducer that the package `pyvoikko` carries, searched and read as libvoikko does it.

It serves where libvoikko cannot be installed (`native.open_voikko()` chooses). Nothing of pyvoikko or of KFST is
imported: their interface keeps neither base forms nor spelling as libvoikko has them, and opening it takes longer.
What is used is one file, `voikko.kfst`: the dictionary voikko-fi, compiled to a finite state transducer. It turns a
word into strings such as `[Ln][Xp]koti[X]kod[Sine][Ny]issa`: tags in brackets, letters as they stand in the word, and
hidden text between `[X?]` and `[X]` (`Xp` and `Xj`: base form, `Xr`: pattern of capitals).
"""

from __future__ import annotations

import lzma
import re
import struct
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from pipeline.language.alphabet import VOWELS

MAX_WORD = 255
"""Letters in the longest word that libvoikko analyses."""

MAX_OUTPUTS = 99
"""Strings of the transducer that libvoikko looks at."""

MAX_STEPS = 100_000
"""Bound on the search for one word."""

_OK, _CAP_FIRST, _CAP_ERROR, _FAILED = range(4)
"""How well a word is spelt, best first: right, but for a small first letter, but for other capitals, not at all."""


class EmbeddedVoikko:
    """What the project uses of `libvoikko.Voikko`. All instances share one transducer, opened at the first word."""

    @staticmethod
    def getVersion() -> str:
        """The version of pyvoikko."""
        return version("pyvoikko")

    def analyze(self, word: str) -> list[dict[str, str]]:
        """The word's analyses, none for an unknown word: FSTOUTPUT, BASEFORM, and STRUCTURE without its capitals.

        Raises FileNotFoundError where pyvoikko is not installed.
        """
        analyses: list[dict[str, str]] = []
        for output in _outputs(word):
            spelt = _spelt(output)
            structure = re.sub(r"[^=]", "p", spelt)
            analyses.append({"FSTOUTPUT": output, "BASEFORM": _base_form(output, spelt), "STRUCTURE": structure})
        return analyses

    def spell(self, word: str) -> bool:
        """Whether libvoikko accepts the word by its default options; soft hyphens may stand anywhere within it.

        Raises FileNotFoundError where pyvoikko is not installed.
        """
        word = word.translate(NORMAL)
        if not word or _ADDRESS.match(word):
            return True
        if "\0" in word or len(word) > MAX_WORD:
            return False
        upper, lower = any(map(str.isupper, word)), any(map(str.islower, word))
        if upper and not lower:
            return _spelling(word.lower()) != _FAILED
        if lower and not any(map(str.isupper, word[1:])):
            return _spelling(word.lower()) <= (_CAP_FIRST if upper else _OK)
        return _spelling(word[0].lower() + word[1:]) <= (_CAP_FIRST if word[0].isupper() else _OK)


def is_installed() -> bool:
    """Whether the package with the transducer is there."""
    return find_spec("pyvoikko") is not None


_Flags = frozenset[tuple[str, str]]
"""Features that a path has set, with their values."""


@cache
def _pass(flags: _Flags, symbols: tuple[str, ...]) -> _Flags | None:
    """The flags after flag diacritics (`@P.FEATURE.VALUE@`), one after another; None where one bars the way."""
    held = dict(flags)
    for symbol in symbols:
        operation, feature, *values = symbol.strip("@").split(".")
        value = held.get(feature)
        agrees = value is not None and values in ([], [value])
        bars = {"D": agrees, "R": not agrees, "U": value is not None and not agrees}
        if bars.get(operation):
            return None
        if operation == "C":
            held.pop(feature, None)
        elif operation in "PU":
            held[feature] = values[0]
    return frozenset(held.items())


_END = "\0"
"""What is read at the end of a word."""

_Move = tuple[tuple[str, ...], str, int]
"""A way that reads one letter: the flag diacritics on it, what it puts out, the state it leads to."""


class Transducer:
    """A KFST file (version 0, unweighted). Its states are decoded when a word first comes to them, and kept."""

    def __init__(self, data: bytes) -> None:
        header = struct.Struct("!4sHHII?")
        magic, kind, n_symbols, n_arcs, _, is_weighted = header.unpack_from(data)
        if (magic, kind, is_weighted) != (b"KFST", 0, False):
            raise ValueError("pyvoikko's transducer has an unknown format")
        *symbols, packed = data[header.size :].split(b"\0", n_symbols)
        self._symbols = ["" if symbol == b"@0@" else symbol.decode() for symbol in symbols]
        self._said = ["" if symbol.startswith("@") else symbol for symbol in self._symbols]
        self._alphabet = frozenset(symbol for symbol in self._symbols if len(symbol) == 1)
        numbers = array("I", lzma.decompress(packed))  # an arc: state, target, symbols read and put out; final states
        if sys.byteorder == "little":
            numbers.byteswap()
        arcs, self._final = numbers[: 3 * n_arcs], frozenset(numbers[3 * n_arcs :])
        self._states, self._targets, self._labels = arcs[::3], arcs[1::3], arcs[2::3]
        self._moves: dict[tuple[int, str], tuple[_Move, ...]] = {}
        self._following: dict[int, tuple[dict[str, frozenset[int]], bool]] = {}
        self._silent = frozenset(
            number for number, symbol in enumerate(self._symbols) if not symbol or symbol[0] == "@"
        )
        self.n_states = max(max(self._states), max(self._targets), *self._final) + 1

    def outputs(self, word: str) -> Iterator[str]:
        """What the transducer says about a word in small letters, of a state's arcs the last one first."""
        if not self._alphabet.issuperset(word):
            return
        letters = word + _END
        paths: list[tuple[int, int, _Flags, str]] = [(0, 0, frozenset(), "")]
        for _ in range(MAX_STEPS):
            if not paths:
                return
            state, at, flags, said = paths.pop()
            if at > len(word):
                yield said
                continue
            letter = letters[at]
            moves = self._moves.get((state, letter))
            if moves is None:
                moves = self._moves[state, letter] = tuple(self._moves_from(state, letter))
            for symbols, out, target in moves:
                after = _pass(flags, symbols) if symbols else flags
                if after is not None:
                    paths.append((target, at + 1, after, said + out))

    def following(self, state: int) -> tuple[dict[str, frozenset[int]], bool]:
        """The states behind a state by the letter that is read, and whether a word may end, whatever the flags say."""
        known = self._following.get(state)
        if known is not None:
            return known
        found: dict[str, set[int]] = {}
        waiting, seen = [state], {state}
        while waiting:
            first = bisect_left(self._states, one := waiting.pop())
            end = bisect_left(self._states, one + 1, first)
            for label, target in zip(self._labels[first:end], self._targets[first:end], strict=True):
                symbol = label >> 16
                if symbol not in self._silent:
                    found.setdefault(self._symbols[symbol], set()).add(target)
                elif target not in seen:
                    seen.add(target)
                    waiting.append(target)
        letters = {letter: frozenset(targets) for letter, targets in found.items()}
        self._following[state] = letters, not self._final.isdisjoint(seen)
        return self._following[state]

    def _moves_from(self, state: int, letter: str) -> Iterator[_Move]:
        """The moves from a state that read a letter, be it after arcs that read none."""
        if letter == _END and state in self._final:
            yield (), "", state
        for arc in range(bisect_left(self._states, state), bisect_left(self._states, state + 1)):
            symbol, said = divmod(self._labels[arc], 1 << 16)
            read = self._symbols[symbol]
            if read == letter:
                yield (), self._said[said], self._targets[arc]
            elif not read or read[0] == "@":
                own = (read,) if read else ()
                for symbols, out, target in self._moves_from(self._targets[arc], letter):
                    yield own + symbols, self._said[said] + out, target


@cache
def transducer() -> Transducer:
    spec = find_spec("pyvoikko")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package pyvoikko is not installed")
    return Transducer((Path(spec.origin).parent / "voikko.kfst").read_bytes())


@lru_cache(maxsize=20_000)
def _outputs(word: str) -> tuple[str, ...]:
    """The transducer's strings for a word in any case, without those whose hyphens are wrong."""
    if len(word) > MAX_WORD or _END in word:
        return ()
    return tuple(filter(_has_right_hyphens, islice(transducer().outputs(word.lower()), MAX_OUTPUTS)))


_HIDDEN = re.compile(r"\[X[pjr]\][^\[]*\[X\]")

_TAG = re.compile(r"\[[^\]]*\]")

_TAG_OR_LETTER = re.compile(rf"{_TAG.pattern}|[^\[-]")

# Of an output: a name that a common noun follows; the last base form; a numeral's sign that it is none; a place whose
# first part is no name (Iso-Britannia); the same with that part inflected (Isolla-Britannialla).
_NAME_AND_NOUN = re.compile(r"\[Le(?!.*\[(?:Le|Dg)).*\[Ln\](?!.*\[Ic[^u])")

_LAST_BASE = re.compile(r"(.*)\[X[pj]\]([^\[]*)\[X\](.*)")

_NO_NUMERAL = re.compile(r"\[Bc\]$|\[L(?:n|l|nl)\]")

_PLACE = re.compile(r"\[De\](?:(?!\[Ln\])[^-])*-(?:$|.*\[Lep\])")

_INFLECTED_PLACE = re.compile(r"\[Ln?l\]\[De\]\[Xp\]([^\[]*)\[X\]([^-]*)(?<!is)-(?=.*\[Lep\])")

_VOWELS = frozenset(VOWELS) - {"å"}

_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxzšž")


def _letters(output: str) -> str:
    """A part of an output as it stands in the word."""
    return _TAG.sub("", _HIDDEN.sub("", output))


def _has_right_hyphens(output: str) -> bool:
    """Whether a compound has a hyphen where its parts need one (`linja-auto`) and none where they forbid it.

    A name before a common noun (`Helsinki-päivä`) needs a hyphen too, and so does a prefix that says so (`[Icu]`).
    """
    if "[Bh]" not in output and "[Le" not in output:
        return True
    visible = _HIDDEN.sub("", output)
    if _NAME_AND_NOUN.search(visible.rpartition("-")[2]):
        return False
    boundaries = _Boundaries()
    return all(map(boundaries.take, visible.split("[Bh]"))) and not boundaries.lacks_hyphen


class _Boundaries:
    """Walks over a compound's parts, as libvoikko does: whether there is a hyphen at each boundary that needs one.

    `free` says that a part may follow a hyphen or none, `stays_free` that the next one may too.
    """

    def __init__(self) -> None:
        self._said = self._before = ""
        self._at_boundary = self._needs_hyphen = self._free = self._stays_free = False
        self.lacks_hyphen = False

    def take(self, part: str) -> bool:
        """Whether the part may stand behind those before it."""
        has_hyphen = self._before.endswith("-") and part != ""
        if self._at_boundary and not has_hyphen:
            if self.lacks_hyphen:
                return False
            self.lacks_hyphen = self._needs_hyphen
        for token in _TAG_OR_LETTER.findall(part):
            if token[0] == "[":
                self._take_tag(token)
            elif not self._take_letter(token, has_hyphen):
                return False
        self._before, self._at_boundary = part, True
        return True

    def _take_tag(self, tag: str) -> None:
        if tag[:3] == "[Is":
            self._free = self._stays_free = True
        elif tag == "[Icu]":
            self._at_boundary, self._free, self._needs_hyphen = False, True, True
        elif tag[:3] == "[Ic":
            self.lacks_hyphen = False

    def _take_letter(self, letter: str, has_hyphen: bool) -> bool:
        """A part's first letter must have a hyphen before it behind a figure and between two equal vowels."""
        if self._at_boundary:
            last = self._said[-1:]
            must = last.isdigit() or (last == letter and letter in _VOWELS)
            free = self._free or self._said[-2:] in ("", "is")
            if must != has_hyphen and not (free and has_hyphen):
                return False
            self._needs_hyphen = self._needs_hyphen and not has_hyphen
            self._at_boundary, self._free, self._stays_free = False, free and self._stays_free, False
        self._said += letter
        return True


def _spelt(output: str) -> str:
    """The word with its right capitals, and `=` before each part (`=Etelä-=Karjala`)."""
    spelt = "" if output[0] == "-" else "="
    pattern = ""  # of the letters to come: i or j for capitals, = before a part
    title = begins = False
    is_place = "[De]" in output and _PLACE.search(output) is not None  # Iso-Britannia
    for piece in output.split("["):
        tag, _, text = piece.rpartition("]")
        if tag == "Xr":
            pattern, title = text, False
        elif tag[:2] == "Le":
            title = True
        elif tag == "Dg" and not is_place:  # derived of a name: suomalainen
            head, hyphen, part = spelt.rpartition("-")
            spelt, title = head + hyphen + part.lower(), False
        elif tag in ("Bc", "Bm"):
            begins = True
        if tag in ("Xp", "Xj", "Xr"):
            continue
        for letter in text:
            begins = begins or pattern[:1] == "="
            pattern = pattern.removeprefix("=")
            if begins and letter != "-":
                spelt, begins = spelt.removesuffix("=") + "=", False
            is_capital = pattern[:1] in ("i", "j") or (title and letter not in "-:")
            spelt += letter.upper() if is_capital else letter
            pattern, title = pattern[1:], title and not is_capital
    return re.sub(r"[^\W_]", lambda match: match[0].upper(), spelt, count=1) if is_place else spelt


def _base_form(output: str, spelt: str) -> str:
    """The base form: earlier parts as they stand, the last one's hidden base form; of numerals that of every part."""
    before, numeral, rest = output.partition("[Lu]")
    if numeral and "[L" not in before and not _NO_NUMERAL.search(rest):
        base = _letters(before)
        for part in rest.split("[Bc]"):  # kahdessakymmenessä: kaksikymmentä
            head, _, tail = part.partition("[" if part[:1].isdigit() else "[X]")
            base += _TAG.sub("", head) + "-" * _letters(tail).count("-")
        return base
    word = spelt.replace("=", "")
    if place := _INFLECTED_PLACE.match(output):  # Isolla-Britannialla, but Pohjois-Suomella
        rest = output[place.end() :]
        return f"{place[1].capitalize()}-{_base_form(rest, word[-len(_letters(rest)) :])}"
    last = _LAST_BASE.match(output)
    if last is None or _letters(last[3]).count("-") > last[2].count("-"):
        return word
    return word[: len(_letters(last[1]))] + last[2].replace("=", "")


NORMAL = str.maketrans(
    {"\u2019": "'", "\u2010": "-", "\u2011": "-", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
)
"""Characters that libvoikko takes for others when it checks spelling."""

_ADDRESS = re.compile(r".*//.*\..|.*@[^.].*\..|www\.[^.].*\..", re.DOTALL)
"""What libvoikko takes for an address on the web or of e-mail, which it accepts."""


def _spelling(word: str) -> int:
    """How well a word is spelt that begins in small letters: one of the four marks."""
    if "\u00ad" in word:
        bare = word.strip("\u00ad")
        return _FAILED if bare != word or "\u00ad\u00ad" in word else _spelling(word.replace("\u00ad", ""))
    best = _capitals(word)
    hyphen = word.find("-", 1, -1) if len(word) > 3 else -1
    if best == _OK or hyphen < 0:
        return best
    joined = word[:hyphen] + word[hyphen + 1 :]
    ends, begins = word[max(hyphen - 2, 0) : hyphen].lower(), word[hyphen + 1 : hyphen + 3].lower()
    if len(ends) == 2 and ends == begins and ends[0] in _VOWELS and ends[1] in _CONSONANTS:  # pop-opisto
        found = _capitals(joined)
        if found < best:
            return found
    head, _, tail = word[:-1].rpartition("-")  # any word before one that may follow any (ja-sana)
    if head:
        found = _spelling(head)
        tail += word[-1]
        if found != _FAILED and any("[Ivj]" in output and output[0] != "-" for output in _outputs(tail)):
            return found
    return min(best, _ambiguous(joined, hyphen))


def _capitals(word: str) -> int:
    """How well the word's capitals fit its best analysis."""
    return min((_fit(word, _spelt(output)) for output in _outputs(word)), default=_FAILED)


def _fit(word: str, spelt: str) -> int:
    """How well a word's capitals fit those it should have."""
    right = spelt.replace("=", "")
    if word == right:
        return _OK
    return _CAP_FIRST if word[1:] == right[1:] and word[0].islower() else _CAP_ERROR


def _ambiguous(joined: str, cut: int) -> int:
    """The mark of a compound whose hyphen, taken out at `cut`, tells two readings apart (syy-silta, syys-ilta)."""
    at_border = elsewhere = _FAILED
    for output in _outputs(joined):
        spelt = _spelt(output)
        fit = _fit(joined, spelt)
        if cut in {match.start() - n for n, match in enumerate(re.finditer("=", spelt))}:
            at_border = min(at_border, fit)
        else:
            elsewhere = min(elsewhere, fit)
    return at_border if elsewhere != _FAILED else _FAILED
