"""What the page lists, counts and draws: one query a chunk; a row names its document by the number in the overview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.research.report.chunks import rows_chunk

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DOCUMENTS = """
WITH firsts AS (
    SELECT doc_id, arg_min(record_id, ordinal) AS first FROM sections GROUP BY doc_id
), spoken AS (
    SELECT doc_id, list_sort(list_distinct(list(benefit_goal))) AS goals FROM section_goals GROUP BY doc_id
), counted AS (
    SELECT doc_id, map_from_entries(list((table_name, n))) AS counts
    FROM (SELECT doc_id, table_name, count(*) AS n FROM records GROUP BY ALL) GROUP BY doc_id
), absent AS (
    SELECT doc_id, list(table_name ORDER BY table_name) AS absent FROM coverage WHERE is_absent GROUP BY doc_id
), unknown AS (
    SELECT doc_id, count(*) AS n_unknown FROM uncovered WHERE reason = 'unknown' GROUP BY doc_id
)
SELECT
    doc_id, source_path AS path, format, title, region, kind, programme,
    coalesce(report_date, modified, created) AS day, half_year_of(day) AS round, language, n_pages, n_chars,
    known_word_share AS known, known_word_share_repaired AS known_repaired, warnings, pages_without_text AS unread,
    same_content_as IS NOT NULL AS is_copy, first, coalesce(goals, []) AS goals, counts, coalesce(absent, []) AS absent,
    coalesce(n_unknown, 0) AS n_unknown
FROM documents
LEFT JOIN firsts USING (doc_id) LEFT JOIN spoken USING (doc_id) LEFT JOIN counted USING (doc_id)
LEFT JOIN absent USING (doc_id) LEFT JOIN unknown USING (doc_id)
ORDER BY source_path
"""

_GOALS_OF = """(
    SELECT e.table_name, e.doc_id, e.record_id, list_sort(list(DISTINCT g.benefit_goal)) AS goals
    FROM evidence e JOIN section_goals g ON g.section_id = e.section_id
    WHERE e.table_name = '{table}' GROUP BY ALL
)"""

LISTS = {
    "readiness": """
        SELECT doc_id, region, goal, code, benefit_goal AS goal_number, period, period_end, reporting_round AS round,
            percent, stage, raw, change, coalesce(series_id, doc_id || ' ' || coalesce(code, '')) AS series, record_id
        FROM goal_progress""",
    "indicators": """
        SELECT v.doc_id, v.region, s.text AS indicator, v.series_id AS series, v.benefit_goal AS goal_number, v.period,
            v.period_end, v.target_period, v.reporting_round AS round, v.number, v.number_max, v.unit, v.raw,
            v.record_id
        FROM indicator_values v JOIN series s USING (series_id)
        ORDER BY v.region, s.text, v.series_id, v.period_end NULLS FIRST""",
    "timeline": f"""
        SELECT t.doc_id, t.start_date AS start, t.end_date AS past, t.text, t.sentence, t.is_ahead, g.goals,
            half_year_of(t.start_date) AS half, t.record_id
        FROM timeline t LEFT JOIN {_GOALS_OF.format(table="dates")} g USING (doc_id, record_id)
        ORDER BY t.start_date, t.end_date, t.source_path, t.record_id""",
    "figures": f"""
        SELECT p.doc_id, p.role, p.value, p.value_max, p.comparator, p.unit, p.about, p.period,
            p.reporting_round AS round, p.sentence, g.goals, p.record_id
        FROM percent_facts p LEFT JOIN {_GOALS_OF.format(table="percentages")} g USING (doc_id, record_id)
        ORDER BY p.region, p.source_path, p.record_id""",
    "goals": """
        SELECT g.doc_id, g.benefit_goal AS goal_number, g.source, g.score, g.terms, g.term_weights AS weights,
            h.heading_path AS heading, s.record_id
        FROM section_goals g JOIN reports r USING (doc_id) JOIN sections s USING (section_id)
        LEFT JOIN heading_paths h USING (section_id)
        ORDER BY g.benefit_goal, g.score DESC, r.source_path, s.ordinal""",
    "uncovered": """
        SELECT doc_id, reason, kind, text, e.sentence, u.record_id
        FROM uncovered u JOIN (SELECT doc_id, record_id, sentence FROM evidence WHERE table_name = 'uncovered') e
            USING (doc_id, record_id)
        ORDER BY reason <> 'unknown', reason, doc_id, u.char_start""",
    "repairs": """
        SELECT doc_id, text, repaired, kind, confidence, record_id FROM repairs
        ORDER BY confidence, doc_id, char_start""",
    "topics": """
        SELECT t.doc_id, t.topic, t.name, t.parent, t.count, t.text, t.record_id
        FROM topics t JOIN reports r USING (doc_id) ORDER BY t.name, r.region, r.source_path, t.char_start""",
}
"""The queries of the page's lists, by the name of their chunk."""


def documents(connection: DuckDBPyConnection) -> list[dict[str, Any]]:
    """Every document with what the overview tells of it, without its text, in the order of their paths."""
    found = connection.execute(DOCUMENTS)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def lists(connection: DuckDBPyConnection, numbers: Mapping[str, int]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The chunks of all lists, each with its name; `numbers` are those of the documents by `doc_id`."""
    for name, query in LISTS.items():
        found = connection.execute(query)
        names = [column[0] for column in found.description or ()]
        place = names.index("doc_id")
        rows = ([numbers[value] if at == place else value for at, value in enumerate(row)] for row in found.fetchall())
        yield name, rows_chunk(["doc" if name == "doc_id" else name for name in names], rows)


def rejects(connection: DuckDBPyConnection) -> dict[str, Any]:
    """The files that gave no document."""
    columns = ("source_path", "stage", "code", "message")
    return rows_chunk(columns, connection.execute(f"SELECT {', '.join(columns)} FROM rejects").fetchall())
