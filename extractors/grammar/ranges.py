"""Points and ranges of the calendar in a run of tokens: `scan` finds them, `read_at` reads the one at a lexeme.

Which year a bare month takes is told elsewhere (`extractors.facts.anchors`), where the document is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.document import Span
from extractors.grammar.calendar import Point, interval
from extractors.grammar.cursor import Cursor, Read, first_read
from extractors.grammar.lexemes import LemmaToken
from extractors.grammar.lexer import lexemes
from extractors.grammar.numeric_points import decade, decade_of, full_day, is_next_year, names_decade, numeric_day
from extractors.grammar.points import opens_inner, point
from extractors.grammar.quarters import quarter_pair
from extractors.grammar.worded_points import day_of_this_month, week_number, worded_day
from extractors.grammar.years import EARLIEST_YEAR, FIRST_YEAR, is_short_year, is_year, next_year, with_year, year_of

Range = tuple[Point, Point | None]
"""A point, or the first and the last point of a range."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression of the calendar and its stretch of the source: a point, or a range when `end` is set.

    `first`..`last` are its lexemes. `is_name` says that it names a time without telling when ("kesää odottaa moni").
    """

    span: Span
    begin: Point
    end: Point | None = None
    first: int = 0
    last: int = 0
    is_name: bool = False


def scan(tokens: Sequence[LemmaToken]) -> Iterator[Expression]:
    """The points and ranges of a run of tokens that tell when, in order."""
    cursor = Cursor(lexemes(tokens))
    index = 0
    while index < len(cursor.lexemes):
        found = read_at(cursor, index)
        if found is not None and not found.is_name:
            yield found
        index = found.last + 1 if found is not None else index + 1


NEVER_FIRST = frozenset(
    (
        "word",
        "during",
        "before",
        "toward",
        "comparator",
        "and",
        "dot",
        "comma",
        "slash",
        "colon",
        "part",
        "half_part",
        "percent",
    )
)
"""Kinds of lexemes that begin no time expression."""

_NEVER_FIRST = NEVER_FIRST | {"unit", "day", "number"}


def read_at(cursor: Cursor, index: int) -> Expression | None:
    """The point or range that begins at a lexeme."""
    items = cursor.lexemes
    if items[index].kind in _NEVER_FIRST:
        return None
    found: Read[Range] | None
    kind = items[index].kind
    if kind == "num" and cursor.kind(index + 1) not in _JOINING:
        kind = "lone"
    listed = first_read(_LISTED.get(kind, ()), cursor, index)
    if listed is not None:
        found = (listed[0], None), listed[1]
    else:
        found = first_read(_PAIRS.get(kind, ()), cursor, index) or _point_or_range(cursor, index)
    if found is None:
        return None
    (begin, end), after = found
    span = Span(items[index].start, items[after - 1].end)
    may_be_name = listed is None and end is None
    return Expression(span, begin, end, index, after - 1, may_be_name and is_name(cursor, index, after, begin))


def is_name(cursor: Cursor, index: int, after: int, point: Point) -> bool:
    """Whether a lone word names a time without telling when: in the partitive, as a subject.

    kesää odotetaan → nothing
    syksy on kiireinen → nothing
    SYKSY → XXXX-FA
    ennen kesää → XXXX-SU
    syksyä kohti → XXXX-FA
    """
    if cursor.kind(index - 1) == "before" or cursor.kind(after) == "toward":
        return False
    if after != index + 1 or point.year is not None or point.is_relative:
        return False
    item = cursor.at(index)
    if item.kind == "weekday" and cursor.kind(after) == "weekday" and cursor.case(after) == "Ill":
        return False  # tiistaista torstaihin
    if item.kind in ("weekend", "weekday", "holiday"):
        return item.sense.case in ("Par", "Nom", "Gen")
    return item.sense.case in ("Par", "Nom") and not (item.text.isupper() and item.kind in ("month", "season"))


def day_list(cursor: Cursor, index: int, depth: int = 0) -> Read[Point] | None:
    """A day of a list whose month and year the last one names.

    27. ja 28. lokakuuta 2021 → 2021-10-27, 2021-10-28
    3., 4. ja 5. toukokuuta → XXXX-05-03, XXXX-05-04, XXXX-05-05
    1., 2., 3., 4. ja 5. toukokuuta → XXXX-05-01, XXXX-05-02, XXXX-05-03, XXXX-05-04, XXXX-05-05
    12., 14. ja 20.5.2022 → 2022-05-12, 2022-05-14, 2022-05-20
    """
    first = cursor.small(index, 1, 31)
    if first is None or cursor.kind(index + 1) != "dot" or cursor.kind(index + 2) not in ("and", "comma"):
        return None
    rest = None
    if cursor.kind(index + 3) == "num":
        rest = worded_day(cursor, index + 3) or full_day(cursor, index + 3)
    if rest is None and depth < LISTED_DAYS:
        rest = day_list(cursor, index + 3, depth + 1)
    if rest is None or rest[0].unit is None or (rest[0].day or 0) <= first:
        return None
    return replace(rest[0], day=first), index + 2


LISTED_DAYS = 3
"""Days of a list that may stand before the last two; bounds the look ahead."""


def month_list(cursor: Cursor, index: int) -> Read[Point] | None:
    """A day of a list whose month the first one names.

    kesäkuun 19. ja 25. päivänä → XXXX-06-19, XXXX-06-25
    """
    month, at = cursor.listed_month.get(index), index
    if month is None and cursor.kind(index) == "month":
        month, at = cursor.at(index).integer, index + 1
    day = cursor.small(at, 1, 31)
    if month is None or day is None or cursor.kind(at + 1) != "dot":
        return None
    here = Point("day", None, month, day)
    if cursor.kind(at + 2) == "day":
        return with_year(cursor, here, at + 3) if at == index else None
    following = cursor.behind(cursor.behind(at + 2, "comma", "and"), "comma", "and")
    if following == at + 2 or not _is_later_day(cursor, following, day):
        return None
    cursor.listed_month[following] = month
    return here, at + 2


def _is_later_day(cursor: Cursor, index: int, day: int) -> bool:
    later = cursor.small(index, day + 1, 31)
    return later is not None and cursor.kind(index + 1) == "dot" and cursor.kind(index + 2) != "num"


def listed_week(cursor: Cursor, index: int) -> Read[Point] | None:
    """A week of a list behind its word.

    viikoilla 12, 14 ja 16/2022 → XXXX-W12, XXXX-W14, 2022-W16
    """
    is_second = cursor.kind(index - 1) in ("comma", "and") and cursor.kinds(index - 3, "week", "num")
    if (not is_second and cursor.listed_week != index) or cursor.counts(index) or cursor.kind(index + 1) == "word":
        return None
    found = week_number(cursor, index)
    if found is not None and cursor.kind(found[1]) in ("comma", "and"):
        cursor.listed_week = found[1] + 1
    return found


def suspended(cursor: Cursor, index: int) -> Read[Point] | None:
    """A decade whose word the next one has: 1980- ja 1990-luvuilla → 198, 199"""
    if not cursor.kinds(index, "num", "dash", "and", "num", "dash", "decade") or not names_decade(cursor.at(index)):
        return None
    return decade_of(cursor.at(index)), index + 2


def suspended_part(cursor: Cursor, index: int) -> Read[Point] | None:
    """alku- ja loppuvuodesta 2022 → 2022 START, 2022 END"""
    if cursor.kind(index) != "part_stem" or cursor.kind(index + 1) not in ("and", "or"):
        return None
    whole = point(cursor, index + 2)
    return (replace(whole[0], mod=str(cursor.at(index).value)), index + 1) if whole and whole[0].mod else None


def suspended_season(cursor: Cursor, index: int) -> Read[Point] | None:
    """A season whose word the next one has.

    kevät- ja syyskaudella 2022 → 2022-SP, 2022-FA
    syys- ja kevätlukukaudella 2021 → 2021-FA, 2021-SP
    """
    item = cursor.at(index)
    name = str(item.value) if item.kind == "season" else SEASONS.get(item.sense.month or 0)
    if name is None or not item.text.endswith("-") or cursor.kind(index + 1) not in ("and", "or"):
        return None
    whole = point(cursor, index + 2) if cursor.kind(index + 2) == "season" else None
    return (replace(whole[0], season=name, mod=None), index + 1) if whole is not None else None


SEASONS = {6: "SU", 9: "FA"}
"""Seasons whose words begin like a month's: kesä-, syys-."""


