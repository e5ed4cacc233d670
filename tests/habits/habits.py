"""The habits: each a small change of how an office writes, by the subject that it is about.

A combination draws at most one habit a subject. `needs` says what a report must have for the habit to show.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from tests.habits import wordings
from tests.habits.model import STATES, Goal, Period, Report, State
from tests.habits.office import Office

Change = Callable[[Office, Report, Random], Office]


@dataclass(frozen=True, slots=True)
class Habit:
    name: str
    subject: str
    needs: frozenset[str]
    change: Change

    def fits(self, report: Report) -> bool:
        return self.needs <= report.has


HABITS: dict[str, Habit] = {}


def habit(subject: str, *needs: str) -> Callable[[Change], Change]:
    """Declare a function as a habit of its name."""

    def declare(change: Change) -> Change:
        HABITS[change.__name__] = Habit(change.__name__, subject, frozenset(needs), change)
        return change

    return declare


def by_subject(report: Report) -> dict[str, list[Habit]]:
    """The habits that would show in a report."""
    found: dict[str, list[Habit]] = {}
    for one in HABITS.values():
        if one.fits(report):
            found.setdefault(one.subject, []).append(one)
    return found


# Codes of goals


def _plain(number: int, goal: Goal) -> tuple[str, tuple[str, ...]]:
    return goal.code or "", (goal.code or "",)


@habit("codes", "codes")
def codes_dotted(office: Office, report: Report, rng: Random) -> Office:
    """1.1. Hoitoon pääsee viikossa"""
    return replace(office, codes=lambda number, goal: (f"{goal.code}.", (goal.code or "",)))


@habit("codes", "codes")
def codes_pt(office: Office, report: Report, rng: Random) -> Office:
    """PT 1.1 Hoitoon pääsee viikossa"""
    pattern = rng.choice(("PT {}", "PT {}:", "PT {}."))
    return replace(office, codes=lambda number, goal: (pattern.format(goal.code), (goal.code or "",)))


@habit("codes", "codes")
def codes_in_words(office: Office, report: Report, rng: Random) -> Office:
    """Tavoite 1.1. Hoitoon pääsee viikossa"""
    pattern = rng.choice(("Tavoite {}.", "Prosessitavoite {}:", "Tavoite {}:"))
    return replace(office, codes=lambda number, goal: (pattern.format(goal.code), (goal.code or "",)))


@habit("codes", "codes")
def codes_glued_prefix(office: Office, report: Report, rng: Random) -> Office:
    """OT2.1 Hoitoon pääsee viikossa; whether the letters belong to the code, truth leaves open"""
    letters = rng.choice(("OT", "PT", "KT"))
    return replace(office, codes=lambda number, goal: (f"{letters}{goal.code}", (f"{letters}{goal.code}", goal.code)))  # type: ignore[arg-type,return-value]


@habit("codes", "codes")
def codes_letter_running(office: Office, report: Report, rng: Random) -> Office:
    """P1, P2, P3 through the whole report"""
    letter, mark = rng.choice("PT"), rng.choice(("", ":", "."))
    return replace(office, codes=lambda number, goal: (f"{letter}{number + 1}{mark}", (f"{letter}{number + 1}",)))


@habit("codes", "codes")
def codes_letter_spaced(office: Office, report: Report, rng: Random) -> Office:
    """P 1, P 2; a code has its spaces out"""
    letter = rng.choice("PT")
    return replace(office, codes=lambda number, goal: (f"{letter} {number + 1}", (f"{letter}{number + 1}",)))


@habit("codes", "codes")
def codes_letter_by_goal(office: Office, report: Report, rng: Random) -> Office:
    """A1, A2, B1: a letter a national goal"""
    letters = "ABCDE"

    def code(number: int, goal: Goal) -> tuple[str, tuple[str, ...]]:
        first, _, second = (goal.code or "1.1").partition(".")
        shown = f"{letters[int(first) - 1]}{second}"
        return shown, (shown,)

    return replace(office, codes=code)


# Numbers of chapters


@habit("chapters", "report")
def chapters_numbered(office: Office, report: Report, rng: Random) -> Office:
    """1 Johdanto, 2 Saatavuus …, whatever number the national goal has"""
    return replace(office, numbering=rng.choice(("plain", "dotted")))


@habit("chapters", "report")
def chapters_nested(office: Office, report: Report, rng: Random) -> Office:
    """2 Saatavuus, 2.1 Lähtötilanne, 2.2 Mittarit"""
    return replace(office, numbering="nested")


@habit("chapters", "report", "codes")
def chapters_collide(office: Office, report: Report, rng: Random) -> Office:
    """2.1 Lähtötilanne, and the second national goal's first goal is 2.1 as well"""
    return replace(office, numbering="nested", codes=_plain)


