"""Split Finnish text into words, tokens and sentences.

*Words* are those of Universal Dependencies, which have lemmas: an abbreviation or ordinal with its full stop (`esim.`,
`31. maaliskuuta`), a number with what hangs on it (`1980-luvulla`, `12 000`, `2021–2022`), an emoticon.
*Tokens* are what the extractors read: as words, but numbers, signs and full stops stand apart. Hyphened words
(`sote-keskus`), suspended hyphens (`mielenterveys- ja`), abbreviations with an ending (`THL:n`), decimal numbers and
dotted dates are one token each.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import regex

from extractors.document import EMAIL, Span
from lexicons import needs

_ABBREVIATIONS = needs("abbreviations")

_ADDRESS = (
    EMAIL
    + r"""
    | (?:https?://|www\.)[^\s<>")\]]+[^\s<>")\].,;:!?]           # web address
    """
)

_TOKEN = r"""
    | \p{L}+(?=\p{Nd}{1,2}\.\p{Nd}{1,2}\.\p{Nd}{4})                 # Luotu17.08.2020
    | (?:(?<![\w])-)?                                            # -ohjelma
      \p{L}[\p{L}\p{M}\p{Nd}]*(?:[-’':]\p{L}[\p{L}\p{M}\p{Nd}]*)*  # word, sote-keskus, THL:n, Kaiku24
      (?:-(?=\s))?                                               # mielenterveys- ja
    | \p{Nd}+(?:[.,]\p{Nd}+)*                                    # 15.11.2021, 0,36
    | \S
    """

TOKEN = regex.compile(_ADDRESS + _TOKEN, regex.VERBOSE)

_ENDING = r"(?::\p{Ll}{1,6})?"

_NUMBER_WORD = (
    r"(?:[.,]\p{Nd}+)*"
    r"(?:"
    r"(?:-\p{L}[\p{L}\p{M}\p{Nd}]*)+(?!\p{L})"  # 1980-luvulla, 5-henkinen, 24/7-palvelu
    r"|:\p{Ll}{1,6}(?!\p{L})"  # 955:ltä
    r"|\p{L}{1,4}\p{Nd}*(?:[:-]\p{L}+)*"  # 3D, 2,5mm, 25x25, 15D-kysely
    r")"
)

_JOINED = rf"""
    | \.\.+
    | [:;]-?[()]+(?![^\s.,!?])                                    # :), ;-)
    | (?<![\w.])[:;=][-']?[DPpOo|\\/]+(?![^\s.,!?])                 # :D
    | (?<![\p{{L}}\p{{Nd}}.,/–-])(?:
        \p{{Nd}}{{1,3}}(?:[ \u00a0]\p{{Nd}}{{3}})+(?![\p{{L}}\p{{Nd}}]|[.,:/–-]\p{{Nd}})  # 12 000
      | \p{{Nd}}+{_NUMBER_WORD}
      | \p{{Nd}}+[–-]\p{{Nd}}+(?![\p{{L}}\p{{Nd}}]|[.,:/–-]\p{{Nd}})    # 2021–2022
      | \p{{Nd}}+(?:/\p{{Nd}}+)+(?:/\p{{Lu}}+)?{_ENDING}               # 93/23/ETY
      | \p{{Nd}}{{1,2}}:\p{{Nd}}{{2}}(?![:\p{{Nd}}])                     # 00:07
      | \p{{Nd}}{{1,3}}\.(?=\s+\p{{Ll}})                              # 31. maaliskuuta
      | \p{{Nd}}{{1,2}}\.(?=\s)(?<=(?:^|\n|[.!?:;)”"]\s)\s*\p{{Nd}}+\.)  # 1. Kehitetään
      | \p{{Nd}}{{1,2}}\.\p{{Nd}}{{1,2}}\.(?=\s?[\p{{Ll}},;)–])          # 4.5. asti
      )
    | (?<![^\s(])[-−]\p{{Nd}}+(?:[.,]\p{{Nd}}+)*(?![\p{{L}}\p{{Nd}}/–-])  # -10
    | (?<!\w)\p{{Lu}}+&\p{{Lu}}+{_ENDING}                              # H&M
    | (?<=["”’)?!]):\p{{Ll}}{{1,5}}(?!\p{{L}})                         # ”Koti”:n
    | (?<!\w)[vV]\.?\p{{Nd}}+(?:\.\p{{Nd}}+)+                         # v1.3
    | (?<!\w)(?:\p{{L}}{{1,3}}\.){{2,}}(?=[\s,)])                       # o.s., J.K.
    | (?<!\w)\p{{Ll}}{{2,4}}\.-\p{{Ll}}{{2,4}}\.                       # ev.-lut.
    | (?<!\w)\p{{Lu}}\.(?=\s\p{{Lu}})                                # S. Virtanen
    | (?<!\w)\p{{L}}[\p{{L}}\p{{Nd}}-]*(?:\.[\p{{L}}\p{{Nd}}-]+)*\.(?:fi|com|net|org|eu|info)(?:-\p{{L}}+)* # koti.fi
    | (?<!\w)\p{{L}}+(?:-?/\p{{L}}[\p{{L}}-]*)+(?!\w)                   # ja/tai, touko-/kesäkuussa
    | (?<!\w)\p{{L}}+–\p{{L}}+-\p{{L}}+                               # tilaaja–tuottaja-malli
    | (?<!\S)–\p{{Ll}}[\p{{L}}-]*                                    # –hanke
    | (?<!\w)\p{{L}}+-(?=[,;)])                                     # muisto-, saattohoito- ja
    | (?<![\w&])[\#@]\p{{L}}\w*                                     # hashtag
    | \*\p{{L}}+\*                                                 # *virn*
"""

_WHOLE = r"(?!(?<=[\p{L}\p{M}\p{Nd}])(?:[\p{L}\p{M}\p{Nd}@]|[-’':.,+][\p{L}\p{Nd}]|-\s))"
"""No token goes on where a joined word ends."""

_PLAIN = r"(?:\p{L}+(?=[\s,])|[.,!?](?=\s))"
"""What most words look like, tried first: it is quicker, and nothing else fits there."""


@cache
def _word_pattern() -> regex.Pattern[str]:
    """What words look like; those of several tokens are the group `joined`."""
    known = "|".join(sorted(map(regex.escape, _ABBREVIATIONS.texts), key=len, reverse=True))
    abbreviation = rf"(?<![\w-])(?i:{known})\.(?=[\s,)])(?!\s*\n)"
    joined = rf"(?P<joined>(?:{abbreviation}{_JOINED}){_WHOLE})"
    return regex.compile(f"{_PLAIN}|{_ADDRESS}|{joined}{_TOKEN}", regex.VERBOSE)


class Word(NamedTuple):
    """A word's place in its text, and the tokens in it where they are several."""

    start: int
    end: int
    tokens: tuple[Span, ...] = ()


def words(text: str) -> Iterator[Word]:
    """The words of a text; their tokens together are those of `token_spans`."""
    start: int | None = 0
    while start is not None:
        start = yield from _words_from(text, start)


def _words_from(text: str, start: int) -> Generator[Word, None, int | None]:
    """The words from an offset on; where a token goes on behind a joined word, only up to its end, the value."""
    for match in _word_pattern().finditer(text, start):
        first, end = match.span()
        tokens = tuple(_tokens_within(text, first, end)) if match.lastgroup else ()
        if tokens and tokens[-1].end > end:
            yield from (Word(*token) for token in tokens)
            return tokens[-1].end
        yield Word(first, end, tokens if len(tokens) > 1 else ())
    return None


def _tokens_within(text: str, start: int, end: int) -> Iterator[Span]:
    """The tokens that begin in a stretch, as they are in the whole text."""
    while start < end and (match := TOKEN.search(text, start)):
        yield Span(*match.span())
        start = match.end()


_CLOSING = frozenset(".!?…")

_AFTER_CLOSING = frozenset("\"'”’»)]")

_MARKS = _CLOSING | _AFTER_CLOSING


def token_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The tokens of a stretch of text."""
    for match in TOKEN.finditer(text, start, len(text) if end is None else end):
        yield Span(match.start(), match.end())


def words_and_spans(text: str) -> tuple[list[Word], list[Span]]:
    """The words of a text and all their tokens; control characters that part words as white space does are neither."""
    found: list[Word] = []
    spans: list[Span] = []
    for word in words(text):
        if word.tokens:
            spans += word.tokens
        elif text[word.start : word.end].isspace():
            continue
        else:
            spans.append(Span(word.start, word.end))
        found.append(word)
    return found, spans


_BLANK_LINE = regex.compile(r"\s*\n\s*\n\s*")


def blank_lines(text: str) -> list[int]:
    """Where empty lines end."""
    return [match.end() for match in _BLANK_LINE.finditer(text)]


def begun_sentences(text: str, tokens: Sequence[Span], boundaries: Iterable[int]) -> frozenset[int]:
    """Where sentences begin. `boundaries` are offsets at which one must (a new block)."""
    edges = sorted(boundaries)
    starts, edge = set(), 0
    for index, token in enumerate(tokens):
        crossed = False
        while edge < len(edges) and edges[edge] <= token.start:
            crossed, edge = True, edge + 1
        if index == 0 or crossed or _ends_sentence(text, tokens, index):
            starts.add(token.start)
    return frozenset(starts)


def _ends_sentence(text: str, tokens: Sequence[Span], index: int) -> bool:
    """Whether a sentence ends before a token: closing punctuation, white space, and no lower-case word behind."""
    if text[tokens[index].start] in _AFTER_CLOSING:  # first, so that no run of them is walked over again and again
        return False
    previous = index - 1
    if text[tokens[previous].start] not in _MARKS:
        return False  # behind most tokens
    while previous >= 0 and text[tokens[previous].start] in _AFTER_CLOSING:
        previous -= 1
    if previous < 0 or text[tokens[previous].start] not in _CLOSING or text[tokens[index].start].islower():
        return False
    if tokens[previous].end == tokens[index].start:
        return False
    if previous == 0 or text[tokens[previous].start] != ".":
        return True
    word = text[tokens[previous - 1].start : tokens[previous - 1].end]
    if word.lower() in _abbreviations():
        return False
    is_list_number = word.isdigit() and len(word) <= 2 and (previous == 1 or text[tokens[index].start].isdigit())
    return not is_list_number


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(_ABBREVIATIONS.texts)
