"""Voikko as the stages use it: one analyser a thread, its answers kept by word form."""

from __future__ import annotations

from functools import lru_cache
from threading import local
from typing import Any, NamedTuple

from pipeline.language.native import open_voikko

CACHE_SIZE = 100_000
"""Word forms kept in each cache; a region's exports hold a fifth of this."""


class Parse(NamedTuple):
    """One of a word's parses: Voikko's transducer's output, and base form and structure as libvoikko derives them."""

    tags: str
    base: str
    structure: str


_THREAD = local()


def _analyser() -> Any:
    """The thread's own analyser: a handle must not be shared."""
    if not hasattr(_THREAD, "voikko"):
        _THREAD.voikko = open_voikko()
        _THREAD.functions = getattr(_THREAD.voikko, "_Voikko__lib", None)
    return _THREAD.voikko


def accepts(word: str) -> bool:
    """Whether Voikko accepts a word form; not kept, for spellings that are made up to be tried once.

    Raises VoikkoMissing where there is no Voikko.
    """
    return bool(_analyser().spell(word))


knows = lru_cache(maxsize=CACHE_SIZE)(accepts)
"""The same, kept: for words that stand in texts."""


def parses(word: str) -> list[Parse]:
    """Voikko's parses of a word form, in its order. Raises VoikkoMissing where there is no Voikko.

    Of libvoikko's attributes only three are asked for, which is twice as fast as its Python binding's `analyze`.
    """
    voikko = _analyser()
    library = _THREAD.functions
    if library is None or "\0" in word:
        found = voikko.analyze(word)
        return [Parse(one.get("FSTOUTPUT", ""), one["BASEFORM"], one["STRUCTURE"]) for one in found]
    handles = library.voikkoAnalyzeWordUcs4(voikko._Voikko__handle, word)
    if not handles:
        return []
    value = library.voikko_mor_analysis_value_ucs4
    result = []
    index = 0
    while handle := handles[index]:
        base, structure = value(handle, b"BASEFORM"), value(handle, b"STRUCTURE")
        result.append(Parse(value(handle, b"FSTOUTPUT") or "", base, structure))
        index += 1
    library.voikko_free_mor_analysis(handles)
    return result
