"""What the workbench says, in the person's language: `wordings.toml` beside this module."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from lexicons.mistakes import Language, wording

_WORDINGS = Path(__file__).with_name("wordings.toml")


def language(asked: str | None) -> Language:
    """The language that was asked for; else Finnish where the locale is Finnish, and English."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "fi" if (asked or locale).lower().startswith("fi") else "en"


def say(code: str, lang: Language, **about: Any) -> str:
    """The wording of a code, filled in."""
    return wording(code, lang, _WORDINGS).format(**about)