@habit("chapters", "report", "goal_headings")
def chapters_deep(office: Office, report: Report, rng: Random) -> Office:
    """2.3.1 PT 1.1 Hoitoon pääsee viikossa: the goal's own heading has a chapter number before its code"""
    return replace(office, numbering="deep")


@habit("chapters", "report")
def chapters_roman(office: Office, report: Report, rng: Random) -> Office:
    """III Saatavuus, oikea-aikaisuus ja jatkuvuus"""
    return replace(office, numbering="roman")


@habit("chapters", "report")
def chapters_automatic(office: Office, report: Report, rng: Random) -> Office:
    """Word numbers the headings; their text has no number"""
    return replace(office, numbering="automatic", format="docx")


# Wording of headings


@habit("national", "national")
def national_official(office: Office, report: Report, rng: Random) -> Office:
    """The programme's own words"""
    return replace(office, national="official")


@habit("national", "national")
def national_own_words(office: Office, report: Report, rng: Random) -> Office:
    """Pääsy palveluihin ja hoidon jatkuvuus"""
    return replace(office, national="own")


@habit("national", "national")
def national_prefixed(office: Office, report: Report, rng: Random) -> Office:
    """Hyötytavoite 2 – Ehkäisevät ja ennakoivat palvelut"""
    return replace(office, national=rng.choice(wordings.NATIONAL_PREFIXES))


@habit("rounds", "rounds")
def rounds_other_words(office: Office, report: Report, rng: Random) -> Office:
    """Tilannekatsaus 31.5.2022"""
    return replace(office, rounds=rng.choice(wordings.ROUNDS))


@habit("rounds", "rounds")
def rounds_by_month(office: Office, report: Report, rng: Random) -> Office:
    """Kolmas raportointikierros (toukokuu 2023)"""
    return replace(office, rounds=rng.choice(wordings.ROUNDS), round_date="month")


@habit("rounds", "rounds")
def rounds_in_figures(office: Office, report: Report, rng: Random) -> Office:
    """Katsaus 2, 5/2022"""
    return replace(office, rounds=rng.choice(wordings.ROUNDS), round_date="figures")


@habit("rounds", "rounds")
def rounds_by_season(office: Office, report: Report, rng: Random) -> Office:
    """Väliarvio, kevät 2022"""
    return replace(office, rounds=rng.choice(wordings.ROUNDS), round_date="season")


@habit("intro", "intro")
def intro_other_words(office: Office, report: Report, rng: Random) -> Office:
    """Hyötyinä tavoitellaan, että"""
    return replace(office, intro=rng.choice(wordings.INTROS[1:]))


# Columns


def _column_words(office: Office, rng: Random) -> Office:
    return replace(office, words={role: rng.choice(words) for role, words in wordings.COLUMNS.items()})


@habit("columns", "tables")
def columns_other_words(office: Office, report: Report, rng: Random) -> Office:
    """Mitä tavoitellaan | Missä mennään"""
    return _column_words(office, rng)


@habit("columns", "tables")
def columns_capitals(office: Office, report: Report, rng: Random) -> Office:
    """MITÄ TAVOITELLAAN | MISSÄ MENNÄÄN"""
    return replace(_column_words(office, rng), capitals=True)


@habit("order", "tables")
def order_shuffled(office: Office, report: Report, rng: Random) -> Office:
    """Columns in another order"""
    return replace(office, shuffled=True)


@habit("further", "tables")
def further_responsible(office: Office, report: Report, rng: Random) -> Office:
    """A column more: who answers for it"""
    return replace(office, extra=("responsible",))


@habit("further", "tables")
def further_remarks(office: Office, report: Report, rng: Random) -> Office:
    """A column more: remarks"""
    return replace(office, extra=("remark",))


