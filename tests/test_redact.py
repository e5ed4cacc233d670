"""`--redact-contacts`: names, e-mail addresses and telephone numbers of persons are nowhere in what is written."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import Any

import poimuri
import pyarrow.parquet as pq
import pytest
import regex
from PIL import Image
from typer.testing import CliRunner

from extractors.records import DocumentRecord, TokenRecord
from pipeline.batch import analyses
from pipeline.batch.lexicon_edits import Edit
from pipeline.batch.store import Store
from pipeline.batch.work import schema_of
from pipeline.cli import OK, USAGE, app
from pipeline.load.snapshot import RUNS
from pipeline.process import CHAIN, analysed
from pipeline.read import read
from pipeline.redact import redacted
from pipeline.research.report.pages import draw as draw_pages
from pipeline.research.report.pages import hidden_boxes
from pipeline.run import STORE, Options, run, status
from pipeline.show.page import HiddenContacts, draw, masked_boxes
from tests.conftest import OTHERS, ROOT, Processed
from tests.test_pdf import pdf

RAW = sorted(path for path in (ROOT / "data" / "raw").iterdir() if path.is_file())


def masked(text: str) -> str:
    return redacted(read(text.encode(), "a.txt")).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kysy osoitteesta raili.koskela@alue.example!", "Kysy osoitteesta xxxxx.xxxxxxx@xxxx.xxxxxxx!"),
        ("raili.\nkoskela@alue.example", "xxxxx.\nxxxxxxx@xxxx.xxxxxxx"),
        ("raili@pitka-\nalue.example.", "xxxxx@xxxxx-\nxxxx.xxxxxxx."),
        ("etunimi.sukunimi(at)alue.fi", "xxxxxxx.xxxxxxxx(xx)xxxx.xx"),
        ("info [ät] alue.fi", "xxxx [xx] xxxx.xx"),
        ("yll@pitomenoista", "yll@pitomenoista"),
        ("@hanke seuraa", "@hanke seuraa"),
        ("040 123 4567, +358 (0)40 1234567", "000 000 0000, +000 (0)00 0000000"),
        ("(09) 310 1234 tai 0401234567", "(00) 000 0000 tai 0000000000"),
        ("050.123.4567 050-123 45 67", "000.000.0000 000-000 00 00"),
        ("040 123 4567 1.1.2021", "000 000 0000 1.1.2021"),
        ("040 1234567 044 7654321", "000 0000000 000 0000000"),
        ("puh. 555 1234", "puh. 000 0000"),
        ("soita 116 117", "soita 116 117"),
        ("Y-tunnus 0123456-7, 1.9.2020–31.12.2022", "Y-tunnus 0123456-7, 1.9.2020–31.12.2022"),
        ("05 06 07 08 09 10 ja 0 25 50 75 100", "05 06 07 08 09 10 ja 0 25 50 75 100"),
        ("12 045 300 asukasta, 02–03 2021", "12 045 300 asukasta, 02–03 2021"),
    ],
)
def test_addresses_and_numbers_are_masked_letter_by_letter(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yhteyshenkilö: Xenia Korpela-Wu, kehittäjä", "Yhteyshenkilö: Xxxxx Xxxxxxx-Xx, kehittäjä"),
        ("Yhteyshenkilön nimi\n\nKuura Pitkälampi", "Yhteyshenkilön nimi\n\nXxxxx Xxxxxxxxxx"),
        ("Yhteyshenkilö Xenia Wu\n", "Yhteyshenkilö Xxxxx Xx\n"),
        ("Tekijä\nKoskelan Kuntayhtymä", "Tekijä\nKoskelan Kuntayhtymä"),
        ("Hankejohtaja Gunilla af Björksten kertoi.", "Hankejohtaja Xxxxxxx xx Xxxxxxxxx kertoi."),
        ("Xenia Wu, projektipäällikkö", "Xxxxx Xx, projektipäällikkö"),
        ("päällikkö Sundqvist jatkaa. Sundqvistille kiitos.", "päällikkö Xxxxxxxxx jatkaa. Xxxxxxxxxxxxx kiitos."),
        ("Ylilääkäri Kainuun keskussairaalasta", "Ylilääkäri Kainuun keskussairaalasta"),
        ("Soita: Xenia Wu 040 123 4567", "Soita: Xxxxx Xx 000 000 0000"),
        ("Vastuu: Jorma Väkevä, Kari Kettu (pj)", "Vastuu: Xxxxx Xxxxxx, Xxxx Xxxxx (pj)"),
        ("Marketta Luoma-aho tuli. Luoma-ahon työ jatkuu.", "Xxxxxxxx Xxxxx-xxx tuli. Xxxxx-xxxx työ jatkuu."),
        ("Tuire\nPulkkinen kertoi.", "Xxxxx\nXxxxxxxxx kertoi."),
        ("Kuvaaja: A. Rautakoski; Anni Rautakoski", "Kuvaaja: X. Xxxxxxxxxx; Xxxx Xxxxxxxxxx"),
        ("Raili Virtanen. Virtasen, VIRTANEN, Virtaseltakin", "Xxxxx Xxxxxxxx. Xxxxxxxx, XXXXXXXX, Xxxxxxxxxxxxx"),
        ("Raili Virta-\nnen aloitti. Virtaselle", "Xxxxx Xxxxx-\nxxx aloitti. Xxxxxxxxxx"),
        ("koko.wuori@alue.example\n\nWuoren työ, Koko", "xxxx.xxxxx@xxxx.xxxxxxx\n\nXxxxxx työ, Xxxx"),
        ("kwuori@alue.example tai Wuori", "xxxxxx@xxxx.xxxxxxx tai Xxxxx"),
        ("kirjaamo.koskela@alue.example, Koskela", "xxxxxxxx.xxxxxxx@xxxx.xxxxxxx, Koskela"),
        ("oma.arvio@alue.example\n\nOma arvio", "xxx.xxxxx@xxxx.xxxxxxx\n\nOma arvio"),
        ("https://x.example/in/xenia-wu\nLisätiedot: Xenia Wu", "https://x.example/in/xxxxx-xx\nLisätiedot: Xxxxx Xx"),
        ("Hei Raili,\n\nkiitos!\n\nTerveisin\nXenia", "Hei Xxxxx,\n\nkiitos!\n\nTerveisin\nXxxxx"),
        ("Hei Kaikki,\n", "Hei Kaikki,\n"),
        ("Meri-Saimaan hanke. Pirkanmaan Lähisote.", "Meri-Saimaan hanke. Pirkanmaan Lähisote."),
        ("Ilta Ruotsissa. Toivo paranee. Helmi-hanke", "Ilta Ruotsissa. Toivo paranee. Helmi-hanke"),
        ("Projektipäällikkö\nRinnakkaiset ICT", "Projektipäällikkö\nRinnakkaiset ICT"),
    ],
)
def test_names_are_known_by_what_stands_beside_them_and_in_every_case(text: str, expected: str) -> None:
    assert masked(text) == expected


def contacts(processed: Processed, path: Path) -> Iterator[str]:
    """What the tables would tell of a contact person."""
    (document,) = processed(path).of(DocumentRecord)
    yield from regex.findall(r"\p{L}{3,}", document.contact_name or "")
    yield from (document.contact_email,) if document.contact_email else ()


@pytest.mark.parametrize("path", [*RAW, *OTHERS], ids=lambda path: path.name)
def test_no_contact_of_any_sample_is_left_in_its_text(path: Path, processed: Processed) -> None:
    document = read(path.read_bytes(), path.name)
    text = redacted(document).text
    assert len(text) == len(document.text)
    left = [word for word in contacts(processed, path) if regex.search(rf"\b{regex.escape(word)}\b", text)]
    assert left == []
    assert not regex.search(r"(?![x.-]+@[x.-]+(?!\w))[\w.-]+@[\w-]+\.\w", text)


FACTS = ("goal_status", "measures", "indicators", "projects", "project_results", "dates", "percentages", "quantities")
"""Tables whose rows stay where they were."""

SOME = [path for path in OTHERS if path.stem in ("etela-karjala_oma-arviointi", "kanta-hame_toimintamalli")]


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.name)
def test_the_facts_stay_in_their_places(path: Path, processed: Processed) -> None:
    without = poimuri.process(path.read_bytes(), path.name, redact_contacts=True).records
    known = processed(path).records
    for table in FACTS:
        before, after = (list(map(attrgetter("char_start", "char_end"), rows[table])) for rows in (known, without))
        assert before == after, table
    (document,) = without["documents"]
    assert isinstance(document, DocumentRecord)
    assert document.contact_organisation == processed(path).of(DocumentRecord)[0].contact_organisation


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        yield from strings(list(value.values()))


def written(out: Path) -> Iterator[tuple[str, str]]:
    """Every text that stands in a folder of tables, and where: tables, the store, the files beside them."""
    store = Store(out / RUNS / STORE)
    for path in (out / RUNS).rglob("*"):
        if path.suffix == ".parquet":
            for row in pq.ParquetFile(path).read().to_pylist():
                yield from (
                    (f"{path.parent.name}.{name}", text) for name, value in row.items() for text in strings(value)
                )
        elif path.suffix == f".{analyses.ANALYSIS}":
            document = analyses.load(store, path.parent.name + path.stem, "a.txt")
            assert document is not None
            yield from (("store", text) for text in (document.text, document.twin.text, *strings(document.warnings)))
            yield from (("store", one) for token in document.tokens for one in (token.text, token.lemma, *token.lemmas))
        elif path.suffix == ".rows":
            stored = store.load("rows", path.parent.name + path.stem)
            assert stored is not None
            yield "store", json.dumps(stored.header, ensure_ascii=False)
            for name in stored.names():
                batch = stored.batch(name, schema_of(name))
                assert batch is not None
                yield from (("store", text) for text in strings(batch.to_pylist()))
        elif path.is_file() and path.suffix != ".lock":
            yield path.name, path.read_text(encoding="utf-8", errors="replace")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two exports with contacts, one of them sent as a mail's attachment, without them."""
    folder = tmp_path_factory.mktemp("redacted")
    (folder / "raw").mkdir()
    for path in (*SOME, ROOT / "data" / "raw" / "merenselka_kokonaisuus.txt"):
        (folder / "raw" / path.name).write_bytes(path.read_bytes())
    attached = "Content-Disposition: attachment; filename=anna.koskela_040-1234567.pages"
    (folder / "raw" / "a.eml").write_text(
        "From: Xenia Wu <xenia.wu@alue.example>\nTo: Raili Koskela <raili.koskela@alue.example>\nSubject: Raportti\n"
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
        "Hei Raili,\n\nliitteenä Anna Koskelan raportti.\n\nTerveisin Xenia\nxenia.wu@alue.example\n\n--b\n"
        f"Content-Type: application/x\n{attached}\n\nx\n--b--\n"
    )
    (folder / "raw" / "broken.pdf").write_bytes(b"%PDF Xenia Wu xenia.wu@alue.example")
    run(folder / "raw", folder / "out", Options(tokens=True, redact=True))
    return folder / "out"


