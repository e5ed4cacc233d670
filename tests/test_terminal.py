"""What names and texts hold is shown on a terminal, never sent to it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.batch.work import as_shown
from pipeline.cli import app
from pipeline.run import run
from pipeline.show.stream import shown

EVIL = "Vuonna 2021 \u009b2J osuus \u202e15 %\u202c oli \u0085hyvä \u061c\u2067x\u2069."
NAMES = ("\x1b[31mpuna\x1b]0;nimi\x07.txt", "kaksi\nriviä.txt", "\u009b2J\u202etxt.txt")


def commands(text: str) -> list[str]:
    """What a terminal would obey or hide behind."""
    return [ch for ch in text if (unicodedata.category(ch) == "Cc" and ch not in "\n\t") or ch in "\u202e\u2067\u200e"]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    raw, out = tmp_path_factory.mktemp("raw"), tmp_path_factory.mktemp("out")
    for number, name in enumerate(NAMES):
        (raw / name).write_text(f"{EVIL}\n\nTavoite {number}\n\n{EVIL}\n", encoding="utf-8")
    (raw / "x\x1b[2J.txt").write_bytes(b"\xff\xfe\x00")
    run(raw, out)
    (raw / NAMES[0]).write_text(f"{EVIL}\n\nUusi tavoite 3.3.2022\n", encoding="utf-8")
    run(raw, out)
    return raw, out


@pytest.mark.parametrize(
    "words",
    [
        ("rejects", "OUT"),
        ("status", "RAW", "OUT"),
        ("status", "RAW", "OUT", "--json"),
        ("diff", "OUT"),
        ("diff", "OUT", "--json"),
        ("history", "OUT"),
        ("run", "RAW", "OUT", "--fresh"),
        ("run", "RAW", "OUT", "--fresh", "--json"),
        ("query", "OUT", "SELECT source_path, text FROM documents"),
        ("show", "FILE"),
        ("show", "FILE", "--outline"),
        ("repair", "FILE"),
        ("lemma", EVIL),
        ("lexicon", "try", EVIL),
        ("show", "RAW/nothing\x1b[2J.txt"),
    ],
    ids=lambda words: " ".join(words[:1] + words[-1:])[:20],
)
def test_no_command_sends_what_it_is_given(words: tuple[str, ...], folders: tuple[Path, Path]) -> None:
    raw, out = map(str, folders)
    places = {"RAW": raw, "OUT": out, "FILE": f"{raw}/{NAMES[2]}"}
    told = CliRunner().invoke(app, [places.get(word, word) for word in words])
    assert told.output and commands(told.output) == []


def test_data_for_another_program_arrive_as_they_are(folders: tuple[Path, Path]) -> None:
    told = CliRunner().invoke(app, ["query", str(folders[1]), "SELECT text FROM documents", "--csv"])
    assert "\u009b2J" in told.output


def test_colours_of_our_own_are_sent(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    told = CliRunner().invoke(app, ["show", str(folders[0] / NAMES[1])])
    assert "\x1b[1m" in told.output and "\u009b" not in told.output


def test_what_is_shown_tells_which_character_it_is() -> None:
    assert shown("a\x1bb\u009bc\u202ed\te\n") == "a\\u001bb\\u009bc\\u202ed\te\n"


def test_no_two_names_are_written_the_same() -> None:
    names = [
        "\udc9b",
        "\x9b",
        r"\x9b",
        r"\u009b",
        r"\\x9b",
        r"\\u009b",
        "\\\udc9b",
        "\\\x9b",
        "\n",
        r"\x0a",
        r"\n",
        "\\",
    ]
    assert len({as_shown(name) for name in names}) == len(names)
    assert as_shown("Raportti ä\\b.txt") == "Raportti ä\\b.txt"