def suspended_month(cursor: Cursor, index: int) -> Read[Point] | None:
    """A month of a list whose last one has the word and the year; two months in a row are a range.

    helmi-, touko- ja marraskuussa 2023 → 2023-02, 2023-05, 2023-11
    helmi- ja marraskuussa 2023 → 2023-02, 2023-11
    """
    month, sign = cursor.at(index).sense.month, _behind_suspended(cursor, index)
    last = _last_of_months(cursor, sign + 1) if sign is not None else None
    if month is None or sign is None or last is None:
        return None
    end, n_more = last
    is_first = cursor.at(index - 1).kind not in ("comma", "and") or cursor.kind(index - 2) not in ("dash", "month_stem")
    if n_more == 0 and is_first and (end.unit or 0) - month in (1, -11):
        return None
    is_before = end.year is not None and month > (end.unit or 0)
    return replace(end, unit=month, mod=None, year=end.year - 1 if is_before and end.year else end.year), sign


LISTED_MONTHS = 11
"""Months of a list that may follow each other."""


def _last_of_months(cursor: Cursor, index: int) -> tuple[Point, int] | None:
    """The month that ends a list of suspended ones, with its year, and how many stand before it."""
    for n_more in range(LISTED_MONTHS):
        if cursor.kind(index) == "month":
            return with_year(cursor, Point("month", None, cursor.at(index).integer), index + 1, short=True)[0], n_more
        sign = _behind_suspended(cursor, index)
        if sign is None:
            return None
        index = sign + 1
    return None


