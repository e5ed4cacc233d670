"""E-mail addresses and telephone numbers as people write them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extractors.document import Span
from lexicons import needs

_AT_SIGN = needs("cover_words", "at_sign")
_PHONE_LABEL = needs("cover_words", "phone_label")

_PIECE = r"[\w+-]{1,64}+"
_BROKEN = r"(?:\.(?:[ \t]*\n[ \t]*)?|(?<=[-_])\n[ \t]*(?=[\w-]+\.\w{2,}))"
"""What joins the pieces behind an @: a full stop, or a hyphen at a line's end before more of the address."""

LEAST_DIGITS, MOST_DIGITS = 7, 15
"""Digits of a telephone number that nothing but its shape tells; the most are those of ITU-T E.164."""

LEAST_LABELLED = 5
"""The same behind a word that calls it one."""

_HARMONISED = "116"
"""What the numbers of services begin with that are the same all over Europe: 116 117. They are nobody's."""

_OPENING = regex.compile(
    r"(?<![\p{L}\d,./-])(?:(?:\+|00)[ \xa0]?[1-9]\d{0,13}|\(?0[1-9]\d{1,12}\)?|\(?0[1-9]\)?(?=[ \xa0‐‑–-]{0,3}\d{3}))"
)
"""How a number begins: a country's code, an operator's or an area's; behind one of two digits stand three."""

_GROUP = regex.compile(
    r"(?:[ \xa0]{0,2}[‐‑–-]?[ \xa0]{0,2}|\.(?=\d{3}))(?:\(0\)[ \xa0]?)?\d{1,12}(?!\d|,\d|\.\d{1,2}(?!\d)|\s*[%€])"
)
"""One more group of digits that is no part of a date, a decimal or a share."""

_IN_NUMBER = regex.compile(r"\d[ \xa0]")
"""What stands before a group of digits in the middle of a number: 12 045 300."""

ENOUGH, ENOUGH_ABROAD = 10, 12
"""Digits behind which a number has come to its end, where more groups follow."""

_BUSINESS_ID = regex.compile(r"\d{7}-\d")


@cache
def _address() -> regex.Pattern[str]:
    at = rf"(?:@|[ \xa0]?[(\[{{<][ \xa0]?(?:{_AT_SIGN.pattern}|@)[ \xa0]?[)\]}}>][ \xa0]?)"
    local = rf"(?P<local>(?:{_PIECE}\.(?:[ \t]*\n[ \t]*)?)*+{_PIECE})"
    return regex.compile(
        rf"(?<![\w.+-]){local}(?:\n[ \t]*)?{at}(?:\n[ \t]*)?{_PIECE}(?:{_BROKEN}{_PIECE})*+", regex.IGNORECASE
    )


@cache
def _labelled() -> regex.Pattern[str]:
    """A number that a word before it calls one, however it begins: puh. 555 1234."""
    return regex.compile(
        rf"(?<![\p{{L}}-]){_PHONE_LABEL.pattern}\b[.:]{{0,2}}[ \t\xa0]{{0,3}}\n?[ \t]*"
        r"(?P<number>\+?\(?\d[\d \xa0()‐‑–-]{4,20}\d)",
        regex.IGNORECASE,
    )


def addresses(text: str) -> Iterator[tuple[Span, str]]:
    """E-mail addresses by their places, each with what stands before its @."""
    for match in _address().finditer(text):
        if "." in match[0][match.end("local") - match.start() :]:
            yield Span(*match.span()), match["local"]


def phones(text: str) -> Iterator[Span]:
    """Telephone numbers by their places, what a label calls one and what has the shape of one."""
    for match in _labelled().finditer(text):
        if _digits(match["number"]) >= LEAST_LABELLED and not match["number"].startswith(_HARMONISED):
            yield Span(*match.span("number"))
    last = -1
    for match in _OPENING.finditer(text):
        start, end = match.span()
        is_abroad = match[0].startswith(("+", "00"))
        is_inside = not is_abroad and start - last > 2 and _IN_NUMBER.search(text, max(0, start - 2), start)
        if start < last or is_inside:
            continue
        enough = ENOUGH_ABROAD if is_abroad else ENOUGH
        while _digits(text[start:end]) < enough and (group := _GROUP.match(text, end)):
            end = group.end()
        found = text[start:end]
        if LEAST_DIGITS <= _digits(found) <= MOST_DIGITS and not _BUSINESS_ID.fullmatch(found):
            last = end
            yield Span(start, end)


def _digits(text: str) -> int:
    return sum(map(str.isdecimal, text))
