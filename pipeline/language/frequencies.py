"""How common Finnish word forms are in running text: data beside this module, `form_frequencies.tsv`.

A line is a level and the forms at it; the level is ten times the decadic logarithm of a form's occurrences in a
thousand million words (the Zipf scale of van Heuven et al. 2014, https://doi.org/10.1080/17470218.2013.850521, times
ten).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("form_frequencies.tsv")

RARE = 2.0
"""The Zipf value of a form that is not listed; the rarest listed ones have 2.1."""


@cache
def zipf_values() -> dict[str, float]:
    """Form, lower case → Zipf value (7 ja, 4 sade, 3 sadetta), read once a process."""
    values: dict[str, float] = {}
    with FILE.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                level, _, forms = line.rstrip("\n").partition("\t")
                values.update(dict.fromkeys(forms.split(" "), int(level) / 10))
    return values
