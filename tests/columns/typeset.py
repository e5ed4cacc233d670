"""Print a project table as the text layer of a landscape page has it, with the column of every word known.

Every habit that changes what a text layer keeps is drawn at random: the columns, their order and widths, how cells are
broken, whether cells come one after the other or line by line, page breaks with or without repeated headings.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

SEASONS = {"SP": "kevät", "FA": "syksy", "WI": "talvi", "SU": "kesä"}

HEADINGS = {
    "development_area": ("Kehittämisalue", "Kokonaisuus"),
    "project": ("Projekti", "Hanke"),
    "goal": ("Tavoitteet", "Tavoite"),
    "indicator": ("Mittarit", "Arviointi/mittari"),
    "source": ("Tietolähde", "Tiedonkeruu"),
    "results": ("Tulokset", "Tulokset ja havainnot"),
    "responsible": ("Vastuuhenkilö",),
}
"""Headings that any reader knows: the typesetter tests columns, not the words of their headings."""

WIDTHS = {
    "development_area": (13, 24),
    "project": (14, 30),
    "goal": (20, 40),
    "indicator": (20, 40),
    "source": (14, 28),
    "results": (36, 70),
    "responsible": (14, 22),
}
"""Narrowest and widest column in characters: a landscape page takes 110 to 190."""

PERIOD_WIDTHS = (26, 44)
"""Where each period's results have a column of their own."""

PEOPLE = ("A. Niemi", "Projektipäällikkö", "Johtava hoitaja", "Kehittäjätiimi", "B. Koski")


@dataclass(frozen=True)
class Row:
    """A project row: its area, national goal and cells by role; results by period ("2021-SP")."""

    area: str
    national: int | None
    cells: dict[str, str]
    results: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Style:
    """How one office prints its tables; every field drawn by `drawn`."""

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    areas: str
    order: str
    merged: float
    paragraphs_apart: bool
    hyphen: bool
    label: str
    page_lines: int
    repeats_heading: bool
    header: str
    capitals: bool
    degraded: float


@dataclass
class Printed:
    """The text so far, and each word's row and column by its offset (-1 is a line that heads rows)."""

    text: str = ""
    words: dict[int, tuple[int, int]] = field(default_factory=dict)

    def line(self, runs: Sequence[tuple[str, int, int]]) -> None:
        """A line of runs, each with its row and column."""
        for number, (text, row, column) in enumerate(runs):
            if number:
                self.text += " "
            for word in text.split():
                self.text += "" if self.text.endswith((" ", "\n")) or not self.text else " "
                self.words[len(self.text)] = (row, column)
                self.text += word
        self.text += "\n"

    def plain(self, text: str) -> None:
        self.text += text + "\n"


def drawn(rng: random.Random) -> Style:
    """An office's style."""
    areas = rng.choices(("column", "rows", "none"), (68, 25, 7))[0]
    columns = ["project", "goal", "indicator", "source"]
    if rng.random() < 0.15:
        columns.remove(rng.choice(("indicator", "source")))
    if rng.random() < 0.2:
        columns[0], columns[1] = columns[1], columns[0]
    elif rng.random() < 0.15:
        columns[1], columns[2] = columns[2], columns[1]
    if rng.random() < 0.15:
        columns.insert(rng.randrange(1, len(columns) + 1), "responsible")
    columns += ["results"] if rng.random() < 0.8 else ["2021-SP", "2021-FA"]
    if "source" in columns and rng.random() < 0.2:
        columns.remove("source")
        columns.append("source")
    if areas == "column":
        columns.insert(0, "development_area")
    widths = tuple(rng.randint(*WIDTHS.get(column, PERIOD_WIDTHS)) for column in columns)
    return Style(
        columns=tuple(columns),
        widths=widths,
        areas=areas,
        order=rng.choices(("cells", "lines"), (85, 15))[0],
        merged=rng.choice((0.0, 0.0, 0.1, 0.35)),
        paragraphs_apart=rng.random() < 0.6,
        hyphen=rng.random() < 0.4,
        label=rng.choice(("capitals", "alone", "inline")),
        page_lines=rng.randint(26, 48),
        repeats_heading=rng.random() < 0.4,
        header=rng.choice(("lines", "line")),
        capitals=rng.random() < 0.5,
        degraded=rng.choice((0.0, 0.0, 0.0, 0.3)),
    )


