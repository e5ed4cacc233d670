"""Finnish number words, generated: every number to a million in every case, apart or together.

Each part of a compound is inflected (kahdellesadalleviidelle), but for -toista; sata, tuhat and kymmenen stand in the
partitive behind another number in the nominative (viisisataa), in the case of the whole elsewhere.
"""

from __future__ import annotations

CASES = ("Nom", "Gen", "Par", "Ine", "Ela", "Ill", "Ade", "Abl", "All", "Ess", "Tra")

_ENDINGS = dict(zip(CASES[3:], ("ssa", "sta", "", "lla", "lta", "lle", "na", "ksi"), strict=True))

_FORMS = {
    1: ("yksi", "yhden", "yhtä", "yhde", "yhteen", "yhte"),
    2: ("kaksi", "kahden", "kahta", "kahde", "kahteen", "kahte"),
    3: ("kolme", "kolmen", "kolmea", "kolme", "kolmeen", "kolme"),
    4: ("neljä", "neljän", "neljää", "neljä", "neljään", "neljä"),
    5: ("viisi", "viiden", "viittä", "viide", "viiteen", "viite"),
    6: ("kuusi", "kuuden", "kuutta", "kuude", "kuuteen", "kuute"),
    7: ("seitsemän", "seitsemän", "seitsemää", "seitsemä", "seitsemään", "seitsemä"),
    8: ("kahdeksan", "kahdeksan", "kahdeksaa", "kahdeksa", "kahdeksaan", "kahdeksa"),
    9: ("yhdeksän", "yhdeksän", "yhdeksää", "yhdeksä", "yhdeksään", "yhdeksä"),
    10: ("kymmenen", "kymmenen", "kymmentä", "kymmene", "kymmeneen", "kymmene"),
    100: ("sata", "sadan", "sataa", "sada", "sataan", "sata"),
    1000: ("tuhat", "tuhannen", "tuhatta", "tuhanne", "tuhanteen", "tuhante"),
}
"""Nominative, genitive, partitive, the weak stem, illative, the strong stem of the essive."""


def form(number: int, case: str) -> str:
    """One of the simple number words in a case."""
    nominative, genitive, partitive, weak, illative, strong = _FORMS[number]
    if case in ("Nom", "Gen", "Par", "Ill"):
        return {"Nom": nominative, "Gen": genitive, "Par": partitive, "Ill": illative}[case]
    ending = _ENDINGS[case]
    stem = strong if case == "Ess" else weak
    return stem + (ending if set(stem) & set("aou") else ending.replace("a", "ä"))


def _times(count: int, size: int, case: str) -> str:
    """So many tens, hundreds or thousands; a single one has no number before it."""
    if count == 1:
        return form(size, case)
    return below_thousand(count, case) + form(size, "Par" if case == "Nom" else case)


def below_thousand(number: int, case: str) -> str:
    """A number of 1 to 999 in one word."""
    hundreds, rest = divmod(number, 100)
    text = _times(hundreds, 100, case) if hundreds else ""
    if 11 <= rest <= 19:
        return text + form(rest - 10, case) + "toista"
    tens, ones = divmod(rest, 10)
    text += _times(tens, 10, case) if tens else ""
    return text + (form(ones, case) if ones else "")


def spelled(number: int, case: str = "Nom", space: str = "") -> str:
    """A number of 1 to 999999 in words; `space` parts the thousands from the rest, and from their own number.

    >>> spelled(2500), spelled(2500, space=" "), spelled(165, "All")
    ('kaksituhattaviisisataa', 'kaksi tuhatta viisisataa', 'sadallekuudellekymmenelleviidelle')
    """
    thousands, rest = divmod(number, 1000)
    parts = []
    if thousands > 1:
        parts = [below_thousand(thousands, case), form(1000, "Par" if case == "Nom" else case)]
    elif thousands:
        parts = [form(1000, case)]
    if rest:
        parts.append(below_thousand(rest, case))
    return space.join(parts)
