"""Lexicon terms in a text: of the lexicons that report, without their helper entries, in no more than one block."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.lexicon_hits import extract
from extractors.records import LexiconHitRecord
from lexicons import available, load
from pipeline.bench.scoring import load as truth
from tests.conftest import OTHERS, SAMPLES, TRUTH, Analyse, Processed
from tests.texts import table

SENTENCES = [
    (
        "Kainuussa jonot lyhenivät.",
        [("regions", "kainuu:kainuu", "Kainuussa"), ("goal_evidence", "goal_1_waiting:jono", "jonot")],
    ),
    (
        "Opas on valmis, mutta levittäminen on kesken.",
        [
            ("statuses", "ready:valmis", "valmis"),
            ("statuses", "continues:levittää", "levittäminen"),
            ("statuses", "ongoing:kesken", "kesken"),
        ],
    ),
    # labels, fillers, words of rollout and follow-up, and words that prove nothing are helpers
    ("Ei tehty vielä seurantaa, ja mallien jalkautus aiotaan tehdä.", []),
    ("Elämänlaatu parani.", [("goal_evidence", "goal_3_quality:laatu", "Elämänlaatu")]),
    # lexicons of layout, numbers and times do not report
    ("Taulukko 3 on liitteessä vuodelta 2021.", []),
    (
        "Tulevaisuuden sote-keskus avattiin.",
        [
            ("programmes", "tulevaisuuden_sote_keskus:tulevaisuus sote-keskus", "Tulevaisuuden sote-keskus"),
            ("topics", "sote_keskus:sote-keskus", "sote-keskus"),
        ],
    ),
    (
        "Sairaanhoitajat tapasivat lapsiperheitä IPC-menetelmällä.",
        [
            ("professions", "sairaanhoitaja:sairaanhoitaja", "Sairaanhoitajat"),
            ("target_groups", "perheet:lapsiperhe", "lapsiperheitä"),
            ("goal_evidence", "goal_3_evidence:ipc-menetelmä", "IPC-menetelmällä"),
            ("methods", "ipc:IPC-menetelmä", "IPC-menetelmällä"),
        ],
    ),
]


@pytest.mark.parametrize(("sentence", "hits"), SENTENCES)
def test_terms_are_found_by_lemma(sentence: str, hits: list[tuple[str, str, str]], analyse: Analyse) -> None:
    assert [(hit.lexicon, hit.term_id, hit.text) for hit in extract(analyse(sentence))] == hits


def test_no_term_reaches_over_a_paragraph_or_a_cell(analyse: Analyse) -> None:
    assert [hit.term_id for hit in extract(analyse("Sähköinen asiointi avattiin."))] == [
        "goal_1_contact:sähköinen asiointi",
        "digipalvelut:sähköinen asiointi",
    ]
    assert [hit.term_id for hit in extract(analyse("Palvelu on sähköinen\n\nasiointi avattiin.\n"))] == [
        "goal_1_contact:asiointi"
    ]
    cells = table(["Kunta", "Palvelu", "Tapa"], ["Mallila", "sähköinen", "asiointi"])
    assert [hit.term_id for hit in extract(analyse(f"Koealue\n\n{cells}\n\n\nTaulukko loppui.\n"))] == [
        "goal_1_contact:asiointi"
    ]


def test_hits_stand_in_text_order_with_their_places(analyse: Analyse) -> None:
    text = "Tuotokset ja tulokset\n\nLapissa jonot lyhenivät.\n"
    document = analyse(text)
    assert [(hit.section_id, hit.char_start, hit.char_end) for hit in extract(document)] == [
        (f"{document.doc_id}-s0000", text.index("Lapissa"), text.index(" jonot")),
        (f"{document.doc_id}-s0000", text.index("jonot"), text.index(" lyhenivät")),
    ]


FIRST = ["goal_evidence", "programmes", "regions", "statuses"]
"""The lexicons whose terms a reader has looked for in two documents; what `tests/topics` holds is read there."""


def test_which_lexicons_report() -> None:
    reporting = [name for name in available() if load(name).report]
    assert reporting == sorted([*FIRST, "methods", "professions", "target_groups", "topics"])


READ = [path for path in SAMPLES + OTHERS if (TRUTH / path.stem / "lexicon_hits.jsonl").exists()]


@pytest.mark.parametrize("path", READ, ids=lambda path: path.stem)
def test_the_terms_of_a_document_are_those_that_a_reader_finds(path: Path, processed: Processed) -> None:
    found = processed(path).of(LexiconHitRecord)
    expected = truth(TRUTH / path.stem, "lexicon_hits")
    assert [
        {"lexicon": hit.lexicon, "term_id": hit.term_id, "char_start": hit.char_start, "text": hit.text}
        for hit in found
        if hit.lexicon in FIRST
    ] == expected


def test_two_documents_are_read() -> None:
    assert len(READ) == 2
