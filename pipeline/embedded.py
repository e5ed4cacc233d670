"""libvoikko in Python: the transducer that the package `pyvoikko` carries, searched and read as libvoikko does it.

It serves where libvoikko cannot be installed (`native.open_voikko()` chooses). Nothing of pyvoikko or of KFST is
imported: their interface keeps neither libvoikko's order of analyses nor its attributes, and opening it takes longer.
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
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from pipeline.embedded_order import ORDER

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
        """The word's analyses in libvoikko's order, with its keys and Finnish values; none for an unknown word.

        Raises FileNotFoundError where pyvoikko is not installed.
        """
        analyses: list[dict[str, str]] = []
        for output in _outputs(word):
            tokens = _tokens(output)
            structure = _structure(output, tokens, len(word))
            analysis = _attributes(output, tokens) | {"STRUCTURE": structure}
            full = analysis | {"FSTOUTPUT": output, "WORDBASES": _word_bases(tokens)}
            if base := _base_form(output, tokens, structure):
                full["BASEFORM"] = base
            analyses.append(full)
            if analysis.get("CLASS") == "nimisana" and _names_organisation(output):
                structure = f"{structure[0]}i{structure[2:]}"
                named = analysis | {"CLASS": "nimi", "STRUCTURE": structure}
                if base := _base_form(output, tokens, structure):
                    named["BASEFORM"] = base
                analyses.append(named)
        for analysis in analyses:
            analysis.pop("MALAGA_VAPAA_JALKIOSA", None)
        return analyses

    def spell(self, word: str) -> bool:
        """Whether libvoikko accepts the word by its default options; soft hyphens may stand anywhere within it.

        Raises FileNotFoundError where pyvoikko is not installed.
        """
        word = word.translate(_NORMAL)
        if not word or _is_address(word):
            return True
        if "\0" in word or len(word) > MAX_WORD:
            return False
        upper, lower = any(map(str.isupper, word)), any(map(str.islower, word))
        if upper and not lower:
            return _spelling(_lower(word)) != _FAILED
        if lower and not any(map(str.isupper, word[1:])):
            return _spelling(_lower(word)) <= (_CAP_FIRST if upper else _OK)
        return _spelling(_lower(word[0]) + word[1:]) <= (_CAP_FIRST if word[0].isupper() else _OK)


def is_installed() -> bool:
    """Whether the package with the transducer is there."""
    return find_spec("pyvoikko") is not None


# --- the transducer: a word's outputs ---------------------------------------------------------------------------------

_Flags = frozenset[tuple[str, str]]
"""Features that a path has set, with their values."""


class _Gate(dict[_Flags, _Flags | None]):
    """Flag diacritics (`@P.FEATURE.VALUE@`) one after another: flags before to flags after, None where one bars."""

    def __init__(self, symbols: Sequence[str]) -> None:
        self._symbols = symbols

    def __missing__(self, flags: _Flags) -> _Flags | None:
        after: _Flags | None = flags
        for symbol in self._symbols:
            after = after if after is None else _pass(after, symbol)
        self[flags] = after
        return after


def _pass(flags: _Flags, symbol: str) -> _Flags | None:
    """The flags after one flag diacritic; None where it bars the way."""
    operation, feature, *values = symbol.strip("@").split(".")
    held = dict(flags).get(feature)
    agrees = held is not None if not values else held == values[0]
    rest = frozenset(flag for flag in flags if flag[0] != feature)
    match operation:
        case "D":
            return None if agrees else flags
        case "R":
            return flags if agrees else None
        case "C":
            return rest
        case "U" if held is not None and not agrees:
            return None
    return rest | {(feature, values[0])}


_END = "\0"
"""What is read at the end of a word."""

_Move = tuple[_Gate, str, int]
"""A way through a state's arcs that reads one letter: the flags it passes, what it puts out, where it leads."""


