"""What a browser puts around a web page that it saves as one file: a mail of parts (`.mht`) or a property list."""

from __future__ import annotations

import email
import email.policy
import plistlib
from collections.abc import Mapping
from email.message import Message
from typing import Any, NamedTuple
from urllib.parse import urljoin

import regex

from pipeline.rejects import Reject

_HEAD = 4000
"""Bytes in which an envelope shows."""

_LISTS = (b"bplist00", b"<?xml", b"<!DOCTYPE plist", b"<plist")
_HEADER = regex.compile(rb"[A-Za-z-]{1,40}:")
_MIME = regex.compile(rb"^(?:mime-version|content-type)\s*:", regex.IGNORECASE | regex.MULTILINE)
_PAGES = frozenset(("text/html", "application/xhtml+xml"))
_MAX_ARCHIVES = 1000
"""Pages in the frames of a page that are looked at."""


Parts = Mapping[str, tuple[bytes, str | None]]
"""Pages that were saved with another one: their bytes and what their envelope states of their encoding, by address."""


class Saved(NamedTuple):
    """A page out of its envelope: bytes, the encoding that the envelope states, the pages in its frames."""

    data: bytes
    stated: str | None
    parts: Parts


def as_saved(data: bytes) -> Saved | None:
    """The page in a file, whatever its name; None where it is no envelope. Raises Reject where it holds no page."""
    head = data[:_HEAD].lstrip()
    if head.startswith(_LISTS) and b"plist" in head:
        return _of_archive(data)
    if _HEADER.match(head) and _MIME.search(head):
        return _of_mail(data)
    return None


def _of_mail(data: bytes) -> Saved:
    try:
        message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
        found = [part for part in message.walk() if part.get_content_type() in _PAGES]
        parts = {address: _payload(part) for part in found for address in _addresses(part)}
        first = next((part for part in found if _id(part) and _id(part) == message.get_param("start")), None)
        page = first if first is not None else next(iter(found), None)
        if page is not None:
            return Saved(*_payload(page), parts)
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise Reject("read", "broken_html", f"cannot be opened ({error}); save the page again as .html") from None
    raise Reject("read", "wrong_format", "it holds no web page; save the page again as .html")


def _payload(part: Message) -> tuple[bytes, str | None]:
    content = part.get_payload(decode=True)
    charset = part.get_content_charset()
    return content if isinstance(content, bytes) else b"", charset


def _id(part: Message) -> str:
    return str(part.get("Content-ID") or "").strip()


def _addresses(part: Message) -> list[str]:
    """The addresses under which frames name a part."""
    named = _id(part).strip("<>")
    location = str(part.get("Content-Location") or "").strip()
    return [address for address in (f"cid:{named}" if named else "", location) if address]


def _of_archive(data: bytes) -> Saved:
    try:
        archive = plistlib.loads(data)
        data, stated, address = _resource(archive["WebMainResource"])
        parts: dict[str, tuple[bytes, str | None]] = {}
        waiting = [archive]
        for _ in range(_MAX_ARCHIVES):
            if not waiting:
                break
            for frame in waiting.pop().get("WebSubframeArchives", ()):
                content, charset, place = _resource(frame["WebMainResource"])
                parts[place] = parts[_relative(address, place)] = content, charset
                waiting.append(frame)
    except (plistlib.InvalidFileException, LookupError, ValueError, TypeError, AttributeError, OverflowError,
            RecursionError, MemoryError) as error:  # fmt: skip
        raise Reject("read", "broken_html", f"cannot be opened ({error!r}); save the page again as .html") from None
    except Exception as error:  # what the XML parser raises has no public base
        raise Reject("read", "broken_html", f"cannot be opened ({error}); save the page again as .html") from None
    return Saved(data, stated, parts)


def _resource(resource: Any) -> tuple[bytes, str | None, str]:
    data = resource["WebResourceData"]
    if not isinstance(data, bytes):
        raise TypeError("its page is no data")
    return data, resource.get("WebResourceTextEncodingName"), str(resource.get("WebResourceURL", ""))


def _relative(base: str, address: str) -> str:
    """An address as a page of the same folder writes it."""
    folder = urljoin(base, ".")
    return address.removeprefix(folder)
