"""Reports with their facts as codings, in the exchange format of programs for qualitative analysis (REFI-QDA 1.5).

A `.qdpx` is a zip archive of `project.qde` and the texts of the sources. Positions count code points, as ours do; the
order of elements and the attributes that must be there follow the schema of the standard.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from lexicons.errors import UserError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NAMESPACE = "urn:QDA-XML:project:1.0"
_OURS = UUID("5f0a2a4e-4a53-5d0c-9d0f-1f2b7c6b6f10")
"""Under which ids are made, so that the same record has the same one in every export."""

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""Time of all files in the archive: the same tables give the same bytes."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME = 60

CODINGS = """
SELECT doc_id, 'sections' AS code, coalesce(field, 'own heading') AS sub_code, heading_start AS first,
    greatest(char_end, heading_end) AS past, heading AS name, NULL AS value, record_id FROM sections
WHERE heading_start < heading_end
UNION ALL
SELECT s.doc_id, 'benefit goals', 'benefit goal ' || g.benefit_goal, s.char_start, s.char_end, s.heading,
    'by ' || g.source || ', ' || round(g.score, 2), s.record_id || g.benefit_goal || g.source
FROM section_goals g JOIN sections s USING (section_id)
UNION ALL
SELECT doc_id, 'goals', kind, char_start, char_end, concat_ws(' ', code, text), NULL, record_id FROM process_goals
UNION ALL
SELECT doc_id, 'readiness', period, char_start, char_end, code || ': ' || raw, percent::VARCHAR, record_id
FROM goal_status
UNION ALL
SELECT doc_id, 'measures', coalesce(status, 'no status'), char_start, char_end, text, goal_code, record_id FROM measures
UNION ALL
SELECT doc_id, 'indicators', period, char_start, char_end, indicator, raw, record_id FROM indicators
UNION ALL
SELECT doc_id, 'projects', coalesce(development_area, 'no area'), char_start, char_end, project, NULL, record_id
FROM projects
UNION ALL
SELECT doc_id, 'project results', period, char_start, char_end, text, NULL, record_id FROM project_results
UNION ALL
SELECT doc_id, 'dates', type, char_start, char_end, text, value, record_id FROM dates
UNION ALL
SELECT doc_id, 'percentages', role, char_start, char_end, text, about, record_id FROM percentages
UNION ALL
SELECT doc_id, 'quantities', role, char_start, char_end, text, coalesce(about, counts), record_id FROM quantities
"""
"""What is coded: the code and the one below it, the stretch, what it says."""


class _Coding(NamedTuple):
    doc_id: str
    code: str
    sub_code: str
    first: int
    past: int
    name: str
    value: str | None
    record_id: str


def write_project(connection: DuckDBPyConnection, path: Path, name: str) -> None:
    """Write the reports, of copies one, as a project. Raises UserError where the file cannot be written."""
    sql = f"SELECT c.* FROM ({CODINGS}) c JOIN reports r USING (doc_id) WHERE first < past ORDER BY ALL"
    codings = [_Coding(*row) for row in connection.execute(sql).fetchall()]
    sources = connection.execute(
        "SELECT doc_id, source_path, text FROM documents WHERE same_content_as IS NULL ORDER BY source_path"
    ).fetchall()
    project = _project(name, codings, sources)
    try:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            _add(archive, "project.qde", tostring(project, encoding="utf-8", xml_declaration=True))
            for doc_id, _, text in sources:
                _add(archive, f"sources/{_guid('source', doc_id)}.txt", text.encode("utf-8", "replace"))
    except OSError as error:
        raise UserError(f"{path}: {error.strerror or error}; give a folder that you may write to") from None


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, ZIP_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


def _project(name: str, codings: list[_Coding], sources: list[tuple[str, str, str]]) -> Element:
    register_namespace("", NAMESPACE)
    user = _guid("user")
    project = _element("Project", name=f"poimuri {name}", origin="poimuri", creatingUserGUID=user)
    project.set("creationDateTime", _time(name))
    _below(_below(project, "Users"), "User", guid=user, name="poimuri")
    codes = _below(_below(project, "CodeBook"), "Codes")
    for code in dict.fromkeys(coding.code for coding in codings):
        above = _below(codes, "Code", guid=_guid("code", code), name=code, isCodable="true")
        for sub_code in dict.fromkeys(coding.sub_code for coding in codings if coding.code == code):
            _below(above, "Code", guid=_guid("code", code, sub_code), name=sub_code, isCodable="true")
    below = _below(project, "Sources")
    by_document: dict[str, list[_Coding]] = {}
    for coding in codings:
        by_document.setdefault(coding.doc_id, []).append(coding)
    for doc_id, source_path, _ in sources:
        guid = _guid("source", doc_id)
        source = _below(below, "TextSource", guid=guid, name=source_path, plainTextPath=f"internal://{guid}.txt")
        source.set("creatingUser", user)
        source.extend(_selections(by_document.get(doc_id, []), user))
    return project


def _selections(codings: list[_Coding], user: str) -> Iterator[Element]:
    """A selection a record, with its coding."""
    for coding in codings:
        guid = _guid("selection", coding.doc_id, coding.code, coding.record_id)
        selection = _element("PlainTextSelection", guid=guid, name=_shown(coding.name), creatingUser=user)
        selection.set("startPosition", str(coding.first))
        selection.set("endPosition", str(coding.past))
        if coding.value:
            _below(selection, "Description").text = _clean(coding.value)
        own = _below(selection, "Coding", guid=_guid("coding", guid), creatingUser=user)
        _below(own, "CodeRef", targetGUID=_guid("code", coding.code, coding.sub_code))
        yield selection


def _element(tag: str, **attributes: str) -> Element:
    return Element(f"{{{NAMESPACE}}}{tag}", {name: _clean(value) for name, value in attributes.items()})


def _below(parent: Element, tag: str, **attributes: str) -> Element:
    return SubElement(parent, f"{{{NAMESPACE}}}{tag}", {name: _clean(value) for name, value in attributes.items()})


def _guid(*parts: str) -> str:
    return str(uuid5(_OURS, "\0".join(parts)))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _NAME else f"{words[: _NAME - 1]}…"


def _time(run_id: str) -> str:
    """The time in a run's name: 20261128T231123Z, perhaps with a counter."""
    return datetime.strptime(run_id[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).isoformat()