class _Transducer:
    """A KFST file (version 0, unweighted). Its states are decoded when a word first comes to them."""

    def __init__(self, data: bytes) -> None:
        header = struct.Struct("!4sHHII?")
        magic, kind, n_symbols, n_arcs, _, is_weighted = header.unpack_from(data)
        if (magic, kind, is_weighted) != (b"KFST", 0, False):
            raise ValueError("pyvoikko's transducer has an unknown format")
        *symbols, packed = data[header.size :].split(b"\0", n_symbols)
        self._symbols = ["" if symbol == b"@0@" else symbol.decode() for symbol in symbols]
        numbers = array("I", lzma.decompress(packed))  # an arc: state, target, symbols read and put out; final states
        if sys.byteorder == "little":
            numbers.byteswap()
        self._arcs, self._final = numbers[: 3 * n_arcs], frozenset(numbers[3 * n_arcs :])
        self._first: dict[int, int] = {}
        for arc, state in enumerate(self._arcs[::3]):
            self._first.setdefault(state, arc)
        self._decoded: dict[int, list[tuple[str, str, int]]] = {}
        self._moves: dict[tuple[int, str], list[_Move]] = {}
        self._gates: dict[tuple[str, ...], _Gate] = {}

    def outputs(self, word: str) -> Iterator[str]:
        """What the transducer says about a word in small letters, in libvoikko's order."""
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
                moves = self._find_moves(state, letter)
            for gate, out, target in moves:
                after = gate[flags]
                if after is not None:
                    paths.append((target, at + 1, after, said + out))

    def _find_moves(self, state: int, letter: str) -> list[_Move]:
        """The moves that read a letter from a state, libvoikko's first choice last."""
        found: list[_Move] = []
        for symbols, out, target in self._ways(state, letter):
            gate = self._gates.get(symbols)
            if gate is None:
                gate = self._gates[symbols] = _Gate(symbols)
            found.append((gate, out, target))
        found.reverse()
        self._moves[state, letter] = found
        return found

    def _ways(self, state: int, letter: str) -> Iterator[tuple[tuple[str, ...], str, int]]:
        """The same, libvoikko's first choice first, with flag diacritics as they come."""
        if letter == _END and state in self._final:
            yield (), "", state
        for read, out, target in self._arcs_of(state):
            if read == letter:
                yield (), out, target
            elif not read or read.startswith("@"):
                own = (read,) if read else ()
                for symbols, more, end in self._ways(target, letter):
                    yield own + symbols, out + more, end

    def _arcs_of(self, state: int) -> list[tuple[str, str, int]]:
        """The arcs of a state as libvoikko tries them: symbol read (empty for none), symbol put out, target.

        Those that read nothing come first, then flag diacritics; ties are as ORDER says, else as the targets.
        """
        found = self._decoded.get(state)
        if found is None:
            found = []
            at = 3 * self._first.get(state, len(self._arcs))
            while self._arcs[at : at + 1] == array("I", [state]):
                read, out = divmod(self._arcs[at + 2], 1 << 16)
                found.append((self._symbols[read], self._symbols[out], self._arcs[at + 1]))
                at += 3
            found.sort(key=lambda arc: _place(state, *arc))
            found = [(read, "" if out.startswith("@") else out, target) for read, out, target in found]
            self._decoded[state] = found
        return found


def _place(state: int, read: str, out: str, target: int) -> tuple[bool, bytes, int, int]:
    """Where libvoikko tries an arc of a state."""
    order = ORDER.get((state, read), ())
    is_letter = bool(read) and not read.startswith("@")
    return is_letter, read.removeprefix("@").encode(), order.index(out) if out in order else -1, target


@lru_cache(maxsize=1)
def _transducer() -> _Transducer:
    spec = find_spec("pyvoikko")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package pyvoikko is not installed")
    return _Transducer((Path(spec.origin).parent / "voikko.kfst").read_bytes())


def _lower(word: str) -> str:
    """The word in small letters, letter by letter."""
    lower = word.lower()
    return lower if len(lower) == len(word) else "".join(ch.lower() if len(ch.lower()) == 1 else ch for ch in word)


@lru_cache(maxsize=20_000)
def _outputs(word: str) -> tuple[str, ...]:
    """The transducer's strings for a word in any case, without those whose hyphens are wrong."""
    if len(word) > MAX_WORD or _END in word:
        return ()
    return tuple(filter(_has_right_hyphens, islice(_transducer().outputs(_lower(word)), MAX_OUTPUTS)))


# --- one output: what libvoikko reads from it -------------------------------------------------------------------------

_TOKEN = re.compile(r"\[[^\]]*\]|[^\[]")

_VOWELS = frozenset("aeiouyäö")
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxzšž")


