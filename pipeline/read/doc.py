"""Read a Word file from before 2007 (.doc): LibreOffice, where it is installed, makes a .docx of it.

Many files of this name are something else by content, and are read as that.
"""

from __future__ import annotations

from extractors.document import Layout
from pipeline.read import docx, html, rtf
from pipeline.read.compound import MAGIC
from pipeline.read.libreoffice import converted
from pipeline.rejects import Reject

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read(data: bytes) -> Layout:
    """Read a .doc's bytes; one that is a .docx, Rich Text or a web page by content as that. Raises Reject."""
    if data.startswith(b"PK"):
        return docx.read(data)
    if data.lstrip().startswith(b"{\\rtf"):
        return rtf.read(data)
    if data.lstrip()[:15].lower().startswith((b"<html", b"<!doctype html")):
        return html.read(data)
    if not data.startswith(MAGIC):
        raise Reject("read", "wrong_format", "not a Word file despite its name; export it again as .docx")
    if _ENCRYPTED in data:
        raise Reject("read", "encrypted", "it is locked by a password; save it as .docx without one")
    return docx.read(converted(data, ".doc", "docx"))