def _behind_suspended(cursor: Cursor, index: int) -> int | None:
    """The index of the comma or "ja" behind a suspended month: helmi-, or touko- ja."""
    item = cursor.at(index)
    at = index + 1 if item.text.endswith("-") else cursor.behind(index + 1, "dash")
    is_open = item.sense.month is not None and (at > index + 1 or item.text.endswith("-"))
    return at if is_open and cursor.kind(at) in ("comma", "and", "or") else None


_JOINING = ("dot", "dash", "quarter", "half")
"""What stands right behind the first number of a pair or a list; `lone` are those before anything else."""

_LISTED = {
    "lone": (month_list, listed_week),
    "num": (day_list, month_list, suspended, listed_week),
    "month": (month_list,),
    "part_stem": (suspended_part,),
    "month_stem": (suspended_season, suspended_month),
    "season": (suspended_season, suspended_month),
    "holiday": (suspended_month,),
}
"""The lists that a lexeme of a kind may open or go on with."""


def month_pair(cursor: Cursor, index: int) -> Read[Range] | None:
    """Two months of one year.

    1-2/21 → 2021-01/2021-02
    09-11/2021 → 2021-09/2021-11
    """
    if not cursor.kinds(index, "num", "dash", "num", "slash", "num"):
        return None
    first, last, year = cursor.small(index, 1, 12), cursor.small(index + 2, 1, 12), cursor.at(index + 4)
    if first is None or last is None or first >= last:
        return None
    if not (is_year(year) or is_short_year(year)) or not cursor.joined(index + 2, 3):
        return None
    return (Point("month", year_of(year), first), Point("month", year_of(year), last)), index + 5


def early_years(cursor: Cursor, index: int) -> Read[Range] | None:
    """Two years around a dash of which only the later may stand alone.

    Hän eli 1890–1986 → 1890/1986
    """
    first, last = cursor.at(index), cursor.at(index + 2)
    if not cursor.kinds(index, "num", "dash", "num") or not cursor.joined(index + 1, 2):
        return None
    if not is_year(first, EARLIEST_YEAR) or first.integer >= FIRST_YEAR or not is_year(last):
        return None
    is_money = cursor.at(index + 3).sense.unit is not None
    if is_money or cursor.counts(index + 2) or (cursor.at(index).glued and cursor.kind(index - 1) != "word"):
        return None
    return (Point("year", first.integer), Point("year", last.integer)), index + 3


def days_of_month(cursor: Cursor, index: int) -> Read[Range] | None:
    """Two days behind their month.

    kesäkuun 25.–26. päivänä 2021 → 2021-06-25/2021-06-26
    """
    first = cursor.small(index + 1, 1, 31)
    if cursor.kind(index) != "month" or first is None:
        return None
    dash = cursor.behind(index + 2, "dot")
    last = cursor.small(dash + 1, first + 1, 31)
    after = cursor.behind(dash + 2, "dot")
    if cursor.kind(dash) != "dash" or last is None or cursor.kind(after) != "day":
        return None
    end, after = with_year(cursor, Point("day", None, cursor.at(index).integer, last), after + 1)
    return (replace(end, day=first), end), after


