"""Every output table, declared once: a dataclass a table, a field a column, its meaning beside it.

The Arrow schema, the writer, the checks and the printed data dictionary are derived from these declarations. A column
is nullable when its type says `| None`. `Int32`, `Int64` and the like choose the storage type. Offsets are 0-based
Unicode code points into `documents.text`, end exclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, TypeVar, dataclass_transform

SCHEMA_VERSION = "2.0"

Int32 = Annotated[int, "int32"]
Int64 = Annotated[int, "int64"]


def column(meaning: str, *, default: Any = ..., codes: Mapping[str, str] = MappingProxyType({})) -> Any:
    """Declare a column: what its values mean, codes one by one, and a default where extractors may leave it out."""
    metadata = {"meaning": meaning, "codes": codes}
    return field(metadata=metadata) if default is ... else field(default=default, metadata=metadata)


DOC_ID = "document, stable: derived from the file's bytes alone"
SECTION_ID = "section that holds the record, null before the first heading"
PERIOD_START = "first day of the period; null where it names no time"
PERIOD_END = "last day of the period, inclusive"
ROUND = "half-year in which the period ends: 2021-H1, 2021-H2"
START = "offset of the evidence in documents.text"
END = "end of the evidence, exclusive"


class Record:
    """Base of all records; `TABLE` is the table's name, `MEANING` one line about its rows."""

    TABLE: ClassVar[str]
    MEANING: ClassVar[str]


_declared: list[type[Record]] = []
_Declared = TypeVar("_Declared", bound=Record)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(column,))
def table(name: str, meaning: str) -> Callable[[type[_Declared]], type[_Declared]]:
    """Declare a table: its name, for those that a document gives also that of the module that extracts it, and what a
    row is."""

    def declare(cls: type[_Declared]) -> type[_Declared]:
        cls.TABLE, cls.MEANING = name, meaning
        declared = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        _declared.append(declared)
        return declared

    return declare


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRecord(Record):
    """Base of the records that stand somewhere in the text; these columns are filled in by `pipeline.process`."""

    record_id: str | None = column(
        "the record in its document, by what it says and under which headings: the same after an edit elsewhere, when "
        "doc_id and all offsets are others; null in tokens",
        default=None,
    )
    page: Int32 | None = column(
        "page where the evidence begins, from 1; null where the format has no pages", default=None
    )
    x0: float | None = column("left edge of the evidence on that page, in points; null where unknown", default=None)
    top: float | None = column("its top edge, in points from the page's top", default=None)
    x1: float | None = column("its right edge, in points from the page's left", default=None)
    bottom: float | None = column("its bottom edge, in points from the page's top", default=None)


WARNINGS = {
    "repaired_structure": "the file is damaged, its reader guessed what it could",
    "unmapped_characters": "some that the file does not name",
    "uncertain_table": "a table on this page of a PDF that little more than its words' places shows",
    "unknown_kind": "a page or report of no kind that we know",
    "language": "not in Finnish, or nothing tells the language",
    "cut_short": "a page that breaks off, or whose elements stand too deep in each other",
    "undecodable_bytes": "bytes of a page that are no letters in its encoding",
    "hidden_characters": "signs within a text that nobody sees, as zero-width spaces; facts are read without them",
    "mojibake": "words that an encoding has spoilt (kÃ¤ynti), where most are not",
    "lost_letters": "words of whose letters a ? or � is left, where most are whole",
    "site_parts": "navigation, header, footer and search of the site around a page",
    "outside_content": "what stands beside a page's main part",
    "overlays": "dialogs, notices and questions about cookies that lie over a page",
    "hidden_text": "what is formatted so that nobody sees it",
    "deleted_text": "struck out in a page, deleted with changes tracked in a Word file",
    "buttons": "on buttons that do something",
    "without_scripts": "what a page says to those who switch scripts off",
    "frames": "pages in frames that the file does not hold",
    "prompts": "fields of a form that nobody has filled in",
    "comments": "remarks in the margin",
    "pictures": "pictures",
    "picture_descriptions": "pictures that a page describes for those who do not see them",
    "charts": "charts",
    "diagrams": "diagrams",
    "drawings": "drawings of a page with words in them",
    "embedded_objects": "sheets, films and other things of other programs",
    "embedded_documents": "whole files within a Word file that cannot be read",
    "formulas_without_value": "cells of a workbook whose formula no program has worked out",
    "hidden_cells": "cells of a workbook whose format shows nothing",
    "hidden_rows": "rows and columns that are hidden",
    "hidden_sections": "sections of a text that are hidden",
    "hidden_sheets": "sheets of a workbook that are hidden",
    "hidden_slides": "slides that are hidden",
    "macros": "programs in a file; they are never run",
    "speaker_notes": "notes below slides",
    "symbols": "signs of a font that no letter stands for",
    "unread_attachment": "an attachment of a mail that is of no format that we read, by its name",
    "unread_attachments": "how many such attachments more",
    "cells_beyond_table": "cells that stand as paragraphs behind a table of too many columns",
}
"""The codes of `documents.warnings`: what a reader leaves out or is not sure of."""


