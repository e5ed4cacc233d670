"""Read a web page that a browser saved with all that belongs to it as one file: `.mht`, `.mhtml`, `.webarchive`."""

from __future__ import annotations

from extractors.document import Layout
from pipeline.read import html
from pipeline.read.page_envelopes import as_saved
from pipeline.rejects import Reject


def read(data: bytes) -> Layout:
    """Read a saved page's bytes: its page by the reader of web pages. Raises Reject (stage `read`)."""
    saved = as_saved(data)
    if saved is not None:
        return html.read(*saved)
    if data.lstrip()[:1] == b"<":
        return html.read(data)
    raise Reject("read", "wrong_format", "no page saved by a browser despite its name; save the page again as .html")
