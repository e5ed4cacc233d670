"""`poimuri synth`: exports of any number, of all kinds and formats, with their truth, to measure speed and memory by.

Words are drawn as they are distributed in running Finnish, with made-up compounds among them, so that vocabulary grows
as that of real exports does. Shares no code with what reads them.
"""

from __future__ import annotations

import json
import random
import re
import zipfile
from bisect import bisect
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from lexicons.errors import UserError
from pipeline.files import write_whole

USUAL, SPREAD = 9.0, 1.0
"""The natural logarithm of a document's usual size in bytes, and how far sizes spread around it."""

SMALLEST, LARGEST = 2_000, 2_000_000

COMPOUNDS, STEEPNESS = 0.03, 1.1
"""Share of made-up compounds among the words, and the power to which frequencies of others are raised: with them
vocabulary grows as that of real exports does (docs/benchmarks.md has both curves)."""

FACTS = 0.15
"""Share of sentences that tell a fact."""

MISREAD = 0.03
"""Share of the letters that have look-alikes which a degraded document has misread."""

WORDS = Path(__file__).parents[1] / "language" / "form_frequencies.tsv"

Fact = dict[str, Any]


class _Told(NamedTuple):
    """A fact's wording, the table that it belongs to, what that says of it, and a word before it."""

    text: str
    table: str
    row: Fact
    before: str = ""


class Synth(NamedTuple):
    """What was written: files by suffix, names of the degraded and of the broken ones, characters of text."""

    formats: dict[str, int]
    degraded: list[str]
    broken: list[str]
    characters: int


@dataclass
class _Text:
    """A document as it is written: its pieces, which of them are headings, and its facts by table."""

    pieces: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    truth: dict[str, list[Fact]] = field(default_factory=dict)
    length: int = 0

    def add(self, piece: str, told: list[_Told], *, is_heading: bool = False) -> None:
        """Add a paragraph, with its facts in the order of its text."""
        at = 0
        for one in told:
            at = piece.index(one.text, at)
            place = {"char_start": self.length + at, "char_end": self.length + at + len(one.text), "text": one.text}
            self.truth.setdefault(one.table, []).append(place | one.row)
            at += len(one.text)
        if is_heading:
            self.headings.append(len(self.pieces))
        self.pieces.append(piece)
        self.length += len(piece) + 2