def days_before_month(cursor: Cursor, index: int) -> Read[Range] | None:
    """Two days before the month of the second.

    1.–3.5.2022 → 2022-05-01/2022-05-03
    12.–14.5.2022 → 2022-05-12/2022-05-14
    8.–10. huhtikuuta → XXXX-04-08/XXXX-04-10
    8–10. huhtikuuta → XXXX-04-08/XXXX-04-10
    1–31.3.2022 → 2022-03-01/2022-03-31
    15-16 elokuuta → XXXX-08-15/XXXX-08-16
    la 5. – su 6. maaliskuuta 2022 → 2022-03-05/2022-03-06
    4.–22. tässä kuussa → XXXX-XX-XX shift=0/XXXX-XX-XX shift=0
    """
    at = _behind_weekday(cursor, index)
    first, dash = cursor.small(at, 1, 31), cursor.behind(at + 1, "dot")
    last = _behind_weekday(cursor, dash + 1)
    if first is None or cursor.kind(dash) != "dash" or cursor.kind(last) != "num":
        return None
    tail = worded_day(cursor, last) or day_of_this_month(cursor, last)
    if tail is None and (tail := numeric_day(cursor, last)) is not None and dash == at + 1 and tail[0].year is None:
        return None
    if tail is None or first >= (tail[0].day or 0):
        return None
    return (replace(tail[0], day=first), tail[0]), tail[1]


def _behind_weekday(cursor: Cursor, index: int) -> int:
    """The index behind a weekday and the full stop of its abbreviation."""
    at = cursor.behind(index, "weekday", "weekday_short", "weekend")
    return cursor.behind(at, "dot") if at > index and cursor.kind(index) == "weekday_short" else at


def days_of_year(cursor: Cursor, index: int) -> Read[Range] | None:
    """Two days and their months, the year with the second.

    1.9.–31.10.2021 → 2021-09-01/2021-10-31
    1.12.–31.1.2022 → 2021-12-01/2022-01-31
    1.9.–31.10. → XXXX-09-01/XXXX-10-31
    5.9 - 9.9.2022 → 2022-09-05/2022-09-09
    la 5.3. – su 6.3.2022 → 2022-03-05/2022-03-06
    """
    at = _behind_weekday(cursor, index)
    head = numeric_day(cursor, at) or _undotted_day(cursor, at)
    if head is None or head[0].year is not None or cursor.kind(head[1]) != "dash":
        return None
    last = _behind_weekday(cursor, head[1] + 1)
    begin, tail = head[0], numeric_day(cursor, last, named=last > head[1] + 1)
    if tail is None or (tail[0].year is None and _month_day(begin) >= _month_day(tail[0])):
        return None
    year = _year_before(begin, tail[0]) if tail[0].year is not None else None
    return (replace(begin, year=year), tail[0]), tail[1]


def _undotted_day(cursor: Cursor, index: int) -> Read[Point] | None:
    """The first day of a range, whose month has no full stop, before a day with its year: 5.9 - 9.9.2022"""
    day, month = cursor.small(index, 1, 31), cursor.small(index + 2, 1, 12)
    if day is None or month is None or not cursor.kinds(index + 1, "dot", "num", "dash") or not cursor.joined(index, 3):
        return None
    last = full_day(cursor, index + 4)
    return (Point("day", None, month, day), index + 3) if last is not None and last[0].day else None


def decades(cursor: Cursor, index: int) -> Read[Range] | None:
    """1960–1980-luvuilla → 196/198"""
    if not cursor.kinds(index, "num", "dash", "num", "dash", "decade"):
        return None
    first, last = cursor.at(index), cursor.at(index + 2)
    if not names_decade(first) or len(first.text) != len(last.text):
        return None
    tail = decade(cursor, index + 2)
    return ((decade_of(first), tail[0]), tail[1]) if tail is not None else None


def months_in_a_word(cursor: Cursor, index: int) -> Read[Range] | None:
    """Two months in one word.

    elo-syyskuussa 2022 → 2022-08/2022-09
    joulu-helmikuussa 2022 → 2021-12/2022-02
    """
    item = cursor.at(index)
    if item.kind != "months":
        return None
    first, last = (int(part) for part in str(item.value).split("-"))
    return _from_month(cursor, first, last, index + 1)