@habit("further", "tables")
def further_both(office: Office, report: Report, rng: Random) -> Office:
    """Two columns more"""
    return replace(office, extra=("responsible", "remark"))


# Header rows and captions


@habit("header", "readiness")
def header_one_row(office: Office, report: Report, rng: Random) -> Office:
    """Tavoite | 5/21 | 11/21"""
    return replace(office, header="one")


@habit("header", "readiness")
def header_two_rows(office: Office, report: Report, rng: Random) -> Office:
    """Valmiusaste stands over all the rounds"""
    return replace(office, header="two")


@habit("header", "readiness")
def header_said_each_time(office: Office, report: Report, rng: Random) -> Office:
    """Valmiusaste 5/21 | Valmiusaste 11/21"""
    return replace(office, header="each")


@habit("header", "readiness")
def header_with_unit(office: Office, report: Report, rng: Random) -> Office:
    """Valmiusaste (%), and the cells are bare numbers"""
    return replace(office, header="unit", readiness="bare")


@habit("repeated", "tables")
def header_repeated(office: Office, report: Report, rng: Random) -> Office:
    """The header rows come again in the middle of the table, as where a page ends"""
    return replace(office, repeated=True)


@habit("captions", "tables")
def caption_above(office: Office, report: Report, rng: Random) -> Office:
    """Taulukko 1. Tavoitteiden valmiusaste"""
    return replace(office, caption="above")


@habit("captions", "tables")
def caption_below(office: Office, report: Report, rng: Random) -> Office:
    """The same under the table"""
    return replace(office, caption="below")


# Reporting periods


def _months(pattern: str) -> Callable[[Period], Period]:
    names = {1: ("05", "toukokuu", 5), 2: ("11", "marraskuu", 11)}

    def spell(period: Period) -> Period:
        digits, name, month = names[period.half]
        words = pattern.format(m=month, mm=digits, name=name, y=period.year, yy=period.year % 100)
        return Period(f"{period.year}-{digits}", words)

    return spell


def _halves(spring: str, autumn: str, pattern: str, values: tuple[str, str]) -> Callable[[Period], Period]:
    def spell(period: Period) -> Period:
        name = (spring, autumn)[period.half - 1]
        words = pattern.format(name=name, y=period.year, yy=period.year % 100)
        return Period(f"{period.year}-{values[period.half - 1]}", words)

    return spell


@habit("periods", "periods")
def periods_short_month(office: Office, report: Report, rng: Random) -> Office:
    """5/21"""
    return replace(office, periods=_months("{m}/{yy}"))


@habit("periods", "periods")
def periods_long_month(office: Office, report: Report, rng: Random) -> Office:
    """05/2021"""
    return replace(office, periods=_months("{mm}/{y}"))


@habit("periods", "periods")
def periods_named_month(office: Office, report: Report, rng: Random) -> Office:
    """toukokuu 2021"""
    return replace(office, periods=_months(rng.choice(("{name} {y}", "{name} -{yy}"))))


@habit("periods", "periods")
def periods_season(office: Office, report: Report, rng: Random) -> Office:
    """Kevät 2021"""
    pattern = rng.choice(("{name} {y}", "{name} -{yy}", "{y} {name}"))
    return replace(office, periods=_halves("Kevät", "Syksy", pattern, ("SP", "FA")))


@habit("periods", "periods")
def periods_season_letter(office: Office, report: Report, rng: Random) -> Office:
    """K21"""
    return replace(office, periods=_halves("K", "S", rng.choice(("{name}{yy}", "{name}{y}")), ("SP", "FA")))


@habit("periods", "periods")
def periods_half_year(office: Office, report: Report, rng: Random) -> Office:
    """I/2021"""
    return replace(office, periods=_halves("I", "II", "{name}/{y}", ("H1", "H2")))


# Readiness and its legend


@habit("readiness", "readiness")
def readiness_percent(office: Office, report: Report, rng: Random) -> Office:
    """40 %"""
    return replace(office, readiness="percent")


@habit("readiness", "readiness")
def readiness_bare(office: Office, report: Report, rng: Random) -> Office:
    """40"""
    return replace(office, readiness="bare")