@table("documents", "one row per input file that could be read")
class DocumentRecord(Record):
    doc_id: str = column(DOC_ID)
    source_path: str = column(
        "path relative to the input folder, with / separators; mail.eml/liite.docx of an attachment, or a zip's member"
    )
    format: str = column("txt, pdf, docx, odt, rtf, doc, xlsx, pptx, html, eml or msg")
    sha256: str = column("SHA-256 of the file's bytes, hexadecimal")
    n_bytes: Int64 = column("size of the file in bytes")
    n_pages: Int32 | None = column("pages; null where the format has none")
    n_chars: Int32 = column("code points in text")
    n_tokens: Int32 = column("tokens: words, numbers, punctuation")
    text: str = column("the source text that all offsets point into")
    kind: str = column("kokonaisuus, toimintamalli, oma_arviointi or muu")
    title: str | None = column("the document's own name")
    region: str | None = column("maakunta or wellbeing services county, nominative")
    programme: str | None = column("national programme that the work belongs to")
    funder: str | None = column("who pays")
    contact_name: str | None = column("contact person")
    contact_organisation: str | None = column("contact person's organisation")
    contact_email: str | None = column("contact person's e-mail address")
    created: date | None = column("Luotu")
    modified: date | None = column("Viimeksi muokattu")
    report_date: date | None = column(
        "date a report gives as its own, else its latest filled period; first day of a month"
    )
    period_start: Int32 | None = column("first year of operation (Toimiaika)")
    period_end: Int32 | None = column("last year of operation")
    language: str | None = column("ISO 639-1 code of the body's language (fi, sv, en); null where nothing tells")
    region_code: str | None = column("Statistics Finland's code of the maakunta that the region is or lies in: 04")
    known_word_share: float | None = column("share of word tokens that Voikko knows as read, 0..1; null without words")
    repaired: bool = column("whether the text was degraded and got a repaired twin")
    known_word_share_repaired: float | None = column("known_word_share of the repaired twin; null where none is")
    pages_without_text: list[Int32] = column("pages that are pictures without a text layer: nothing of them was read")
    pages_by_ocr: list[Int32] = column("pages that text recognition has read (--ocr)")
    warnings: list[str] = column(
        "what may be missing: codes, with how much of it behind a colon (hidden_text: 12), words where it is text",
        codes=WARNINGS,
    )
    same_content_as: str | None = column(
        "document that comes first of those with the same content in another format or encoding (--prefer: that of the "
        "format preferred); null for that itself",
        default=None,
    )


