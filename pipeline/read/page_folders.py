"""The folder that a browser or Word saves beside a web page, with the pictures and frames that belong to it."""

from __future__ import annotations

from collections.abc import Iterable

PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".mht", ".shtml")

FOLDER_ENDS = (
    "_files",
    ".files",
    "_tiedostot",
    "-tiedostot",
    "_filer",
    "-filer",
    "-dateien",
    "_fichiers",
    "_bestanden",
)
"""What programs add to a page's name, in the languages in which Finns use them, to name its folder."""


def belongs_to_page(folder: str, beside: Iterable[str]) -> bool:
    """Whether a folder holds the parts of a page that is among the files beside it.

    >>> belongs_to_page("Raportti_files", ["Raportti.html"]), belongs_to_page("Raportti_tiedostot", ["raportti.HTM"])
    (True, True)
    >>> belongs_to_page("Raportti_files", ["Muu.html"]), belongs_to_page("liitteet", ["liitteet.html"])
    (False, False)
    """
    name = folder.lower()
    owner = next((name.removesuffix(end) for end in FOLDER_ENDS if name.endswith(end)), None)
    if not owner:
        return False
    pages = {owner + suffix for suffix in PAGE_SUFFIXES}
    return any(one.lower() in pages for one in beside)
