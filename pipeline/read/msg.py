"""Read a mail that Outlook saved (.msg, Microsoft's MS-OXMSG): its subject and words; attachments are files apart."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from functools import partial

from extractors.document import Layout
from pipeline.read.compound import Compound
from pipeline.read.mail import Mail, decoded, named
from pipeline.read.members import MAX_NESTING, Held
from pipeline.read.outlook_rtf import page_within, unpacked
from pipeline.rejects import Reject

SUFFIX = ".msg"

_SUBJECT, _BODY, _RTF, _HTML = 0x0037, 0x1000, 0x1009, 0x1013
_DATA, _NAME, _LONG_NAME, _TYPE, _CONTENT_ID = 0x3701, 0x3704, 0x3707, 0x370E, 0x3712
_CODE_PAGE, _PAGE_CODE_PAGE = 0x3FFD, 0x3FDE
"""Ids of properties (MS-OXPROPS)."""

_UNICODE, _STRING8, _BINARY, _OBJECT = 0x001F, 0x001E, 0x0102, 0x000D
"""Types of properties."""

_MESSAGE = f"__substg1.0_{_DATA:04X}{_OBJECT:04X}"
"""The folder of an attachment in which a mail lies."""

_PROPERTIES = "__properties_version1.0"
_ATTACHMENT = "__attach_version1.0_"
_HEADER_BYTES, _INNER_HEADER_BYTES = 32, 24
"""Of the properties of a message that lies in no other, and of one that does."""

MAX_ATTACHMENTS = 2_000
"""More than any mail has; as many as a container may hold."""


def read(data: bytes) -> Layout:
    """Read a mail's bytes. Raises Reject (stage `read`)."""
    return _mail(data).layout()


def held(data: bytes) -> Iterator[Held]:
    """A mail's attachments of formats that are read. Raises Reject (stage `read`)."""
    return _mail(data).held()


class _Properties:
    """The properties of a message or attachment: those of a size of their own as streams, numbers in a table."""

    def __init__(self, file: Compound, folder: str = "") -> None:
        self._file, self._folder = file, folder

    def binary(self, number: int) -> bytes:
        return self._file.stream(f"{self._folder}__substg1.0_{number:04X}{_BINARY:04X}")

    def text(self, number: int, code_page: str | None) -> str:
        wide = self._file.stream(f"{self._folder}__substg1.0_{number:04X}{_UNICODE:04X}")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self._file.stream(f"{self._folder}__substg1.0_{number:04X}{_STRING8:04X}")
        return decoded(narrow, code_page).rstrip("\0")

    def holds_message(self) -> bool:
        """Whether an attachment is a mail itself."""
        return f"{self._folder}{_MESSAGE}/{_PROPERTIES}" in self._file

    def numbers(self) -> Mapping[int, int]:
        """The numbers of a message, by id."""
        head = _INNER_HEADER_BYTES if self._folder else _HEADER_BYTES
        table = self._file.stream(self._folder + _PROPERTIES)[head:]
        rows = struct.iter_unpack("<HHIiI", table[: len(table) // 16 * 16])
        return {number: value for kind, number, _flags, value, _high in rows if kind == 0x0003}


def _mail(data: bytes) -> Mail:
    file = Compound(data, SUFFIX)
    if _PROPERTIES not in file:
        raise Reject("read", "wrong_format", "a file of an old Office and no mail despite its name; save it again")
    return _message(file, "", 1)


def _message(file: Compound, folder: str, depth: int) -> Mail:
    """The mail in a folder of the file; the outermost is in none."""
    message = _Properties(file, folder)
    numbers = message.numbers()
    code_page, page_code_page = (_named(numbers.get(number)) for number in (_CODE_PAGE, _PAGE_CODE_PAGE))
    page = decoded(message.binary(_HTML), page_code_page) or message.text(_HTML, page_code_page)
    if not page.strip():
        page = page_within(unpacked(message.binary(_RTF)))
    names = {path.removeprefix(folder).split("/")[0] for path in file.paths() if path.startswith(folder + _ATTACHMENT)}
    attachments, n_pictures = [], 0
    for name in sorted(names)[:MAX_ATTACHMENTS]:
        one = _Properties(file, f"{folder}{name}/")
        if page and one.text(_CONTENT_ID, code_page) and one.text(_TYPE, code_page).startswith("image/"):
            n_pictures += 1
        else:
            attachments.append(_held(file, f"{folder}{name}/", code_page, depth))
    lines = message.text(_BODY, code_page)
    return Mail(message.text(_SUBJECT, code_page), page, lines, attachments, n_pictures)


def _held(file: Compound, folder: str, code_page: str | None, depth: int) -> Held:
    """An attachment; one that is a mail itself as if it had been sent, since Outlook keeps no file of it."""
    one = _Properties(file, folder)
    name = one.text(_LONG_NAME, code_page) or one.text(_NAME, code_page)
    if one.holds_message() and depth < MAX_NESTING:
        mail = _message(file, f"{folder}{_MESSAGE}/", depth + 1)
        data = mail.sent()
        return Held(f"{mail.subject or name or 'mail'}.eml".replace("/", "_"), len(data), lambda: data)
    return Held(named(name), len(one.binary(_DATA)), partial(one.binary, _DATA))


def _named(code_page: int | None) -> str | None:
    """The encoding of a code page's number."""
    return None if code_page is None else "utf-8" if code_page == 65001 else f"cp{code_page}"
