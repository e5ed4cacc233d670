"""Read a text export: decode, split into pages, rebuild linearised tables, group lines into blocks."""

from __future__ import annotations

import codecs

import regex

from extractors.document import Layout, Spelled
from pipeline.read.aligned_tables import find_aligned
from pipeline.read.laid_out_tables import find_laid_out
from pipeline.read.layout import build_blocks, is_wrapped, split_lines, split_pages, without_running_lines
from pipeline.read.plain import LINE_ENDS, n_hidden, twin
from pipeline.read.skipped import Skipped
from pipeline.read.word_tables import find_tables
from pipeline.rejects import Reject

MAX_LINE = 1_000_000
"""Code points; a longer line is no text that anyone wrote."""

_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1f]")
_OTHER_FORMATS = tuple(
    (regex.compile(opening, regex.IGNORECASE), message)
    for opening, message in (
        (rb"%PDF-", "this is a PDF file; name it .pdf"),
        (rb"PK\x03\x04", "this is a zip or Office file; export it as text or PDF"),
        (rb"\xd0\xcf\x11\xe0", "this is a file of an old Office; name it by what it is, .doc or .msg"),
        (rb"\s*+\{\\rtf", "this is Rich Text; name it .rtf"),
        (
            rb"(?:\xef\xbb\xbf)?\s*+<(?:!doctype|\?xml|!--|/?(?:html|head|body|meta|title|div|p|table|ul|ol|span|h[1-6])\b)",
            "this is a web page; name it .html",
        ),
        (
            rb"(?:[\w-]{2,40}+:[^\n]*+\n(?:[ \t][^\n]*+\n)*+){0,60}?(?:mime-version|content-transfer-encoding):",
            "this is a mail; name it .eml",
        ),
        (
            rb"\s*+(?=[A-Za-z]{0,60}[0-9+/])[A-Za-z0-9+/]{40,5000}+(?:\s++[A-Za-z0-9+/]{40,5000}+)*+(?:\s++[A-Za-z0-9+/]+)?"
            rb"={0,2}\s*+\Z",
            "this is base64, as mails send files; save the file that it holds",
        ),
    )
)
"""What a file of another format begins with, and what to do with it."""

_WINDOWS_LETTERS = frozenset("äöåÄÖÅéÉüÜšŠžŽ")
_WINDOWS_MARKS = frozenset("–—‘’“”•·…€§°½´»«\u00a0×²³")


def read(data: bytes) -> Layout:
    """Read a text file's bytes. Raises Reject (stage `read`)."""
    spelled = decode(data)
    without_signs = twin(spelled)
    text = without_signs.text
    if not text.strip():
        raise Reject("read", "empty", "the file holds nothing but white space; export it again")
    if max(map(len, text.split("\n"))) > MAX_LINE:
        raise Reject("read", "line_too_long", f"a line is longer than {MAX_LINE:,} characters; this is no text export")
    lines = list(split_lines(text))
    tables, outside = find_tables(text, lines)
    aligned, outside = find_aligned(text, without_running_lines(text, outside))
    laid_out, outside = find_laid_out(text, outside)
    wrapped = is_wrapped(text, outside)
    return Layout(
        text=text,
        blocks=tuple(build_blocks(text, outside, wrapped)),
        tables=tuple(sorted([*tables, *aligned, *laid_out], key=lambda table: table.start)),
        pages=split_pages(text),
        wrapped=wrapped,
        warnings=Skipped(hidden_characters=n_hidden(spelled)).warnings,
        spelled=Spelled(spelled, without_signs) if without_signs.changes else None,
    )


def decode(data: bytes) -> str:
    r"""Decode a text file's bytes, line ends turned into `\n`.

    UTF-8, UTF-16 and UTF-32 by byte order mark; Windows-1252 (and Latin-1, which agrees on Finnish letters) only
    where every byte beyond ASCII is a Finnish letter or a typographic mark in its right place. Raises Reject
    otherwise: what is not sure is not guessed.
    """
    for opening, message in _OTHER_FORMATS:
        if opening.match(data):
            raise Reject("read", "wrong_format", message)
    text = _by_mark(data)
    if text is None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = _windows_1252(data)
    n_control = len(_CONTROL.findall(text))
    if n_control:
        raise _binary(n_control)
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(LINE_ENDS)


def _binary(n_control: int) -> Reject:
    what = f"{n_control:,} control characters: not a text file, or UTF-16 without its mark"
    return Reject("read", "binary", f"{what}; save it as UTF-8 text")


def _by_mark(data: bytes) -> str | None:
    marks = (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    )
    for mark, encoding in marks:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                message = f"starts as {encoding} but byte {error.start:,} breaks it; save the file as UTF-8 text"
                raise Reject("read", "encoding", message) from None
    return None


def _windows_1252(data: bytes) -> str:
    refusal = Reject("read", "encoding", "neither UTF-8 nor surely Windows-1252; save the file as UTF-8 text")
    if n_control := len(_CONTROL.findall(data[:100_000].decode("latin-1"))):
        raise _binary(n_control)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise refusal from None
    beyond = [(index, ch) for index, ch in enumerate(text) if ord(ch) > 127]
    n_letters = sum(ch in "äöåÄÖÅ" for _, ch in beyond)
    for index, ch in beyond:
        inside_word = text[index - 1 : index].isalpha() and text[index + 1 : index + 2].isalpha()
        if ch not in _WINDOWS_LETTERS and (ch not in _WINDOWS_MARKS or (inside_word and ch in "„”“•…")):
            raise refusal
    if n_letters * 2 < len(beyond):
        raise refusal
    return text
