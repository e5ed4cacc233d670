"""Headings that a PDF states, in its structure tree or by its bookmarks: which count, and which are machines' work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from extractors.document import fold
from pipeline.process import analysed
from pipeline.read import read
from pipeline.read.pdf.structure import damage

TEXT, LARGE = 11, 14
LINE = 20
"""Points from one line to the next, so that each is a paragraph of its own."""


@dataclass(frozen=True)
class Line:
    """A printed line; `tag` is the path of its element in the structure tree ("Sect/H"), `new` begins another one."""

    text: str
    size: int = TEXT
    bold: bool = False
    tag: str = ""
    new: bool = True
    gap: int = LINE


@dataclass(frozen=True)
class Mark:
    """A bookmark to a page, from 1, and to the line of it that it leads to, from 0 (None: to `view` of the page)."""

    level: int
    title: str
    page: int = 1
    line: int | None = None
    view: str = "/Fit"


Item = Line | str


def printed(*pages: Sequence[Item], marks: Sequence[Mark] = ()) -> bytes:
    """A PDF of lines, with bookmarks and, where lines have tags, a structure tree."""
    whole = [[Line(line) if isinstance(line, str) else line for line in lines] for lines in pages]
    objects: dict[int, str] = {
        2: f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{_page(n)} 0 R' for n in range(len(pages)))}] >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    }
    for number, lines in enumerate(whole):
        stream = "\n".join(_shown(lines))
        objects[_page(number)] = (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>"
            f" /Contents {_page(number) + 1} 0 R /StructParents {number} >>"
        )
        objects[_page(number) + 1] = f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"
    outlines, tree = dict(_outlines(whole, marks)), dict(_tree(whole))
    objects |= outlines | tree
    extra = " /Outlines 200 0 R" * bool(outlines) + " /StructTreeRoot 300 0 R /MarkInfo << /Marked true >>" * bool(tree)
    objects[1] = f"<< /Type /Catalog /Pages 2 0 R{extra} >>"
    data, table = b"%PDF-1.7\n", b"xref\n0 1\n0000000000 65535 f \n"
    for number, body in sorted(objects.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body.encode("cp1252"))
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, len(data))
    return data + table + tail


def _page(number: int) -> int:
    return 10 + 2 * number


def _tops(lines: Sequence[Line]) -> list[int]:
    return [780 - sum(line.gap for line in lines[: number + 1]) for number in range(len(lines))]


def _shown(lines: Sequence[Line]) -> Iterator[str]:
    for mark, (line, top) in enumerate(zip(lines, _tops(lines), strict=True)):
        shown = f"BT /F{2 if line.bold else 1} {line.size} Tf 72 {top} Td ({line.text}) Tj ET"
        yield f"/Span << /MCID {mark} >> BDC {shown} EMC" if line.tag else shown


def _outlines(pages: Sequence[Sequence[Line]], marks: Sequence[Mark]) -> Iterator[tuple[int, str]]:
    """The bookmarks as objects from 200 on: each links its neighbours, its parent, its children."""
    parents: list[int] = []
    for number, mark in enumerate(marks):
        above = [place for place in range(number) if marks[place].level < mark.level]
        parents.append(201 + above[-1] if above else 200)
    for holder in (200, *range(201, 201 + len(marks))) if marks else ():
        children = [201 + place for place, parent in enumerate(parents) if parent == holder]
        body = f" /First {children[0]} 0 R /Last {children[-1]} 0 R /Count {len(children)}" if children else ""
        if holder > 200:
            mark = marks[holder - 201]
            beside = [201 + place for place, parent in enumerate(parents) if parent == parents[holder - 201]]
            place = beside.index(holder)
            body += f" /Prev {beside[place - 1]} 0 R" * (place > 0)
            body += f" /Next {beside[place + 1]} 0 R" if place + 1 < len(beside) else ""
            view = mark.view if mark.line is None else f"/XYZ 72 {_tops(pages[mark.page - 1])[mark.line] + 9} 0"
            title = mark.title.encode("utf-16").hex()
            body += f" /Parent {parents[holder - 201]} 0 R /Title <{title}> /Dest [{_page(mark.page - 1)} 0 R {view}]"
        yield holder, f"<<{body} >>"


def _tree(pages: Sequence[Sequence[Line]]) -> Iterator[tuple[int, str]]:
    """The structure tree from 300 on: an element for each line, or for those that go on with it, within its path."""
    children: dict[int, list[str]] = {300: []}
    bodies: dict[int, str] = {}
    owners: list[list[int]] = []
    for number, lines in enumerate(pages):
        owners.append([])
        for mark, line in enumerate(lines):
            holder = 300
            for kind in line.tag.split("/") if line.tag and (line.new or not owners[-1]) else ():
                element = 301 + len(bodies)
                bodies[element] = f"/Type /StructElem /S /{kind} /P {holder} 0 R /Pg {_page(number)} 0 R"
                children.setdefault(holder, []).append(f"{element} 0 R")
                holder = element
            owner = holder if holder > 300 else max(bodies, default=300)
            owners[-1].append(owner)
            if line.tag:
                children.setdefault(owner, []).append(str(mark))
    if not bodies:
        return
    parents = " ".join(
        f"{number} [{' '.join(f'{owner} 0 R' for owner in found)}]" for number, found in enumerate(owners)
    )
    yield 300, f"<< /Type /StructTreeRoot /K [{' '.join(children[300])}] /ParentTree << /Nums [{parents}] >> >>"
    for element, body in bodies.items():
        yield element, f"<< {body} /K [{' '.join(children.get(element, ()))}] >>"


def stated(data: bytes) -> list[tuple[int | None, str]]:
    """The headings that a PDF is read to state, with their levels."""
    document = read(data, "raportti.pdf")
    return [
        (block.level, fold(document.text[block.start : block.end]))
        for block in document.blocks
        if block.kind == "heading"
    ]


def large(text: str) -> Line:
    return Line(text, LARGE)


def bold(text: str) -> Line:
    return Line(text, bold=True)


BODY = "Palvelut siirtyivät hyvinvointialueelle vuoden alussa."
PAGE = ["Tulokset", BODY, "Hoito", "Kotihoito", BODY, "Talous", BODY]
MARKS = [Mark(1, "Tulokset", line=0), Mark(2, "Hoito", line=2), Mark(3, "Kotihoito", line=3), Mark(1, "Talous", line=5)]


def test_bookmarks_state_headings_that_no_look_tells() -> None:
    data = printed(PAGE, marks=MARKS)
    assert damage(data) is None
    assert stated(data) == [(1, "Tulokset"), (2, "Hoito"), (3, "Kotihoito"), (1, "Talous")]
    document = analysed(data, "raportti.pdf")
    assert [(section.level, section.heading_text) for section in document.sections] == stated(data)
    assert stated(printed(PAGE)) == []


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("1.2 Hoito ja hoiva", ["Hoito ja hoiva"]),  # an automatic number that the text layer lacks
        ("Hoito ja hoiva", ["1.2 Hoito ja hoiva"]),  # a number that the title lacks
        ("IV. Hoito ja hoiva", ["Hoito ja hoiva"]),
        ("Hoito ja  hoiva ", ["Hoito ja hoiva"]),
        ("Hoito ja hoiva", ["HOITO JA HOIVA"]),
        ("Hoito- ja hoivapalvelut", ["Hoito- ja hoiva-", "palvelut"]),
        ("2 Hoito ja hoiva maakunnan kaikissa kunnissa", ["2 Hoito ja hoiva", "maakunnan kaikissa kunnissa"]),
        ("Hoito ja hoiva maakunnan kaikissa kunnissa", ["2 Hoito ja hoiva", "maakunnan kaikissa kunnissa"]),
        ("Hoito ja hoiva maakunn…", ["Hoito ja hoiva maakunnan kaikissa kunnissa"]),
    ],
)
def test_a_bookmark_names_the_lines_that_say_the_same(title: str, lines: list[str]) -> None:
    page: list[Item] = ["Tulokset", BODY, *lines, BODY]
    found = stated(printed(page, marks=[Mark(1, "Tulokset"), Mark(2, title)]))
    assert [level for level, _ in found] == [1, 2]
    assert found[1][1].replace("- p", "p") == " ".join(lines).replace("- p", "p")


@pytest.mark.parametrize(
    "title", ["1.3 Hoito ja hoiva", "Hoito ja hoiva maakunnassa", "Hoito", "oja hoiva", "12", "", "1.2"]
)
def test_a_bookmark_that_says_something_else_names_nothing(title: str) -> None:
    page: list[Item] = ["Tulokset", BODY, "1.2 Hoito ja hoiva", BODY, "12", BODY, "Talous", BODY]
    marks = [Mark(1, "Tulokset"), Mark(2, title), Mark(1, "Talous")]
    assert stated(printed(page, marks=marks)) == [(1, "Tulokset"), (1, "Talous")]


def test_a_bookmark_counts_on_its_own_page_only() -> None:
    marks = [Mark(1, "Tulokset"), Mark(1, "Talous"), Mark(2, "Hoito", page=2)]
    assert stated(printed(PAGE, [BODY, BODY], marks=marks)) == [(1, "Tulokset"), (1, "Talous")]


def test_of_lines_that_say_the_same_the_place_decides() -> None:
    page: list[Item] = ["Hoito", "Talous", BODY, "Hoito", BODY, "Talous", BODY]
    leads = [Mark(1, "Hoito", line=3), Mark(2, "Talous", line=5)]
    document = read(printed(page, marks=leads), "raportti.pdf")
    assert [block.kind for block in document.blocks] == [
        "paragraph", "paragraph", "paragraph", "heading", "paragraph", "heading", "paragraph"
    ]  # fmt: skip


def test_a_place_may_be_given_by_its_height_alone() -> None:
    page: list[Item] = ["Hoito", "Talous", BODY, "Hoito", BODY, "Talous", BODY]
    marks = [Mark(1, "Hoito", view="/FitH 712"), Mark(2, "Talous", view="/FitBH 672")]
    kinds = [block.kind for block in read(printed(page, marks=marks), "raportti.pdf").blocks]
    assert [number for number, kind in enumerate(kinds) if kind == "heading"] == [3, 5]


@pytest.mark.parametrize("view", ["/Fit", "/XYZ null null null", "/FitH null", "/XYZ 0 0 0"])
def test_bookmarks_to_a_page_name_its_lines_in_order(view: str) -> None:
    page: list[Item] = ["Hoito", BODY, "Mittarit", BODY, "Talous", BODY, "Mittarit", BODY]
    titles = [(1, "Hoito"), (2, "Mittarit"), (1, "Talous"), (1, "Mittarit")]
    marks = [Mark(level, title, view=view) for level, title in titles]
    assert stated(printed(page, marks=marks)) == [(1, "Hoito"), (2, "Mittarit"), (1, "Talous"), (1, "Mittarit")]


RUNS = [
    "Lääkäriin pääsi viikossa ja hoitajalle vielä samana päivänä koko maakunnassa ja",
    "sosiaalityön asiakkaat saivat oman työntekijän, jonka luokse he pääsevät aina kun",
    "tarvetta ilmenee eikä asiaa tarvitse selittää moneen kertaan uudelle ihmiselle.",
]


@pytest.mark.parametrize(
    "marks",
    [
        [Mark(1, "Sivu 1"), Mark(1, "Sivu 2", page=2)],
        [Mark(1, "raportti_lopullinen_v3.docx"), Mark(1, "liite2.pdf", page=2)],
        [Mark(1, "raportti.docx"), Mark(2, "Tulokset"), Mark(1, "liite.pdf", page=2), Mark(1, "_Toc123", page=2)],
        [Mark(1, "Tulokset")],
        [Mark(1, RUNS[1], page=2, line=0), Mark(1, RUNS[1], page=3, line=0)],
    ],
    ids=["pages", "files", "mostly files", "the title alone", "each page's first line"],
)
def test_bookmarks_that_machines_make_state_nothing(marks: list[Mark]) -> None:
    runs = [Line(text, gap=13) for text in RUNS[1:]]
    page: list[Item] = [*PAGE, Line(RUNS[0])]
    assert stated(printed(page, [*runs, BODY, RUNS[0]], [*runs, BODY], marks=marks)) == []


def test_bookmarks_for_the_chapters_alone_leave_headings_to_their_looks() -> None:
    chapters: list[Item] = [large("1 Tulokset"), BODY, bold("Hoito"), BODY, bold("Hoiva"), BODY, bold("Talous"), BODY]
    page: list[Item] = [*chapters, large("2 Arvio"), BODY]
    marks = [Mark(1, "1 Tulokset"), Mark(1, "2 Arvio")]
    assert stated(printed(page, marks=marks)) == []
    sections = analysed(printed(page, marks=marks), "raportti.pdf").sections
    assert [section.heading_text for section in sections] == ["1 Tulokset", "Hoito", "Hoiva", "Talous", "2 Arvio"]
    below = [Mark(2, title) for title in ("Hoito", "Hoiva", "Talous")]
    assert [level for level, _ in stated(printed(page, marks=[marks[0], *below, marks[1]]))] == [1, 2, 2, 2, 1]


@pytest.mark.parametrize("looks", [large("Hoito"), bold("Hoito")], ids=["larger", "bold"])
def test_a_cover_and_labels_do_not_make_bookmarks_few(looks: Line) -> None:
    cover: list[Item] = [large("Koealueen hanke"), large("Loppuraportti"), bold("Ohjausryhmä"), bold("Koepitäjä")]
    page: list[Item] = [*cover, "Tulokset", BODY, looks, BODY, bold("Valmiit:"), BODY, "Talous", BODY]
    assert stated(printed(page, marks=[Mark(1, "Tulokset"), Mark(2, "Talous")])) == [(1, "Tulokset"), (2, "Talous")]


def test_a_flat_list_of_headings_in_several_fonts_says_nothing_of_their_levels() -> None:
    marks = [Mark(1, "1 Tulokset"), Mark(1, "1.1 Hoito"), Mark(1, "2 Talous")]
    page: list[Item] = [large("1 Tulokset"), BODY, bold("1.1 Hoito"), BODY, large("2 Talous"), BODY]
    assert [level for level, _ in stated(printed(page, marks=marks))] == [None, None, None]
    sections = analysed(printed(page, marks=marks), "raportti.pdf").sections
    assert [section.level for section in sections] == [1, 2, 1]
    alike: list[Item] = [large("Tulokset"), BODY, large("Hoito"), BODY]
    assert stated(printed(alike, marks=[Mark(1, "Tulokset"), Mark(1, "Hoito")])) == [(1, "Tulokset"), (1, "Hoito")]


def tagged(text: str, tag: str) -> Line:
    return Line(text, tag=tag)


def test_a_tagged_heading_is_one_however_it_is_set() -> None:
    page: list[Item] = [
        tagged("Tulokset", "H1"),
        tagged(BODY, "P"),
        tagged("Hoito ja hoiva maakunnan kaikissa", "H2"),
        Line("kunnissa ja kaupungeissa", tag="H2", new=False, gap=30),
        Line("Hoito oli", tag="P", gap=13),
        Line("hyvää.", tag="P", new=False, gap=13),
        tagged("Talous", "Art/Div/H1"),
        tagged(BODY, "P"),
    ]
    assert stated(printed(page)) == [
        (1, "Tulokset"),
        (2, "Hoito ja hoiva maakunnan kaikissa kunnissa ja kaupungeissa"),
        (1, "Talous"),
    ]


def test_a_heading_without_a_level_is_as_deep_as_the_sections_around_it() -> None:
    page: list[Item] = [
        tagged("Tulokset", "Sect/H"),
        BODY,
        tagged("Hoito", "Sect/Sect/H"),
        BODY,
        tagged("Liite", "H"),
        BODY,
    ]
    assert stated(printed(page)) == [(1, "Tulokset"), (2, "Hoito"), (None, "Liite")]


def test_the_structure_tree_is_heard_before_the_bookmarks() -> None:
    page: list[Item] = [
        tagged("Tulokset", "H2"),
        tagged(BODY, "P"),
        tagged("Hoito", "H3"),
        tagged(BODY, "P"),
        "Talous",
        BODY,
    ]
    marks = [Mark(1, "Tulokset"), Mark(1, "Talous")]
    assert stated(printed(page, marks=marks)) == [(2, "Tulokset"), (3, "Hoito")]


def test_a_tree_that_marks_the_title_alone_leaves_headings_to_bookmarks_or_looks() -> None:
    rest: list[Item] = [Line("Hoito", bold=True), BODY, Line("Hoiva", bold=True), BODY]
    page: list[Item] = [Line("Raportti", LARGE, tag="H1"), tagged(BODY, "P"), *rest]
    assert stated(printed(page)) == []
    marks = [Mark(1, "Raportti"), Mark(2, "Hoito"), Mark(2, "Hoiva")]
    assert stated(printed(page, marks=marks)) == [(1, "Raportti"), (2, "Hoito"), (2, "Hoiva")]


def test_a_tree_that_calls_text_headings_is_not_believed() -> None:
    text = "Hoitoon pääsi viikossa. Kotihoito laajeni kaikkiin kuntiin."
    page: list[Item] = [tagged("Tulokset", "H1"), tagged(text, "H1"), tagged("Talous", "H1"), tagged(text, "H1")]
    assert stated(printed(page)) == []


def test_a_bulleted_heading_stays_a_list_item_as_in_a_web_page() -> None:
    page: list[Item] = [tagged("Tulokset", "H1"), tagged(BODY, "P"), tagged("• Hoito", "LI/H2"), tagged(BODY, "P")]
    document = read(printed(page), "raportti.pdf")
    assert [(block.kind, block.level) for block in document.blocks][::2] == [("heading", 1), ("list_item", None)]