def seasons_in_a_word(cursor: Cursor, index: int) -> Read[Range] | None:
    """kevät-syksyllä 2022 → 2022-SP/2022-FA"""
    item = cursor.at(index)
    if item.kind != "seasons":
        return None
    first, last = str(item.value).split("-")
    end, after = with_year(cursor, Point("season", season=last), index + 1, short=True)
    return (replace(end, season=first, mod=None), end), after


def stem_and_month(cursor: Cursor, index: int) -> Read[Range] | None:
    """A month's stem before another month.

    tammi- helmikuussa 2021 → 2021-01/2021-02
    heinä–syyskuussa 2021 → 2021-07/2021-09
    kesä–elokuussa 2021 → 2021-06/2021-08
    joulu–tammikuussa 2022 → 2021-12/2022-01
    touko- ja kesäkuussa → XXXX-05/XXXX-06
    touko-/kesäkuussa 2021 → 2021-05/2021-06
    """
    item = cursor.at(index)
    if item.sense.month is None:
        return None
    at = cursor.behind(index + 1, "dash", "and", "slash")
    if cursor.kind(index + 1) == "dash":
        at = cursor.behind(at, "slash", "and")
    is_open = cursor.kind(index + 1) == "dash" or item.text.endswith("-")
    if cursor.kind(at) != "month" or not (is_open or (item.kind == "month_stem" and at > index + 1)):
        return None
    return _from_month(cursor, item.sense.month, cursor.at(at).integer, at + 1)


def _from_month(cursor: Cursor, first: int, last: int, after: int) -> Read[Range]:
    """The months from one to another, with the year that stands behind them; from a later month the year before.

    marras–tammikuussa 2022–2023 → 2022-11/2023-01
    """
    end, after = with_year(cursor, Point("month", None, last), after, short=True)
    if end.year is not None and first > last and (second := next_year(cursor, after - 1)) is not None:
        end, after = replace(end, year=end.year + 1), second
    year = end.year - 1 if end.year is not None and first > last else end.year
    return (replace(end, year=year, unit=first, mod=None), end), after


def _months(cursor: Cursor, index: int) -> Read[Range] | None:
    return months_in_a_word(cursor, index) or stem_and_month(cursor, index)


_PAIRS: dict[str, tuple[Callable[[Cursor, int], Read[Range] | None], ...]] = {
    "num": (month_pair, quarter_pair, days_before_month, days_of_year, decades, early_years),
    "weekend": (days_before_month, days_of_year),
    "weekday": (days_before_month, days_of_year),
    "weekday_short": (days_before_month, days_of_year),
    "roman": (quarter_pair,),
    "quarter": (quarter_pair,),
    "half": (quarter_pair,),
    "month": (days_of_month,),
    "months": (months_in_a_word,),
    "seasons": (seasons_in_a_word,),
    "month_stem": (stem_and_month,),
    "season": (stem_and_month,),
    "holiday": (stem_and_month,),
}
"""The pairs that a lexeme of a kind may open, in the order in which they are tried."""


def _point_or_range(cursor: Cursor, index: int) -> Read[Range] | None:
    """A point, or the range that it opens."""
    head = point(cursor, index)
    if head is None:
        return None
    begin, after = head
    for form in _CONTINUED:
        if (found := form(cursor, begin, after)) is not None:
            return found
    return (begin, None), after


def months_of_year(cursor: Cursor, begin: Point, after: int) -> Read[Range] | None:
    """viime vuoden tammi-heinäkuussa → XXXX-01 outer=-1/XXXX-07 outer=-1"""
    pair = _months(cursor, after) if begin.grain == "year" and opens_inner(cursor, after) else None
    if pair is None:
        return None
    (first, last), after = pair
    if last is None or last.year is not None:
        return pair
    return (_in_year(first, begin), _in_year(last, begin)), after


def _in_year(point: Point, year: Point) -> Point:
    return replace(point, year=year.year, outer=year.shift, told=year.told)


