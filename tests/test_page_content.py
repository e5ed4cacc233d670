"""What of a web page is read, whatever it was made with; what is left out is told with how much."""

from __future__ import annotations

import plistlib

import pytest

from extractors.document import Document
from pipeline.read import read
from pipeline.rejects import Reject

PROSE = "Alueen palveluja kehitetään yhdessä kuntien kanssa koko hankkeen ajan. " * 4


def page(body: str) -> Document:
    return read(
        f"<!DOCTYPE html><html><head><title>Sivu</title></head><body>{body}</body></html>".encode(), "sivu.html"
    )


def lines(body: str) -> list[str]:
    return page(body).text.split("\n")


def rows(document: Document, number: int = 0) -> list[list[str]]:
    table = document.tables[number]
    grid = [[""] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        grid[cell.row][cell.col] = cell.text(document.text)
    return grid


READ = [
    ("<main><p>Alku.</p><aside><p>Asiakkaita 340</p></aside></main>", ["Alku.", "Asiakkaita 340"]),
    ("<main><p>Alku.</p></main><aside><p>Asiakkaita 340</p></aside>", ["Alku.", "Asiakkaita 340"]),
    ("<article><p>Yksi 10 %</p></article><article><p>Kaksi 20 %</p></article>", ["Yksi 10 %", "Kaksi 20 %"]),
    ("<main>Yksi asia.</main><main>Toinen asia.</main>", ["Yksi asia.", "Toinen asia."]),
    (f"<main><h1>Hanke</h1></main><div>{PROSE}</div>", ["Hanke", PROSE.strip()]),
    (f"<article><p>Lyhyt.</p></article><div>{PROSE}</div>", ["Lyhyt.", PROSE.strip()]),
    (f"<header><h1>Chat avattu 2022</h1></header><article>{PROSE}</article>", ["Chat avattu 2022", PROSE.strip()]),
    ("<article>Teksti.<footer>Päivitetty 5.6.2022</footer></article>", ["Teksti.", "Päivitetty 5.6.2022"]),
    ("<section><header><h2>Tulokset</h2></header>Jono 5 %</section>", ["Tulokset", "Jono 5 %"]),
    ("<form id='aspnetForm'><h2>Tila</h2><p>Jono 5 %</p></form>", ["Tila", "Jono 5 %"]),
    ("<details><summary>Lisää</summary>Jono 5 %</details>", ["Lisää", "Jono 5 %"]),
    ("<h3><button aria-expanded=false>Lähtötila</button></h3><div hidden class='accordion'>Jono</div>",
     ["Lähtötila", "Jono"]),
    ("<button class='acc'>Lähtötila</button><div class='p'>Jono 5 %</div>", ["Lähtötila", "Jono 5 %"]),
    ("<button aria-controls=x>Näytä</button><p>Väli.</p><p id=x style='display:none'>Jono 5 %</p>",
     ["Näytä", "Väli.", "Jono 5 %"]),
    ("<a data-toggle='collapse' href='#x'>Tulos</a><div id=x hidden>Jono 5 %</div>", ["Tulos", "Jono 5 %"]),
    ("<dl><dt><button>Tulos</button></dt><dd hidden>Jono 5 %</dd></dl>", ["Tulos", "Jono 5 %"]),
    ("<div hidden id=lisaa>Jono 5 %</div><button onclick=\"nayta('lisaa')\">Lisää</button>", ["Jono 5 %", "Lisää"]),
    ("<table><tr><td>1<td>2</tr>irti<p>kappale</table>", ["irti", "kappale", "\t1", "\t2", "", ""]),
    ("Osuus<progress>30 %</progress><meter>4/10</meter>", ["Osuus 30 % 4/10"]),
    ("<x-tab>Jono 5 %</x-tab> <x-tab>Toinen</x-tab>", ["Jono 5 %", "Toinen"]),
    ("<p hidden='until-found'>Jono 5 %</p>", ["Jono 5 %"]),
    ("<div aria-hidden=true><p>Jono 5 %</p></div>", ["Jono 5 %"]),
    ("<ul role=tablist><li role=tab aria-controls=a>Tavoite<li role=tab aria-controls=b>Tulos</ul>"
     "<div role=tabpanel id=a>Jono lyhenee</div><div role=tabpanel id=b hidden>Jono 5 %</div>",
     ["Tavoite", "Jono lyhenee", "Tulos", "Jono 5 %"]),
    ("<ul class='nav nav-tabs'><li><a data-bs-toggle=tab href='#a'>Tulos</a></ul><div class=tab-pane id=a>5 %</div>",
     ["Tulos", "5 %"]),
    ("<section id='consent-model'><p>Suostumus on 45 %:lla.</p></section>", ["Suostumus on 45 %:lla."]),
    ("<div class='modal-shift toast'>Liikenne 5 %</div>", ["Liikenne 5 %"]),
    ("<div role=alert class='alert alert-info'>Huom! Jono 5 %</div>", ["Huom! Jono 5 %"]),
    ("<p>Alku.</p><template shadowrootmode=open><p>Varjo 5 %</p></template>", ["Alku.", "Varjo 5 %"]),
    ("<p>Alku.</p><noscript><p>Jono 5 %</p></noscript>", ["Alku.", "Jono 5 %"]),
    ("<p>Jono 5 %</p><noscript><p>Jono 5 %</p></noscript>", ["Jono 5 %"]),
    ("<iframe srcdoc='&lt;h2>Kehys&lt;/h2>&lt;p>Jono 5 %'></iframe>", ["Kehys", "Jono 5 %"]),
    ("<label>Tila <input value='Valmis'></label><input type=hidden value=x>", ["Tila Valmis"]),
    ("<p>Tila<select><option>Kesken<option selected>Valmis</select></p>", ["Tila Valmis"]),
    ("<p>Tila<select><option value=''>Valitse<option>Valmis</select></p>", ["Tila"]),
    ("<input type=radio>Kesken<br><input type=radio checked>Valmis", ["☐ Kesken", "☒ Valmis"]),
    ("<textarea>Jono 5 %\nToinen rivi</textarea>", ["Jono 5 %", "Toinen rivi"]),
    ("<p>Oli <del>20 %</del><ins>35 %</ins> ja <s>9</s> 8.</p>", ["Oli 35 % ja 8."]),
    ("<h2>Pitkä<br>otsikko</h2><p>Teksti.</p>", ["Pitkä otsikko", "Teksti."]),
    ("<p>Alueella <st1:place>Kainuussa</st1:place> on <x-term>jono</x-term>.</p>", ["Alueella Kainuussa on jono."]),
    ("<div><span style='display:block'>Yksi</span><span style='display: block'>Kaksi</span></div>", ["Yksi", "Kaksi"]),
    ("<p>Vuonna 2021<sup>1</sup> oli 10<sup>6</sup> ja 25 m<sup>2</sup>, CO<sub>2</sub>, n=5<sub>1</sub></p>",
     ["Vuonna 2021¹ oli 10⁶ ja 25 m2, CO2, n=5₁"]),
    ("<p>Osuus <math><mfrac><mn>1</mn><mn>4</mn></mfrac></math></p>", ["Osuus 1/4"]),
    ("<p>hyvin\u00advointi\u200balue 2\u20600 %</p>", ["hyvinvointialue 20 %"]),
    ("<figure><img alt='Jonot kuvana' src=a.png><figcaption>Kuvio 1. Jonot</figcaption></figure>", ["Kuvio 1. Jonot"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "wanted"), READ)
def test_what_a_page_shows_or_can_show_is_read(body: str, wanted: list[str]) -> None:
    assert lines(body) == wanted


LEFT_OUT = [
    ("<nav>Etusivu Palvelut</nav>", ("site_parts: 2",)),
    ("<footer>Ylläpito</footer>", ("site_parts: 1",)),
    ("<form><input type=search><label>Hae</label></form>", ("site_parts: 1",)),
    ("<dialog open>Tilaa uutiskirje</dialog>", ("overlays: 2",)),
    ("<div class='modal' role=dialog><p>Tilaa uutiskirje</p></div>", ("overlays: 2",)),
    ("<div class='cookie-bar'>Evästeet <button>Hyväksy</button></div>", ("overlays: 2",)),
    ("<div class='toast' role=status>Tallennettu</div>", ("overlays: 1",)),
    ("<p hidden>Piilossa ollut</p>", ("hidden_text: 2",)),
    ("<p style='visibility: hidden'>Piilossa</p>", ("hidden_text: 1",)),
    ("<aside>Teksti. <del>vanha luku 7</del></aside>", ("deleted_text: 3",)),
    ("<aside><button>Tulosta sivu</button></aside>", ("buttons: 2",)),
    ("<aside><iframe src='kartta.html'></iframe></aside>", ("frames: 1",)),
    ("<aside><video>Selaimesi ei tue</video><canvas></canvas></aside>", ("embedded_objects: 2",)),
    ("<aside><svg><text>Jono 5 %</text></svg></aside>", ("drawings: 1",)),
    ("<aside><svg><title>nuoli</title></svg></aside>", ()),
    ("<aside><img alt='Jonot laskivat'><img alt=''></aside>", ("picture_descriptions: 1",)),
    ("<aside><noscript>Ota JavaScript käyttöön</noscript></aside>", ("without_scripts: 3",)),
]


@pytest.mark.parametrize(("part", "warnings"), LEFT_OUT)
def test_what_is_left_out_is_told_with_how_much(part: str, warnings: tuple[str, ...]) -> None:
    for body in (f"<main><p>{PROSE}</p></main>{part}", f"<p>{PROSE}</p><div>{part}</div>"):
        document = page(body)
        assert (document.text.replace("Teksti.", "").strip(), document.warnings) == (PROSE.strip(), warnings)


def test_what_stands_beside_the_content_is_told() -> None:
    document = page(f"<div>Viikon luetuin juttu</div><main>{PROSE}</main>")
    assert (document.text, document.warnings) == (PROSE.strip(), ("outside_content: 3",))


LISTS = [
    ("<ol start=3><li>a<li>b<li value=9>c<li>d</ol>", ["3. a", "4. b", "9. c", "10. d"]),
    ("<ol type=a start=26><li>x<li>y</ol>", ["z. x", "aa. y"]),
    ("<ol type=I start=4><li>x<li type=1>y</ol>", ["IV. x", "5. y"]),
    ("<ol reversed><li>x<li>y<li>z</ol>", ["3. x", "2. y", "1. z"]),
    ("<ol reversed start=10><li>x<li>y</ol>", ["10. x", "9. y"]),
    ("<ol style='list-style-type: lower-roman'><li>x<li>y</ol>", ["i. x", "ii. y"]),
    ("<ol style='list-style: none'><li>1.1 x</ol>", ["1.1 x"]),
    ("<ol><li>x<ul><li>y</ul><li>z</ol>", ["1. x", "• y", "2. z"]),
    ("<ol><li><h3>Otsikko</h3>Teksti.</ol>", ["1. Otsikko", "Teksti."]),
    ("<ul><li><h3>Otsikko</h3>Teksti.</ul>", ["Otsikko", "Teksti."]),
    (f"<ol start={'9' * 5000}><li value={'8' * 5000}>x</ol>", ["1. x"]),
]


@pytest.mark.parametrize(("body", "wanted"), LISTS)
def test_lists_count_as_browsers_do(body: str, wanted: list[str]) -> None:
    assert lines(body) == wanted


TABLES = [
    ("<tr><th>A<th>B<tr><td rowspan=0>x<td>1<tr><td>2<tr><td>3", [["A", "B"], ["x", "1"], ["", "2"], ["", "3"]]),
    ("<thead><tr><th>A<th>B</thead><tfoot><tr><td>Yht.<td>3</tfoot><tbody><tr><td>x<td>1</tbody>",
     [["A", "B"], ["x", "1"], ["Yht.", "3"]]),
    ("<tbody><tr><td rowspan=9>x<td>1</tbody><tbody><tr><td>y<td>2</tbody>", [["x", "1"], ["y", "2"]]),
    ("<tr><td colspan=900>A<td>B<tr><td colspan=900>x<td>1", [["A", "B"], ["x", "1"]]),
    ("<tr><td>A<td>B<tr hidden><td>piilo<td>9<tr><td>x<td>1", [["A", "B"], ["x", "1"]]),
    ("<tr><th>A<th>B<tr><td>x<td><table><tr><td>1<td>2</table>", [["A", "B"], ["x", "1 2"]]),
]  # fmt: skip


@pytest.mark.parametrize(("inside", "wanted"), TABLES)
def test_tables_are_laid_out_as_browsers_do(inside: str, wanted: list[list[str]]) -> None:
    assert rows(page(f"<table>{inside}</table>")) == wanted


def test_a_caption_stands_above_its_table() -> None:
    document = page("<table><caption>Taulukko 2. Jonot</caption><tr><th>A<th>B<tr><td>x<td>1</table>")
    assert document.text.startswith("Taulukko 2. Jonot\n") and rows(document) == [["A", "B"], ["x", "1"]]


def test_a_table_of_roles_is_one() -> None:
    cells = "<div role=row><span role=columnheader>A</span><span role=columnheader>B</span></div>"
    cells += "<div role=row><span role=cell>x</span><span role=cell>1</span></div>"
    assert rows(page(f"<div role=table>{cells}</div>")) == [["A", "B"], ["x", "1"]]


@pytest.mark.parametrize(
    "frame",
    [
        "<table><tr><td>Valikko<td><h2>Tila</h2>{}</table>",
        "<table role=presentation><tr><td>Valikko<td>{}<tr><td>a<td>b</table>",
        "<table><tr><td>Valikko<td>{}</table>",
    ],
)
def test_a_table_that_sets_the_page_keeps_the_tables_within_it(frame: str) -> None:
    inner = "<table><tr><th>Tavoite<th>5/21<tr><td>1.1 Chat<td>20 %</table>"
    document = page(frame.format(inner))
    assert len(document.tables) == 1 and rows(document) == [["Tavoite", "5/21"], ["1.1 Chat", "20 %"]]


BYTES = [
    ("<p>Väestö 20 % ".encode() + b"\xff</p><p>" + "Jämsä".encode(), "Väestö 20 % \ufffd\nJämsä",
     ("undecodable_bytes: 1",)),
    ("<p>Väestö ".encode() + b"Pys\xe4kki", "Väestö Pysäkki", ("undecodable_bytes: 1",)),
    (b"<!-- " + b"x" * 9000 + b'--><meta charset="iso-8859-15"><p>5 \xa4', "5 €", ()),
    ("<p>“Hyvä” – 20 %".encode("cp1252"), "“Hyvä” – 20 %", ()),
    ("<meta charset=utf-8><p>Hyvää työtä".encode("cp1252"), "Hyvää työtä", ()),
    ("<p>Hyvää työtä".encode("cp850"), "Hyvää työtä", ()),
    ("<p>Hyvää työtä".encode("mac_roman"), "Hyvää työtä", ()),
    ("<html><p>Väestö 20 %</html>".encode("utf-16-le"), "Väestö 20 %", ()),
    ("<html><p>Väestö 20 %</html>".encode("utf-16-be"), "Väestö 20 %", ()),
    *((f'<meta charset="{name}"><p>Työ'.encode("cp1252"), "Työ", ())
      for name in ("rot13", "base64", "zip", "idna", "punycode", "unicode_escape", "cp037", "utf", "utf-7", "utf-16")),
]  # fmt: skip


@pytest.mark.parametrize(("data", "text", "warnings"), BYTES)
def test_letters_are_right_however_they_were_written(data: bytes, text: str, warnings: tuple[str, ...]) -> None:
    document = read(data, "sivu.html")
    assert (document.text, document.warnings) == (text, warnings)


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body><p>Alku.</p><p>Loppu jää ke",
        "<p>Alku.</p><p class='kes",
        "<p>Alku.</p><!-- kesken",
        "<p>Alku." + "<b>" * 5000 + "syvällä",
        '<html><body><p>Alku.</p><p title="kesken><p>Loppu</p></body></html>',
        "<html><body><p>Alku.</p><script>kesken<p>Loppu</p></body></html>",
        "<html><body><p>Alku.</p><style>kesken<p>Loppu</p></body></html>",
        "<html><body><p>Alku.</p><textarea>kesken<p>Loppu</p></body></html>",
        "<p>Alku.</p><table><tr><td>Loppu</td><td>jää",
        "<div><p>Alku.</p><p>Loppu",
    ],
    ids=[
        "no end",
        "in a tag",
        "in a comment",
        "too deep",
        "in an attribute",
        "in a script",
        "in a style",
        "in a field",
        "in a table",
        "in a part",
    ],
)
def test_a_page_that_breaks_off_is_told(markup: str) -> None:
    document = read(markup.encode(), "sivu.html")
    assert document.text.startswith("Alku.") and document.warnings == ("cut_short: 1",)
    assert "poimuri" not in document.text