def test_nothing_of_the_contacts_is_anywhere_in_out(out: Path, processed: Processed) -> None:
    told = {word for path in (*SOME, RAW[7]) for word in contacts(processed, path)}
    told |= {"Sorsa", "Ikävalko", "Pesonen", "Katri", "Ahonpää", "03 621 2023"}
    told |= {"Xenia", "Wu", "Raili", "Koskela", "040-1234567"}
    assert {"Tarvonen", "Hakoköngäs", "anna-liisa.hakokongas@merenselka.example"} <= told
    pattern = regex.compile(rf"(?<!\p{{L}})(?:{'|'.join(map(regex.escape, told))})(?!\p{{L}})", regex.IGNORECASE)
    read_in = Counter(place for place, _ in written(out))
    assert {"documents.text", "tokens.lemma", "store", "measures.responsible", "manifest.json"} <= set(read_in)
    ours = ("lexicons.json",)
    left = {(place, match[0]) for place, text in written(out) if place not in ours for match in pattern.finditer(text)}
    assert left == set()


def test_a_folder_holds_tables_with_contacts_or_without(out: Path, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("Raportti\n\nYhteyshenkilö: Xenia Wu\n", encoding="utf-8")

    def poimuri(*arguments: object) -> tuple[int, str]:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        return result.exit_code, result.stderr

    raw = tmp_path / "raw"
    code, told = poimuri("run", raw, out, "--quiet", "--allow-shrink")
    assert (code, told) == (
        USAGE,
        f"poimuri: {out} was written with --redact-contacts; give that again, or another folder\n",
    )
    assert poimuri("run", raw, tmp_path / "plain", "--quiet")[0] == OK
    code, told = poimuri("run", raw, tmp_path / "plain", "--quiet", "--redact-contacts")
    assert code == USAGE and "keeps runs with contacts; give another folder" in told
    (tmp_path / "poimuri.toml").write_text('raw = "raw"\nout = "new"\nredact_contacts = true\n')
    assert poimuri("--config", tmp_path / "poimuri.toml", "run", "--quiet")[0] == OK
    text = poimuri_text(tmp_path / "new")
    assert "Xenia" not in text and "Xxxxx Xx" in text
    assert (
        json.loads((tmp_path / "new" / "current" / "manifest.json").read_text())["options"]["redact_contacts"] is True
    )
    shown = CliRunner().invoke(app, ["--config", str(tmp_path / "poimuri.toml"), "show", str(raw / "a.txt")]).stdout
    assert "Xenia" not in shown


def poimuri_text(out: Path) -> str:
    (text,) = poimuri.read_tables(out)["documents"].column("text").to_pylist()
    return str(text)


def test_a_drawn_page_has_black_where_contacts_stand() -> None:
    data = pdf(["Kuusiharjun raportti", "Lisatietoja: Xenia Wu, xenia.wu@alue.example", "Jono lyheni 5 %."])
    document = analysed(data, "a.pdf", redact=True)
    boxes = list(masked_boxes(read(data, "a.pdf"), document.text, 1))
    assert len(boxes) == 3
    picture = Image.open(io.BytesIO(draw(data, 1, {}, boxes))).convert("L")
    scale = picture.width / 595
    for box in boxes:
        inside = picture.crop((box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale))
        assert inside.getextrema() == (0, 0)
    assert picture.getextrema()[1] == 255


def test_a_page_whose_words_nobody_read_is_not_drawn() -> None:
    document = replace(read(pdf(["Raportti"]), "a.pdf"), pages_without_text=(1,))
    with pytest.raises(HiddenContacts, match="page 1 is a picture"):
        list(masked_boxes(document, document.text, 1))


def test_what_was_kept_with_contacts_is_not_taken_for_a_table_without(tmp_path: Path) -> None:
    """The store knows both: the same bytes give other rows where contacts are masked."""
    text = "Raportti\n\nYhteyshenkilö: Xenia Wu\n"
    for name, redact in (("with", False), ("without", True)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(text, encoding="utf-8")
        run(tmp_path / name, tmp_path / f"{name}-out", Options(redact=redact, tokens=True))
    names = {path.name for path in (tmp_path / "with-out" / RUNS / STORE).rglob("*") if path.is_file()}
    assert names.isdisjoint(path.name for path in (tmp_path / "without-out" / RUNS / STORE).rglob("*"))
    assert TokenRecord.TABLE in poimuri.read_tables(tmp_path / "without-out")


def test_after_an_edit_of_a_lexicon_every_file_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was masked cannot be looked for in the kept text."""
    (tmp_path / "a.txt").write_text("Raportti\n\nYhteyshenkilö: Xenia Wu\n", encoding="utf-8")
    options = Options(redact=True)
    run(tmp_path, tmp_path / "out", options)
    monkeypatch.setattr("pipeline.batch.plan._edit", lambda folder: Edit(frozenset()))
    monkeypatch.setattr("pipeline.batch.stamps.lexicons", lambda: "others")
    assert len(status(tmp_path, tmp_path / "out", options)[1].tasks) == 1


def test_a_fault_of_ours_does_not_quote_the_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise ValueError("Xenia Wu")

    (tmp_path / "a.txt").write_text("Raportti\n", encoding="utf-8")
    monkeypatch.setitem(CHAIN, "repair", broken)
    (reject,) = run(tmp_path, tmp_path / "out", Options(redact=True)).rejects
    assert (reject.stage, reject.code) == ("repair", "internal_error")
    assert reject.message == "this is a fault of poimuri; run it without redaction to see which"


def test_pictures_of_a_report_have_black_where_contacts_stand(tmp_path: Path) -> None:
    data = pdf(["Kuusiharjun raportti", "Lisatietoja: Xenia Wu, xenia.wu@alue.example", "Jono lyheni 5 %."])
    (plain,) = draw_pages(data, [1], tmp_path, "a")
    (hidden,) = draw_pages(data, [1], tmp_path, "b", redact=True)
    boxes = list(hidden_boxes(data)(1))
    assert len(boxes) == 3
    for picture, is_black in ((plain, False), (hidden, True)):
        drawn = Image.open(tmp_path / picture.file).convert("L")
        scale = drawn.width / picture.width
        for box in boxes:
            inside = drawn.crop((box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale))
            assert (max(inside.tobytes()) < 40) == is_black
