"""The numbers that programs work out and print themselves: of list items and headings, in digits, letters or Roman."""

from __future__ import annotations

BULLET = "•"

MOST = 1_000_000
"""Beyond it a number in a file is no number of an item, a row or a column."""

_ROMAN_BELOW = 4000
"""Roman numerals end before their letters for thousands do."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LETTERS = 26


def whole(text: str | None, default: int, least: int | None = None, most: int | None = None) -> int:
    """A whole number that a file gives, not below and beyond its bounds; `default` where it gives none.

    One beyond MOST is none where no bound is given.

    >>> whole("12", 1), whole(" -3 ", 1), whole("kaksi", 1), whole(None, 1)
    (12, -3, 1, 1)
    >>> whole("9" * 5000, 1), whole("9" * 5000, 1, most=1000)
    (1, 1000)
    """
    digits = (text or "").strip()
    sign = -1 if digits.startswith("-") else 1
    digits = digits.removeprefix("-").removeprefix("+").lstrip("0") or digits[-1:]
    if not (digits.isascii() and digits.isdecimal()):
        return default
    value = sign * (int(digits) if len(digits) < len(str(MOST)) else MOST)
    if abs(value) == MOST and (most if value > 0 else least) is None:
        return default
    value = value if least is None else max(value, least)
    return value if most is None else min(value, most)


def roman(number: int) -> str:
    """A number in Roman numerals, small; in digits where it has none.

    >>> roman(14), roman(3999), roman(0), roman(4000)
    ('xiv', 'mmmcmxcix', '0', '4000')
    """
    if not 0 < number < _ROMAN_BELOW:
        return str(number)
    found = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        found += letters * count
    return found


def letters(number: int) -> str:
    """A number in letters as web pages count them, small; in digits where it has none.

    >>> letters(1), letters(26), letters(27), letters(0)
    ('a', 'z', 'aa', '0')
    """
    if number < 1:
        return str(number)
    found = ""
    while number:
        number, letter = divmod(number - 1, _LETTERS)
        found = chr(ord("a") + letter) + found
    return found


def repeated_letters(number: int) -> str:
    """A number in letters as Word counts them: behind z come aa, bb, cc.

    >>> repeated_letters(3), repeated_letters(28), repeated_letters(0)
    ('c', 'bb', '0')
    """
    times, letter = divmod(number - 1, _LETTERS)
    if number < 1 or times > _LETTERS:
        return str(number)
    return chr(ord("a") + letter) * (times + 1)


def numbered(number: int, style: str) -> str:
    """A number in a style that is named by its first number: 1, a, A, i or I.

    >>> numbered(4, "1"), numbered(28, "a"), numbered(4, "I")
    ('4', 'bb', 'IV')
    """
    kinds = {"a": repeated_letters, "i": roman}
    shown = kinds.get(style.lower(), str)(number)
    return shown.upper() if style.isupper() else shown
