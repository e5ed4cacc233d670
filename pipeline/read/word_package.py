"""A Word file's parts, those of the Strict variant of the format under the usual names; opened within bounds."""

from __future__ import annotations

from typing import Any

from pipeline.read.packages import Package
from pipeline.rejects import Reject

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
"""The namespaces of ISO 29500 Strict and those of the Transitional variant that all programs write by default."""

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFF = frozenset(("0", "false", "off", "none"))


class WordPackage(Package):
    """A Word file's parts by name."""

    def bytes_of(self, name: str) -> bytes:
        """A part's bytes in the usual namespaces; empty where there is none of that name. Raises Reject."""
        data = super().bytes_of(name)
        if b"http://purl.oclc.org/ooxml/" in data:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        return data

    def document(self) -> str:
        """The name of the part that holds the text. Raises Reject where there is none."""
        named = next((one.target for one in self.related() if one.kind == "officeDocument"), None)
        if named is None or named not in self:
            message = "a zip file, but no Word document; save it as .docx"
            raise Reject("read", "wrong_format", message)
        return named


def value(element: Any, name: str = "val") -> str | None:
    """An attribute of an element that may not be there."""
    found: str | None = element.get(W + name) if element is not None else None
    return found


def is_on(element: Any) -> bool:
    """Whether a switch is there and not switched off."""
    return element is not None and (value(element) or "on") not in _OFF