@pytest.mark.parametrize(
    "markup",
    [
        "<p title='{}'>x</p>".format("x" * 11_000_000),
        "<div>" * 230 + "</div>" * 230,
        "<div>x" * 300,
        "<font><p>x" * 300,
    ],
    ids=["an attribute of 11 MB", "deep", "unclosed parts", "unclosed fonts"],
)
def test_what_a_parser_might_stop_at_cuts_nothing(markup: str) -> None:
    document = read(f"<html><body><p>Alku.</p>{markup}<p>Loppu.</p></body></html>".encode(), "sivu.html")
    assert document.text.endswith("Loppu.") and document.warnings == ()


def test_many_unclosed_tags_cut_nothing() -> None:
    document = page("<b>sana " * 400)
    assert len(document.text.split()) == 400 and document.warnings == ()


def test_a_page_of_frames_says_so() -> None:
    with pytest.raises(Reject) as caught:
        read(b"<html><frameset><frame src=a.htm></frameset></html>", "sivu.html")
    assert (caught.value.code, "frames" in caught.value.message) == ("empty", True)


MAIL = """From: <Saved by Blink>
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="raja"

--raja
Content-Type: text/html; charset="{charset}"
Content-Transfer-Encoding: quoted-printable
Content-Location: https://hanke.fi/sivu

<html><body><p>J=E4rjestelm=E4 20 %</p><iframe src=3D"cid:kehys@x"></iframe></body></html>
--raja
Content-Type: text/html
Content-ID: <kehys@x>
Content-Transfer-Encoding: base64

PHA+S2VoeXM6IDM1ICU8L3A+
--raja--
"""