@table("sections", "the document's outline: every heading and its body")
class SectionRecord(PlacedRecord):
    section_id: str = column("section")
    doc_id: str = column(DOC_ID)
    parent_id: str | None = column("section one level up")
    ordinal: Int32 = column("document order from 0")
    level: Int32 = column("1 = the document's main headings")
    heading: str = column("the heading's words with their number, white space folded")
    heading_repaired: str | None = column("heading with lost letters restored; null where the text is clean")
    heading_start: Int32 = column("offset of the heading")
    heading_end: Int32 = column("end of the heading, exclusive")
    field: str | None = column("Innokylä template field that the heading names")
    evaluation_date: date | None = column("date of the self-assessment that the section belongs to")
    char_start: Int32 = column("offset of the section's own body")
    char_end: Int32 = column("end of the body, exclusive")
    text: str = column("the body as the source spells it, without subsections")


@table("section_goals", "which national benefit goals a section speaks about (many to many)")
class SectionGoalRecord(Record):
    section_id: str = column("section")
    doc_id: str = column(DOC_ID)
    benefit_goal: Int32 = column("national benefit goal 1..5")
    source: str = column("heading, inherited or content")
    score: float = column("probability that the section speaks about the goal, 0..1; 1 for heading and inherited")
    terms: list[str] = column(
        "words that decided, the strongest first: lexicon terms and other base forms; empty for heading and inherited"
    )
    term_weights: list[float] = column("what each of the terms adds to the log odds, in their order")


@table("process_goals", "goals that a project sets itself")
class ProcessGoalRecord(PlacedRecord):
    goal_id: str = column("goal")
    doc_id: str = column(DOC_ID)
    section_id: str | None = column(SECTION_ID)
    code: str | None = column("1.1 where numbered")
    text: str = column("wording without its number, white space folded")
    text_repaired: str | None = column("wording with lost letters restored; null where the text is clean")
    kind: str = column("process_goal, outcome_goal, project_goal or objective")
    benefit_goal: Int32 | None = column("national benefit goal 1..5 that it serves")
    work_package: str | None = column("TP 1")
    origin: str = column("current or original_application")
    same_as: str | None = column("code of the goal that it points to")
    char_start: Int32 = column(START)
    char_end: Int32 = column(END)


@table("goal_status", "readiness of a numbered goal by reporting period, one row per non-empty cell")
class GoalStatusRecord(PlacedRecord):
    goal_id: str | None = column("goal in process_goals")
    doc_id: str = column(DOC_ID)
    code: str | None = column("goal's number; null of a goal that has none")
    measure_id: str | None = column(
        "measure in whose row the cell stands; null where it is the goal's own", default=None
    )
    period: str = column("2021-11 for 11/21, 2021-SP for Kevät 2021")
    period_start: date | None = column(PERIOD_START, default=None)
    period_end: date | None = column(PERIOD_END, default=None)
    reporting_round: str | None = column(ROUND, default=None)
    raw: str = column("the cell, or the words of the line in prose, white space folded")
    percent: float | None = column("readiness in percent; null where the document does not say")
    stage: Int32 | None = column("stage from 1 on, on the document's own scale")
    char_start: Int32 = column(START)
    char_end: Int32 = column(END)


@table("measures", "development measures reported under a goal, a bullet or a sentence a row")
class MeasureRecord(PlacedRecord):
    measure_id: str = column("measure")
    doc_id: str = column(DOC_ID)
    section_id: str | None = column(SECTION_ID)
    goal_code: str | None = column("number of the goal it is reported under; null of a goal that has none")
    status: str | None = column("done, in_progress, not_started, not_pursued; null where the text does not tell")
    status_source: str | None = column(
        "what decided the status: label, cell, text, date, context or tense", default=None
    )
    status_start: Int32 | None = column("offset of the words or the cell that decided the status", default=None)
    status_end: Int32 | None = column("end of these words, exclusive", default=None)
    responsible: str | None = column("who answers for it: the cell of its row, white space folded", default=None)
    schedule: str | None = column("when it is done: the cell of its row, white space folded", default=None)
    text: str = column("wording, white space folded")
    percent: float | None = column("its own readiness in percent")
    char_start: Int32 = column(START)
    char_end: Int32 = column(END)