def printed(rows: Sequence[Row], style: Style, rng: random.Random) -> Printed:
    """A report with the rows' tables, one a national goal."""
    page = Printed()
    page.plain("Hankkeen oma-arviointiraportti\n")
    page.plain(
        "Tähän raporttiin on koottu hankkeen projektien tavoitteet ja tulokset kansallisten tavoitteiden mukaan, ja\n"
        "projektit täydentävät taulukoita kaksi kertaa vuodessa ohjausryhmän kokouksia varten.\n"
    )
    row_number = -1
    for national in sorted({row.national or 0 for row in rows}):
        page.plain(f"Hyötytavoite {national}\n")
        _heading(page, style)
        inside = [row for row in rows if (row.national or 0) == national]
        row_number = _table(page, inside, style, rng, row_number)
        page.plain("")
    page.text = page.text.rstrip("\n") + "\n"
    return page


def _heading(page: Printed, style: Style) -> None:
    names = [HEADINGS[column][0] if column in HEADINGS else f"Tulokset {named(column)}" for column in style.columns]
    if style.capitals:
        names = [name.upper() for name in names]
    page.plain("\n\n".join(names) + "\n" if style.header == "lines" else " ".join(names) + "\n")


def _table(page: Printed, rows: Sequence[Row], style: Style, rng: random.Random, number: int) -> int:
    """The rows of one table, page by page; gives the number of the last row."""
    left = style.page_lines
    area = ""
    for row in rows:
        if style.areas == "rows" and row.area != area:
            number += 1
            page.line([(row.area, number, -1)])
            page.plain("")
            left -= 1
        number += 1
        cells = [_cell(row, column, style, rng, row.area != area) for column in style.columns]
        area = row.area
        while any(cells):
            height = max(map(len, cells))
            take = min(height, left)
            if take < min(3, height) or (take < height and rng.random() < 0.3):
                take = 0
            if take:
                _print_row(page, [cell[:take] for cell in cells], number, style, rng)
                cells = [cell[take:] for cell in cells]
                left -= take
            if any(cells) or left <= 0:
                left = style.page_lines
                page.plain(f"\n{rng.randint(2, 40)}\n")
                page.text = page.text.rstrip("\n") + "\n\n\f"
                if style.repeats_heading:
                    _heading(page, style)
    return number


Wrapped = list[tuple[str, bool]]
"""A cell's lines, each with whether it opens a paragraph."""


def _cell(row: Row, column: str, style: Style, rng: random.Random, is_new_area: bool) -> Wrapped:
    width = style.widths[style.columns.index(column)]
    if column == "development_area":
        return _wrapped([row.area], width, style, rng) if is_new_area else []
    if column not in HEADINGS:
        # The periods of the rows differ from document to document: the first two have the columns.
        number = int(column.endswith("FA"))
        texts = [text for _, text in row.results[number : number + 1]]
        return _wrapped(_paragraphs(texts[0], rng), width, style, rng) if texts else []
    if column == "responsible":
        return _wrapped([rng.choice(PEOPLE)], width, style, rng)
    if column != "results":
        text = row.cells.get(column, "")
        return _wrapped(_paragraphs(text, rng) if column != "project" else [text], width, style, rng) if text else []
    lines: Wrapped = []
    for period, text in row.results:
        name = named(period)
        if style.label == "inline":
            lines += _wrapped([f"{name.capitalize()}: {text}"], width, style, rng)
        else:
            lines.append((name.upper() if style.label == "capitals" else name.capitalize(), True))
            body = _wrapped(_paragraphs(text, rng), width, style, rng)
            lines += body if style.paragraphs_apart else [(body[0][0], False), *body[1:]]
    return lines