class Writer:
    """Makes documents, one after another; the same seed gives the same ones."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.data = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
        barred = re.compile("|".join(map(re.escape, self.data["without"])))
        self.words: list[str] = []
        weights: list[float] = []
        for line in WORDS.read_text(encoding="utf-8").splitlines():
            level, _, forms = line.partition("\t")
            usable = (
                [] if line.startswith("#") else [w for w in forms.split(" ") if w.isalpha() and not barred.search(w)]
            )
            self.words += usable
            weights += [10 ** (int(level) / 10 * STEEPNESS)] * len(usable) if usable else []
        self.weights = list(accumulate(weights))
        self.tails = [word for word in self.words if len(word) > 5][: self.data["compounds"]["most"]]
        self.facts = {name: getattr(self, f"_{name}") for name in _SLOTS}

    def document(self) -> tuple[str, str, _Text]:
        """A document's kind and place, and its text with facts."""
        kind = self.chance.choice(list(self.data["kinds"]))
        place = self.chance.choice(self.data["places"]) + self.chance.choice(self.data["ends"])
        size = min(LARGEST, max(SMALLEST, int(self.chance.lognormvariate(USUAL, SPREAD))))
        made = _Text()
        about = self.data["kinds"][kind]
        made.add(about["title"].format(place=place), [])
        room = size // len(about["headings"])
        for heading in about["headings"]:
            made.add(heading, [_Told(heading, "sections", {"level": None})], is_heading=True)
            end = made.length + room
            while made.length < end:
                made.add(*self._paragraph())
        return kind, place, made

    def _paragraph(self) -> tuple[str, list[_Told]]:
        told: list[_Told] = []
        sentences = [self._sentence(told) for _ in range(self.chance.randint(2, 6))]
        return " ".join(sentences), told

    def _sentence(self, told: list[_Told]) -> str:
        if self.chance.random() >= FACTS:
            words = [self._word() for _ in range(self.chance.randint(5, 14))]
            return " ".join(words).capitalize() + "."
        template = self.chance.choice(self.data["facts"])

        def filled(match: re.Match[str]) -> str:
            fact: _Told = self.facts[match[1]]()
            told.append(fact)
            return fact.before + fact.text

        return re.sub(r"\{(\w+)\}", filled, template)

    def _word(self) -> str:
        if self.chance.random() < COMPOUNDS:
            return str(self.chance.choice(self.data["compounds"]["heads"])) + self.chance.choice(self.tails)
        return self.words[bisect(self.weights, self.chance.random() * self.weights[-1])]

    # Facts

    def _date(self, text: str, value: str, start: str, end: str) -> _Told:
        return _Told(text, "dates", {"value": value, "mod": None, "start": start, "end": end, "anchor": None})

    def _some_day(self) -> tuple[int, int, int]:
        return self.chance.randint(2019, 2023), self.chance.randint(1, 12), self.chance.randint(1, 28)

    def _day(self) -> _Told:
        year, month, day = self._some_day()
        iso = f"{year}-{month:02}-{day:02}"
        return self._date(f"{day}.{month}.{year}", iso, iso, iso)

    def _range(self) -> _Told:
        year, month, day = self._some_day()
        start, end = f"{year}-{month:02}-{day:02}", f"{year + 1}-{month:02}-{day:02}"
        return self._date(f"{day}.{month}.{year}–{day}.{month}.{year + 1}", f"{start}/{end}", start, end)

    def _month(self) -> _Told:
        year, month, _ = self._some_day()
        value = f"{year}-{month:02}"
        text = f"{self.data['times']['months'][month - 1]} {year}"
        return self._date(text, value, f"{value}-01", f"{value}-{monthrange(year, month)[1]}")

    def _year(self) -> _Told:
        year, *_ = self._some_day()
        return self._date(f"{self.data['times']['year']} {year}", str(year), f"{year}-01-01", f"{year}-12-31")

    def _share(self, before: str = "", comparator: str | None = None, more: int = 0) -> _Told:
        value = self.chance.randint(2, 90)
        end = f"–{value + more}" if more else ""
        text = f"{value}{end}{self.chance.choice(self.data['shares']['signs'])}"
        row = {"value": value, "value_max": value + more if more else None, "comparator": comparator, "unit": "percent"}
        return _Told(text, "percentages", row, before)

    def _percent(self) -> _Told:
        return self._share()

    def _about(self) -> _Told:
        return self._share(f"{self.data['shares']['about']} ", "about")

    def _over(self) -> _Told:
        return self._share(f"{self.data['shares']['over']} ", "over")

    def _between(self) -> _Told:
        return self._share(more=5)

    # Damage

    def misread(self, text: str) -> str:
        """A text as text recognition reads it: without dots, with some letters taken for others, one for one."""
        plain = text.translate(str.maketrans("äöÄÖ", "aoAO"))
        look_alikes = self.data["misread"]
        letters = (
            self.chance.choice(look_alikes[old]) if old in look_alikes and self.chance.random() < MISREAD else new
            for old, new in zip(text, plain, strict=True)
        )
        return "".join(letters)


_SLOTS = ("day", "range", "month", "year", "percent", "about", "over", "between")


# Formats


def _txt(text: _Text) -> bytes:
    return "\n\n".join(text.pieces).encode()


def _html(text: _Text) -> bytes:
    tags = ["h2" if index in text.headings else "p" if index else "h1" for index in range(len(text.pieces))]
    body = "\n".join(f"<{tag}>{escape(piece)}</{tag}>" for tag, piece in zip(tags, text.pieces, strict=True))
    return f'<!DOCTYPE html><html lang="fi"><meta charset="utf-8"><body><main>\n{body}\n</main></body></html>'.encode()


_OFFICE = "http://schemas.openxmlformats.org"
_WORD = f"{_OFFICE}/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _docx(text: _Text) -> bytes:
    styles = [
        "Heading1" if index in text.headings else "Title" if not index else "" for index in range(len(text.pieces))
    ]
    paragraphs = "".join(
        f"<w:p>{f'<w:pPr><w:pStyle w:val={style!r}/></w:pPr>' if style else ''}"
        f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r></w:p>'
        for style, piece in zip(styles, text.pieces, strict=True)
    )
    named = "".join(
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/></w:style>'
        for style, name in (("Heading1", "heading 1"), ("Title", "Title"))
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
        "_rels/.rels": _relation("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _relation("styles", "styles.xml"),
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{paragraphs}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{_WORD}">{named}</w:styles>',
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_OFFICE}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
    )