@pytest.mark.parametrize("name", ["sivu.mht", "sivu.mhtml", "sivu.html"])
def test_a_page_saved_as_one_file_is_read_with_its_frames(name: str) -> None:
    document = read(MAIL.format(charset="windows-1252").encode(), name)
    assert (document.text, document.warnings) == ("Järjestelmä 20 %\nKehys: 35 %", ())


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_an_archive_of_safari_is_read_with_its_frames(form: plistlib.PlistFormat) -> None:
    def resource(markup: str, address: str) -> dict[str, object]:
        data = markup.encode("cp1252")
        return {"WebResourceData": data, "WebResourceTextEncodingName": "windows-1252", "WebResourceURL": address}

    frame = {"WebMainResource": resource("<p>Kehys 35 %", "https://a.fi/x/kehys.html")}
    main = resource("<p>Järjestelmä 20 %</p><iframe src='kehys.html'>", "https://a.fi/x/sivu.html")
    data = plistlib.dumps({"WebMainResource": main, "WebSubframeArchives": [frame]}, fmt=form)
    assert read(data, "sivu.webarchive").text == "Järjestelmä 20 %\nKehys 35 %"


@pytest.mark.parametrize("data", [b"MIME-Version: 1.0\n\nteksti", b"bplist00" + bytes(30), b"teksti", b"<plist>"])
def test_an_envelope_without_a_page_is_refused(data: bytes) -> None:
    with pytest.raises(Reject) as caught:
        read(data, "sivu.mht" if data.startswith((b"MIME", b"teksti")) else "sivu.webarchive")
    assert caught.value.code in ("wrong_format", "broken_html") and ";" in caught.value.message