def named(period: str) -> str:
    """A period's name: "kevät 2021"."""
    year, _, season = period.partition("-")
    return f"{SEASONS.get(season, season)} {year}"


_APART = regex.compile(r"(?<=[.!?])\s+(?=\p{Lu})|(?<=\p{Ll})\s+(?=\p{Lu}\p{Ll})")
"""Where a cell's text may have been several paragraphs: behind a sentence; before a capital without one."""


def _paragraphs(text: str, rng: random.Random) -> list[str]:
    """A cell's text as one paragraph or several."""
    found, start = [], 0
    for match in _APART.finditer(text):
        if rng.random() < (0.25 if text[match.start() - 1] in ".!?" else 0.5):
            found.append(text[start : match.start()])
            start = match.end()
    return [*found, text[start:]] if text else []


def _wrapped(paragraphs: Sequence[str], width: int, style: Style, rng: random.Random) -> Wrapped:
    lines: Wrapped = []
    for paragraph in paragraphs:
        text = paragraph
        if rng.random() < style.degraded:
            text = text.replace("ä", "a").replace("ö", "o")
        room = width + rng.randint(-1, 1)
        parts = _hyphenated(text, room) if style.hyphen else textwrap.wrap(text, room, break_on_hyphens=True)
        lines += [(part, index == 0) for index, part in enumerate(parts)]
    return lines


def _hyphenated(text: str, width: int) -> list[str]:
    """Lines broken inside long words too, behind a vowel, with a hyphen."""
    lines, line = [], ""
    for word in text.split():
        room = width - len(line) - bool(line)
        if len(word) <= room:
            line += f" {word}" if line else word
            continue
        cut = next(
            (
                i
                for i in range(min(room - 1, len(word) - 3), 3, -1)
                if word[i - 1] in "aeiouyäö" and word[i : i + 1].isalpha()
            ),
            0,
        )
        if cut:
            lines.append((f"{line} " if line else "") + word[:cut] + "-")
            line = word[cut:]
        else:
            if line:
                lines.append(line)
            line = word
        while len(line) > width:
            lines.append(line[:width])
            line = line[width:]
    return [*lines, line] if line else lines


def _print_row(page: Printed, cells: Sequence[Wrapped], row: int, style: Style, rng: random.Random) -> None:
    if style.order == "lines":
        for index in range(max(map(len, cells))):
            page.line([(cell[index][0], row, c) for c, cell in enumerate(cells) if index < len(cell)])
        return
    taken = [0] * len(cells)
    for column, cell in enumerate(cells):
        if taken[column] >= len(cell):
            continue
        last = column
        while last + 1 < len(cells) and rng.random() < style.merged:
            last += 1
        if last > column and all(not taken[c] for c in range(column, last + 1)):
            depth = rng.randint(1, 4)
            for index in range(depth):
                runs = [(cells[c][index][0], row, c) for c in range(column, last + 1) if index < len(cells[c])]
                if runs:
                    page.line(runs)
            for c in range(column, last + 1):
                taken[c] = min(depth, len(cells[c]))
        for index in range(taken[column], len(cell)):
            text, opens = cell[index]
            if opens and style.paragraphs_apart and index > taken[column]:
                page.plain("")
            page.line([(text, row, column)])
        taken[column] = len(cell)
        page.plain("")


def rows_of(projects: Iterator[dict[str, object]]) -> list[Row]:
    """The rows of a gold table (`projects.jsonl`)."""
    names = {"project": "project", "goal": "goal_text", "indicator": "indicator_text", "source": "source_text"}
    return [
        Row(
            area=str(one.get("development_area") or "Yhteiset"),
            national=one.get("benefit_goal"),  # type: ignore[arg-type]
            cells={role: str(one.get(key) or "") for role, key in names.items()},
            results=tuple((str(r["period"]), str(r["text"])) for r in one.get("results") or ()),  # type: ignore[attr-defined]
        )
        for one in projects
    ]
