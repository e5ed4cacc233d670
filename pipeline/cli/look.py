"""Commands that show: one export, the columns, a lemma, what is repaired."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.base import app, fail, one_export


@app.command()
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One export.")],
    page: Annotated[
        int | None, typer.Option("--page", min=1, help="Of a PDF: draw this page with its records instead.")
    ] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Where to write the drawn page, a PNG.")] = None,
    ocr: Annotated[bool, typer.Option("--ocr", help="Recognise the text of pages that are pictures.")] = False,
    redact_contacts: Annotated[
        bool,
        typer.Option("--redact-contacts", help="Mask names, e-mail addresses and telephone numbers of persons."),
    ] = False,
    outline: Annotated[
        bool, typer.Option("--outline", help="How its structure was understood: numbers, tables and headings alone.")
    ] = False,
) -> None:
    """Print one document's outline with its facts, or draw a page with its records boxed.

    Headings with their goals; dates, percentages and quantities in colour, each with its value.
    Example: poimuri show report.pdf --page 4 --out page4.png
    """
    from pipeline.show.document import show_document, show_structure
    from pipeline.show.page import draw_page

    if page is not None and file.suffix.lower() != ".pdf":
        fail(f"{file}: --page draws pages of PDFs only; leave it out")
    if out is not None and page is None:
        fail("--out writes a drawn page; say which with --page N")
    if outline and page is not None:
        fail("--outline and --page show different things; give one of them")
    with one_export(file):
        if ocr:
            from pipeline.read.pdf.ocr import check

            check()
        if page is not None:
            draw_page(file, page, out or Path(f"{file.stem}-p{page}.png"), ocr, redact_contacts)
        elif outline:
            show_structure(file, ocr, redact_contacts)
        else:
            show_document(file, ocr, redact_contacts)


@app.command()
def schema(
    table: Annotated[str | None, typer.Argument(help="Only this table.")] = None,
) -> None:
    """Print the data dictionary.

    Every table, its columns, their types and meanings.
    """
    from pipeline.show.dictionary import show_schema

    show_schema(table)


@app.command()
def lemma(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Finnish text, in quotes.")],
) -> None:
    """Print the lemma of every word, and why.

    A line a token: the chosen reading, all readings that the form can have, and what decided.
    """
    from pipeline.show.words import show_lemmas

    show_lemmas(text)


@app.command()
def repair(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One export.")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Write the repaired text here.")] = None,
) -> None:
    """Print what would be repaired in one export.

    The changed words in colour, before and after, with their kind and confidence; the file itself stays as it is.
    """
    from pipeline.show.words import show_repair

    with one_export(file):
        show_repair(file, out)