def _tokens(output: str) -> list[str]:
    """An output's tags and letters, in order."""
    return _TOKEN.findall(output)


def _has_right_hyphens(output: str) -> bool:
    """Whether a compound has a hyphen where its parts need one (`linja-auto`) and none where they forbid it.

    A name before a common noun (`Helsinki-päivä`) needs a hyphen too, and so does a prefix that says so (`[Icu]`).
    """
    if "[Bh]" not in output and "[Le" not in output:
        return True
    before = last = ""
    at_boundary = has_hyphen = needs_hyphen = lacks_hyphen = free = stays_free = False
    after_name = ends_in_noun = hidden = False
    tokens = _tokens(output)
    for index, token in enumerate(tokens):
        if hidden:
            hidden = token != "[X]"
        elif token.startswith("[X"):
            hidden = True
        elif token == "-":
            after_name = ends_in_noun = False
            if tokens[index + 1 : index + 2] == ["[Bh]"] and index + 2 < len(tokens):
                at_boundary = has_hyphen = True
        elif token == "[Bh]":
            if has_hyphen and at_boundary and tokens[index - 1] == "-":
                continue
            at_boundary, has_hyphen = True, False
            if lacks_hyphen:
                return False
            lacks_hyphen = needs_hyphen
        elif token.startswith("["):
            match token[1:3]:
                case "Is":
                    free = stays_free = True
                case "Ic" if token == "[Icu]":
                    at_boundary, free, needs_hyphen = False, True, True
                case "Ic":
                    lacks_hyphen = ends_in_noun = False
                case "Le":
                    after_name, ends_in_noun = True, False
                case "Ln":
                    ends_in_noun = True
                case "Dg":
                    after_name = False
        else:
            if at_boundary:
                free = free or not last or before + last == "is"
                needs_hyphen = needs_hyphen and not has_hyphen
                must = last.isdigit() or (last.lower() == token.lower() and last.lower() in _VOWELS)
                if must != has_hyphen and not (free and has_hyphen):
                    return False
                at_boundary = False
                free, stays_free = free and stays_free, False
            before, last = last, token
    return not lacks_hyphen and not (after_name and ends_in_noun)


def _structure(output: str, tokens: Sequence[str], length: int) -> str:
    """libvoikko's STRUCTURE: `=` before each part, and a mark for each letter.

    `i` is a capital, `p` a small letter, `j` and `q` the same in abbreviations; `-` and `:` stand for themselves. A
    part's letters are marked when its end is seen; a hidden pattern (`[Xr]`) marks letters before they are seen.
    """
    marks = ["="]
    missing, seen, given = length, 0, 0
    title = abbreviation = False

    def mark(count: int) -> None:
        nonlocal title
        for _ in range(count):
            marks.append(("j" if abbreviation else "i") if title else ("q" if abbreviation else "p"))
            title = False

    def end_part() -> None:
        nonlocal missing, seen, given
        mark(seen - given)
        missing -= min(seen - given, missing)
        seen = given = 0

    hidden = ""
    for index, token in enumerate(tokens):
        if hidden:
            if token == "[X]":
                hidden = ""
            elif hidden == "[Xr]" and missing:
                marks.append(token)
                given += token != "="
                missing -= token not in "=-"
        elif token.startswith("[X"):
            hidden = token
            title = title and token != "[Xr]"
        elif token.startswith("[B") and token != "[Bh]":
            if index == 1 and len(tokens[0]) == 1:
                marks.append("=")
                if seen > given:
                    end_part()
            else:
                if seen > given:
                    end_part()
                if len("".join(tokens[index + 1 :])) > 1 and marks[-1] != "=":
                    marks.append("=")
            seen = given = 0
        elif token.startswith("[L"):
            rest = "".join(tokens[index:])
            abbreviation = token == "[La]" or (len(rest) > 5 and re.match(r"\[Lur\]|\[Lu\]\d", rest) is not None)
            title = title or token.startswith("[Le")
        elif token.startswith("["):
            continue
        elif token == "-":
            if seen > given:
                end_part()
                marks.append("-")
            elif index and seen == given:
                marks.append("-")
            elif index:
                seen += 1
            missing -= missing > 0
            if len(marks) == 1:
                marks[0] = "-"
        elif token == ":":
            if abbreviation and seen > given:
                end_part()
            abbreviation = False
            marks.append(":")
            missing -= missing > 0
        else:
            seen += 1
    mark(missing)
    return _with_right_capitals(output, "".join(marks))


