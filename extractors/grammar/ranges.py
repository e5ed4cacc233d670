"""Points and ranges of the calendar in a run of tokens: `scan` finds them, `read_at` reads the one at a lexeme.

Which year a bare month takes is told elsewhere (`extractors.facts.anchors`), where the document is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractors.document import Span
from extractors.grammar.calendar import Point, interval
from extractors.grammar.cursor import FIRST_YEAR, Found, TimeCursor, is_short_year, is_year, year_of
from extractors.grammar.lexemes import Word
from extractors.grammar.lexer import lexemes
from extractors.grammar.numeric_points import decade, numeric_day
from extractors.grammar.points import opens_inner, point
from extractors.grammar.worded_points import worded_day
from lexicons import needs

_MONTH_STEMS = needs("time_words", groups=["month_prefix"])


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression and its stretch of the source: a point, or a range when `end` is set.

    `first`..`last` are its lexemes. `is_name` says that it names a time without telling when ("kesää odottaa moni").
    """

    span: Span
    begin: Point
    end: Point | None = None
    first: int = 0
    last: int = 0
    is_name: bool = False


def expression(cursor: TimeCursor, index: int) -> tuple[Point, Point | None, int] | None:
    """A point or a range that begins at a lexeme."""
    for form in (month_pair, day_pair, stem_pair, decades):
        if found := form(cursor, index):
            return found
    head = point(cursor, index)
    if head is None:
        return None
    begin, after = head
    if (inner := stem_pair(cursor, after)) and begin.grain == "year" and opens_inner(cursor, after):
        return _within_year(cursor, begin, inner)
    last_week = cursor.number(after + 1, 1, 53) if begin.grain == "week" and cursor.kind(after) == "dash" else None
    if last_week is not None and begin.unit is not None and begin.unit < last_week:
        return begin, replace(begin, unit=last_week), after + 2  # viikoilla 12–14
    if begin.grain == "year" and cursor.kind(after) == "slash" and cursor.glued(after - 1, 3):
        following = cursor.number(after + 1, 0, 99)
        if following is not None and following == ((begin.year or 0) + 1) % 100:
            return begin, Point("year", (begin.year or 0) + 1), after + 2  # 2005/06
    if cursor.kind(after) == "dash" and begin.grain != "turn":
        tail = point(cursor, after + 1)
        if (
            tail is None
            and begin.grain == "year"
            and (cursor.glued(after - 1, 3) or (begin.year or 0) < FIRST_YEAR)
            and _is_year_after(cursor, begin, after + 1)
        ):
            number = int(cursor.lexemes[after + 1].value or 0)
            tail = Point("year", number if number > 99 else (begin.year or 0) // 100 * 100 + number), after + 2
        if tail is not None and _may_join(begin, tail[0]):
            end = tail[0]
            if begin.year is None and not begin.is_relative and end.year is not None:
                begin = replace(begin, year=_year_before(begin, end))
            return begin, end, tail[1]
    return begin, None, after


def _is_year_after(cursor: TimeCursor, begin: Point, index: int) -> bool:
    """Whether a number is a year behind a year and a dash: 2020–23, 2008–09, 1676–1678."""
    following, year = cursor.at(index), begin.year or 0
    if following is None or following.kind != "num" or index in cursor.is_quantity:
        return False
    number = int(following.value or 0)
    if len(following.text) == 2:
        return is_short_year(following) or number == (year + 1) % 100
    return len(following.text) == len(str(year)) and year < number < FIRST_YEAR


def _within_year(
    cursor: TimeCursor, year: Point, pair: tuple[Point, Point | None, int]
) -> tuple[Point, Point | None, int]:
    """viime vuoden tammi-heinäkuussa"""
    begin, end, after = pair
    if end is None or end.year is not None:
        return pair
    own = {"year": year.year, "outer": year.shift, "told": year.told}
    return replace(begin, **own), replace(end, **own), after  # type: ignore[arg-type]


def is_name(cursor: TimeCursor, index: int, after: int, point: Point) -> bool:
    """Whether a lone word names a time without telling when: in the partitive ("kesää"), as a subject ("syksy")."""
    if after != index + 1 or point.year is not None or point.is_relative:
        return False
    lexeme = cursor.lexemes[index]
    if lexeme.kind in ("weekend", "weekday", "holiday"):
        return lexeme.form.case in ("Par", "Nom", "Gen")
    return lexeme.form.case in ("Par", "Nom") and not (lexeme.text.isupper() and lexeme.kind in ("month", "season"))


def month_pair(cursor: TimeCursor, index: int) -> tuple[Point, Point | None, int] | None:
    """1-2/21 · 09-11/2021"""
    first, last = cursor.number(index, 1, 12), cursor.number(index + 2, 1, 12)
    if first is None or last is None or not cursor.kinds(index, "num", "dash", "num", "slash", "num"):
        return None
    year = cursor.at(index + 4)
    if not (is_year(year) or is_short_year(year)) or not cursor.glued(index + 2, 3) or first >= last:
        return None
    number = year_of(cursor.lexemes[index + 4])
    return Point("month", number, first), Point("month", number, last), index + 5


def day_pair(cursor: TimeCursor, index: int) -> tuple[Point, Point | None, int] | None:
    """12.–14.5.2022 · 1.9.–31.10.2021 · 8.–10. huhtikuuta · kesäkuun 25.–26. päivänä"""
    if cursor.kind(index) == "month" and (first := cursor.number(index + 1, 1, 31)) is not None:
        dash = index + 3 if cursor.kind(index + 2) == "dot" else index + 2
        last = cursor.number(dash + 1, first + 1, 31) if cursor.kind(dash) == "dash" else None
        after = dash + 3 if cursor.kind(dash + 2) == "dot" else dash + 2
        if last is None or cursor.kind(after) != "day":
            return None
        end, after = cursor.with_year(Point("day", None, int(cursor.lexemes[index].value or 0), last), after + 1)
        return replace(end, day=first), end, after
    first = cursor.number(index, 1, 31)
    if first is None:
        return None
    dash = index + 2 if cursor.kind(index + 1) == "dot" else index + 1
    if cursor.kind(dash) == "dash" and cursor.kind(dash + 1) == "num":
        tail = worded_day(cursor, dash + 1) or (numeric_day(cursor, dash + 1) if dash == index + 2 else None)
        if tail is not None and tail[0].grain == "day":
            end = tail[0]
            if first < int(end.day or 0) and (end.year is not None or end.unit is not None):
                return replace(end, day=first), end, tail[1]
    head = numeric_day(cursor, index)
    if head is not None and head[0].year is None and cursor.kind(head[1]) == "dash":
        tail = numeric_day(cursor, head[1] + 1)
        if tail is not None and (tail[0].year is not None or _order(head[0]) < _order(tail[0])):
            year = _year_before(head[0], tail[0]) if tail[0].year is not None else None
            return replace(head[0], year=year), tail[0], tail[1]
    return None


def day_list(cursor: TimeCursor, index: int, depth: int = 0) -> Found | None:
    """27. ja 28. lokakuuta 2021: the first day, of the month and year that the last one names"""
    first = cursor.number(index, 1, 31)
    if first is None or not cursor.kinds(index, "num", "dot") or cursor.kind(index + 2) not in ("and", "comma"):
        return None
    rest = worded_day(cursor, index + 3) if cursor.kind(index + 3) == "num" else None
    if rest is None and depth < 3 and (more := day_list(cursor, index + 3, depth + 1)):
        rest = more
    if rest is None or rest[0].unit is None or (rest[0].day or 0) <= first:
        return None
    return replace(rest[0], day=first), index + 2


def month_list(cursor: TimeCursor, index: int) -> Found | None:
    """kesäkuun 19. ja 25. päivänä: one day after the other, all of the month that opens the list"""
    month = cursor._month_at.get(index)
    day_at = index
    if month is None and cursor.kind(index) == "month":
        month, day_at = int(cursor.lexemes[index].value or 0), index + 1
    day = cursor.number(day_at, 1, 31)
    if month is None or day is None or cursor.kind(day_at + 1) != "dot":
        return None
    if cursor.kind(day_at + 2) == "day":
        return cursor.with_year(Point("day", None, month, day), day_at + 3) if index in cursor._month_at else None
    joint = day_at + 2
    while joint < day_at + 4 and cursor.kind(joint) in ("comma", "and"):
        joint += 1
    last = cursor.number(joint, day + 1, 31)
    if joint == day_at + 2 or last is None or cursor.kind(joint + 1) != "dot" or cursor.kind(joint + 2) == "num":
        return None
    cursor._month_at[joint] = month
    return Point("day", None, month, day), day_at + 2


def decades(cursor: TimeCursor, index: int) -> tuple[Point, Point | None, int] | None:
    """1960–1980-luvuilla"""
    if not cursor.kinds(index, "num", "dash", "num", "dash", "decade"):
        return None
    first, last = cursor.lexemes[index], cursor.lexemes[index + 2]
    if not (first.text.endswith("0") and last.text.endswith("0") and len(first.text) == len(last.text) <= 4):
        return None
    end, after = decade(cursor, int(last.value or 0), index + 5)
    return decade(cursor, int(first.value or 0), index)[0], end, after


def suspended(cursor: TimeCursor, index: int) -> tuple[Point, int] | None:
    """1980- ja 1990-luvuilla: the first decade"""
    year = cursor.at(index)
    if year is None or not cursor.kinds(index, "num", "dash", "and", "num", "dash", "decade") or len(year.text) > 4:
        return None
    return (decade(cursor, int(year.value or 0), index + 2)[0], index + 2) if year.text.endswith("0") else None


def stem_pair(cursor: TimeCursor, index: int) -> tuple[Point, Point | None, int] | None:
    """elo-syyskuussa 2022 · tammi- helmikuussa 2021 · heinä–syyskuussa 2021 · touko- ja kesäkuussa"""
    item = cursor.at(index)
    if item is not None and item.kind == "months":
        first, last = (int(part) for part in str(item.value).split("-"))
        end, after = cursor.with_year(Point("month", None, last), index + 1, short=True)
    elif item is not None and (item.kind == "month_stem" or (item.kind == "season" and item.value in ("SU", "FA"))):
        joint = cursor.at(index + 1)
        month = index + 2 if joint is not None and joint.kind in ("dash", "and", "slash") else index + 1
        if cursor.kind(index + 1) == "dash" and cursor.kind(index + 2) in ("slash", "and"):
            month = index + 3
        if month == index + 1 and not item.text.endswith("-"):
            return None
        target = cursor.at(month)
        if target is None or target.kind != "month" or (item.kind == "season" and not _stem_before(cursor, index)):
            return None
        first = {"SU": 6, "FA": 9}[str(item.value)] if item.kind == "season" else int(item.value or 0)
        end, after = cursor.with_year(Point("month", None, int(target.value or 0)), month + 1, short=True)
    else:
        return None
    begin = replace(end, unit=first, mod=None)
    if end.year is not None and first > int(end.unit or 0):
        begin = replace(begin, year=end.year - 1)
    return begin, end, after


def _stem_before(cursor: TimeCursor, index: int) -> bool:
    """Whether kesä or syys stands as a month's stem: its bare form right before a dash."""
    is_stem = cursor.lexemes[index].text.lower().rstrip("-") in _season_stems()
    return is_stem and (cursor.kind(index + 1) == "dash" or cursor.lexemes[index].text.endswith("-"))


@cache
def _season_stems() -> frozenset[str]:
    """Stems of months that are also words of their own: kesä-, syys-."""
    return frozenset(_MONTH_STEMS.texts)


def _order(point: Point) -> tuple[int, int]:
    """Month and day, for comparison."""
    return point.unit or 0, point.day or 0


def _may_join(begin: Point, end: Point) -> bool:
    """Whether two points around a dash are one range: the end names its year, or both leave it open."""
    if end.year is None:
        return begin.year is None and begin.grain == end.grain and begin.grain in ("month", "season")
    if begin.grain == "turn" or end.grain == "turn" or begin.grain == "decade":
        return False
    return begin.year is None or begin.year <= end.year


def _year_before(begin: Point, end: Point) -> int:
    """The year of a range's begin that leaves it out: the end's, or the one before where it would come after."""
    year = int(end.year or 0)
    same = interval(replace(begin, year=year))
    other = interval(end)
    return year - 1 if same and other and same[0] > other[0] else year


def scan(tokens: Sequence[Word]) -> Iterator[Expression]:
    """The points and ranges of a run of tokens that tell when, in order."""
    reader = TimeCursor(lexemes(tokens))
    index = 0
    while index < len(reader.lexemes):
        found = read_at(reader, index)
        if found is not None and not found.is_name:
            yield found
        index = found.last + 1 if found is not None else index + 1


def read_at(reader: TimeCursor, index: int) -> Expression | None:
    """The point or range that begins at a lexeme."""
    items = reader.lexemes
    if items[index].kind in _NEVER_FIRST:
        return None
    listed = day_list(reader, index) or month_list(reader, index) or suspended(reader, index)
    found = (listed[0], None, listed[1]) if listed is not None else expression(reader, index)
    if found is None:
        return None
    begin, end, after = found
    span = Span(items[index].start, items[after - 1].end)
    names_only = end is None and is_name(reader, index, after, begin)
    return Expression(span, begin, end, index, after - 1, names_only)


_NEVER_FIRST = frozenset(
    ("word", "unit", "comparator", "and", "dot", "comma", "slash", "colon", "part", "day", "number")
)
