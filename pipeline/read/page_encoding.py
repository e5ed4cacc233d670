"""How a web page's bytes become letters: by its mark, by what it states, by what its bytes can be."""

from __future__ import annotations

import codecs

import regex

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_CHARSET = regex.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]{1,40})", regex.I)
_PROBE = bytes(range(32, 127)) + rb" <p>\u0041\x41\n +AGE- xn--a =41 &AGE-</p>"
"""What must stay as it is in every encoding that a page can name: a codec of bytes, an EBCDIC or an escape does not."""

_WINDOWS = "cp1252"
_OLD = (_WINDOWS, "mac_roman", "cp850")
"""Encodings of one byte a letter in which Finnish pages were ever saved, the likeliest first."""

_FINNISH = "äöåÄÖÅ"
_STRAY = regex.compile("[\udc80-\udcff]")
_LONG_LETTER = regex.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SAMPLE = 4000
"""Bytes in which a page in UTF-16 without its mark shows by its empty ones."""


def decode(data: bytes, stated: str | None = None) -> tuple[str, int]:
    """A page's text, and how many of its bytes are no letters in its encoding. `stated` is what its envelope says.

    A page in UTF-8 stays one however many bytes in it are broken: of those the Finnish letters of Windows-1252 are
    read as such, the others become U+FFFD.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _told(data.decode(name, "replace").removeprefix("\ufeff"))
    if wide := _wide(data[:_SAMPLE]):
        return _told(data.decode(wide, "replace"))
    try:
        return data.decode("utf-8"), 0
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "surrogateescape")
    n_stray = len(_STRAY.findall(text))
    if n_stray < len(_LONG_LETTER.findall(data)):
        return _STRAY.sub(_stray_letter, text), n_stray
    return _told(data.decode(_named(stated) or _named(_stated(data)) or _likeliest(data), "replace"))


def _told(text: str) -> tuple[str, int]:
    return text, text.count("\ufffd")


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of the markup is empty."""
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        empty = sample[first::2].count(0)
        if len(sample) > 8 and empty > 0.4 * len(sample) and sample[1 - first :: 2].count(0) < empty / 10:
            return name
    return None


def _stated(data: bytes) -> str | None:
    found = _CHARSET.search(data)
    return found[1].decode("ascii") if found else None


def _named(name: str | None) -> str | None:
    """The codec of a name; None where it names none for text of one byte a sign, or UTF-8, which the bytes are not."""
    if name is None:
        return None
    try:
        codec = codecs.lookup(name)
        if _PROBE.decode(codec.name) != _PROBE.decode("ascii"):
            return None
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError):
        return None
    if codec.name in ("utf-8", "utf-8-sig", "idna"):
        return None
    return _WINDOWS if codec.name in ("ascii", "iso8859-1") else codec.name


def _likeliest(data: bytes) -> str:
    """The encoding of one byte a letter in which most of what is no ASCII is Finnish."""
    return max(_OLD, key=lambda name: sum(data.count(letter.encode(name)) for letter in _FINNISH))


def _stray_letter(match: regex.Match[str]) -> str:
    letter = bytes([ord(match.group()) - 0xDC00]).decode(_WINDOWS, "replace")
    return letter if letter in _FINNISH else "\ufffd"