def _with_right_capitals(output: str, structure: str) -> str:
    """STRUCTURE with small letters in what is derived of names (`[Dg]`), capitals in places (`[De]`: Iso-Britannia)."""
    if "[D" not in output:
        return structure
    n_hyphens, is_place = 0, False
    for token in _TOKEN.finditer(output):
        match token[0]:
            case "[Dg]":
                parts = structure.split("-")
                if n_hyphens < len(parts):
                    parts[n_hyphens] = parts[n_hyphens].replace("i", "p")
                structure = "-".join(parts)
            case "[De]":
                is_place = True
            case "[Ln]":
                is_place = False
            case "-":
                n_hyphens += 1
                if is_place:
                    names_place = token.end() == len(output) or "[Lep]" in output[token.end() :]
                    return re.sub("[ip]", "i", structure, count=1) if names_place else structure
    return structure


_CLASSES = {
    "n": "nimisana",
    "l": "laatusana",
    "h": "huudahdussana",
    "ee": "etunimi",
    "es": "sukunimi",
    "ep": "paikannimi",
    "em": "nimi",
    "t": "teonsana",
    "a": "lyhenne",
    "s": "seikkasana",
    "u": "lukusana",
    "ur": "lukusana",
    "r": "asemosana",
    "c": "sidesana",
    "d": "suhdesana",
    "k": "kieltosana",
    "p": "etuliite",
}
"""libvoikko's word classes by the letters of a tag `[L?]`; `[Lnl]` depends on what follows."""

_ATTRIBUTES = {
    "N": ("NUMBER", {"y": "singular", "m": "plural"}),
    "P": ("PERSON", {"1": "1", "2": "2", "3": "3", "4": "4"}),
    "S": (
        "SIJAMUOTO",
        {
            "n": "nimento",
            "g": "omanto",
            "p": "osanto",
            "es": "olento",
            "tr": "tulento",
            "ine": "sisaolento",
            "ela": "sisaeronto",
            "ill": "sisatulento",
            "ade": "ulkoolento",
            "abl": "ulkoeronto",
            "all": "ulkotulento",
            "ab": "vajanto",
            "ko": "seuranto",
            "in": "keinonto",
            "sti": "kerrontosti",
            "ak": "kohdanto",
        },
    ),
    "T": (
        "MOOD",
        {
            "n1": "A-infinitive",
            "n2": "E-infinitive",
            "n3": "MA-infinitive",
            "n4": "MINEN-infinitive",
            "n5": "MAINEN-infinitive",
            "t": "indicative",
            "e": "conditional",
            "k": "imperative",
            "m": "potential",
        },
    ),
    "A": ("TENSE", {"p": "present_simple", "i": "past_imperfective"}),
    "F": ("FOCUS", {"kin": "kin", "kaan": "kaan"}),
    "O": ("POSSESSIVE", {"1y": "1s", "2y": "2s", "1m": "1p", "2m": "2p", "3": "3"}),
    "C": ("COMPARISON", {"c": "comparative", "s": "superlative"}),
    "E": ("NEGATIVE", {"t": "true", "f": "false", "b": "both"}),
    "R": (
        "PARTICIPLE",
        {
            "v": "present_active",
            "a": "present_passive",
            "u": "past_active",
            "t": "past_passive",
            "m": "agent",
            "e": "negation",
        },
    ),
}
"""libvoikko's attributes and values by a tag's first letter and the rest of it."""


