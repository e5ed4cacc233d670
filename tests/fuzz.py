"""Mutants of our own samples through all stages: each must give a document or a reject that is no fault of poimuri.

    python -m tests.fuzz -n 20000 --seed 1 txt html docx

A mutant is known by its format, the seed and its number, and made anew from them. Bits are flipped, bytes changed, ends
cut off, pieces copied, moved and taken out; words and tags are put together anew, with what hurt programs before. In a
zip file the parts are changed, else few mutants came past their check sums.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

import regex
from lxml import etree

from extractors.records import EXTRACTED, DocumentRecord, Record
from pipeline.batch.crew import Crew
from pipeline.load.verify import VERBATIM
from pipeline.process import Entering, Result, prepare, process
from pipeline.rejects import Reject
from tests.texts import REPORT
from tests.twins.make import contents
from tests.twins.office import WRITERS

FAULTS = ("internal_error", "worker_died", "evidence")
"""Codes that no file may give: faults of poimuri, and records whose offsets do not hold what they say."""

TWINS = Path(__file__).parent / "twins"

SECONDS = 60.0
"""What a mutant of a few pages may take."""

TEXTS = ("txt", "html", "rtf", "eml")
"""Formats that are text themselves: their words are put together anew."""

HURTFUL = (
    *("999999999", "-1", "0", "9" * 400, "1e999", "NaN", "32.13.2021", "29.2.2021", "0 %", "1/0", "00000", "²³", "٣"),
    *("\u200b", "\u00ad", "\u0308", "\u202e", "\ufeff", "\ufffd", "\u2028", "\x0b", "\f", "\r", "\t", "\n\n", "\u200d"),
    *("IIIIIIIIIIII", "MMMMCMXCIX", "1.1.1.1.1.1.1.1", "((((", "””””", "----", "....", "%%%%", "[image: ", "ä" * 300),
    *("<table>", "</table>", "<td colspan=9999 rowspan=9999>", "<ol start=99999999999>", "<li value=-5>", "<textarea>"),
    *("<!--", "]]>", "<![CDATA[", "&#0;", "&#xD800;", "&#1114112;", "<meta charset=rot13>", "<script>", "<svg>"),
    *("\\bin99999 ", "\\u-99999 ", "\\trowd", "{", "}", "\\'e4", "=\n", "=?utf-8?b?////?="),
)  # fmt: skip
"""What hurt programs before: numbers, signs, markup."""

MOST_COPIED = 100
"""Children of an element that is copied."""

_XML_SIGNS = regex.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd]")
_PIECES = regex.compile(rb"<[^<>]{0,200}>|\\[a-z]+-?\d*|[^\W_]+|\s+|.", regex.DOTALL)


@cache
def samples(name: str) -> tuple[bytes, ...]:
    """The samples of a format: a report of ours, as its writers write it."""
    page = _page(REPORT)
    if name in ("txt", "html"):
        return (REPORT.encode() if name == "txt" else page.encode(),)
    if name == "pdf":
        return (_pdf(), next(iter(sorted((TWINS / "browser").glob("*.pdf")))).read_bytes())
    if name == "docx":
        return (next(iter(sorted((TWINS / "word").glob("aarni*.docx")))).read_bytes(),)
    return (WRITERS[name](contents("hiidenvuori_oma-arviointi")),)


FORMATS = ("txt", "html", "pdf", "docx", *(name for name in WRITERS if name != "doc"))


def _page(text: str) -> str:
    """A text as a web page, its tabbed lines a table."""
    out, cells = [], list[str]()
    for line in [*text.split("\n"), "end"]:
        if line.startswith("\t"):
            cells.append(line.strip())
        elif line or len(cells) > 1:
            rows = [cells[first : first + 4] for first in range(0, len(cells), 4)]
            out += [
                "<table>",
                *("<tr>" + "".join(f"<td>{escape(one)}</td>" for one in row) for row in rows),
                "</table>",
            ]
            cells = []
            out.append(f"<li>{escape(line[2:])}</li>" if line.startswith("• ") else f"<p>{escape(line)}</p>")
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{''.join(out)}</body></html>"


def _pdf() -> bytes:
    from tests.printing import drawn, rule, text

    lines = [line for line in REPORT.split("\n") if line.strip()][:30]
    shown = b"".join(text(line.strip(), 72, 800 - 20 * number) for number, line in enumerate(lines))
    rules = b"".join(rule(60, 300 + 20 * number, 400, 300 + 20 * number) for number in range(4))
    return drawn(shown + rules, shown)


def mutant(name: str, seed: int, number: int) -> bytes:
    """A mutant's bytes: the same for the same format, seed and number."""
    chance = random.Random(f"{name} {seed} {number}")
    data = chance.choice(samples(name))
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _with_mutated_parts(data, chance)
    found = _mutated(data, chance, as_words=name in TEXTS)
    return found.decode("utf-8", "ignore").encode() if name in TEXTS and chance.random() < 0.8 else found


def _with_mutated_parts(data: bytes, chance: random.Random) -> bytes:
    """A zip file of whose parts of XML one or two are mutants."""
    source = zipfile.ZipFile(io.BytesIO(data))
    names = source.namelist()
    changed = set(chance.choices(names, weights=[source.getinfo(one).file_size for one in names], k=2))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for one in names:
            part = source.read(one)
            target.writestr(one, _mutated_part(part, chance) if one in changed else part)
    return out.getvalue()