def weeks(cursor: Cursor, begin: Point, after: int) -> Read[Range] | None:
    """Two weeks around a dash, and their year.

    viikoilla 12–14 → XXXX-W12/XXXX-W14
    viikoilla 35–38/2022 → 2022-W35/2022-W38
    viikot 50–2/2023 → 2022-W50/2023-W02
    """
    if begin.grain != "week" or begin.unit is None or begin.year is not None or cursor.kind(after) != "dash":
        return None
    end = week_number(cursor, after + 1)
    if end is None or (end[0].year is None and (end[0].unit or 0) <= begin.unit):
        return None
    last, year = end[0], end[0].year
    return (replace(begin, year=year - 1 if year and (last.unit or 0) < begin.unit else year), last), end[1]


def two_years(cursor: Cursor, begin: Point, after: int) -> Read[Range] | None:
    """2021/22 → 2021/2022"""
    if begin.grain != "year" or begin.year is None or cursor.kind(after) != "slash":
        return None
    if not cursor.joined(after - 1, 3) or not is_next_year(begin.year, cursor.at(after + 1)):
        return None
    return (begin, Point("year", begin.year + 1)), after + 2


def to_point(cursor: Cursor, begin: Point, after: int) -> Read[Range] | None:
    """A point, a dash, and another point.

    11/2021–02/2022 → 2021-11/2022-02
    1.9.2018 - 31.8.2019 → 2018-09-01/2019-08-31
    huhtikuu 2019 – maaliskuu 2020 → 2019-04/2020-03
    syyskuu – maaliskuu 2020 → 2019-09/2020-03
    13. kesäkuuta – 3. heinäkuuta → XXXX-06-13/XXXX-07-03
    syksyllä 2021–2022 → 2021-FA/2022-FA
    """
    if cursor.kind(after) != "dash" or begin.grain == "turn":
        return None
    tail = point(cursor, after + 1) or _short_tail(cursor, begin, after)
    has_years = begin.grain in ("month", "season") and begin.year is not None and cursor.kind(after + 1) == "num"
    if tail is not None and has_years and tail[0].grain == "year":
        tail = replace(begin, year=tail[0].year, mod=begin.mod), tail[1]
    if tail is None or not _may_join(begin, tail[0]):
        return None
    end = tail[0]
    if begin.year is None and not begin.is_relative and end.year is not None:
        begin = replace(begin, year=_year_before(begin, end))
    return (begin, end), tail[1]


_CONTINUED = (months_of_year, weeks, two_years, to_point)


def _short_tail(cursor: Cursor, begin: Point, after: int) -> Read[Point] | None:
    """The second year of a range in less than four digits, or one that is no year by itself.

    2020–23 → 2020/2023
    2008–09 → 2008/2009
    vuosina 1676–1678 → 1676/1678
    """
    year, following = begin.year or 0, cursor.at(after + 1)
    if begin.grain != "year" or following.kind != "num" or cursor.counts(after + 1):
        return None
    if not cursor.joined(after - 1, 3) and year >= FIRST_YEAR:
        return None
    number = following.integer
    if len(following.text) == 2:
        is_later = is_short_year(following) or number == (year + 1) % 100
    else:
        is_later = len(following.text) == len(str(year)) and year < number < FIRST_YEAR
    if not is_later:
        return None
    return Point("year", number if number > 99 else year // 100 * 100 + number), after + 2


def _month_day(point: Point) -> tuple[int, int]:
    """Month and day, for comparison."""
    return point.unit or 0, point.day or 0


def _may_join(begin: Point, end: Point) -> bool:
    """Whether two points around a dash are one range: the end names its year, or both leave it open.

    toukokuu – elokuu → XXXX-05/XXXX-08
    toukokuu 2021 – elokuu → 2021-05
    2022 – 2021 → 2022, 2021
    """
    if end.year is None:
        is_worded = begin.grain in ("month", "season") or (begin.grain == "day" and begin.unit is not None)
        return begin.year is None and begin.grain == end.grain and is_worded and not end.is_relative
    if begin.grain == "turn" or end.grain == "turn" or begin.grain == "decade":
        return False
    return begin.year is None or begin.year <= end.year


def _year_before(begin: Point, end: Point) -> int:
    """The year of a range's begin that leaves it out: the end's, or the one before where it would come after.

    1.3.–31.10.2021 → 2021-03-01/2021-10-31
    15.11.–31.1.2022 → 2021-11-15/2022-01-31
    """
    year = int(end.year or 0)
    same = interval(replace(begin, year=year))
    other = interval(end)
    return year - 1 if same and other and same[0] > other[0] else year