@table("indicators", "indicator tables, one row per non-empty cell of a period, baseline or target column")
class IndicatorRecord(PlacedRecord):
    indicator_id: str = column("indicator: the same for all cells of one, in every table of the document")
    doc_id: str = column(DOC_ID)
    section_id: str | None = column(SECTION_ID)
    benefit_goal: Int32 | None = column("national benefit goal 1..5 of the section that holds the table")
    benefit_goal_text: str | None = column("the project's own benefit goal in the row's goal cell")
    indicator: str = column("the indicator's name, white space folded")
    work_package: str | None = column("the row's work package")
    source: str | None = column("how the data are gathered (tiedonkeruu)")
    period: str = column("baseline, target, 2021-11 or 2021-SP")
    period_start: date | None = column(PERIOD_START, default=None)
    period_end: date | None = column(PERIOD_END, default=None)
    reporting_round: str | None = column(ROUND, default=None)
    target_period: str | None = column(
        "time by which a target is to be reached, where its heading names one", default=None
    )
    raw: str = column("the cell, white space folded")
    number: float | None = column("first figure of the cell that measures the indicator; the lower end of a range")
    number_max: float | None = column("upper end of a range", default=None)
    unit: str | None = column(
        "the number's unit as spelled beside it, in the indicator's name, in a column of its own or in the heading"
    )
    unit_code: str | None = column(
        "its code: percent, percentage_point, count, eur, eur_million, day, month, fte, index, ..., eur_per_month; "
        "null where none is agreed",
        default=None,
    )
    char_start: Int32 = column(START)
    char_end: Int32 = column(END)


@table("projects", "rows of a project table")
class ProjectRecord(PlacedRecord):
    project_id: str = column("project row")
    doc_id: str = column(DOC_ID)
    section_id: str | None = column(SECTION_ID)
    row: Int32 = column("row in the document, from 1")
    benefit_goal: Int32 | None = column("national benefit goal 1..5 of the table")
    development_area: str | None = column("KEHITTÄMISALUE, carried down")
    development_area_repaired: str | None = column("the same with lost letters restored; null where the text is clean")
    project: str = column("PROJEKTI; words broken over lines rejoined")
    project_repaired: str | None = column("the same with lost letters restored; null where the text is clean")
    goal_text: str | None = column("TAVOITTEET")
    goal_text_repaired: str | None = column("the same with lost letters restored; null where the text is clean")
    indicator_text: str | None = column("ARVIOINTI/MITTARI")
    indicator_text_repaired: str | None = column("the same with lost letters restored; null where the text is clean")
    source_text: str | None = column("TIETOJEN KERUU/LÄHDE")
    source_text_repaired: str | None = column("the same with lost letters restored; null where the text is clean")
    char_start: Int32 = column("offset of the project cell")
    char_end: Int32 = column("end of the project cell, exclusive")


@table("project_results", "results of a project row by season")
class ProjectResultRecord(PlacedRecord):
    project_id: str = column("project row")
    doc_id: str = column(DOC_ID)
    period: str = column("2021-SP, 2021-FA")
    text: str = column("wording; words broken over lines rejoined")
    text_repaired: str | None = column("wording with lost letters restored; null where the text is clean")
    char_start: Int32 = column(START)
    char_end: Int32 = column(END)


