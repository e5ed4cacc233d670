"""Stage *redact*: a document as read without what reaches persons, every offset as it was.

Of a name, an e-mail address or a telephone number each letter becomes an x, each digit a 0; marks and white space stay,
so that what follows sees the same structure. It comes before all that analyses: nothing later can hold what was taken
out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractors.document import Document, Span
from pipeline.redact.addresses import addresses, phones
from pipeline.redact.persons import Names


def redacted(document: Document) -> Document:
    """A document with its contacts masked, in its text and in the names of attachments that its warnings tell.

    Raises VoikkoMissing where there is no Voikko.
    """
    text = document.text
    names = Names(text, addresses(text), phones(text))
    warnings = tuple(_masked(warning, _contacts(warning, names, is_label=True)) for warning in document.warnings)
    spans = list(_contacts(text, names))
    spelled = document.spelled
    if spelled is not None:
        spelled = replace(spelled, text=_masked(spelled.text, (spelled.span(*span) for span in spans)))
    return replace(document, text=_masked(text, spans), spelled=spelled, warnings=warnings)


def _contacts(text: str, names: Names, *, is_label: bool = False) -> Iterator[Span]:
    yield from (span for span, _ in addresses(text))
    yield from phones(text)
    yield from names.spans(text, is_label=is_label)


def _masked(text: str, spans: Iterable[Span]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = map(_mask, letters[start:end])
    return "".join(letters)


def _mask(letter: str) -> str:
    if letter.isalpha():
        return "X" if letter.isupper() else "x"
    return "0" if letter.isdecimal() else letter
