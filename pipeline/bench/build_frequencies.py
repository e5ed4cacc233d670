"""Build `pipeline/language/form_frequencies.tsv` from wordfreq: `python -m pipeline.bench.build_frequencies`.

wordfreq (58 MB, no longer growing) is needed for this alone: .venv/bin/uv sync --locked --group bench
"""

from __future__ import annotations

import math

import regex
import wordfreq

from pipeline.files import write_whole
from pipeline.language.frequencies import FILE

N_FORMS = 150_000
"""Forms kept. 30,000 cost 0.16 points of cross-validated lemma accuracy, 200,000 gain 0.03."""

_WORD = regex.compile(r"\p{L}[\p{L}'’:-]*")


def main() -> None:
    """Write the commonest forms, by level."""
    shares = wordfreq.get_frequency_dict("fi", "best")
    common = sorted((item for item in shares.items() if _WORD.fullmatch(item[0])), key=lambda item: (-item[1], item[0]))
    levels: dict[int, list[str]] = {}
    for form, share in common[:N_FORMS]:
        levels.setdefault(round(10 * (math.log10(share) + 9)), []).append(form)
    head = (
        f"# Finnish word forms by frequency: level (ten times the Zipf value), tab, the forms at it. The {N_FORMS:,}"
        " commonest of list fi of wordfreq (https://github.com/rspeer/wordfreq; data CC BY-SA 4.0),"
        " by pipeline.bench.build_frequencies.\n"
    )
    write_whole(FILE, head + "".join(f"{level}\t{' '.join(levels[level])}\n" for level in sorted(levels, reverse=True)))
    print(f"{sum(map(len, levels.values())):,} forms written to {FILE}")


if __name__ == "__main__":
    main()