_COLUMNS, _LINES = 92, 48
"""Characters of a PDF's line and lines of its page."""


def _pdf(text: _Text) -> bytes:
    lines: list[tuple[str, str]] = []
    for index, piece in enumerate(text.pieces):
        font = "/F2 13" if index in text.headings or not index else "/F1 10"
        lines += [(font, line) for line in _wrapped(piece)]
        lines.append(("", ""))
    pages = [lines[first : first + _LINES] for first in range(0, len(lines), _LINES)]
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    fonts = [
        f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>".encode()
        for name in ("Helvetica", "Helvetica-Bold")
    ]
    catalogue = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode()]
    objects = [*catalogue, *fonts]
    for number, page in enumerate(pages):
        shown = (
            f"{font} Tf 1 0 0 1 57 {780 - 15 * row} Tm ({_literal(line)}) Tj"
            for row, (font, line) in enumerate(page)
            if line
        )
        content = f"BT {' '.join(shown)} ET".encode("cp1252", "replace")
        resources = "/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>/MediaBox[0 0 595 842]"
        objects.append(f"<</Type/Page/Parent 2 0 R{resources}/Contents {6 + 2 * number} 0 R>>".encode())
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content))
    return _assembled(objects)


def _assembled(objects: list[bytes]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return data + f"{head}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF\n".encode()


def _wrapped(text: str) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > _COLUMNS:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line


def _literal(text: str) -> str:
    return re.sub(r"([()\\])", r"\\\1", text)


FORMATS: dict[str, tuple[Callable[[_Text], bytes], int]] = {
    "txt": (_txt, 6), "docx": (_docx, 2), "html": (_html, 1), "pdf": (_pdf, 1)
}  # fmt: skip
"""By suffix what writes it, and how many of ten files are of it."""


def synthesise(number: int, folder: Path, seed: int, degraded: float, broken: float) -> Synth:
    """Write exports to `folder/exports`, their truth to `folder/truth`, what was written to `folder/synth.json`.

    `degraded` and `broken` are shares of all files: of the former words are misread, the latter cannot be read and have
    no truth. Raises UserError where the folder holds something already.
    """
    exports = folder / "exports"
    if folder.exists() and any(folder.iterdir()):
        raise UserError(f"{folder} is not empty; name a new folder")
    exports.mkdir(parents=True)
    writer = Writer(seed)
    made = Synth(dict.fromkeys(FORMATS, 0), [], [], 0)
    characters = 0
    for index in range(number):
        kind, place, text = writer.document()
        (suffix,) = writer.chance.choices(list(FORMATS), [share for _, share in FORMATS.values()])
        fate = writer.chance.random()
        stem = f"{index:06}-{place.lower()}_{kind}"
        if fate < degraded:
            suffix = "txt"
            text.pieces = [writer.misread(piece) if at else piece for at, piece in enumerate(text.pieces)]
            made.degraded.append(stem)
        data = FORMATS[suffix][0](text)
        if degraded <= fate < degraded + broken:
            suffix, data = "docx", FORMATS["docx"][0](text)[:900]
            made.broken.append(stem)
        else:
            _write_truth(folder / "truth" / stem, kind, text)
            characters += text.length
        made.formats[suffix] += 1
        (exports / f"{stem}.{suffix}").write_bytes(data)
    made = made._replace(characters=characters)
    write_whole(folder / "synth.json", json.dumps({"seed": seed, **made._asdict()}, ensure_ascii=False, indent=1))
    return made


def _write_truth(folder: Path, kind: str, text: _Text) -> None:
    folder.mkdir(parents=True)
    (folder / "document.json").write_text(json.dumps({"kind": kind}), encoding="utf-8")
    for table in ("dates", "percentages", "sections"):
        rows = (json.dumps(row, ensure_ascii=False) + "\n" for row in text.truth.get(table, ()))
        (folder / f"{table}.jsonl").write_text("".join(rows), encoding="utf-8")