def _mutated_part(part: bytes, chance: random.Random) -> bytes:
    """A part with elements copied, moved and taken out, and with other texts and attributes; or any mutant of it."""
    try:
        root = etree.fromstring(part)
    except etree.XMLSyntaxError:
        return _mutated(part, chance, as_words=False)
    if chance.random() < 0.15:
        return _mutated(part, chance, as_words=True)
    for _ in range(chance.choice((1, 2, 5, 20))):
        elements = list(root.iter(etree.Element))
        one, place = chance.choice(elements), chance.choice(elements)
        change = chance.randrange(5)
        if change == 0 and (parent := one.getparent()) is not None:
            parent.remove(one)
        elif change == 1:
            for _ in range(chance.choice((1, 1, 30))):
                if len(one) < MOST_COPIED:
                    place.append(deepcopy(one))
        elif change == 2:
            one.text = _XML_SIGNS.sub("", chance.choice(HURTFUL))
        elif one.attrib:
            one.set(chance.choice(list(one.attrib)), _XML_SIGNS.sub("", chance.choice(HURTFUL)))
    return etree.tostring(root)


def _mutated(data: bytes, chance: random.Random, *, as_words: bool) -> bytes:
    anyhow, anew = (_flipped, _replaced, _cut, _spliced), (_put_together, _with_hurtful, _spliced, _cut)
    changes = anew if as_words and chance.random() < 0.8 else anyhow
    for change in chance.choices(changes, k=chance.choice((1, 1, 2, 4))):
        data = change(data, chance)
    return data


def _flipped(data: bytes, chance: random.Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 40)) if flipped else 0):
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def _replaced(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.randbytes(chance.choice((1, 4, 30))) + data[place + chance.choice((0, 1, 30)) :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _spliced(data: bytes, chance: random.Random) -> bytes:
    start, place = chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice((5, 50, 500, 5000))]
    return data[:place] + piece * chance.choice((0, 1, 2, 20)) + data[place + chance.choice((0, len(piece))) :]


def _put_together(data: bytes, chance: random.Random) -> bytes:
    """Words, tags and marks of the sample in another order, from a place on."""
    pieces = _PIECES.findall(data)
    if not pieces:
        return data
    start, n_new = chance.randrange(len(pieces)), chance.choice((3, 30, 300))
    return b"".join([*pieces[:start], *chance.choices(pieces, k=n_new), *pieces[start + chance.choice((0, n_new)) :]])


def _with_hurtful(data: bytes, chance: random.Random) -> bytes:
    pieces = _PIECES.findall(data)
    for _ in range(chance.choice((1, 3, 12))):
        hurtful = chance.choice(HURTFUL) * chance.choice((1, 1, 1, 50))
        pieces.insert(chance.randrange(len(pieces) + 1), hurtful.encode("utf-8", "replace"))
    return b"".join(pieces)


class Mutant(NamedTuple):
    format: str
    seed: int
    number: int

    def __str__(self) -> str:
        return f"{self.format} {self.seed} {self.number}"


class Outcome(NamedTuple):
    """What a mutant gave: its code (`document`), the message of its reject, bytes of memory its process had at most."""

    code: str
    message: str = ""
    n_bytes: int = 0


def tried(one: Mutant, entering: Entering = lambda _: None) -> Outcome:
    """A mutant through all stages."""
    try:
        result = process(mutant(*one), f"a.{one.format}", entering=entering)
        code, message = "document", ""
        if wrong := next(wrong_evidence(result), None):
            code, message = "evidence", wrong
    except Reject as reject:
        code, message = reject.code, f"{reject.stage}: {reject.message}"
    return Outcome(code, message, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def wrong_evidence(result: Result) -> Iterator[str]:
    """Records whose offsets lie outside the text, or do not hold what they quote."""
    (document,) = result.of(DocumentRecord)
    for kind in EXTRACTED:
        for record in result.of(kind):
            if hasattr(record, "char_start") and not _holds(document.text, record):
                yield f"{kind.TABLE}: {record}"


def _holds(text: str, record: Record) -> bool:
    start, end = record.char_start, record.char_end  # type: ignore[attr-defined]
    if not 0 <= start <= end <= len(text):
        return False
    return record.TABLE not in VERBATIM or text[start:end] == record.text  # type: ignore[attr-defined]


def fuzz(name: str, n: int, seed: int, workers: int) -> Iterator[tuple[Mutant, Outcome]]:
    """What became of so many mutants of a format."""
    crew: Crew[Mutant, Outcome] = Crew(tried, workers, lambda _: SECONDS)
    for one, answer in crew.answers([Mutant(name, seed, number) for number in range(n)]):
        yield one, Outcome(answer.code, answer.message) if isinstance(answer, Reject) else answer


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what became of the mutants by format; the exit code is 1 where one was a fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("-n", type=int, default=20_000, help="mutants of each format")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="write mutants that are faults to this folder")
    parser.add_argument("formats", nargs="*", default=[], help=f"of {', '.join(FORMATS)}; all without")
    asked = parser.parse_args(arguments)
    prepare()
    n_faults = 0
    for name in asked.formats or FORMATS:
        started, codes, most = time.monotonic(), Counter[str](), 0
        for one, outcome in fuzz(name, asked.n, asked.seed, asked.workers):
            codes[outcome.code] += 1
            most = max(most, outcome.n_bytes)
            if outcome.code in FAULTS:
                n_faults += 1
                print(f"{one}: {outcome.code}: {outcome.message}"[:600], flush=True)
                if asked.keep is not None:
                    asked.keep.mkdir(parents=True, exist_ok=True)
                    (asked.keep / f"{one}.{name}".replace(" ", "_")).write_bytes(mutant(*one))
        told = ", ".join(f"{number:,} {code}" for code, number in codes.most_common())
        print(f"{name}: {told}; {most / 1e6:,.0f} MB at most; {time.monotonic() - started:,.0f} s", flush=True)
    return 1 if n_faults else 0


if __name__ == "__main__":
    sys.exit(main())
