"""What the workbench finds, printed in the person's language or as JSON lines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text

from lexicons import LexiconError, UserError
from lexicons.mistakes import Language, Mistake
from pipeline.files import write_whole
from pipeline.show.console import Console
from pipeline.workbench.wording import say

if TYPE_CHECKING:
    from extractors.document import Token
    from pipeline.workbench.adding import Addition
    from pipeline.workbench.changes import Told
    from pipeline.workbench.trial import Found, Missed, Trial


def show_check(folder: Path | None, lang: Language, as_json: bool) -> int:
    """Print what is wrong with the lexicons, and give the number of mistakes. Raises VoikkoMissing."""
    from pipeline.workbench.check import check

    checked = check(folder)
    for mistake in checked.mistakes:
        print(_line(_as_json(mistake, lang)) if as_json else mistake.told(lang))
    n_doubts = sum(mistake.is_doubt for mistake in checked.mistakes)
    n_errors = len(checked.mistakes) - n_doubts
    counts = {"n_lexicons": checked.n_lexicons, "n_terms": checked.n_terms}
    if as_json:
        print(_line({**counts, "errors": n_errors, "doubts": n_doubts}))
    elif checked.mistakes:
        print(say("faulty", lang, n_errors=n_errors, n_doubts=n_doubts, **counts))
    else:
        print(say("sound", lang, **counts))
    return len(checked.mistakes)


def show_trial(text_or_file: str, lang: Language, *, name: str | None, term: str | None, as_json: bool) -> None:
    """Print what a sentence or an export makes the lexicons find, and what they nearly find.

    Of an export what is nearly found is told of a named term only. Raises LexiconError, OSError, Reject, VoikkoMissing.
    """
    from pipeline.workbench.trial import tried, tried_lexicons

    lexicons = tried_lexicons(name, term)
    console = Console(highlight=False, soft_wrap=True)
    is_any = False
    for text, tokens, is_sentence in _parts(text_or_file):
        trial = tried(text, tokens, lexicons)
        missed = trial.missed if is_sentence or term is not None else ()
        if not is_sentence and not trial.found and not missed:
            continue
        is_any |= bool(trial.found)
        if as_json:
            print(_line(_trial_as_json(text, trial, missed, lang)))
        else:
            _print_trial(console, text if is_sentence else None, trial, missed, lang)
    if not is_any and not as_json:
        console.print(say("nothing", lang))


def _parts(text_or_file: str) -> Iterator[tuple[str, Sequence[Token], bool]]:
    """The text itself, or the blocks and cells of the export of that name."""
    from pipeline.workbench.texts import tokens_of_text

    path = Path(text_or_file)
    try:
        is_file = path.is_file()
    except OSError:  # a sentence too long for a name
        is_file = False
    if not is_file:
        yield text_or_file, tokens_of_text(text_or_file), True
        return
    from extractors.readings import units
    from pipeline.process import analysed

    document = analysed(path.read_bytes(), path.name)
    for unit in units(document):
        yield document.text, unit.tokens, False


def _print_trial(console: Console, text: str | None, trial: Trial, missed: Sequence[Missed], lang: Language) -> None:
    if text is not None:
        console.print(_marked(text, trial.found))
    for one in trial.found:
        words = " · ".join(f"{lemma} ({' + '.join(parts)})" if parts else lemma for _, lemma, parts in one.words)
        line = Text("  ")
        line.append(" ".join(one.text.split()), style="bold green")
        line.append(f"  {one.term.text}", style="bold")
        line.append(f"  {one.lexicon} · {one.entry.id}")
        line.append(f"  {one.term.weight:g}" if one.term.weight != 1 else "")
        line.append(f"  [{words}]", style="dim")
        line.append("".join(f"; {say(code, lang, **about)}" for code, about in one.effects), style="yellow")
        console.print(line)
    for code, about in trial.effects:
        console.print(Text(f"  {say(code, lang, **about)}", style="cyan"))
    if missed:
        console.print(Text(say("not_found", lang), style="bold"))
    for miss in missed:
        line = Text(f"  {miss.term.text}", style="bold")
        line.append(f"  {miss.lexicon} · {miss.entry.id}: ", style="not bold")
        line.append(say(miss.why, lang, **miss.about), style="not bold yellow")
        console.print(line)


def _marked(text: str, found: Sequence[Found]) -> Text:
    """A text with what was found in colour."""
    marked = Text(text)
    for one in found:
        marked.stylize("bold green", one.start, one.end)
    return marked


def _trial_as_json(text: str, trial: Trial, missed: Sequence[Missed], lang: Language) -> dict[str, Any]:
    return {
        "found": [
            {
                "lexicon": one.lexicon,
                "entry": one.entry.id,
                "term": one.term.text,
                "weight": one.term.weight,
                "start": one.start,
                "end": one.end,
                "text": one.text,
                "words": [{"text": word, "lemma": lemma, "parts": parts} for word, lemma, parts in one.words],
                "told": [say(code, lang, **about) for code, about in one.effects],
            }
            for one in trial.found
        ],
        "missed": [
            {
                "lexicon": one.lexicon,
                "entry": one.entry.id,
                "term": one.term.text,
                "start": one.start,
                "text": one.text,
                "why": one.why,
                "told": say(one.why, lang, **one.about),
            }
            for one in missed
        ],
        "told": [say(code, lang, **about) for code, about in trial.effects],
    }


def _as_json(mistake: Mistake, lang: Language) -> dict[str, Any]:
    return {
        "file": mistake.file,
        "line": mistake.line,
        "column": mistake.column,
        "entry": mistake.entry,
        "code": mistake.code,
        "is_doubt": mistake.is_doubt,
        "message": mistake.said(lang),
    }


def show_added(path: Path, addition: Addition, lang: Language, *, save: bool) -> None:
    """Add terms to a file and print the lines that changed. Raises UserError."""
    from pipeline.workbench.adding import AddError, add

    try:
        lines = add(path, addition, save=save)
    except AddError as error:
        raise UserError(error.told(lang)) from None
    except LexiconError as error:
        raise UserError("\n".join(one.told(lang) for one in error.mistakes)) from None
    print(say("added" if save else "would_add", lang, file=path))
    print(lines)


MOST_USED = 10
"""Terms of a lexicon that are told with their counts; all with --json."""


def show_coverage(out: Path, lang: Language, *, name: str | None, as_json: bool) -> None:
    """Print what the terms find in a corpus and what is missing. Raises LexiconError, UserError."""
    from pipeline.workbench.corpus import corpus
    from pipeline.workbench.coverage import by_lexicon, coverage

    found = coverage(corpus(out))
    lexicons = {one: uses for one, uses in by_lexicon(found).items() if name in (None, one)}
    if as_json:
        for uses in lexicons.values():
            for place, use in uses:
                counts = {"hits": use.hits, "documents": len(use.documents), "sections": len(use.sections)}
                print(_line({**place._asdict(), **counts}))
        for lack in found.lacks:
            print(_line({"lacks": lack.lemma, **{key: value for key, value in vars(lack).items() if key != "lemma"}}))
        return
    print(say("coverage_of", lang, n_documents=found.n_documents, n_sections=found.n_sections))
    frequent = set(found.too_frequent())
    for one, uses in lexicons.items():
        unused = found.unused(one)
        print(say("uses_of", lang, lexicon=one, n_terms=len(uses), n_unused=len(unused)))
        print(say("uses_head", lang))
        for place, use in uses[:MOST_USED]:
            if use.hits:
                columns = f"{use.hits:>8} {len(use.documents):>9} {len(use.sections):>8}"
                print(f"{columns}  {place.term} ({place.entry})")
        for place, use in uses:
            if place in frequent:
                print(say("too_frequent", lang, term=place.term, share=len(use.sections) / found.n_sections))
        if unused:
            print(say("unused", lang, terms=", ".join(dict.fromkeys(place.term for place in unused))))
    print(say("lacks", lang))
    for lack in found.lacks:
        print(f"{lack.count:>8} {lack.documents:>9} {lack.keyness:>8}  {lack.lemma}: {lack.sentence}")


def show_suggestions(term: str, out: Path, lang: Language, *, as_json: bool) -> None:
    """Print what a corpus has around a word. Raises LexiconError, UserError."""
    from pipeline.workbench.corpus import corpus
    from pipeline.workbench.suggest import suggest

    found = suggest(corpus(out), term)
    if as_json:
        print(_line({name: dict(seen) for name, seen in vars(found).items()}))
        return
    for name, seen in vars(found).items():
        if seen:
            print(f"{say(name, lang)}: {', '.join(f'{word} {count}' for word, count in seen)}")
    pasted = [term, *(word for word, _ in (*found.compounds, *found.spellings, *found.neighbours))]
    if any(vars(found).values()):
        print(f"{say('to_paste', lang)}:")
        print("".join(f"      - {word}\n" for word in dict.fromkeys(pasted)), end="")
    else:
        print(say("unseen", lang, term=term))


def show_changes(out: Path, lang: Language, *, as_json: bool, html: Path | None) -> None:
    """Print what the lexicons would change in the tables, and write it as a page. Raises UserError."""
    from pipeline.show.lexicon_page import page
    from pipeline.workbench.changes import Progress, lexicon_changes

    progress, counts, told = Progress(), Counter[tuple[str, str]](), []
    for one in lexicon_changes(out, progress):
        counts[one.change.table, one.change.change] += 1
        if html is not None:
            told.append(one)
        if as_json:
            print(json.dumps({**one.change._asdict(), "sentence": one.sentence}, ensure_ascii=False, default=str))
        else:
            _print_change(one, lang)
    if html is not None:
        write_whole(html, page(told, lang))
    if as_json:
        return
    for (table, change), count in sorted(counts.items()):
        print(f"{table}: {count} {say(change, lang)}")
    if not counts:
        print(say("no_change", lang))
    print(say("looked_at", lang, n_concerned=progress.n_concerned, n_documents=progress.n_documents))


def _print_change(told: Told, lang: Language) -> None:
    change = told.change
    where = f" ({change.where})" if change.where else ""
    print(f"{say(change.change, lang)} {change.table}: {change.says}{where} · {change.source_path}")
    for name, (before, now) in change.differences.items():
        print(f"    {name}: {before} → {now}")
    if told.sentence:
        print(f"    „{told.sentence}”")


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
