"""What a mail says, whichever program saved it: its subject, then its words; and which attachments are read."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from html import escape
from itertools import groupby
from pathlib import PurePosixPath

import regex

from extractors.document import Layout
from pipeline.read import html, text
from pipeline.read.formats import BY_SUFFIX
from pipeline.read.members import UNNAMED, Held, clean
from pipeline.rejects import Reject

TOLD = 20
"""Unread attachments that are told by name."""

_BOUNDARY = "=_between_the_parts_of_a_mail_=_"
"""No line of base64 has these letters, and all parts are written so."""

_CONTROL = regex.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_QUOTE = regex.compile(r">*")
_SIGNATURE = "-- "


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail's subject, its words as a page or as lines, and its attachments; `n_pictures` more stand in the page."""

    subject: str = ""
    page: str = ""
    lines: str = ""
    attachments: Sequence[Held] = field(default_factory=tuple)
    n_pictures: int = 0

    def layout(self) -> Layout:
        """The subject and the words. Raises Reject (stage `read`) where there is neither."""
        subject = " ".join(_CONTROL.sub(" ", self.subject).split())
        layout = _of_page(subject, self.page) if self.page.strip() else None
        if layout is None:
            lines = _CONTROL.sub("", self.lines).strip("\r\n")
            if not (subject or lines.strip()):
                raise Reject("read", "empty", "the mail has neither a subject nor words; see to its attachments")
            layout = text.read(f"{subject}\n\n{lines}".strip("\n").encode("utf-8", "replace"))
        unread = [held.name for held in self.attachments if not _is_read(held)]
        told = [f"unread_attachment: {clean(name)}" for name in unread[:TOLD]]
        if len(unread) > TOLD:
            told.append(f"unread_attachments: {len(unread)}")
        pictures = [f"pictures: {self.n_pictures}"] if self.n_pictures else []
        return replace(layout, warnings=(*layout.warnings, *pictures, *told))

    def held(self) -> Iterator[Held]:
        """The attachments of formats that are read."""
        yield from (held for held in self.attachments if _is_read(held))

    def sent(self) -> bytes:
        """The mail as it may have been sent; the same mail always gives the same bytes."""
        message = EmailMessage()
        message["Subject"] = " ".join(_CONTROL.sub(" ", self.subject).split())
        kind, words = ("html", self.page) if self.page.strip() else ("plain", self.lines)
        message.set_content(
            words.encode("utf-8", "replace").decode("utf-8"), subtype=kind, charset="utf-8", cte="base64"
        )
        for held in self.attachments:
            name = clean(held.name).replace("/", "_")
            message.add_attachment(held.data(), maintype="application", subtype="octet-stream", filename=name)
        if message.is_multipart():
            message.set_boundary(_BOUNDARY)
        return message.as_bytes()


def _of_page(subject: str, page: str) -> Layout | None:
    """A mail that is a web page; None where the page shows nothing."""
    shown = f"<p>{escape(subject)}</p>{page}" if subject else page
    try:
        html.read(page.encode("utf-8", "replace"))
        return html.read(shown.encode("utf-8", "replace"))
    except Reject:
        return None


def _is_read(held: Held) -> bool:
    return suffix_of(held.name) in BY_SUFFIX


def named(name: str | None, suffix: str = "") -> str:
    """An attachment's name, with the suffix of its type where its own is of no format that is read.

    >>> named("raportti 11.2021", ".pdf"), named("RAPORTTI.PDF", ".pdf"), named(None), named("liite.docx", ".dat")
    ('raportti 11.2021.pdf', 'RAPORTTI.PDF', 'unnamed', 'liite.docx')
    """
    found = name or UNNAMED
    return found if suffix_of(found) in BY_SUFFIX or found.lower().endswith(suffix) else found + suffix


def suffix_of(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def decoded(data: bytes, charset: str | None) -> str:
    """Words in the encoding that a mail names, else as UTF-8 where they are valid, else as Windows-1252."""
    for name in filter(None, (charset, "utf-8")):
        try:
            return data.decode("cp1252" if codecs.lookup(name).name == "iso8859-1" else name)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("cp1252", "replace")


def unflowed(lines: str, *, drops_space: bool = False) -> str:
    """Lines of `format=flowed` joined to the paragraphs that they are (RFC 3676): one that ends in a space goes on."""
    found: list[str] = []
    for depth, run in groupby(lines.splitlines(), lambda line: len(_QUOTE.match(line)[0])):  # type: ignore[index]
        goes_on = False
        for line in run:
            line = line[depth:].removeprefix(" ")
            begun = found.pop() if goes_on else f"{'>' * depth} " if depth else ""
            goes_on = line.endswith(" ") and line != _SIGNATURE
            found.append(begun + (line[:-1] if goes_on and drops_space else line))
    return "\n".join(line.rstrip() for line in found)