@table("dates", "calendar-anchored time expressions")
class DateRecord(PlacedRecord):
    doc_id: str = column(DOC_ID)
    section_id: str | None = column(SECTION_ID)
    char_start: Int32 = column(START)
    char_end: Int32 = column(END)
    text: str = column("the expression as the source spells it")
    type: str = column("TIMEX3 type: DATE, DURATION, SET, TIME")
    value: str = column("TIMEX3 value: 2022-09-30, 2021-05, 2021-SP, 2021-12/2022-01, P3M, XXXX-WXX-1, T14:30, ...")
    mod: str | None = column("START, MID, END: first, middle or last third of the interval")
    start_date: date | None = column("first day, inclusive; null where the year is unknown or the day does not exist")
    end_date: date | None = column("last day, inclusive")
    anchor: str | None = column("text in the document that fixed the year; null where the expression names its own")
    freq: str | None = column("TIMEX3 frequency of a SET: 2X for kaksi kertaa vuodessa", default=None)
    range_id: str | None = column("the same for the two ends of a range told in words; null for others", default=None)
    warning: str | None = column(
        "why days are null: no_such_day, no_such_month, ends_before_start, year_unknown, day_unknown; or misspelt: "
        "read from a month or season with a letter wrong or its year glued on",
        default=None,
    )


@table("percentages", "percentages and percentage points")
class PercentageRecord(PlacedRecord):
    doc_id: str = column(DOC_ID)
    section_id: str | None = column(SECTION_ID)
    char_start: Int32 = column(START)
    char_end: Int32 = column(END)
    text: str = column("the figure as the source spells it")
    value: float = column("the figure; the lower end of a range")
    value_max: float | None = column("upper end of a range")
    comparator: str | None = column("about, over, under, at_least, at_most")
    unit: str = column("percent or percentage_point")
    about: str | None = column("what it measures: the row's label in a table, else words of its sentence")
    column_heading: str | None = column("heading of its column in a table", default=None)
    goal_code: str | None = column("number of the goal it belongs to")
    period: str | None = column("period of its column or sentence")
    period_start: date | None = column(PERIOD_START, default=None)
    period_end: date | None = column(PERIOD_END, default=None)
    reporting_round: str | None = column(ROUND, default=None)
    role: str = column(
        "what it is: readiness, measure_readiness, indicator, baseline, target, result, legend or other",
        default="other",
    )
    sentence_start: Int32 | None = column("offset of its sentence; null in a table", default=None)
    sentence_end: Int32 | None = column("end of its sentence, exclusive", default=None)
    row_label: str | None = column("what its row in a table is about", default=None)
    column_label: str | None = column("heading of its column in a table", default=None)
    change: str | None = column("direction of change told in its clause: increase, decrease, unchanged", default=None)
    compared_to: str | None = column("period that it is compared to, TIMEX3 value", default=None)


@table("quantities", "counts, money, durations, rates, shares told in words, index figures")
class QuantityRecord(PlacedRecord):
    doc_id: str = column(DOC_ID)
    section_id: str | None = column(SECTION_ID)
    char_start: Int32 = column(START)
    char_end: Int32 = column(END)
    text: str = column("number and unit as the source spells them")
    value: float = column("the number; the lower end of a range")
    value_max: float | None = column("upper end of a range")
    comparator: str | None = column("about, over, under, at_least, at_most")
    unit: str | None = column("unit in base form: kpl, €, kk, €/kk; null for a bare number or a share")
    unit_kind: str = column("count, money, duration, rate, share or index")
    counts: str | None = column("what it counts: base form of the noun behind the number")
    about: str | None = column("what it is about: the row's label in a table, else words of its sentence")
    column_heading: str | None = column("heading of its column in a table", default=None)
    goal_code: str | None = column("number of the goal it belongs to")
    period: str | None = column("period of its column or sentence")
    period_start: date | None = column(PERIOD_START, default=None)
    period_end: date | None = column(PERIOD_END, default=None)
    reporting_round: str | None = column(ROUND, default=None)
    role: str = column(
        "what it is: readiness, measure_readiness, indicator, baseline, target, result, legend or other",
        default="other",
    )
    sentence_start: Int32 | None = column("offset of its sentence; null in a table", default=None)
    sentence_end: Int32 | None = column("end of its sentence, exclusive", default=None)
    row_label: str | None = column("what its row in a table is about", default=None)
    column_label: str | None = column("heading of its column in a table", default=None)
    change: str | None = column("direction of change told in its clause: increase, decrease, unchanged", default=None)
    compared_to: str | None = column("period that it is compared to, TIMEX3 value", default=None)
    percentage_start: Int32 | None = column(
        "char_start of the percentage in brackets behind it that tells the same share", default=None
    )


