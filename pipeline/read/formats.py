"""The file formats that can be read, declared once: the reader, the command line and the messages follow from this."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pipeline.isolation import SOCKETS


class Format(NamedTuple):
    """A format: its name in `documents.format`, the suffixes of its files, the module of this package that reads it.

    One that `holds` other files gives them by its module's `held`; one that does not `reads` has no words of its own
    beside them.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    holds: bool = False
    reads: bool = True


FORMATS = (
    Format("txt", (".txt",), "text"),
    Format("pdf", (".pdf",), "pdf"),
    Format("docx", (".docx",), "docx"),
    Format("odt", (".odt",), "odt"),
    Format("rtf", (".rtf",), "rtf"),
    Format("doc", (".doc",), "doc"),
    Format("xlsx", (".xlsx", ".xlsm"), "xlsx"),
    Format("pptx", (".pptx", ".pptm"), "pptx"),
    Format("html", (".html", ".htm", ".xhtml"), "html"),
    Format("mht", (".mht", ".mhtml"), "saved_pages"),
    Format("webarchive", (".webarchive",), "saved_pages"),
    Format("eml", (".eml",), "eml", holds=True),
    Format("msg", (".msg",), "msg", holds=True),
    Format("zip", (".zip",), "archive", holds=True, reads=False),
)

BY_SUFFIX = {suffix: item for item in FORMATS for suffix in item.suffixes}


def listed() -> str:
    """The suffixes as a sentence lists them: .docx, .htm, .html, .pdf, .txt"""
    return ", ".join(sorted(BY_SUFFIX))


def sockets(paths: Iterable[str]) -> list[Path]:
    """Where the readers of these files make sockets: LibreOffice does, which reads `.doc`."""
    suffixes = {PurePosixPath(path).suffix.lower() for path in paths}
    return [SOCKETS] if any(BY_SUFFIX[suffix].module == "doc" for suffix in suffixes & BY_SUFFIX.keys()) else []
