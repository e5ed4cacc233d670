"""Lemmas chosen in their sentence, their benchmark and their model."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.bench.corpora import CorpusError, comparable, running_text, treebank
from pipeline.bench.lemmas import text_scores, ud_lemma
from pipeline.bench.train_lemmas import accuracy, fit
from pipeline.cli import app
from pipeline.language import lemmatiser
from pipeline.language.disambiguate import Model, model
from pipeline.language.frequencies import zipf_values
from pipeline.language.lemmatiser import lemmatise

SENTENCES = {
    "He saavuttivat lisäksi monta tavoitetta .": "hän saavuttaa lisäksi moni tavoite .",
    "Samalla todella moni sai hoitoa .": "samalla todella moni saada hoito .",
    "Kymsoten hoitoonpääsyn tilanne on parantunut .": "kymsote hoitoonpääsy tilanne olla parantua .",
    "Mulberry-huivin oma-arviointi jäi tekemättä .": "mulberry-huivi oma-arviointi jäädä tehdä .",
    "Aluevaaleissa ei käsitelty niitä .": "aluevaalit ei käsitellä se .",
    "Palvelujen parantaminen jatkuu vuosina 2021–2022 .": "palvelu parantaminen jatkua vuosi 2021–2022 .",
    "THL:n mukaan työntekijöitä oli kolmessatoista kunnassa .": "thl mukaan työntekijä olla kolmetoista kunta .",
    "Kukaan ei kertonut kenellekään mistään .": "kukaan ei kertoa kukaan mikään .",
    "Asiakkaat kohdistavat toimivimmat ratkaisunsa johonkin .": "asiakas kohdistaa toimiva ratkaisu jokin .",
    "Kehittäminen on kohdistunut nopeammin kuin ennen .": "kehittäminen olla kohdistua nopeasti kuin ennen .",
    "Loput viisi kuntaa tulevat mukaan .": "loppu viisi kunta tulla mukaan .",
    "Apua saa kahden viikon kuluttua yhteydenotosta .": "apu saada kaksi viikko kulua yhteydenotto .",
    "Excelissä ja Albertvillen kisoissa .": "excel ja albertville kisa .",
    "Mielenterveys- ja päihdetyö -ohjelmaa jatketaan .": "mielenterveys ja päihdetyö ohjelma jatkaa .",
    "Liikkeessä parametrisoidut laitteet myytiin Arduinon kanssa .": (
        "liike parametrisoida laite myydä arduino kanssa ."
    ),
}


@pytest.mark.parametrize(("sentence", "lemmas"), SENTENCES.items(), ids=list(SENTENCES))
def test_lemmas_follow_universal_dependencies(sentence: str, lemmas: str) -> None:
    assert " ".join(reading.lemma.lower() for reading in lemmatise(sentence.split())) == lemmas


def test_a_word_that_stands_behind_numbers_only_is_known_alone() -> None:
    assert [(one.lemma, one.tag) for one in lemmatiser.word_readings("vuotiaiden")[0]] == [("vuotias", "ADJ.Gen.Plur")]


CHOICES = [
    ("Hankkeessa oli kuusi kuntaa .", "kuusi", "NUM"),
    ("Voi , miten hyvä tulos !", "Voi", "INTJ"),
    ("Hanke voi jatkua .", "voi", "VERB"),
    ("Palvelu tuli käyttöön keväällä .", "tuli", "VERB"),
]


@pytest.mark.parametrize(("sentence", "word", "pos"), CHOICES)
def test_the_sentence_decides_between_readings(sentence: str, word: str, pos: str) -> None:
    words = sentence.split()
    assert lemmatise(words)[words.index(word)].pos == pos


def test_every_word_has_a_reading_whatever_it_is() -> None:
    odd = [
        "",
        "-",
        "–",
        "a" * 500,
        "é",
        "٣",
        "\u0000",
        "𝔘",
        "-:-",
        ":",
        "x:",
        "ÄÖÅ",
        "l'amour",
        "<>",
        "1.000,5",
        "ﬁ",
        "´´",
    ]
    for word in odd[1:]:
        (reading,) = lemmatise([word])
        assert reading.lemma or word.strip("-–:") == ""
    assert lemmatise([]) == []


def test_analyses_are_kept_in_bounded_caches() -> None:
    lemmatiser.forget_forms()
    lemmatise(["Kehitämme", "kehitämme", "kehitämme", "."])
    found = lemmatiser.form.cache_info()
    assert (found.hits, found.currsize) == (1, 3) and found.maxsize is not None


def test_the_shipped_data_is_what_it_says() -> None:
    assert len(model().weights) > 10_000 and len(zipf_values()) == 150_000
    assert zipf_values()["ja"] > 7 > zipf_values()["kehittää"] > 3


TREEBANK = """\
# text = Kuusi kuntaa.
1\tKuusi\tkuusi\tNUM\t_\tCase=Nom|Number=Sing\t2\t_\t_\t_
2\tkuntaa\tkunta\tNOUN\t_\tCase=Par|Number=Sing\t0\t_\t_\t_
3\t.\t.\tPUNCT\t_\t_\t2\t_\t_\t_

# text = Ettei raaka-ainetta jää.
1-2\tEttei\t_\t_\t_\t_\t_\t_\t_\t_
1\tEttä\tettä\tSCONJ\t_\t_\t2\t_\t_\t_
2\tei\tei\tAUX\t_\t_\t3\t_\t_\t_
3\traaka-ainetta\traaka#aine\tNOUN\t_\tCase=Par\t0\t_\t_\t_
4\tjää\tjäädä\tVERB\t_\t_\t0\t_\t_\t_
5\t.\t.\tPUNCT\t_\t_\t2\t_\t_\t_
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "pieni.conllu"
    path.write_text(TREEBANK, encoding="utf-8")
    return path


