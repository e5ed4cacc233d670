"""Stage *read*: the bytes of a file become a `Document`. A module a format; this one chooses.

A reader takes the bytes and gives a `Layout`. To add a format, write such a module and name it in `READERS`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import fields
from importlib import import_module
from pathlib import PurePosixPath

from extractors.document import Document
from pipeline.bounds import in_child
from pipeline.read.layout import Layout
from pipeline.rejects import Reject

READERS = {".txt": "text", ".pdf": "pdf", ".docx": "docx", ".html": "html", ".htm": "html"}
"""Suffix → module of this package with `read(data) -> Layout`; imported when first needed."""

MAX_BYTES = 50_000_000
"""Larger files are refused unread: the largest real exports are well under a tenth of this."""


def read(data: bytes, source_path: str, *, ocr: bool = False) -> Document:
    """Read one file's bytes; `source_path` is relative to the input folder, with `/` separators.

    With `ocr` pages of a PDF that are pictures are recognised. Raises Reject (stage `read`) where the bytes give no
    document, OcrMissing where recognition is asked for and not installed.
    """
    suffix = PurePosixPath(source_path).suffix.lower()
    if suffix not in READERS:
        known = ", ".join(sorted(READERS))
        raise Reject(
            "read", "unsupported_format", f"cannot read {suffix or 'a file without suffix'}; export as {known}"
        )
    if not data:
        raise Reject("read", "empty", "the file is empty; export it again")
    if len(data) > MAX_BYTES:
        raise Reject("read", "too_large", f"{len(data):,} bytes, the limit is {MAX_BYTES:,}; split the file")
    module = READERS[suffix]
    reader: Callable[..., Layout] = import_module(f"pipeline.read.{module}").read
    if module == "text":
        layout = reader(data)
    else:
        layout = in_child(reader, data, **({"ocr": True} if ocr and module == "pdf" else {}))
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(
        doc_id=sha256[:16],
        source_path=source_path,
        format=suffix[1:],
        sha256=sha256,
        n_bytes=len(data),
        **{part.name: getattr(layout, part.name) for part in fields(layout)},
    )
