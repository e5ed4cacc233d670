"""Read a mail as it was sent (RFC 5322): its subject and words; its attachments are files of their own."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from html import escape

import regex

from extractors.document import Layout
from pipeline.read.mail import Mail, decoded, named, unflowed
from pipeline.read.members import Held
from pipeline.rejects import Reject

_HEADER = regex.compile(
    rb"^(?:from|to|subject|date|received|return-path|mime-version|content-type):", regex.I | regex.M
)
_HEAD_BYTES = 50_000
"""Bytes from the start of a file among which a mail has one of these headers."""

MAX_PARTS = 5_000
"""Parts of a mail, those within parts counted."""

_SUFFIXES = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "text/plain": ".txt",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
    "message/rfc822": ".eml",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/ms-tnef": ".dat",
}
"""Suffixes of attachments that have no name, by their type."""


def read(data: bytes) -> Layout:
    """Read a mail's bytes. Raises Reject (stage `read`)."""
    return _mail(data).layout()


def held(data: bytes) -> Iterator[Held]:
    """A mail's attachments of formats that are read. Raises Reject (stage `read`)."""
    return _mail(data).held()


def _mail(data: bytes) -> Mail:
    if not _HEADER.search(data[:_HEAD_BYTES]):
        raise Reject("read", "wrong_format", "not a mail despite its name; save it again as .eml")
    try:
        message = message_from_bytes(data, policy=policy.default)
        assert isinstance(message, EmailMessage)
        return _opened(message)
    except Reject:
        raise
    except (RecursionError, ValueError, KeyError, IndexError, AttributeError, TypeError, LookupError) as error:
        # the library of headers raises any of these over what no program sends
        name = type(error).__name__
        raise Reject("read", "broken_eml", f"cannot be opened ({name}: {error}); save it again as .eml") from None


def _opened(message: EmailMessage) -> Mail:
    if sum(1 for _ in zip(message.walk(), range(MAX_PARTS + 1), strict=False)) > MAX_PARTS:
        raise Reject("read", "too_large", f"more than {MAX_PARTS:,} parts; save the attachments by themselves")
    page, lines = (message.get_body((kind,)) for kind in ("html", "plain"))
    words = {"html": [_words(page)], "plain": [_words(lines)]}
    attachments: list[Held] = []
    n_pictures = 0
    for part in _leaves(message):
        main = part.get_content_maintype()
        # parts that no boundary parts are words
        kind = {"text": part.get_content_subtype(), "multipart": "plain"}.get(main, "")
        if part is page or part is lines or _is_other_wording(part, message):
            continue
        if main == "image" and part["Content-ID"] and page is not None:
            n_pictures += 1
        elif kind in words and not part.is_attachment() and not part.get_filename():
            words[kind].append(_words(part))  # the mail goes on behind an attachment
        else:
            attachments.append(_held(part))
    if page is not None:
        words["html"] += [f"<p>{escape(more)}</p>" for more in words["plain"][1:]]
    subject = str(message["Subject"] or "")
    return Mail(subject, "\n".join(words["html"]), "\n".join(words["plain"]), attachments, n_pictures)


def _leaves(message: MIMEPart) -> Iterator[MIMEPart]:
    """A mail's parts without the parts of mails that are attached to it."""
    if not message.is_multipart() or message.get_content_maintype() == "message":
        yield message
        return
    for part in message.iter_parts():
        yield from _leaves(part)


def _is_other_wording(part: MIMEPart, message: EmailMessage) -> bool:
    """Whether a part says in another format what the mail's words say: a calendar's entry, a page for old programs."""
    alternatives = (one for one in message.walk() if one.get_content_type() == "multipart/alternative")
    return not part.is_attachment() and any(part is inner for one in alternatives for inner in one.iter_parts())


def _words(part: MIMEPart | None) -> str:
    if part is None:
        return ""
    data = part.get_payload(decode=True)
    words = decoded(data if isinstance(data, bytes) else b"", part.get_content_charset())
    if part.get_content_subtype() == "plain" and part.get_param("format") == "flowed":
        return unflowed(words, drops_space=part.get_param("delsp") == "yes")
    return words


def _held(part: MIMEPart) -> Held:
    """An attachment, a mail within the mail included."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        inner = part.get_payload(0)
        assert isinstance(inner, EmailMessage)
        name = named(part.get_filename() or f"{inner['Subject'] or 'mail'}.eml".replace("/", "_"))
        data = inner.as_bytes(policy=policy.compat32)
        return Held(name if name.lower().endswith(".eml") else f"{name}.eml", len(data), lambda: data)
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    return Held(named(part.get_filename(), _SUFFIXES.get(kind, "")), len(data), lambda: data)
