"""The embedded transducer: the same analyses as libvoikko's, the same spelling and lemmas, chosen by itself."""

from __future__ import annotations

import builtins
import multiprocessing
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from threading import local
from types import ModuleType
from typing import Any

import libvoikko
import pytest

from extractors.records import TokenRecord
from pipeline.language import lemmatiser, native, voikko
from pipeline.language.embedded import EmbeddedVoikko
from pipeline.process import Result
from tests.conftest import EXPORTS, Processed

WORDS = """
talo talossa taloissamme taloistakaan talonsa kädessä käsien veden vesissä lumme lumpeita kuusi kuusta kuuden
terveyskeskus terveyskeskuksessa Terveyskeskus sairaanhoitopiirin hyvinvointialueilla lähipalveluja aamupäivällä
perhekeskustoimintamalli mielenterveysstrategiaa sote-uudistuksen linja-auto linjaauto kuorma-autoille työ-terveys
Helsinki helsinki Helsingissä Etelä-Karjala Etelä-Karjalassa etelä-karjala etelä- Isolla-Britannialla Iso-Britannia
Pohjois-Suomella Uusimaa Uudellamaalla Matti Matin matti Virtanen Virtaselle Pentti-setä Elo-elämänhallinta suomalainen
Suomalaisia helsinkiläisittäin karjalainen Karjaan Kotkan Sitran Innokylässä Kela Kelan YK:n EU EU:n eu:n EU:ssa Kanta
puhun puhut puhuu puhumme puhutte puhuvat puhuin puhuisi puhunee puhu puhukoon puhuttiin puhutaan puhuttaisiin
puhua puhuakseen puhuessa puhuttaessa puhumassa puhumaan puhumatta puhuminen puhumista puhumaisillaan
puhuva puhuvalle puhunut puhuneiden puhuttu puhutut puhuttuaan puhuma puhumaton puhuttava kuunneltuanne toimimaan
en eivät älköön ei ellei eikö emmekä kehitetään kehitettäessä kehittämistyötä vastaavat vastaa lisää seuraa suuntaa
talokin talokaan taloko talossako onko onkohan tulipa sekä kuin noin eli jokin jotkut niiden minä minulle tämä
hyvä parempi paras parhaiten nopeasti nopeammin nopeimmin kauneimmassa vanhempien vanhemmille suurin käypä uusien
yksi kahdessa kahdeksassatoista kolmekymmentäviisi kahdenkymmenen sadalla kolmas kolmannessa tuhannen 3 15 2021
1990-luvulla 5. 3:n 20-vuotias 12-vuotiaille esim. mm. ym. esim klo n. kpl tri ATK atk WWW www.thl.fi nimi@posti.fi
syys-ilta syysilta syy-silta pop-opisto ja-sana talo- -talo - -- -kin vapaa-aika vapaaaika maa-ala raja-arvo rajaarvo
Esimerkiksi ESIMERKIKSI eSIMERKIKSI esimerkikSi HELSINGISSÄ hELSINKI Kissa KISSA kISSA KISSAlle É šakki Ålandin
zorkamaatti qwerty asdfghjkl kisssa tallo uudistsu ’ sana’ raa’an raa'an ﬁksu 100% §:ssä 5€ α kissa\u00adkoira x
kahdessakymmenessä kymmeniätuhansia -kaksivaiheinen 1948- 400-luvulta Varsinais-Suomen McLaren uraauurtava Suur-Savon
hoidontarpeen hoivakotien alueellista asukkaat ennaltaehkäisyn luomista palvelusta esimerkiksi takaisin
"""


@pytest.fixture(scope="module")
def library() -> Any:
    """libvoikko itself, to compare with."""
    try:
        return native._open_library()
    except native.VoikkoMissing as missing:
        pytest.skip(str(missing))


def read(analyses: list[dict[str, str]]) -> set[tuple[str, str, tuple[int, ...]]]:
    """What the lemmatiser uses of analyses: the transducer's output, the base form, where parts begin."""
    return {
        (
            analysis["FSTOUTPUT"],
            analysis["BASEFORM"].lower(),
            tuple(place for place, mark in enumerate(analysis["STRUCTURE"]) if mark == "="),
        )
        for analysis in analyses
        if "FSTOUTPUT" in analysis  # libvoikko repeats some nouns as names of organisations, without tags
    }


@pytest.mark.parametrize("word", WORDS.split())
def test_a_word_is_read_and_spelt_as_by_libvoikko(library: Any, word: str) -> None:
    embedded = EmbeddedVoikko()
    assert read(embedded.analyze(word)) == read(library.analyze(word))
    if "\u00ad" not in word:
        assert embedded.spell(word) == library.spell(word)


