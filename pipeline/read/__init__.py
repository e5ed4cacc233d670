"""Stage *read*: the bytes of a file become a `Document`. A module a format; this one chooses.

A reader takes the bytes and gives a `Layout`. To add a format, write such a module and
declare it in `formats`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePosixPath

from extractors.document import Document, Layout
from pipeline.bounds import in_child_writing
from pipeline.read.formats import BY_SUFFIX, listed, sockets
from pipeline.rejects import Reject

MAX_BYTES = 50_000_000
"""Larger files are refused unread: the largest real exports are well under a tenth of this."""


def read(data: bytes, source_path: str, *, ocr: bool = False) -> Document:
    """Read one file's bytes; `source_path` is relative to the input folder, with `/` separators.

    With `ocr` pages of a PDF that are pictures are recognised. Raises Reject (stage `read`) where the bytes give no
    document, OcrMissing where recognition is asked for and not installed.
    """
    suffix = PurePosixPath(source_path).suffix.lower()
    kind = BY_SUFFIX.get(suffix)
    if kind is None:
        what = suffix or "a file without suffix"
        raise Reject("read", "unsupported_format", f"cannot read {what}; export as {listed()}")
    if not data:
        raise Reject("read", "empty", "the file is empty; export it again")
    if len(data) > MAX_BYTES:
        raise Reject("read", "too_large", f"{len(data):,} bytes, the limit is {MAX_BYTES:,}; split the file")
    reader: Callable[..., Layout] = import_module(f".{kind.module}", __package__).read
    options = {"ocr": True} if ocr and kind.name == "pdf" else {}
    layout = in_child_writing(sockets([source_path]), reader, data, **options)
    sha256 = hashlib.sha256(data).hexdigest()
    return layout.grown(
        Document,
        doc_id=sha256[:16],
        source_path=source_path,
        format=kind.name,
        sha256=sha256,
        n_bytes=len(data),
    )