def _attributes(output: str, tokens: Sequence[str]) -> dict[str, str]:
    """Class, case, number, mood and the like: the last tag of each kind says it."""
    found: dict[str, str] = {}
    is_adverb = passed_part = False
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if not token.startswith("["):
            continue
        kind, value = token[1], token[2:-1]
        word_class = found.get("CLASS")
        if kind == "L":
            if word_class is None:
                found["CLASS"] = _CLASSES[value] if value != "nl" else _class_of_nl(output, found, is_adverb)
        elif kind == "B":
            if value == "c" and index:
                if word_class is None and (tokens[index - 1] == "-" or tokens[index - 2 : index] == ["-", "[Bh]"]):
                    found["CLASS"] = "etuliite"
                passed_part = True
        elif kind == "I":
            if value == "vj" and output[0] != "-":
                found["MALAGA_VAPAA_JALKIOSA"] = "true"
        elif token == "[Fko]":
            found["KYSYMYSLIITE"] = "true"
        elif kind in _ATTRIBUTES:
            if kind in "NS" and word_class in ("etuliite", "seikkasana"):
                continue
            if kind in "TC" and word_class is not None:
                continue
            if kind == "R" and (passed_part or not (word_class in (None, "laatusana") or output.endswith("[Ln]"))):
                continue
            is_adverb = is_adverb or token == "[Ssti]"
            key, values = _ATTRIBUTES[kind]
            if value in values:
                found.setdefault(key, values[value])
    return _corrected(found)


def _class_of_nl(output: str, found: dict[str, str], is_adverb: bool) -> str:
    """The class of `[Lnl]`, noun or adjective (`suomalainen`): adjective where it is compared or made an adverb."""
    is_adjective = is_adverb or "COMPARISON" in found or output.startswith("[Lu]")
    return "laatusana" if is_adjective else "nimisana_laatusana"


def _corrected(found: dict[str, str]) -> dict[str, str]:
    """Attributes that do not go together, as libvoikko mends them."""
    word_class = found.get("CLASS")
    infinitives = ("MINEN-infinitive", "E-infinitive", "MA-infinitive")
    if word_class not in (None, "teonsana") or found.get("MOOD") in infinitives:
        found.pop("NEGATIVE", None)
    if found.get("PARTICIPLE") == "past_passive":
        word_class = found["CLASS"] = "laatusana"
    if found.get("SIJAMUOTO") == "kerrontosti":
        found.pop("NUMBER", None)
    if word_class in ("laatusana", "nimisana_laatusana"):
        found.setdefault("COMPARISON", "positive")
    elif word_class == "nimisana":
        found.pop("COMPARISON", None)
    return found


def _names_organisation(output: str) -> bool:
    """Whether a compound noun can be the name of an organisation too (`[Ion]` in its last part: Terveyskeskus)."""
    if output.startswith(("-", "[La]")):
        return False
    organisation = output.rfind("[Ion]")
    return 4 <= output.rfind("[Bc]", 0, len(output) - 1) < organisation and output.find("[Bc]", 4, organisation) >= 0


def _base_form(output: str, tokens: Sequence[str], structure: str) -> str:
    """The base form: earlier parts as they stand, the last one's hidden base form; empty where there is none."""
    base = ""
    capitals = iter(structure.replace("=", ""))
    hidden = text = ""
    start: int | None = None  # where the latest base form belongs
    n_hyphens = 0
    is_place = may_be_place = False
    seen_class = False
    for index, token in enumerate(tokens):
        if token == "[X]":
            hidden = ""
        elif token in ("[Xp]", "[Xj]"):
            hidden, text, start, n_hyphens = token, "", len(base), 0
        elif token.startswith("[X"):
            hidden = token
        elif token.startswith("["):
            if token == "[Lu]" and not seen_class:
                numeral = _base_of_numeral(tokens[index + 1 :])
                if numeral is not None:
                    return base + numeral
            if token == "[De]":
                is_place = may_be_place
            elif token.startswith("[L"):
                seen_class, is_place, may_be_place = True, False, token in ("[Ll]", "[Lnl]")
        elif hidden in ("[Xp]", "[Xj]"):
            text += token
            n_hyphens += token == "-"
        elif not hidden:
            if token == "-":
                if n_hyphens:
                    n_hyphens -= 1
                else:
                    inflects = is_place and start is not None and tokens[index - 2 : index] != ["i", "s"]
                    if inflects and "[Lep]" in tokens[index:]:  # Isolla-Britannialla, but Pohjois-Suomella
                        bare = text.replace("=", "")
                        base = base[:start] + bare[:1].upper() + bare[1:]
                    start = None
                is_place = False
            base += token.upper() if next(capitals, "") in ("i", "j") else token
    return base if start is None else base[:start] + text.replace("=", "")