def test_what_is_no_word_is_none() -> None:
    embedded = EmbeddedVoikko()
    for word in ("", "\0", "talo\0", "talo" * 100, "İ"):
        assert embedded.analyze(word) == []
    assert embedded.spell("")
    assert not embedded.spell("talo\0")
    assert not embedded.spell("talo" * 100)
    assert embedded.spell("kissa\u00adkoira")
    assert not embedded.spell("kissakoira\u00ad")


def test_what_is_given_away_can_be_changed() -> None:
    embedded = EmbeddedVoikko()
    embedded.analyze("talo")[0].clear()
    assert embedded.analyze("talo")[0]["BASEFORM"] == "talo"


def test_a_long_run_of_compounds_comes_to_an_end() -> None:
    assert len(EmbeddedVoikko().analyze("maa" * 85)) < 100
    assert EmbeddedVoikko().analyze("kuusi" * 50 + "q") == []


@pytest.mark.skipif(not EXPORTS, reason="the exports are not here")
def test_the_words_of_the_exports_are_libvoikkos(library: Any) -> None:
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in EXPORTS]
    words = sorted({word for text in texts for word in re.findall(r"[^\W\d_][\w:’'–-]*", text)})
    embedded = EmbeddedVoikko()
    readings = sum(read(embedded.analyze(word)) != read(library.analyze(word)) for word in words)
    spellings = sum(embedded.spell(word) != library.spell(word) for word in words)
    print(f"{len(words)} words: {readings} differ in readings, {spellings} in spelling")
    assert readings <= len(words) / 1000
    assert spellings <= len(words) / 1000


@pytest.mark.skipif(not EXPORTS, reason="the exports are not here")
def test_the_lemmas_of_the_exports_are_libvoikkos(
    library: Any, processed: Processed, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = [sentence for path in EXPORTS for sentence in _sentences(processed(path))]
    with _served_by(EmbeddedVoikko(), monkeypatch):
        ours = [reading.lemma for sentence in sentences for reading in lemmatiser.lemmatise(sentence)]
    with _served_by(library, monkeypatch):
        theirs = [reading.lemma for sentence in sentences for reading in lemmatiser.lemmatise(sentence)]
    differing = sum(one != other for one, other in zip(ours, theirs, strict=True))
    print(f"{differing} of {len(theirs)} lemmas differ")
    assert differing <= len(theirs) / 1000


def _sentences(result: Result) -> list[list[str]]:
    return [[token.text for token in tokens] for _, tokens in groupby(result.of(TokenRecord), lambda one: one.sentence)]


@contextmanager
def _served_by(analyser: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let one analyser serve the lemmatiser, whose caches are empty before and after."""
    with monkeypatch.context() as patch:
        patch.setattr(voikko, "open_voikko", lambda: analyser)
        patch.setattr(voikko, "_THREAD", local())
        lemmatiser.forget_forms()
        yield
    lemmatiser.forget_forms()


@pytest.fixture
def no_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without libvoikko, on which nothing has been said yet."""

    def refuse(path: str | None = None) -> None:
        raise OSError("libvoikko.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(libvoikko.VoikkoLibrary, "open", refuse)
    monkeypatch.setenv(native.FOLDER_VARIABLE, str(tmp_path / "none"))
    native._tell.cache_clear()


@pytest.mark.usefixtures("no_library")
def test_without_libvoikko_it_serves_and_says_so_once(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        embedded = native.open_voikko()
        assert isinstance(embedded, EmbeddedVoikko)
    assert embedded.analyze("taloissa")[0]["BASEFORM"] == "talo"
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith("poimuri: the library libvoikko is missing: the embedded transducer (pyvoikko ")


@pytest.mark.usefixtures("no_library")
def test_workers_say_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: object())
    assert isinstance(native.open_voikko(), EmbeddedVoikko)
    assert capsys.readouterr().err == ""


def test_the_binding_is_not_needed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import_module = builtins.__import__

    def without_binding(name: str, *rest: Any) -> ModuleType:
        if name == "libvoikko":
            raise ImportError("No module named 'libvoikko'")
        return import_module(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_binding)
    native._tell.cache_clear()
    assert isinstance(native.open_voikko(), EmbeddedVoikko)
    assert "the Python package libvoikko is missing" in capsys.readouterr().err


def test_the_environment_can_ask_for_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv(native.FOLDER_VARIABLE, native.EMBEDDED)
    assert isinstance(native.open_voikko(), EmbeddedVoikko)
    assert native.main() == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.startswith("the embedded transducer (pyvoikko ")


@pytest.mark.usefixtures("no_library")
def test_setup_tries_to_install_libvoikko_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tried: list[str] = []
    monkeypatch.setattr(native, "install", lambda: tried.append("apt"))
    assert native.main() == 0
    assert tried == ["apt"]
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert "the embedded transducer" in said.err
