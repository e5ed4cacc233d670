"""The words of a Word paragraph as Word shows them: what is deleted, hidden or asked for is none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import regex

from pipeline.read.numerals import whole
from pipeline.read.skipped import Skipped
from pipeline.read.word_numbering import Styles
from pipeline.read.word_package import MC, M, W, is_on, value

_UNSEEN_SIGNS = regex.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LINE_ENDS = regex.compile(r"[\x0b\x0c\r\u2028\u2029]")
_SILENT = frozenset(
    W + name for name in ("rPr", "pPr", "instrText", "delText", "delInstrText", "sdtPr", "rt", "numberingChange")
)
_MARKS = {W + "br": "\n", W + "cr": "\n", W + "tab": " ", W + "ptab": " ", W + "noBreakHyphen": "-"}
_REFERENCES = frozenset((W + "footnoteReference", W + "endnoteReference"))
_BOXES = {True: "☒", False: "☐"}
_DRAWN = {
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "charts",
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "charts",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "diagrams",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pictures",
}
"""What a drawing holds that is no text, by its kind."""

_GRAPHIC = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_VML = "{urn:schemas-microsoft-com:vml}"
_PRIVATE = 0xF000
"""Where Word puts the signs of fonts that have no letters: code of the font beyond it."""

_SYMBOL = dict(
    zip(b"\x25\x2b\x2d\xa3\xa5\xae\xb0\xb1\xb3\xb4\xb7\xb8\xb9\xbb\xd7\xe5", "%+−≤∞→°±≥×•÷≠≈·∑", strict=True)
)
_WINGDINGS = dict(zip(b"\x6c\x6e\x6f\x71\xa7\xa8\xd8\xdf\xe0\xe8\xf0\xfb\xfc\xfd\xfe", "●■☐❑▪☐➢←→➔⇨✗✓☒☒", strict=True))
_WINGDINGS_2 = dict(zip(b"\x4f\x50\x51\x52\x53\xa3", "✗✓☒☑☒☐", strict=True))
_SIGNS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
_PICTURE_FONTS = ("wingdings", "webdings", "marlett")
_SUPERSCRIPTS = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")


@dataclass(slots=True)
class _Field:
    """A field while it is read: where its instruction begins among the words, what it shows, whether that came."""

    start: int
    shown: str
    has_result: bool = False


@dataclass(slots=True)
class Words:
    """A paragraph's words, a line break where its author made one, and the text boxes that are anchored in it."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)

    @property
    def text(self) -> str:
        return _UNSEEN_SIGNS.sub("", _LINE_ENDS.sub("\n", "".join(self.parts)))

    def begin_field(self, shown: str) -> None:
        """A field begins; until its result its words are its instruction's. `shown` is what it shows without one."""
        self._fields.append(_Field(len(self.parts), shown))

    def begin_result(self) -> None:
        """The instruction of the innermost field ends."""
        if self._fields and not self._fields[-1].has_result:
            begun = self._fields[-1]
            self.parts[begun.start :] = [begun.shown]
            begun.has_result = True

    def end_field(self) -> None:
        """The innermost field ends."""
        self.begin_result()
        del self._fields[-1:]

    def end(self) -> None:
        """The paragraph ends; a field that it leaves open has its words."""
        self.parts += [begun.shown for begun in self._fields if not begun.has_result]