@table("uncovered", "numbers, percent signs, months and seasons that no fact covers, and why")
class UncoveredRecord(PlacedRecord):
    doc_id: str = column(DOC_ID)
    section_id: str | None = column(SECTION_ID)
    char_start: Int32 = column(START)
    char_end: Int32 = column(END)
    text: str = column("the digits, sign or word")
    kind: str = column("digits, percent_sign or time_word")
    reason: str = column(
        "goal_number, heading_number, list_number, law_reference, document_reference, numbered_thing, phone, url, "
        "address, email, page_number, name, code, version, score, always_open, ordinal, denominator, scale, citation, "
        "bare_percent_sign, names_time, unknown"
    )


@table("repairs", "words that the repaired wording spells otherwise than the source")
class RepairRecord(PlacedRecord):
    doc_id: str = column(DOC_ID)
    section_id: str | None = column(SECTION_ID)
    char_start: Int32 = column(START)
    char_end: Int32 = column(END)
    text: str = column("the word as the source spells it, line ends included")
    repaired: str = column("the word in the *_repaired columns and in what was extracted")
    kind: str = column("line_end (broken over lines), dots (lost dots or rings), letters (misread)")
    confidence: float = column("probability that the repair is right, 0..1")


@table("tokens", "words, numbers and punctuation with lemmas; filled with --tokens")
class TokenRecord(PlacedRecord):
    doc_id: str = column(DOC_ID)
    section_id: str | None = column(SECTION_ID)
    sentence: Int32 = column("sentence in the document, from 0")
    char_start: Int32 = column(START)
    char_end: Int32 = column(END)
    text: str = column("the token as the source spells it")
    lemma: str = column("base form")
    pos: str = column("part of speech, Universal Dependencies tag")
    compound_parts: list[str] = column("base forms of a compound's parts; empty for a simple word")


@table("lexicon_hits", "every lexicon term found")
class LexiconHitRecord(PlacedRecord):
    doc_id: str = column(DOC_ID)
    section_id: str | None = column(SECTION_ID)
    lexicon: str = column("lexicon file, without suffix")
    term_id: str = column("term in the lexicon")
    char_start: Int32 = column(START)
    char_end: Int32 = column(END)
    text: str = column("the words as the source spells them")


@table("topics", "which services, methods and models each section names, a row a topic and section")
class TopicRecord(PlacedRecord):
    doc_id: str = column(DOC_ID)
    section_id: str | None = column(SECTION_ID)
    lexicon: str = column("lexicon that has the topic: topics, methods, or one of your own with topics: true")
    topic: str = column("the topic's id in the lexicon")
    name: str = column("its name")
    parent: str | None = column("id of the topic above it; null of one of the first level")
    count: Int32 = column("times that the section names it")
    score: float = column("its share in the weights of all topic terms that the section has, 0..1")
    text: str = column("the words that name it first, as the source spells them")
    char_start: Int32 = column(START)
    char_end: Int32 = column(END)


