"""How the pages of `docs/` become a site: `make docs` builds it into `docs/_build`, and fails on a warning."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(ROOT / "pipeline" / "face")]

from pipeline.show.dictionary_page import dictionary  # noqa: E402

project = "Poimuri"
language = "en"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "limits.md"]
html_theme = "furo"
html_title = "Poimuri"
html_copy_source = False
myst_heading_anchors = 3
default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_type_aliases = {"pa.Table": "pyarrow.Table"}

INCLUDED = {"README.md": "index.md", "CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md"}
"""Pages that stand at the top of the repository, and what the site calls them."""

_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?!https?:|#)([^)#\s]+)(#[^)\s]*)?\)")


def linked(text: str, folder: Path) -> str:
    """A page whose links lead to the site's pages; what the site does not hold is named without a link.

    Raises FileNotFoundError where a link leads nowhere.
    """

    def led(match: re.Match[str]) -> str:
        words, place, anchor = match[1], (folder / match[2]).resolve(), match[3] or ""
        if not place.exists():
            raise FileNotFoundError(f"{match[0]} leads nowhere")
        name = place.relative_to(ROOT).as_posix()
        page = INCLUDED.get(name) or (name.removeprefix("docs/") if place.parent == HERE else None)
        return f"[{words}]({page}{anchor})" if page is not None and page.endswith(".md") else words

    return _LINK.sub(led, text)


def read(app: Sphinx, name: str, source: list[str]) -> None:
    """A page's text as the site needs it: pages of the repository's top and the dictionary stand in their places."""
    top = next((top for top, page in INCLUDED.items() if page == f"{name}.md"), None)
    if top is not None:
        source[0] = linked((ROOT / top).read_text(encoding="utf-8"), ROOT) + source[0].partition("<!-- page -->")[2]
    elif name == "dictionary":
        source[0] += dictionary(HERE)
    else:
        source[0] = linked(source[0], HERE)


def setup(app: Sphinx) -> None:
    app.connect("source-read", read)
