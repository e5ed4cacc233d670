"""projects: the rows of a project table (KEHITTÄMISALUE / PROJEKTI / TAVOITTEET / ...)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractors.document import AnalysedDocument, Cell, Span, once_a_document
from extractors.ids import record_id, section_id_at
from extractors.outline.national_goals import benefit_goal_at
from extractors.outline.table_headers import cell_at, filled
from extractors.outline.tables import body_rows, columns, group_cell, group_goals, is_project_table
from extractors.records import ProjectRecord
from lexicons import needs

_AFTER_SUSPENDED_HYPHEN = needs("line_end_hyphens", "after_suspended_hyphen")


@dataclass(frozen=True)
class ProjectRow:
    """A row with its cells by role; `area` is carried down. Cells are None where the row has none or they are empty."""

    number: int
    benefit_goal: int | None
    area: Cell | None
    project: Cell
    goal: Cell | None
    measure: Cell | None
    collection: Cell | None
    results: tuple[tuple[str | None, Cell], ...]

    @property
    def goals(self) -> Span | None:
        """The goal cell as a stretch of the source: its first contiguous piece."""
        return self.goal.pieces[0] if self.goal is not None else None


@once_a_document
def project_rows(document: AnalysedDocument) -> tuple[ProjectRow, ...]:
    """The rows of all project tables of a document, in order."""
    return tuple(_rows(document))


def _rows(document: AnalysedDocument) -> Iterator[ProjectRow]:
    number = 0
    for table in document.tables:
        if not is_project_table(document, table):
            continue
        layout = columns(document, table)
        results = [(index, layout.by_index[index].period) for index, _ in layout.periods]
        if not results and (index := layout.role("results")) is not None:
            results = [(index, None)]
        goal = benefit_goal_at(document, table.start)
        area: Cell | None = None
        for row in body_rows(document, table):
            if (group := group_cell(document, table, row)) is not None:
                named = group_goals(document, group)
                goal, area = (named[0], None) if named else (goal, group)
                continue
            own_area = filled(document, cell_at(row, layout.role("development_area")))
            area = own_area or area
            project = filled(document, cell_at(row, layout.role("project")))
            if project is None:
                continue
            number += 1
            yield ProjectRow(
                number=number,
                benefit_goal=goal,
                area=area,
                project=project,
                goal=filled(document, cell_at(row, layout.role("goal"))),
                measure=filled(document, cell_at(row, layout.role("indicator"))),
                collection=filled(document, cell_at(row, layout.role("source"))),
                results=tuple(
                    (period, cell)
                    for index, period in results
                    if (cell := filled(document, cell_at(row, index))) is not None
                ),
            )


def cell_wording(document: AnalysedDocument, cell: Cell | None) -> str | None:
    """A cell's words as the source spells them, words broken over lines rejoined, over all its pieces."""
    if cell is None:
        return None
    return _rejoined([document.wording(*piece) for piece in cell.pieces]) or None


def _rejoined(pieces: Sequence[str]) -> str:
    """Pieces of a cell that stand apart in the text as one, a word that is broken between two of them made whole."""
    text = ""
    for piece in pieces:
        word = piece.split(" ", 1)[0].lower()
        if _BROKEN.search(text) and piece[:1].islower() and word not in _AFTER_SUSPENDED_HYPHEN.texts:
            text = text[:-1] + piece
        else:
            text += f" {piece}" if text else piece
    return text


_BROKEN = regex.compile(r"\p{L}-$")


def cell_repaired(document: AnalysedDocument, cell: Cell | None) -> str | None:
    """The same with lost letters restored; None where the text is clean."""
    if cell is None or not document.is_repaired:
        return None
    return _rejoined([document.clean(*piece) for piece in cell.pieces]) or None


def extract(document: AnalysedDocument) -> Iterator[ProjectRecord]:
    """The project rows of a document."""
    for row in project_rows(document):
        first = row.project.pieces[0]
        yield ProjectRecord(
            project_id=record_id(document.doc_id, "p", row.number),
            doc_id=document.doc_id,
            section_id=section_id_at(document, first.start),
            row=row.number,
            benefit_goal=row.benefit_goal,
            development_area=cell_wording(document, row.area),
            development_area_repaired=cell_repaired(document, row.area),
            project=cell_wording(document, row.project) or "",
            project_repaired=cell_repaired(document, row.project),
            goal_text=cell_wording(document, row.goal),
            goal_text_repaired=cell_repaired(document, row.goal),
            indicator_text=cell_wording(document, row.measure),
            indicator_text_repaired=cell_repaired(document, row.measure),
            source_text=cell_wording(document, row.collection),
            source_text_repaired=cell_repaired(document, row.collection),
            char_start=first.start,
            char_end=first.end,
        )