@habit("readiness", "readiness")
def readiness_about(office: Office, report: Report, rng: Random) -> Office:
    """n. 40 %"""
    return replace(office, readiness="about")


def _stages(office: Office, report: Report, rng: Random, style: str) -> Office:
    """The style with the report's own stages or other ones of as many steps."""
    scale = report.scale
    n_stages = len(scale.stages) if scale else 0
    other = [stages for stages in wordings.SCALES if len(stages) == n_stages]
    return replace(office, readiness=style, stages=rng.choice([None, *other]) if other else None)


@habit("readiness", "readiness")
def readiness_number(office: Office, report: Report, rng: Random) -> Office:
    """3"""
    return _stages(office, report, rng, "number")


@habit("readiness", "readiness")
def readiness_stage(office: Office, report: Report, rng: Random) -> Office:
    """vaihe 3"""
    return _stages(office, report, rng, "stage")


@habit("readiness", "readiness")
def readiness_word(office: Office, report: Report, rng: Random) -> Office:
    """kokeilu"""
    return _stages(office, report, rng, "word")


@habit("readiness", "readiness")
def readiness_number_and_word(office: Office, report: Report, rng: Random) -> Office:
    """3 (kokeilu)"""
    return _stages(office, report, rng, "both")


@habit("readiness", "readiness")
def readiness_mixed(office: Office, report: Report, rng: Random) -> Office:
    """Each cell in its own way"""
    return _stages(office, report, rng, "mixed")


@habit("legend", "readiness")
def legend_without_percents(office: Office, report: Report, rng: Random) -> Office:
    """3 = kokeilu, and nobody says how many percent that is"""
    return replace(office, legend_percents=False)


@habit("legend", "readiness")
def legend_in_prose(office: Office, report: Report, rng: Random) -> Office:
    """1 = ei käynnissä (0 %), 2 = valmistelussa (25 %) ja …"""
    return replace(office, legend_form="prose", legend_percents=rng.random() < 0.5)


@habit("legend", "readiness")
def legend_as_table(office: Office, report: Report, rng: Random) -> Office:
    """Vaihe | Selitys | Valmiina"""
    return replace(office, legend_form="table", legend_percents=rng.random() < 0.5)


@habit("legend_place", "readiness")
def legend_behind_tables(office: Office, report: Report, rng: Random) -> Office:
    """The legend stands under the last table"""
    return replace(office, legend_last=True)


# Measures


def _labels(words: dict[State, tuple[str, ...]], rng: Random) -> dict[State, str]:
    return {state: rng.choice(words[state]) for state in STATES}


@habit("states", "measures")
def states_other_words(office: Office, report: Report, rng: Random) -> Office:
    """Loppuun viedyt, Työn alla, Odottaa aloitusta, Karsitut; in cells: hoidettu, etenee, odottaa, peruttu"""
    return replace(office, labels=_labels(wordings.LABELS, rng), cells=_labels(wordings.CELLS, rng))


@habit("measures", "measures")
def measures_nested(office: Office, report: Report, rng: Random) -> Office:
    """State labels are bullets too, the measures bullets under them"""
    return replace(office, measures="nested")


@habit("measures", "measures")
def measures_labelled(office: Office, report: Report, rng: Random) -> Office:
    """Bullets under a line that tells the state"""
    return replace(office, measures="labels")


@habit("measures", "measures")
def measures_in_brackets(office: Office, report: Report, rng: Random) -> Office:
    """Ohjeen laatiminen (valmis)"""
    return replace(office, measures="brackets")


@habit("measures", "measures")
def measures_table(office: Office, report: Report, rng: Random) -> Office:
    """Toimenpide | Vastuu | Aikataulu | Tilanne under each goal"""
    return replace(office, measures="table")


@habit("measures", "measures")
def measures_goal_table(office: Office, report: Report, rng: Random) -> Office:
    """Tavoite | Toimenpide | Tilanne, a goal merged over its rows"""
    return replace(office, measures="goal_table")


@habit("measures", "measures")
def measures_prose(office: Office, report: Report, rng: Random) -> Office:
    """A paragraph, a sentence a measure"""
    return replace(office, measures="prose")


# Projects


@habit("results", "projects")
def results_by_column(office: Office, report: Report, rng: Random) -> Office:
    """A column a season instead of season labels in one cell"""
    return replace(office, result_columns=True)


