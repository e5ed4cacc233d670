"""Letters of Finnish: which are vowels, which have dots, and what a hyphen may look like within a word."""

from __future__ import annotations

VOWELS = "aeiouyäöå"

WITHOUT_DOTS = str.maketrans("äöåÄÖÅ", "aoaAOA")
"""Letters with dots and rings as they are without."""

FRONT = str.maketrans("aoAO", "äöÄÖ")
"""Back vowels that have a front twin, for endings that follow a word's vowel harmony."""

HYPHENS = "-–"
"""What joins words or cuts them short; authors use the dash for the hyphen too."""

FOREIGN = frozenset("bcfgqwxzåšžéü")
"""Letters of loans and foreign names, small."""
