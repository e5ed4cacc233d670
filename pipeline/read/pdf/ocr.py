"""Text recognition of a page that is a picture: Tesseract's Finnish model, through pytesseract (extra `ocr`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from statistics import median
from typing import Any

from pipeline.installed import how_to_add
from pipeline.read.compose import PlacedWord
from pipeline.read.pdf.page import TextLine
from pipeline.rejects import OcrMissing

DPI = 300
"""Dots an inch at which pages are drawn for recognition, what Tesseract is trained on."""

MAX_PIXELS = 50_000_000
"""Larger pages (an A2 poster at 300 dpi) are drawn coarser."""

MIN_CONFIDENCE = 20.0
"""Tesseract's own, 0 to 100; words below are specks and lines that it took for letters."""

LEAST_USUAL, MOST_USUAL = 0.7, 1.4
"""Of the usual height of a page's words: within these a line is of the usual size, its letters only differ."""

FONT_SIZE, DESCENT = 1.3, 0.2
"""Of a word's height: about its font's size, and what stands below the baseline."""

LANGUAGE = "fin"

_DESCENDERS = frozenset("gjpqyQ,;()[]{}|/")


def check() -> None:
    """Raises OcrMissing where Tesseract, its Finnish model or pytesseract is not there."""
    try:
        import pytesseract
    except ImportError:
        raise OcrMissing(f"--ocr needs pytesseract: {how_to_add('ocr')}") from None
    try:
        languages = pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, OSError):
        raise OcrMissing("--ocr needs Tesseract: sudo apt-get install tesseract-ocr tesseract-ocr-fin") from None
    if LANGUAGE not in languages:
        raise OcrMissing("Tesseract has no Finnish model: sudo apt-get install tesseract-ocr-fin")


def recognise(page: Any, number: int) -> list[TextLine]:
    """The lines of a pypdfium2 page, in Tesseract's reading order, places in points."""
    import pytesseract

    width, height = page.get_size()
    scale = min(DPI / 72, (MAX_PIXELS / (width * height)) ** 0.5)
    picture = page.render(scale=scale, grayscale=True).to_pil()
    found = pytesseract.image_to_data(picture, lang=LANGUAGE, output_type=pytesseract.Output.DICT)
    return list(_lines(found, number, scale))


def _lines(found: dict[str, list[Any]], number: int, scale: float) -> Iterator[TextLine]:
    lines: dict[tuple[int, int, int], list[PlacedWord]] = defaultdict(list)
    for index, text in enumerate(found["text"]):
        if not text.strip() or float(found["conf"][index]) < MIN_CONFIDENCE:
            continue
        left, top = found["left"][index] / scale, found["top"][index] / scale
        right, bottom = left + found["width"][index] / scale, top + found["height"][index] / scale
        place = (found["block_num"][index], found["par_num"][index], found["line_num"][index])
        lines[place].append(PlacedWord(text.strip(), number, left, top, right, bottom))
    heights = [median(word.bottom - word.top for word in words) for words in lines.values()]
    usual = median(heights) if heights else 0.0
    for words, height in zip(lines.values(), heights, strict=True):
        size = usual if LEAST_USUAL * usual < height < MOST_USUAL * usual else height
        on_line = [word.bottom for word in words if not _DESCENDERS & set(word.text)]
        baseline = median(on_line) if on_line else median(word.bottom for word in words) - DESCENT * size
        yield TextLine(words, [0] * len(words), baseline, round(FONT_SIZE * size, 1))