class Runs:
    """Reads paragraphs' words; counts what it leaves out, and gathers the notes that are referred to."""

    def __init__(self, styles: Styles, skipped: Skipped) -> None:
        self._styles, self._skipped = styles, skipped
        self.references: list[tuple[str, str | None]] = []

    def text(self, element: Any, paragraph: Any | None) -> Words:
        """The words of an element, which stands in a paragraph."""
        found = Words()
        waiting = list(reversed(element))
        hides = any(switch is not None for switch in _switches(self._styles, paragraph))
        while waiting:
            item = waiting.pop()
            if item.tag == W + "r":
                if not self._is_left_out(item, paragraph if hides else None):
                    waiting.extend(reversed(_without_own_mark(item)))
            elif item.tag == W + "t":
                found.parts.append(item.text or "")
            elif item.tag in _MARKS:
                found.parts.append(_MARKS[item.tag])
            elif (special := _SPECIAL.get(item.tag)) is not None:
                waiting.extend(reversed(special(self, item, found)))
            elif item.tag not in _SILENT:
                waiting.extend(reversed(item))
        found.end()
        return found

    def _is_left_out(self, run: Any, paragraph: Any | None) -> bool:
        """Whether a run is hidden or a prompt."""
        properties = run.find(W + "rPr")
        if properties is None and paragraph is None:
            return False
        if self._styles.is_hidden(properties, paragraph):
            self._skipped["hidden_text"] += n_words(run)
            return True
        if properties is not None and self._styles.is_prompt(properties):
            self._skipped["prompts"] += 1
            return True
        return False

    def _deleted(self, item: Any, _found: Words) -> list[Any]:
        self._skipped["deleted_text"] += deleted_words(item)
        return []

    def _control(self, item: Any, _found: Words) -> list[Any]:
        if is_prompt(item):
            self._skipped["prompts"] += 1
            return []
        return list(item)

    def _symbol(self, item: Any, found: Words) -> list[Any]:
        found.parts.append(_sign(value(item, "char"), value(item, "font")))
        return []

    def _formula(self, item: Any, found: Words) -> list[Any]:
        found.parts.append(formula(item))
        return []

    def _box(self, item: Any, found: Words) -> list[Any]:
        found.boxes.append(item)
        return []

    def _alternatives(self, item: Any, _found: Words) -> list[Any]:
        return list(alternative(item))

    def _note(self, item: Any, _found: Words) -> list[Any]:
        kind = "footnote" if item.tag == W + "footnoteReference" else "endnote"
        self.references.append((kind, value(item, "id")))
        return []

    def _field(self, item: Any, found: Words) -> list[Any]:
        kind = value(item, "fldCharType")
        if kind == "begin":
            found.begin_field(_shown_by_field(item))
        elif kind == "separate":
            found.begin_result()
        elif kind == "end":
            found.end_field()
        return []

    def _drawing(self, item: Any, _found: Words) -> list[Any]:
        for graphic in item.iter(_GRAPHIC):
            kind = _DRAWN.get(graphic.get("uri") or "")
            if kind is not None:
                self._skipped[kind] += 1
        return list(item)

    def _document(self, item: Any, _found: Words) -> list[Any]:
        self._skipped["embedded_documents"] += 1
        return []

    def _object(self, item: Any, _found: Words) -> list[Any]:
        self._skipped["embedded_objects"] += 1
        return []

    def _picture(self, item: Any, found: Words) -> list[Any]:
        """An old drawing: its text boxes, the letters that it draws; pictures are told."""
        self._skipped["pictures"] += any(True for _ in item.iter(_VML + "imagedata"))
        found.parts += [f" {path.get('string')} " for path in item.iter(_VML + "textpath") if path.get("string")]
        return list(item)


_SPECIAL: dict[str, Callable[[Runs, Any, Words], list[Any]]] = {
    W + "del": Runs._deleted,
    W + "moveFrom": Runs._deleted,
    W + "sdt": Runs._control,
    W + "sym": Runs._symbol,
    M + "oMath": Runs._formula,
    W + "txbxContent": Runs._box,
    MC + "AlternateContent": Runs._alternatives,
    W + "footnoteReference": Runs._note,
    W + "endnoteReference": Runs._note,
    W + "fldChar": Runs._field,
    W + "drawing": Runs._drawing,
    W + "object": Runs._object,
    W + "subDoc": Runs._document,
    W + "pict": Runs._picture,
}


