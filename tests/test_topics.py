"""Topics of sections: which lexicon terms name them, how often, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from extractors.records import TopicRecord
from extractors.topics import extract
from lexicons import TermMatcher, load
from lexicons.joint import JointMatcher
from lexicons.loader import FOLDER
from pipeline.bench.topics import judged, total
from tests.conftest import OTHERS, ROOT, SAMPLES, Analyse, Processed

TRUTH = ROOT / "tests" / "topics" / "truth"
INVENTED = sorted((ROOT / "tests" / "topics").glob("*.txt"))
JUDGED = [path for path in (*SAMPLES, *OTHERS, *INVENTED) if (TRUTH / path.stem).is_dir()]

SHIPPED = ("topics", "methods", "professions", "target_groups")


def told(analyse: Analyse, text: str) -> list[tuple[str, str | None, int, float, str]]:
    found: list[TopicRecord] = list(extract(analyse(text)))
    return [(one.topic, one.parent, one.count, one.score, one.text) for one in found]


def test_a_topic_has_its_parent_its_count_its_share_and_its_first_place(analyse: Analyse) -> None:
    text = "Etävastaanotto avattiin. Etä- ja lähivastaanottoja on nyt, ja etävastaanotot sekä oirearviot kasvavat."
    assert told(analyse, text) == [
        ("etavastaanotto", "digipalvelut", 3, 0.6, "Etävastaanotto"),
        ("lahipalvelut", "vastaanottopalvelut", 1, 0.2, "lähivastaanottoja"),
        ("oirearvio", "digipalvelut", 1, 0.2, "oirearviot"),
    ]


def test_topics_are_counted_section_by_section(analyse: Analyse) -> None:
    text = "1. Saatavuus\n\nTakaisinsoitto toimii.\n\n2. Perheet\n\nTakaisinsoitto ja perhekeskus toimivat.\n"
    found = list(extract(analyse(text)))
    assert [(one.topic, one.section_id and one.section_id[-4:]) for one in found] == [
        ("takaisinsoitto", "0000"),
        ("takaisinsoitto", "0001"),
        ("perhekeskus", "0001"),
    ]


NAMED = [
    ("Laajoja terveystarkastuksia tehtiin.", ["laajat_terveystarkastukset"]),  # not terveystarkastukset too
    ("Hanke on osa Tulevaisuuden sosiaali- ja terveyskeskus -ohjelmaa.", []),  # a programme's name
    ("Sosiaali- ja terveyspalvelut siirtyivät alueelle.", []),  # the field, not the service
    ("Sosiaalipalvelut siirtyivät.", ["sosiaalipalvelut"]),
    ("Sosiaalityöntekijä soitti.", []),
    ("IPC ja Ihmeelliset vuodet levisivät.", ["ipc", "ihmeelliset_vuodet"]),
    ("Hoidon tarve arvioidaan päivässä.", ["hoidon_tarpeen_arviointi"]),
    ("Kuntoutus alkaa kotiin vietävänä kuntoutuksena.", ["kuntoutus_ja_terapia"]),
]


@pytest.mark.parametrize(("sentence", "topics"), NAMED)
def test_what_a_sentence_names(sentence: str, topics: list[str], analyse: Analyse) -> None:
    assert [topic for topic, *_ in told(analyse, sentence)][: len(topics) or None] == topics


def test_a_heading_of_the_template_names_nothing(analyse: Analyse) -> None:
    text = "Perustiedot\n\nKokonaisuuden nimi\n\nKoe\n\nVaikutukset ja vaikuttavuus\n\nPerhekeskus avattiin.\n"
    assert [topic for topic, *_ in told(analyse, text)] == ["perhekeskus"]


def test_a_lexicon_of_ones_own_holds_topics_without_code(tmp_path: Path) -> None:
    path = tmp_path / "omat.yaml"
    path.write_text(
        "lexicon: omat\nkuvaus: a\ndescription: b\nmatch: lemma\ntopics: true\nentries:\n"
        "  - {id: ylempi, terms: [saunapalvelu]}\n  - {id: sauna, parent: ylempi, terms: [saunavuoro]}\n",
        encoding="utf-8",
    )
    from lexicons.loader import read

    lexicon = read(path)
    assert lexicon.topics and [entry.parent for entry in lexicon.entries] == [None, "ylempi"]


# The shipped lexicons


@pytest.mark.parametrize("name", SHIPPED)
def test_every_term_has_its_example_and_every_entry_its_source(name: str) -> None:
    data = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    assert data["counterexample"]
    assert [entry["id"] for entry in data["entries"] if not entry["note"].strip()] == []
    silent = [term for entry in data["entries"] for term in entry["terms"] if isinstance(term, str)]
    assert silent == []


def test_there_are_two_hundred_topics_in_two_levels() -> None:
    entries = load("topics").entries
    below = [entry for entry in entries if entry.parent is not None]
    assert len(below) >= 180 and len(entries) >= 200
    assert {entry.parent for entry in below} == {entry.id for entry in entries if entry.parent is None}
    ids = [entry.id for name in ("topics", "methods") for entry in load(name).entries]
    assert len(ids) == len(set(ids))


USUAL = ["Ekhva", "Hyvaep", "Eskoo", "Hyvaks", "LUVN", "PirSOTE", "PSHVA", "Satasairaala", "Vakehyva"]


@pytest.mark.parametrize("name", [*USUAL, "Österbottens välfärdsområde"])
def test_a_regions_usual_names_are_known(name: str, analyse: Analyse) -> None:
    hits = TermMatcher(load("regions")).find(analyse(f"{name} avasi uuden aseman.").tokens)
    assert [hit.entry.id for hit in hits][:1] != []


# One pass over all lexicons


def test_lexicons_found_together_are_those_found_one_by_one(analyse: Analyse) -> None:
    matchers = [TermMatcher(load(name)) for name in (*SHIPPED, "regions", "programmes", "statuses", "goal_evidence")]
    for path in (*INVENTED[:3], SAMPLES[0]):
        tokens = analyse(path.read_text(encoding="utf-8")).tokens
        alone = [(matcher.lexicon.name, hit) for matcher in matchers for hit in matcher.find(tokens)]
        together = [(matcher.lexicon.name, hit) for matcher, hit in JointMatcher(matchers).find(tokens)]
        assert together == alone and len(alone) > 20


# Against what people read


def test_topics_and_activities_are_as_good_as_is_said(processed: Processed) -> None:
    found = [judged(path.name, processed(path), TRUTH / path.stem) for path in JUDGED]
    topics, activities = (total(found, table) for table in ("topics", "activities"))
    assert len(found) >= 20
    assert min(topics.precision, topics.recall) >= 0.93
    assert min(activities.precision, activities.recall) >= 0.88
