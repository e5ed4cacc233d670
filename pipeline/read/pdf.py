"""Read a PDF's text layer with pypdfium2: text and pages, no tables yet."""

from __future__ import annotations

from extractors.document import Page
from pipeline.read.layout import Layout, build_blocks, is_wrapped, split_lines, split_pages
from pipeline.rejects import Reject

_LINE_END_HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""How PDFium spells a hyphen that breaks a word at a line's end."""


def read(data: bytes) -> Layout:
    """Read a PDF's bytes. Raises Reject (stage `read`)."""
    import pypdfium2 as pdfium

    if not data[:1024].lstrip().startswith(b"%PDF-"):
        raise Reject("read", "wrong_format", "not a PDF file despite its name; export it again as PDF")
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "assword" in str(error) and b"/Encrypt" in data:  # PDFium may report an earlier file's error
            raise Reject("read", "encrypted", "the PDF asks for a password; save it without one") from None
        raise Reject("read", "broken_pdf", f"PDFium cannot open it ({error}); export it again") from None
    try:
        pages = []
        for page in pdf:
            text_page = page.get_textpage()
            pages.append(text_page.get_text_bounded().translate(_LINE_END_HYPHENS).replace("\f", "\n"))
            text_page.close()
            page.close()
    except pdfium.PdfiumError as error:
        raise Reject("read", "broken_pdf", f"PDFium cannot read a page ({error}); export it again") from None
    finally:
        pdf.close()
    text = "\f".join(pages).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if not text.strip():
        raise Reject("read", "no_text_layer", "no page has a text layer (a scan); run OCR on it first")
    lines = list(split_lines(text))
    wrapped = is_wrapped(text, lines)
    pages_found = split_pages(text) or (Page(1, 0, len(text)),)
    return Layout(text, tuple(build_blocks(text, lines, wrapped)), (), pages_found, wrapped)