def test_a_treebank_is_read_by_syntactic_words(corpus: Path) -> None:
    assert [[word.form for word in sentence] for sentence in treebank(corpus)] == [
        ["Kuusi", "kuntaa", "."],
        ["Että", "ei", "raaka-ainetta", "jää", "."],
    ]
    assert comparable("Raaka#Aine") == comparable("raaka-aine")
    assert (ud_lemma("raaka-aine"), ud_lemma("Itä-Eurooppa"), ud_lemma("-")) == ("raaka#aine", "Itä-Eurooppa", "-")


def test_training_learns_what_the_treebank_says(corpus: Path) -> None:
    sentences = list(treebank(corpus)) * 4
    weights = fit(sentences)
    assert accuracy(weights, sentences) == 1.0 > accuracy({"t NOUN.Nom.Sing": 9.0}, sentences)
    assert fit(sentences) == weights
    assert isinstance(Model(weights).form("x", lemmatise(["x"])).best, int)


def test_the_benchmark_prints_and_writes(corpus: Path, tmp_path: Path) -> None:
    out, figures = tmp_path / "out.tsv", tmp_path / "out.json"
    arguments = ["bench", "lemmas", "--corpus", str(corpus), "--predictions", str(out), "--json", str(figures)]
    result = CliRunner().invoke(app, [*arguments, "--no-rival"])
    assert result.exit_code == 0, result.output
    assert "poimuri" in result.output and "1.0000" in result.output
    assert "F1 of words 0.8000, of lemmas 0.8000" in result.output
    assert out.read_text(encoding="utf-8").splitlines()[5] == "raaka-ainetta\traaka#aine"
    assert figures.exists()


@pytest.mark.parametrize("text", ["", "1\tsana\n", "\udcff"])
def test_a_file_that_is_no_treebank_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "rikki.conllu"
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
    result = CliRunner().invoke(app, ["bench", "lemmas", "--corpus", str(path), "--no-rival"])
    assert result.exit_code == 2 and "rikki.conllu" in result.output + result.stderr
    if text:
        with pytest.raises(CorpusError):
            list(treebank(path))


def test_poimuri_lemma_tells_all_readings_and_why() -> None:
    result = CliRunner().invoke(app, ["lemma", "Kuusi kuntaa."], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    assert "kunta" in result.output and "NOUN.Par.Sing" in result.output and "over" in result.output


LONG_COMPOUND = "perusterveydenhuollonvastaanottopalvelu"


def test_poimuri_lemma_cuts_no_lemma_in_the_80_columns_of_a_pipe() -> None:
    sentence = f"{LONG_COMPOUND.capitalize()}issa voi saavuttaa kuusi kehittämiskokonaisuutta kunnissa."
    result = CliRunner().invoke(app, ["lemma", sentence], env={"COLUMNS": "80"})
    lines = [line.rstrip() for line in result.output.splitlines()]
    assert max(map(len, lines)) <= 80 and "…" not in result.output
    lemmas = [line[22:62].strip() for line in lines if not line.startswith(" ")]
    assert list(filter(None, lemmas)) == [
        "lemma",
        LONG_COMPOUND,
        "voida",
        "saavuttaa",
        "kuusi",
        "kehittämiskokonaisuus",
        "kunta",
        ".",
    ]


def test_poimuri_lemma_folds_a_lemma_wider_than_half_the_terminal() -> None:
    result = CliRunner().invoke(app, ["lemma", f"{LONG_COMPOUND}ja"], env={"COLUMNS": "60"})
    assert LONG_COMPOUND not in result.output
    assert "".join(line[17:47].strip() for line in result.output.splitlines()[1:]).startswith(LONG_COMPOUND)


RUNNING = """\
# newdoc
# text = Ettei 12 000 riitä?
1-2\tEttei\t_\t_\t_\t_\t_\t_\t_\t_
1\tEttä\tettä\tSCONJ\t_\t_\t2\t_\t_\t_
2\tei\tei\tAUX\t_\t_\t3\t_\t_\t_
3\t12 000\t12 000\tNUM\t_\t_\t4\t_\t_\t_
4\triitä\triittää\tVERB\t_\t_\t0\t_\t_\tSpaceAfter=No
4.1\tjää\tjäädä\tVERB\t_\t_\t_\t_\t_\t_
5\t?\t?\tPUNCT\t_\t_\t4\t_\t_\tSpaceAfter=No

# newpar
1\tEi\tei\tAUX\t_\t_\t0\t_\t_\t_
"""


def test_a_treebanks_running_text_has_its_words_in_their_places(tmp_path: Path) -> None:
    path = tmp_path / "juokseva.conllu"
    path.write_text(RUNNING, encoding="utf-8")
    text, words = running_text(path)
    assert text == "Ettei 12 000 riitä? \n\nEi "
    assert [(text[word.start : word.end], word.lemma) for word in words] == [
        ("Ettei", "että"),
        ("Ettei", "ei"),
        ("12 000", "12 000"),
        ("riitä", "riittää"),
        ("?", "?"),
        ("Ei", "ei"),
    ]


def test_running_text_is_scored_by_words_in_their_places() -> None:
    gold = [(0, 5, "että"), (0, 5, "ei"), (6, 12, "12 000"), (13, 18, "riittää")]
    found = [(0, 5, "ettei"), (6, 8, "12"), (9, 12, "000"), (13, 18, "Riittää")]
    assert text_scores(found, gold) == (0.25, 0.25)
    assert text_scores([(13, 18, "riitä")], gold) == (0.4, 0.0)
    assert text_scores([], []) == (0.0, 0.0)
