"""The labels that programs work out for list items and numbered headings: numbers, letters, Roman numerals."""

from __future__ import annotations

BULLET = "•"

_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
_MOST_ROMAN = 3999


def numbered(number: int, style: str) -> str:
    """A number in a style that is named by its first number: 1, a, A, i or I.

    >>> numbered(4, "1"), numbered(28, "a"), numbered(4, "I")
    ('4', 'bb', 'IV')
    """
    if style in ("a", "A") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 10 + 1)
        return letter.upper() if style == "A" else letter
    if style in ("i", "I") and 0 < number <= _MOST_ROMAN:
        roman = ""
        for value, letters in _ROMAN:
            while number >= value:
                roman, number = roman + letters, number - value
        return roman.upper() if style == "I" else roman
    return str(number)
