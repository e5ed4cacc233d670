"""What the results of a stage hang on beside the file's bytes: code, lexicons, libraries, Voikko and its dictionary.

Digests, each of all that could change a result: where one is equal, a stored result is what the stage would give again.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from lexicons import loader
from pipeline.language.native import local_folder, open_voikko

_ROOT = Path(__file__).parents[2]

_ANALYSIS = ("pipeline/read", "pipeline/repair", "pipeline/language", "pipeline/analyse.py", "pipeline/rejects.py")
_ANALYSIS_TOO = ("extractors/document.py", "pipeline/batch/analyses.py", "pipeline/batch/columnar.py")
_EXTRACTION = ("extractors", "pipeline/process.py", "pipeline/load/schema.py", "pipeline/redact", "pipeline/series")
_EXTRACTION_TOO = ("pipeline/batch/same_content.py",)
_LEXICON_CODE = ("lexicons",)
_CODE = (".py", ".tsv", ".json")

_PACKAGES = ("lxml", "olefile", "pypdfium2", "pyvoikko", "regex")
_OCR_PACKAGES = ("pytesseract",)


@dataclass(frozen=True, slots=True)
class Stamps:
    """Digests by what they are of; `versions` are for people to read.

    `analysis` is of all that reading, repair and analysis hang on but the lexicons, `extraction` of what comes after,
    `lexicons` of the lexicons.
    """

    analysis: str
    extraction: str
    lexicons: str
    versions: dict[str, str]

    def records(self) -> str:
        """The digest of all that a document's records hang on."""
        return digest([self.analysis, self.extraction, self.lexicons])


def stamps(ocr: bool) -> Stamps:
    """The stamps of this program as it is installed here. Raises VoikkoMissing."""
    packages = {name: _version(name) for name in (*_PACKAGES, *(_OCR_PACKAGES if ocr else ()))}
    voikko = {"voikko": open_voikko().getVersion(), "dictionary": _dictionary()}
    python = {"python": platform.python_version()}
    told = [f"{name} {value}" for name, value in (packages | voikko | python).items()]
    return Stamps(
        analysis=digest([*_contents((*_ANALYSIS, *_ANALYSIS_TOO, *_LEXICON_CODE)), *told]),
        extraction=digest(_contents((*_EXTRACTION, *_EXTRACTION_TOO))),
        lexicons=lexicons(),
        versions={"poimuri": version("poimuri"), **python, **voikko, **packages},
    )


def lexicons() -> str:
    """The digest of all lexicons."""
    return digest(f"{path.name} {_file(path)}" for path in loader.files())


_READS = re.compile(r"""\b(?:needs|load)\(\s*["']([a-z_]+)["']""")


def lexicons_of_analysis() -> str:
    """The digest of what reading, repair and analysis take from the lexicons: some whole, of the others their words."""
    from pipeline.language.lemmatiser import lexicon_words

    code = (_ROOT / place for place in _ANALYSIS)
    paths = [path for place in code for path in (sorted(place.rglob("*.py")) if place.is_dir() else [place])]
    names = {name for path in paths for name in _READS.findall(path.read_text(encoding="utf-8"))}
    read = [path for path in loader.files() if path.stem in names]
    return digest([*(f"{path.stem} {_file(path)}" for path in read), *sorted(lexicon_words())])


def digest(parts: Iterable[str]) -> str:
    """One digest of several texts in order."""
    found = hashlib.sha256()
    for part in parts:
        found.update(f"{len(part)}:{part}".encode())
    return found.hexdigest()


def _contents(places: Iterable[str]) -> Iterator[str]:
    """The names and digests of the files of some folders and of single files, in the order of their names."""
    for place in places:
        top = _ROOT / place
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.suffix in _CODE and path.is_file():
                yield f"{path.relative_to(_ROOT).as_posix()} {_file(path)}"


def _file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def _dictionary() -> str:
    """The digest of the Finnish dictionaries that Voikko may find, wherever it looks for them."""
    named = os.environ.get("VOIKKO_DICTIONARY_PATH")
    places = [Path(named)] if named else []
    places += [Path("~/.voikko").expanduser(), Path("/etc/voikko"), Path("/usr/lib/voikko"), Path("/usr/share/voikko")]
    places += [Path("/opt/homebrew/lib/voikko"), Path("/usr/local/lib/voikko"), local_folder()]
    found = [path for place in places for path in sorted(place.rglob("mor.vfst"))]
    return digest(_file(path) for path in found)[:16]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
