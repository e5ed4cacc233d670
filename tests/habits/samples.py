"""The text samples with their truth as reports: what stands where is told by the truth's spans, never by the program.

Degraded samples are left out: their words are a scan's, which no office writes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import regex

from pipeline.bench.scoring import letters, load
from tests.conftest import OTHERS, SAMPLES, TEXT_LAYERS, TRUTH, WORD_OTHERS
from tests.habits.model import (
    Application,
    Block,
    Bullets,
    Cell,
    Column,
    Cover,
    Evaluation,
    Extra,
    Field,
    Goal,
    GoalHeading,
    GoalList,
    Group,
    Heading,
    IndicatorRow,
    Indicators,
    Measure,
    Measures,
    Original,
    Paragraph,
    Period,
    Project,
    Projects,
    Readiness,
    ReadinessRow,
    Report,
    Scale,
    Stage,
)

DEGRADED = ("pohjanselka_oma-arviointi", "paijat-hame_oma-arviointi")
UNTAKEN = frozenset(
    path.stem
    for path in OTHERS
    if path in TEXT_LAYERS
    or path.with_suffix(".docx") in WORD_OTHERS
    or path.stem
    in ("ita-uusimaa-hankkeet_oma-arviointi", "keski-pohjanmaa_kokonaisuus", "pohjanmaa-muistio_oma-arviointi")
    or path.stem == "keski-pohjanmaa-kotiutus_toimintamalli"
)
"""Reports whose ways of setting tables and goals are not taken apart here."""

PATHS = {path.stem: path for path in SAMPLES + OTHERS if path.stem not in {*DEGRADED, *UNTAKEN}}

Row = dict[str, Any]

_BULLET = regex.compile(r"\s*(?:[·•*–-]|\d+\)|[a-z]\))\s+")
_CODE = regex.compile(r"(?:PT )?(\d\.\d)\.? ")
_SPELLED = regex.compile(r"((?:PT )?\d\.\d\.?) $")
_NUMBER = regex.compile(r"(?:\d+[.)]?|[IVX]+|[A-Z]\.) (?=\p{L})")
_STAGE = regex.compile(r"(?:Vaihe )?(\d) ?[=.–]? ?(\D+?),? \(?(\d+) %\)?")
_PERIOD = regex.compile(r"(?i)(?:(\d{1,2})/(\d{2,4})|(kevät|syksy) (\d{2,4})|(\d{4}) (kevät|syksy))")
_SECOND = regex.compile(r"Hyötytavoitteet \d ja (\d)")
_ARTEFACT = regex.compile(r"\[(?:bookmark|image):[^\]]*\]")
_EMPTY = ("", "-", "–")
_ROLES = {
    "vastuu": "responsible",
    "työpaketti": "work_package",
    "hyötytavoite": "benefit",
    "tavoitearvo": "target",
    "lähtö": "baseline",
    "mittar": "indicator",
    "indikaattori": "indicator",
    "tiedonkeruu": "source",
    "tieto": "source",
}


@cache
def sample(name: str) -> Report:
    """A sample as a report."""
    return _Sample(PATHS[name]).report()


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str

    def holds(self, row: Row) -> bool:
        return bool(self.start <= row["char_start"] < self.end)


@dataclass(slots=True)
class _TableCell:
    lines: list[_Line]

    @property
    def text(self) -> str:
        return "\n".join(line.text.strip() for line in self.lines if line.text.strip())

    def holds(self, row: Row) -> bool:
        return any(line.holds(row) for line in self.lines)


@dataclass(slots=True)
class _Sample:
    path: Path
    text: str = ""
    lines: list[_Line] = field(default_factory=list)
    truth: dict[str, list[Row]] = field(default_factory=dict)
    at: int = 0

    def report(self) -> Report:
        self.text = self.path.read_text(encoding="utf-8")
        start = 0
        for line in self.text.split("\n"):
            self.lines.append(_Line(start, start + len(line), _ARTEFACT.sub("", line)))
            start += len(line) + 1
        folder = TRUTH / self.path.stem
        names = ("sections", "process_goals", "goal_status", "measures", "indicators", "projects")
        self.truth = {name: load(folder, name) or [] for name in names}
        document = json.loads((folder / "document.json").read_text(encoding="utf-8"))
        fields = {name: str(value) for name, value in document.items() if value is not None}
        cover = self._cover(fields) if fields["kind"] == "oma_arviointi" else None
        blocks = tuple(self._projects() if self.truth["projects"] else self._blocks())
        return Report(self.path.stem, fields["kind"], fields, blocks, cover)  # type: ignore[arg-type]

    def _cover(self, fields: dict[str, str]) -> Cover | None:
        """The cover of a report that has one: lines above its first heading that hold its title or date."""
        first = self.truth["sections"][0]["char_start"]
        above = [line.text.strip() for line in self.lines if line.end < first and line.text.strip()]
        dated = any(regex.search(r"\d+\.\d+\.\d{4}$", line) for line in above[:5])
        if not dated or len(fields["report_date"]) < 10:
            return None
        while self.lines[self.at].end < first and len(self.lines[self.at].text) < 80:
            self.at += 1
        names = [line for line in above if "hanke" in line or "oma-arviointi" in line]
        return Cover(names[0], fields["report_date"])

    # Reports with project tables: their rows are taken from the truth, whatever the text layer made of the table.

    def _projects(self) -> Iterator[Block]:
        nationals = [row for row in self.truth["sections"] if row["goal_source"] == "heading"]
        while self.at < len(self.lines):
            line = self.lines[self.at]
            heading = self._heading_at(line)
            self.at += 1
            if heading is not None and heading in nationals:
                yield self._heading(heading)
                yield self._project_table(heading["benefit_goal"])
                following = (row for row in self.truth["sections"] if row["char_start"] > line.end)
                after = next((row["char_start"] for row in following if row["level"] == 1), len(self.text))
                while self.at < len(self.lines) and self.lines[self.at].end < after:
                    self.at += 1
            elif heading is not None:
                yield self._heading(heading)
            elif line.text.strip() and not regex.search(r"\.{5}|^\s*\d+\s*$", line.text):
                yield Paragraph(" ".join([line.text.strip(), *self._wrapped()]))

    def _wrapped(self) -> Iterator[str]:
        """The further lines of a wrapped paragraph."""
        while self.at < len(self.lines) and len(self.lines[self.at - 1].text) > 80:
            line = self.lines[self.at]
            if not line.text.strip() or self._heading_at(line):
                return
            self.at += 1
            yield line.text.strip()

    def _project_table(self, national: int) -> Projects:
        rows = []
        for row in self.truth["projects"]:
            if row["benefit_goal"] != national:
                continue
            results = tuple((_season(one["period"]), one["text"]) for one in row["results"])
            texts = (row["goal_text"] or "", row["indicator_text"] or "", row["source_text"] or "")
            rows.append(Project(row["development_area"], row["project"], *texts, results))
        return Projects(national, tuple(rows))

    # Other documents, line by line.

    def _blocks(self) -> Iterator[Block]:
        codes: tuple[str, ...] = ()
        while self.at < len(self.lines):
            line = self.lines[self.at]
            heading = self._heading_at(line)
            if heading is not None:
                block = self._headed(line, heading)
                codes = tuple(g.code or "" for g in block.goals) if isinstance(block, GoalHeading) else ()
                yield block
            elif not line.text.strip():
                self.at += 1
            elif line.text.startswith("\t"):
                yield from self._table()
            elif codes:
                yield from self._measures(codes)
            elif scale := self._scale():
                yield scale
            else:
                yield self._listed() or self._paragraph(line)

    def _heading_at(self, line: _Line) -> Row | None:
        return next((row for row in self.truth["sections"] if line.holds(row)), None)

    def _paragraph(self, line: _Line) -> Paragraph:
        self.at += 1
        return Paragraph(line.text.strip())

    def _headed(self, line: _Line, row: Row) -> Block:
        while self.lines[self.at].end < row["char_end"]:
            self.at += 1
        rest = self.text[row["char_end"] : self.lines[self.at].end].strip(" :*")
        self.at += 1
        if row["field"] and row["level"] == 2 and row["field"] != "lyhyt_kuvaus":
            return Field(row["text"], tuple([rest] * bool(rest) + list(self._until_heading())))
        while self.at < len(self.lines) and self.lines[self.at].text.strip() == row["text"]:
            self.at += 1
        return self._heading(row)

    def _until_heading(self) -> Iterator[str]:
        while self.at < len(self.lines) and not self._heading_at(self.lines[self.at]):
            if text := self.lines[self.at].text.strip():
                yield text
            self.at += 1

    def _heading(self, row: Row) -> Heading | GoalHeading:
        text = " ".join(row["text"].split())
        if self.truth["goal_status"] and (codes := list(_CODE.finditer(text))):
            ends = [match.start() for match in codes[1:]] + [len(text)]
            parts = [(m[1], text[m.end() : end].removesuffix(" ja ")) for m, end in zip(codes, ends, strict=True)]
            goals = tuple(replace(self._goal(code), short=short.removesuffix(" ja ")) for code, short in parts)
            return GoalHeading(goals, row["level"])
        number = match[0] if (match := _NUMBER.match(text)) else ""
        national = row["benefit_goal"] if row["goal_source"] == "heading" else None
        earlier = [one for one in self.truth["sections"] if one["char_start"] < row["char_start"]]
        dated = row["evaluation_date"] and (not earlier or row["level"] == 2)
        role = (
            "template"
            if row["field"]
            else "appendix"
            if text.lower().startswith("liite")
            else "evaluation"
            if dated
            else "national"
            if national
            else "chapter"
            if row["level"] == 1
            else "part"
        )
        evaluation = Evaluation(row["evaluation_date"]) if dated else None
        second = match[1] if national and (match := _SECOND.match(text)) else None
        also = int(second) if second else None
        return Heading(text[len(number) :], row["level"], role, number, national, also, evaluation)  # type: ignore[arg-type]

    def _goal(self, code: str) -> Goal:
        row = next(row for row in self.truth["process_goals"] if row["code"] == code)
        return self._goal_of(row)

    def _goal_of(self, row: Row) -> Goal:
        text = " ".join(row["text"].split())
        before = self.text[max(0, row.get("char_start", 0) - 10) : row.get("char_start", 0)]
        spelled = match[1] if row.get("code") and (match := _SPELLED.search(before)) else None
        goal = Goal(text, row["kind"], row.get("code"), row.get("benefit_goal"), spelled)
        return replace(goal, optional=bool(row.get("optional")))

    def _goals_in(self, cell: _TableCell | _Line) -> list[Row]:
        return [row for row in self.truth["process_goals"] if cell.holds(row)]

    def _scale(self) -> Scale | None:
        """A legend, a stage a line or all in one sentence."""
        if not self.truth["goal_status"]:
            return None
        inline = _STAGE.findall(self.lines[self.at].text)
        count = 1
        if len(inline) < 3:
            run = self.lines[self.at : self.at + 6]
            found = [_STAGE.fullmatch(line.text.strip()) for line in run]
            count = next((n for n, match in enumerate(found) if match is None), len(run))
            inline = [match.groups() for match in found[:count] if match]
        if len(inline) < 3:
            return None
        lines = tuple(line.text.strip() for line in self.lines[self.at : self.at + count])
        self.at += count
        return Scale(tuple(Stage(name.strip(" (,–"), int(percent)) for _, name, percent in inline), lines)

    def _listed(self) -> Bullets | GoalList | Application | None:
        """A run of bullets: goals where the truth has one in each, else a list without facts."""
        run = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            numbered = bool(self._goals_in(line)) and _CODE.match(line.text.strip())
            if self._heading_at(line) or not (_BULLET.match(line.text) or numbered or self._firm(line)):
                break
            run.append(line)
            self.at += 1
        if not run:
            return None
        held = [self._goals_in(line) for line in run]
        if not any(held):
            return Bullets(tuple(_BULLET.sub("", line.text, 1).strip() for line in run))
        goals = []
        for line, rows in zip(run, held, strict=True):
            text = _BULLET.sub("", line.text, 1).strip()
            row: Row = rows[0] if rows else {"text": text, "kind": "objective", "optional": True}
            tail = text[text.rfind(row["text"]) + len(row["text"]) :] if rows else ""
            goals.append(replace(self._goal_of(row), tail=tail))
        if goals[0].kind == "process_goal" and goals[0].code is None:
            return Application(tuple(Original(goal.text, goal.tail.strip(" ()")) for goal in goals), listed=True)
        return GoalList(tuple(goals))

    def _firm(self, line: _Line) -> bool:
        return any(row["char_end"] - row["char_start"] > 0.9 * len(line.text.strip()) for row in self._goals_in(line))

    # Measures

    def _measures(self, codes: tuple[str, ...]) -> Iterator[Block]:
        """What stands under a goal's heading, up to the next heading or table."""
        run = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if self._heading_at(line) or line.text.startswith("\t"):
                break
            run += [line] if line.text.strip() else []
            self.at += 1
        held = [(line, self._measures_in(line)) for line in run]
        prose = not any(_BULLET.match(line.text) for line in run)
        lead = None
        groups: list[Group] = []
        for number, (line, rows) in enumerate(held):
            text = _BULLET.sub("", line.text, 1).strip()
            if rows:
                found = tuple(self._prose(line, rows) if prose else [_measure(text, rows[0])])
                last = groups.pop() if groups else Group(None, None, ())
                groups.append(replace(last, measures=last.measures + found))
            elif not groups and number + 1 < len(held) and len(text) > 25:
                lead = text
            else:
                groups.append(Group(None, text, ()))
        yield Measures(codes, tuple(_settled(group) for group in groups if group.measures), prose, lead)

    def _measures_in(self, line: _Line) -> list[Row]:
        rows = [row for row in self.truth["measures"] if line.holds(row)]
        return list({row["char_start"]: row for row in rows}.values())

    def _prose(self, line: _Line, rows: Sequence[Row]) -> Iterator[Measure]:
        at = line.start
        for row in rows:
            if between := self.text[at : row["char_start"]].strip():
                yield Measure(between, None, optional=True)
            yield _measure(row["text"], row)
            at = row["char_end"]
        if rest := self.text[at : line.end].strip():
            yield Measure(rest, None, optional=True)

    # Tables

    def _table(self) -> Iterator[Block]:
        rows = list(self._table_rows())
        head = next((n for n, row in enumerate(rows) if sum(bool(_PERIOD.search(c.text)) for c in row) > 1), 0)
        body = rows[head + 1 :]
        goals = [row for cells in body for cell in cells for row in self._goals_in(cell)]
        if any(goal["origin"] == "original_application" for goal in goals):
            yield self._application(rows[0], body)
        elif any(goal["code"] for goal in goals):
            yield self._readiness(rows[: head + 1], body)
        else:
            yield self._indicators(rows[head], body)

    def _table_rows(self) -> Iterator[list[_TableCell]]:
        row: list[_TableCell] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.text.startswith("\t"):
                row.append(_TableCell([line]))
                self.at += 1
            elif line.text.strip() and not self._heading_at(line) and row:
                row[-1].lines.append(line)
                self.at += 1
            elif not line.text.strip() and row and self._goes_on(self.at + 1):
                self.at += 1
            else:
                if row:
                    yield row
                row = []
                following = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
                if line.text.strip() or following is None or not following.text.startswith("\t"):
                    return
                self.at += 1
        if row:
            yield row

    def _goes_on(self, at: int) -> bool:
        """Whether the lines behind a blank one belong to the cell above it: a cell of the same row follows at once."""
        start = at
        while at < len(self.lines) and self.lines[at].text.strip() and not self.lines[at].text.startswith("\t"):
            if self._heading_at(self.lines[at]):
                return False
            at += 1
        return start < at < len(self.lines) and self.lines[at].text.startswith("\t")

    def _readiness(self, heads: list[list[_TableCell]], body: list[list[_TableCell]]) -> Readiness:
        words = [cell.text for cell in heads[-1]]
        if len(heads) > 1:
            words[0] = heads[0][0].text
        periods = {n: found for n, one in enumerate(words) if (found := _period(one))}
        goal_col = next(
            n for row in body for n, cell in enumerate(row) if any(goal["code"] for goal in self._goals_in(cell))
        )
        rows, extra = [], {n: [] for n in range(len(words)) if n not in periods and n != goal_col}  # type: ignore[var-annotated]
        for row in body:
            goals = tuple(self._goal_of(goal) for goal in self._goals_in(row[goal_col]))
            facts = {one["period"]: one for one in self.truth["goal_status"] if one["code"] == goals[0].code}
            known = {n: facts[period.value] for n, period in periods.items() if period.value in facts}
            cells = _placed(row, len(words), {n: one["raw"] for n, one in known.items()})
            values = tuple(
                replace(cells[n], percent=known[n]["percent"] if n in known else None, optional=n not in known)
                for n in sorted(cells)
                if n in periods
            )
            rows.append(ReadinessRow(goals, values))
            for n, held in extra.items():
                held.append(cells[n].text)
        extras = tuple(Extra(_role(words[n]), words[n], tuple(held)) for n, held in extra.items())
        span = heads[0][-1].text if len(heads) > 1 else None
        return Readiness(tuple(periods.values()), tuple(rows), words[goal_col], span, extras)

    def _indicators(self, head: list[_TableCell], body: list[list[_TableCell]]) -> Indicators:
        words = [cell.text for cell in head]
        columns = [Column("period" if _period(one) else _role(one), one, _period(one)) for one in words]
        name_col = next(n for n, column in enumerate(columns) if column.role == "indicator")
        keys = {n: c.period.value if c.period else c.role for n, c in enumerate(columns)}
        rows = []
        for row in body:
            wanted = letters(row[name_col].text)
            facts = {r["period"]: r for r in self.truth["indicators"] if letters(r["indicator"]) == wanted}
            known = {n: facts[key]["raw"] for n, key in keys.items() if key in facts}
            cells = _placed(row, len(words), known)
            goals = tuple(self._goal_of(goal) for cell in row for goal in self._goals_in(cell))
            rows.append(IndicatorRow(tuple(cells[n] for n in sorted(cells)), goals))
        return Indicators(tuple(columns), tuple(rows))

    def _application(self, head: list[_TableCell], body: list[list[_TableCell]]) -> Application:
        rows = []
        for row in body:
            (goal,) = (goal for cell in row for goal in self._goals_in(cell))
            rows.append(Original(goal["text"], row[-1].text, goal["work_package"]))
        return Application(tuple(rows), columns=tuple(cell.text for cell in head))