# Cover, fields, contents


@habit("cover", "cover")
def cover_project_first(office: Office, report: Report, rng: Random) -> Office:
    """The project's name, then what the document is, then the date"""
    return replace(office, cover="project_first")


@habit("cover", "cover")
def cover_of_labels(office: Office, report: Report, rng: Random) -> Office:
    """Hanke: …, Rahoittaja: …, Päiväys: …"""
    words = {role: rng.choice(names) for role, names in wordings.COVER_LABELS.items()}
    return replace(office, cover="labels", fields="line", cover_words=words)


@habit("labels", "page", "fields")
def labels_on_the_line(office: Office, report: Report, rng: Random) -> Office:
    """Rahoittaja: Sosiaali- ja terveysministeriö"""
    return replace(office, fields="line")


@habit("labels", "page", "fields")
def labels_doubled(office: Office, report: Report, rng: Random) -> Office:
    """Luotu / Luotu / 4.3.2024"""
    return replace(office, fields="doubled")


def _cover_of_labels(office: Office, rng: Random, style: str) -> Office:
    words = {role: rng.choice(names) for role, names in wordings.COVER_LABELS.items()}
    return replace(office, cover="labels", fields=style, cover_words=words)


@habit("cover", "cover")
def cover_labels_above(office: Office, report: Report, rng: Random) -> Office:
    """A cover's label on one line, its value on the next"""
    return _cover_of_labels(office, rng, "above")


@habit("cover", "cover")
def cover_labels_doubled(office: Office, report: Report, rng: Random) -> Office:
    """A cover's label twice, then its value"""
    return _cover_of_labels(office, rng, "doubled")


@habit("cover", "cover")
def cover_table(office: Office, report: Report, rng: Random) -> Office:
    """A cover's labels and values in a table of two columns"""
    return _cover_of_labels(office, rng, "table")


@habit("contents", "report")
def contents_dotted(office: Office, report: Report, rng: Random) -> Office:
    """Johdanto ........ 2"""
    return replace(office, contents="dots", contents_words=rng.choice(wordings.CONTENTS_HEADINGS))


@habit("contents", "report")
def contents_tabbed(office: Office, report: Report, rng: Random) -> Office:
    """A TAB before the page number"""
    return replace(office, contents="tab", contents_words=rng.choice(wordings.CONTENTS_HEADINGS))


# The page


@habit("bullets", "bullets")
def bullets_other(office: Office, report: Report, rng: Random) -> Office:
    """-, –, *, ·, o or ► typed before each item"""
    return replace(office, bullet=rng.choice(("-", "–", "*", "·", "o", "►")))


@habit("page")
def page_wrapped(office: Office, report: Report, rng: Random) -> Office:
    """Lines end at the page's width, whatever that is"""
    return replace(office, format="txt", width=rng.choice((68, 76, 84, 96, 110, 124)))


@habit("page")
def page_wrapped_with_numbers(office: Office, report: Report, rng: Random) -> Office:
    """The same with page numbers between"""
    return replace(office, format="txt", width=rng.choice((76, 90, 110)), page_numbers=True)


@habit("page", "tables")
def page_row_a_line(office: Office, report: Report, rng: Random) -> Office:
    """A table's row is a line, its cells parted by TABs"""
    return replace(office, format="txt", row_a_line=True)


@habit("page", "projects")
def page_text_layer(office: Office, report: Report, rng: Random) -> Office:
    """The table of a landscape page as its text layer has it, cell after cell"""
    return replace(office, format="txt", width=rng.choice((96, 110)), layer=True)


@habit("page")
def page_docx(office: Office, report: Report, rng: Random) -> Office:
    """Word"""
    return replace(office, format="docx")


@habit("page")
def page_docx_bold(office: Office, report: Report, rng: Random) -> Office:
    """Word, and headings are bold paragraphs"""
    return replace(office, format="docx", bold_headings=True)


@habit("page")
def page_html(office: Office, report: Report, rng: Random) -> Office:
    """A web page"""
    return replace(office, format="html")


@habit("page")
def page_html_bold(office: Office, report: Report, rng: Random) -> Office:
    """A web page whose headings are bold paragraphs"""
    return replace(office, format="html", bold_headings=True)