def alternative(element: Any) -> Any:
    """Of what is written twice, for newer programs and for older ones, the one; any other element itself."""
    if element.tag != MC + "AlternateContent":
        return element
    chosen = element.find(MC + "Choice")
    if chosen is None or len(chosen) == 0:
        chosen = element.find(MC + "Fallback")
    return chosen if chosen is not None else ()


def _shown_by_field(item: Any) -> str:
    """What a form's field shows that has no words of its own: the entry chosen, the box ticked."""
    choice = item.find(f"{W}ffData/{W}ddList")
    if choice is not None:
        entries = [value(entry) or "" for entry in choice.iterchildren(W + "listEntry")]
        number = choice.find(W + "result")
        number = whole(value(number if number is not None else choice.find(W + "default")), 0)
        return entries[number] if 0 <= number < len(entries) else ""
    box = item.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        ticked = box.find(W + "checked")
        return _BOXES[is_on(ticked if ticked is not None else box.find(W + "default"))]
    return ""


def n_words(element: Any) -> int:
    """How many words stand in an element."""
    return sum(len((text.text or "").split()) for text in element.iter(W + "t"))


def _without_own_mark(run: Any) -> list[Any]:
    """What stands in a run; of a note with a mark that its author chose only the note, not the mark behind it."""
    children = list(run)
    has_own = any(one.tag in _REFERENCES and value(one, "customMarkFollows") in ("1", "true", "on") for one in children)
    return [one for one in children if one.tag in _REFERENCES] if has_own else children


def _switches(styles: Styles, paragraph: Any | None) -> list[Any]:
    """What hides the runs of a paragraph by its style."""
    return (
        [style.find(f"{W}rPr/{W}vanish") for style in styles.of_paragraph(paragraph)] if paragraph is not None else []
    )


def deleted_words(element: Any) -> int:
    """How many words stand in a part that was deleted."""
    return sum(len((text.text or "").split()) for text in element.iter(W + "delText", W + "t"))


def is_prompt(control: Any) -> bool:
    """Whether a form's field shows only what it asks for."""
    return is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr"))


def _sign(code: str | None, font: str | None) -> str:
    """A sign of a font that is named by its code there.

    >>> _sign("F0B3", "Symbol"), _sign("F0FE", "Wingdings"), _sign("2192", "Arial"), _sign("F025", "Symbol")
    ('≥', '☒', '→', '%')
    """
    try:
        number = int((code or "")[:6], 16)
    except ValueError:
        return ""
    if _PRIVATE <= number < _PRIVATE + 256:
        known = _SIGNS.get((font or "").strip().lower())
        if known is not None or (font or "").lower().startswith(_PICTURE_FONTS):
            known = known or {}
            is_digit = known is _SYMBOL and 0x20 <= number - _PRIVATE < 0x40
            return known.get(number - _PRIVATE, chr(number - _PRIVATE) if is_digit else chr(number))
        return bytes([number - _PRIVATE]).decode("cp1252", "ignore")
    return chr(number) if 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000 else ""


def formula(element: Any) -> str:
    """A formula as a line of text: fractions with a slash, powers raised."""
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    if name == "t":
        return element.text or ""
    if not name or name.endswith("Pr") or name in ("delText", "del", "moveFrom"):
        return ""
    inner = {child.tag: formula(child) for child in element} if name in ("f", "sSup", "rad", "nary") else {}
    if name == "f":
        return f"{_grouped(inner.get(M + 'num', ''))}/{_grouped(inner.get(M + 'den', ''))}"
    if name == "sSup":
        return inner.get(M + "e", "") + inner.get(M + "sup", "").translate(_SUPERSCRIPTS)
    if name == "rad":
        return f"√({inner.get(M + 'e', '')})"
    if name == "nary":
        sign = element.find(f"{M}naryPr/{M}chr")
        return (sign.get(M + "val") or "" if sign is not None else "∫") + inner.get(M + "e", "")
    text = "".join(formula(child) for child in element)
    return f"({text})" if name == "d" else text


def _grouped(text: str) -> str:
    return f"({text})" if any(sign in text for sign in "+-−/ ") else text