@table("activities", "what a clause says of a topic: planned, piloted, in use, rolled out, ended, or that it is not")
class ActivityRecord(PlacedRecord):
    doc_id: str = column(DOC_ID)
    section_id: str | None = column(SECTION_ID)
    lexicon: str = column("lexicon that has the topic")
    topic: str = column("the topic's id in the lexicon, as in topics")
    name: str = column("its name")
    state: str = column("planned, piloted, in_use, rolled_out (in the whole area, or being extended) or ended")
    planned_state: str | None = column("of a planned one, what is planned: piloted, in_use, ...; null where not told")
    negated: bool = column("whether the clause says that it is not so (ei ole otettu käyttöön)")
    date_value: str | None = column("time that the clause names, TIMEX3 value; null where it names none")
    start_date: date | None = column(
        "its first day; null where it tells until when (vuoden loppuun asti)", default=None
    )
    end_date: date | None = column("its last day", default=None)
    place: str | None = column(
        "place that the clause names, base form; null: nothing narrower than the document's region"
    )
    text: str = column("the clause as the source spells it")
    char_start: Int32 = column(START)
    char_end: Int32 = column(END)
    topic_start: Int32 = column(
        "offset of the words that name the topic; before the clause where it points back to them"
    )
    topic_end: Int32 = column("end of these words, exclusive")
    sentence_start: Int32 | None = column("offset of the clause's sentence", default=None)
    sentence_end: Int32 | None = column("end of its sentence, exclusive", default=None)


@table("series", "the same goal, indicator or project in the reports of a region, one row over time")
class SeriesRecord(Record):
    series_id: str = column(
        "series: by region, kind and the first wording, so that the same first report gives the same id"
    )
    doc_id: str = column("document in which it stands first")
    kind: str = column("process_goal, outcome_goal, project_goal, objective, indicator or project")
    region: str | None = column("region of its reports; null where the document names none, which is then its only one")
    code: str | None = column("its latest number; it may have had others")
    text: str = column("its latest wording, repaired where the text was")
    first_period: str | None = column("earliest half-year that its cells tell of, else of its reports: 2021-H1")
    last_period: str | None = column("latest half-year")
    n: Int32 = column("reports that it stands in, of copies one")


@table("series_members", "which series a goal, indicator or project of a report belongs to")
class SeriesMemberRecord(Record):
    series_id: str = column("series")
    doc_id: str = column(DOC_ID)
    kind: str = column("kind of the series")
    member_id: str = column("goal_id, indicator_id or project_id")
    code: str | None = column("its number in this report")
    report_round: str | None = column("half-year of the report")


@table("series_links", "what leads from a report's goal, indicator or project to that of a later one, and why")
class SeriesLinkRecord(Record):
    doc_id: str = column("document of to_id")
    from_series: str = column("series of from_id")
    to_series: str = column("series of to_id; the same for same and same_as")
    from_id: str = column("goal_id, indicator_id or project_id in an earlier report")
    to_id: str = column("goal_id, indicator_id or project_id in this one")
    relation: str = column(
        "same; same_as (the report says so); split, merge (a series ends, others begin); reused_code (another goal has "
        "its number)"
    )
    score: float = column(
        "likeness of the wordings, for split and merge the share of the part found in the whole, 0..1"
    )
    why: str = column("the score and the numbers in words")


@table("rejects", "one row per input file that gave no document")
class RejectRecord(Record):
    doc_id: str | None = column("document; null where the bytes could not be had")
    source_path: str = column("path relative to the input folder, with / separators")
    sha256: str | None = column("SHA-256 of the file's bytes; null where they could not be read")
    n_bytes: Int64 | None = column("size in bytes; null where unknown")
    stage: str = column("stage that gave up: read, redact, repair, analyse, ...")
    code: str = column("what was wrong, a stable code")
    message: str = column("what was wrong and how to mend it")


TABLES: tuple[type[Record], ...] = tuple(_declared)
"""All tables in the order in which they are declared."""

OVER_DOCUMENTS: tuple[type[Record], ...] = (SeriesRecord, SeriesMemberRecord, SeriesLinkRecord)
"""The tables that all documents together give."""

EXTRACTED: tuple[type[Record], ...] = tuple(item for item in TABLES if item not in (*OVER_DOCUMENTS, RejectRecord))
"""The tables that a document gives."""