def _measure(text: str, row: Row) -> Measure:
    return Measure(text, row["status"], told=True, optional=bool(row.get("optional")))


def _settled(group: Group) -> Group:
    """A group with the state that its label stands for; what agrees with it may be told by the label alone."""
    if group.label is None:
        return group
    (state, _), *_ = Counter(measure.status for measure in group.measures).most_common(1)
    measures = tuple(replace(one, told=one.status != state) for one in group.measures)
    return Group(state, group.label, measures)


def _period(words: str) -> Period | None:
    match = _PERIOD.search(words)
    if match is None:
        return None
    month, year, season, season_year, first_year, last_season = match.groups()
    full = f"20{(year or season_year or first_year)[-2:]}"
    if month:
        return Period(f"{full}-{int(month):02}", words)
    return Period(f"{full}-{'SP' if (season or last_season).lower() == 'kevät' else 'FA'}", words)


def _season(value: str) -> Period:
    return Period(value, f"{'Kevät' if value.endswith('SP') else 'Syksy'} {value[:4]}")


def _role(words: str) -> str:
    return next(role for start, role in _ROLES.items() if start in words.lower())


def _placed(row: list[_TableCell], n_cols: int, known: dict[int, str]) -> dict[int, Cell]:
    """A row's cells by first column; where cells are missing, one is merged so that the known ones stand in place."""
    missing = n_cols - len(row)
    choices = [len(row)] if not missing else sorted(range(1, len(row)), key=lambda n: -len(row[n].text))
    for wide in choices:
        cells, col = {}, 0
        for number, cell in enumerate(row):
            width = missing + 1 if number == wide else 1
            cells[col] = Cell("" if cell.text in _EMPTY else cell.text, width)
            col += width
        if all(n in cells and letters(cells[n].text) == letters(raw) for n, raw in known.items()):
            return cells
    raise ValueError(f"no place for {known} in {[cell.text for cell in row]}")


def all_samples() -> list[str]:
    """Their names."""
    return sorted(PATHS)