def _base_of_numeral(tokens: Sequence[str]) -> str | None:
    """The base form of a numeral, every part in its own (`kahdessakymmenessä`: kaksikymmentä); None for other words."""
    base = ""
    in_digits = bool(tokens) and (tokens[0] == "-" or tokens[0].isdigit())
    hidden = ""
    has_base = False
    for index, token in enumerate(tokens):
        if token.startswith("["):
            has_base = has_base or in_digits or (token == "[X]" and hidden in ("[Xp]", "[Xj]"))
            in_digits = False
            if token == "[X]":
                hidden = ""
            elif token in ("[Xp]", "[Xj]", "[Xr]"):
                hidden = token
            elif token == "[Bc]":
                if index + 1 == len(tokens):
                    return None
                has_base = False
            elif token in ("[Ln]", "[Ll]", "[Lnl]"):
                return None
        elif hidden != "[Xr]" and (hidden or in_digits or not has_base or token == "-"):
            base += token
    return base


def _word_bases(tokens: Sequence[str]) -> str:
    """libvoikko's WORDBASES: each morpheme as it stands with its base form, the last one in base form."""
    bases = text = hidden = ""
    start = 0  # where the latest morpheme begins
    in_part = False
    skip = False
    for index, token in enumerate(tokens):
        before_boundary = token == "-" and tokens[index + 1 : index + 2] and tokens[index + 1].startswith("[B")
        if skip:
            skip = False
        elif before_boundary or token.startswith("[L") or (token == "[Xj]" and in_part):
            bases, text = f"{bases}({text})" if text else bases, ""
            if token == "[Xj]":
                start, hidden = len(bases), token
            else:
                in_part = False
                bases += "+-" if before_boundary else ""
                skip = bool(before_boundary)
        elif token == "[X]":
            hidden = ""
        elif token.startswith("[X"):
            hidden = token
            text = "" if token in ("[Xp]", "[Xj]") else text
        elif token.startswith("["):
            continue
        elif hidden in ("[Xp]", "[Xj]"):
            text += f"+{token}" if hidden == "[Xj]" and not text else token
        elif not hidden:
            if not in_part:
                bases += "+"
                start, in_part = len(bases), True
            bases += token
    if text:
        bases = bases[:start]
        if text.startswith("+"):
            bases = bases.removesuffix("+")
        bases += f"{text.replace('=', '')}({text})"
    return bases


# --- spelling ---------------------------------------------------------------------------------------------------------

_NORMAL = str.maketrans(
    {"\u2019": "'", "\u2010": "-", "\u2011": "-", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
)
"""Characters that libvoikko takes for others when it checks spelling."""

_ADDRESS = re.compile(r".*//.*\..|.*@[^.].*\..|www\.[^.].*\..", re.DOTALL)
"""What libvoikko takes for an address on the web or of e-mail, which it accepts."""


def _is_address(word: str) -> bool:
    return _ADDRESS.match(word) is not None


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
        if found != _FAILED and any(
            "MALAGA_VAPAA_JALKIOSA" in _attributes(output, _tokens(output)) for output in _outputs(tail)
        ):
            return found
    return min(best, _ambiguous(joined, hyphen))


def _capitals(word: str) -> int:
    """How well the word's capitals fit its best analysis."""
    best = _FAILED
    for output in _outputs(word):
        best = min(best, _fit(word, _structure(output, _tokens(output), len(word))))
        if best == _OK:
            break
    return best


def _fit(word: str, structure: str) -> int:
    """How well a word's capitals fit STRUCTURE."""
    fit = _OK
    for index, (letter, mark) in enumerate(zip(word, structure.replace("=", ""), strict=False)):
        if mark in "ij" and letter.islower():
            if index:
                return _CAP_ERROR
            fit = _CAP_FIRST
        elif mark in "pq" and letter.isupper():
            return _CAP_ERROR
    return fit


def _ambiguous(joined: str, cut: int) -> int:
    """The mark of a compound whose hyphen, taken out at `cut`, tells two readings apart (syy-silta, syys-ilta)."""
    at_border = elsewhere = _FAILED
    for output in _outputs(joined):
        structure = _structure(output, _tokens(output), len(joined))
        fit = _fit(joined, structure)
        borders = {match.start() - n for n, match in enumerate(re.finditer("=", structure))}
        if cut in borders:
            at_border = min(at_border, fit)
        else:
            elsewhere = min(elsewhere, fit)
    return at_border if elsewhere != _FAILED else _FAILED
