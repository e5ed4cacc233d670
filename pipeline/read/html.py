"""Read a saved web page: its own content as paragraphs, headings, lists and tables; lxml parses it.

The site around the content and what the page never shows are left out, and `documents.warnings` tells how much.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import regex
from lxml import etree
from lxml import html as lxml_html

from extractors.document import Layout
from pipeline.read.compose import Composer, Grid, Paragraph, PlacedWord
from pipeline.read.numerals import BULLET, letters, roman, whole
from pipeline.read.page_content import MEDIA, Page, is_block_styled, n_words, name_of, opens_panel
from pipeline.read.page_encoding import decode
from pipeline.read.page_envelopes import Parts, as_saved
from pipeline.read.page_tables import is_table, read_table
from pipeline.read.skipped import Skipped
from pipeline.rejects import Reject

MAX_NESTED = 20
"""Tables within tables and pages within pages that are followed; deeper ones are read as paragraphs."""

MAX_SMALL = 4
"""Signs of a raised or lowered number: an exponent, a note's mark."""

_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
     "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header",
     "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "noscript", "ol", "p", "pre", "search", "section",
     "summary", "table", "tbody", "td", "template", "tfoot", "th", "thead", "tr", "ul", "caption", "noframes", "frame",
     "textarea", "iframe", "listing", "xmp", "plaintext")
)  # fmt: skip
"""Elements that stand on lines of their own; all others, unknown ones too, go on in the open line, as in browsers."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_AS_TYPED = frozenset(("pre", "textarea", "listing", "xmp", "plaintext"))
_PADDED = frozenset(("progress", "meter", "output"))
"""Elements of a line that browsers draw as boxes of their own."""

_DELETED = frozenset(("del", "s", "strike"))
_FORGOTTEN_FIELDS = frozenset(
    ("hidden", "button", "submit", "reset", "image", "password", "file", "search", "color")
)  # fmt: skip
_BOXES = {True: "☒", False: "☐"}
_BLANK = regex.compile(r"[^\S\u00a0]+")
_UNSEEN_SIGNS = regex.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_LIST_STYLE = regex.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|disc|circle|square|(?:lower|upper)-\w+|decimal\S*)")
_NUMBERED_STYLES = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i",
                    "upper-roman": "I", "decimal": "1", "decimal-leading-zero": "01"}  # fmt: skip
_SUPERSCRIPTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_SUBSCRIPTS = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_SCRIPT_SWITCHED_OFF = regex.compile(r"javascript", regex.IGNORECASE)
_LONG_TAG = regex.compile(r"<[a-z][^<>]{4000,}", regex.IGNORECASE)
_ATTRIBUTES = regex.compile(r"""<[^\s<>]++(?:\s++[^\s=<>"']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s<>"']++))?+){500}""")
_OPENED_PAGE = regex.compile(r"<(?:html|body)[\s>]", regex.IGNORECASE)
_CLOSED_PAGE = regex.compile(r"</(?:html|body|frameset)\s*>", regex.IGNORECASE)
_FRAMES = regex.compile(r"<frameset[\s>]", regex.IGNORECASE)
_OPENED_TABLE = regex.compile(r"<(?:table|div)[\s>]", regex.IGNORECASE)
_CLOSED_TABLE = regex.compile(r"</(?:table|div)\s*>", regex.IGNORECASE)
_END = "poimuri-end"
_END_ELEMENT = f"<{_END}></{_END}>"
"""An element where a page ends: where it is none, something unclosed has swallowed the rest."""

_CUT_TAG = regex.compile(r"</?[a-z][^<>]*\Z", regex.IGNORECASE)


class Contents(NamedTuple):
    """What a page holds: its paragraphs and tables in order, and what was left out."""

    items: list[Paragraph | Grid]
    skipped: Skipped


def read(data: bytes, stated: str | None = None, parts: Parts | None = None) -> Layout:
    """Read a web page's bytes. `stated` is the encoding that its envelope names, `parts` are the pages in its frames.

    Raises Reject (stage `read`).
    """
    if data.startswith((b"%PDF-", b"PK\x03\x04")):
        raise Reject("read", "wrong_format", "not a web page despite its name; name it by what it is, .pdf or .docx")
    if parts is None:
        data, stated, parts = as_saved(data) or (data, stated, {})
    items, skipped = contents(data, stated, parts)
    composer = Composer()
    for item in items:
        composer.add(item)
    layout = composer.layout()
    if not layout.blocks and not layout.tables:
        if skipped["cut_short"]:
            raise Reject("read", "broken_html", "the page breaks off before any text; save it again, whole")
        if skipped["frames"]:
            raise Reject("read", "empty", "the page only frames other pages; open each of them and save it")
        raise Reject("read", "empty", "the page shows no text; save it again once it has loaded")
    return replace(layout, warnings=skipped.warnings)


def contents(data: bytes, stated: str | None = None, parts: Parts | None = None, nested: int = 0) -> Contents:
    """The paragraphs and tables of a web page's bytes, and what was left out. Raises Reject (stage `read`)."""
    text, n_broken = decode(data, stated)
    skipped = Skipped()
    skipped["undecodable_bytes"] += n_broken
    found = _contents(text, parts or {}, nested)
    return Contents(found.items, Skipped(found.skipped + skipped))


def _contents(text: str, parts: Parts, nested: int) -> Contents:
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, recover=True)
    shown = _without_attributes(text.replace("\x00", ""))
    last = next((match.start() for match in _CLOSED_PAGE.finditer(shown)), len(shown))
    frames = _FRAMES.search(shown)
    markup = f"{shown[:last]}{'' if frames else _END_ELEMENT}{shown[last:]}".encode("utf-8", "replace")
    try:
        root = lxml_html.document_fromstring(markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise Reject("read", "broken_html", f"no web page can be read from it ({error}); save the page again") from None
    end: Any = next(root.iter(_END), None)
    if end is not None:
        end.drop_tag()
    reader = _Reader(Page(root), parts, nested)
    roots = reader.page.content(reader.skipped)
    items = [item for element in roots for item in reader.items(element)]
    items = [item for item in items if not reader.is_repeated(item)]
    skipped = reader.skipped
    is_swallowed = end is None and frames is None
    skipped["cut_short"] += is_swallowed or _is_cut(text) or any(_is_limit(entry) for entry in parser.error_log)
    return Contents(items, skipped)


def _without_attributes(text: str) -> str:
    """A page without an element's attributes beyond the first hundreds: the parser's time grows with their square."""

    def cut(match: regex.Match[str]) -> str:
        tag = match.group()
        kept = _ATTRIBUTES.match(tag)
        return tag[: kept.end()] if kept and kept.end() < len(tag) else tag

    return _LONG_TAG.sub(cut, text)


def _is_cut(text: str) -> bool:
    """Whether a page breaks off: inside a tag, or without the end of the page or the table that it began."""
    if _CUT_TAG.match(text, max(0, text.rfind("<"))):
        return True
    if _OPENED_PAGE.search(text):
        return not _CLOSED_PAGE.search(text)
    return len(_OPENED_TABLE.findall(text)) > len(_CLOSED_TABLE.findall(text))


def _is_limit(entry: Any) -> bool:
    """Whether the parser gave up: too many elements within each other, or a text too long for it."""
    return entry.level_name == "FATAL" and ("depth" in entry.message.lower() or "huge" in entry.message.lower())


@dataclass(slots=True)
class _List:
    """A list while its items are read: how its numbers look, the next of them."""

    form: str | None
    next: int = 1
    step: int = 1

    def marker(self, item: Any) -> str | None:
        """What stands before an item: a bullet, its number, or nothing."""
        form = _item_form(item, self.form)
        if self.form is None:
            return BULLET
        number = whole(item.get("value"), self.next)
        self.next = number + self.step
        return f"{_shown(number, form)}." if form else None


def _list(element: Any) -> _List:
    if element.tag != "ol":
        return _List(None)
    is_reversed = element.get("reversed") is not None
    first = sum(1 for _ in element.iterchildren("li")) if is_reversed else 1
    start = whole(element.get("start"), first)
    return _List(_item_form(element, "1"), start, -1 if is_reversed else 1)


def _item_form(element: Any, default: str | None) -> str | None:
    """How an item's number looks: by its style, its type, else as the list's; empty where none is shown."""
    style = _LIST_STYLE.search(element.get("style") or "")
    if style and default is not None:
        return _NUMBERED_STYLES.get(style[1], "")
    kind = element.get("type")
    return kind if kind in ("1", "a", "A", "i", "I") and default is not None else default


def _shown(number: int, form: str) -> str:
    """A number in a list's form.

    >>> _shown(3, "a"), _shown(4, "I"), _shown(7, "1"), _shown(7, "01")
    ('c', 'IV', '7', '07')
    """
    if form in ("a", "A"):
        shown = letters(number)
    elif form in ("i", "I"):
        shown = roman(number)
    else:
        shown = f"{number:02d}" if form == "01" else str(number)
    return shown.upper() if form.isupper() else shown


@dataclass
class _Reader:
    """Walks a page's elements; inline ones add to the open paragraph, all others end it."""

    page: Page
    parts: Parts
    nested: int = 0
    skipped: Skipped = field(default_factory=Skipped)
    _out: list[Paragraph | Grid] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _level: int | None = None
    _marker: str | None = None
    _lists: list[_List] = field(default_factory=list)
    _typed: int = 0
    _without_script: dict[int, Paragraph | Grid] = field(default_factory=dict)
    _is_without_script: bool = False
    _shown_texts: set[str] = field(default_factory=set)

    def items(self, root: Any) -> list[Paragraph | Grid]:
        """The paragraphs and tables of an element, in order."""
        outer, self._out = (self._out, self._words, self._level, self._marker, self._lists), []
        self._words, self._level, self._marker, self._lists = [], None, None, []
        self._begin(root)
        self._add(root.text)
        open_ones = [(root, iter(root))]
        while open_ones:
            element = next(open_ones[-1][1], None)
            if element is None:
                closed, _ = open_ones.pop()
                self._end(closed)
                if open_ones:
                    self._add(closed.tail)
            elif self._goes_into(element):
                self._begin(element)
                self._add(element.text)
                open_ones.append((element, iter(element)))
            else:
                self._add(element.tail)
        self._close()
        found = self._out
        self._out, self._words, self._level, self._marker, self._lists = outer
        return found

    def is_repeated(self, item: Paragraph | Grid) -> bool:
        """Whether a paragraph for browsers without scripts says what the page shows anyway."""
        is_said = isinstance(item, Paragraph) and _text(item) in self._shown_texts
        return is_said and id(item) in self._without_script

    # Elements

    def _goes_into(self, element: Any) -> bool:
        """Whether an element's own words and elements are read one by one; all others are dealt with here."""
        name = name_of(element)
        special = getattr(self, f"_read_{name}", None) if name in _SPECIAL else None
        if special is None or name not in ("template", "noframes"):
            code = self.page.why_left_out(element)
            if code is not None:
                if code:
                    self.skipped[code] += n_words(element)
                return False
        if special is not None:
            return bool(special(element))
        if name in _DELETED:
            self.skipped["deleted_text"] += n_words(element)
            return False
        if name in MEDIA:
            self.skipped["embedded_objects"] += 1
            return False
        if self.page.is_tab_list(element):
            return False
        if is_table(element):
            return self._read_table(element)
        return True

    def _begin(self, element: Any) -> None:
        name = name_of(element)
        if not _is_block(element, name):
            self._words += [" "] if name in _PADDED else []
            return
        self._close()
        label = self.page.labels.get(element.get("id") or "")
        if label is not None:
            self._put(Paragraph([[PlacedWord(" ".join("".join(label.itertext()).split()))]]))
        if (level := _heading_level(element, name)) is not None:
            self._level = level
        elif name in ("ul", "ol", "menu", "dir"):
            self._lists.append(_list(element))
        elif name == "li":
            self._marker = (self._lists[-1] if self._lists else _List(None)).marker(element)
        self._typed += name in _AS_TYPED

    def _end(self, element: Any) -> None:
        name = name_of(element)
        if not _is_block(element, name):
            self._words += [" "] if name in _PADDED else []
            return
        self._close()
        if _heading_level(element, name) is not None:
            self._level = None
        elif name in ("ul", "ol", "menu", "dir") and self._lists:
            self._lists.pop()
        elif name == "li":
            self._marker = None
        self._typed -= name in _AS_TYPED

    def _read_br(self, _element: Any) -> bool:
        if self._level is not None:
            self._words.append(" ")
        else:
            self._close()
        return False

    def _read_hr(self, _element: Any) -> bool:
        self._close()
        return False

    def _read_img(self, element: Any) -> bool:
        self.skipped["picture_descriptions"] += bool((element.get("alt") or "").strip())
        return False

    def _read_svg(self, element: Any) -> bool:
        self.skipped["drawings"] += any(True for _ in element.iter("text", "{*}text"))
        return False

    def _read_button(self, element: Any) -> bool:
        if opens_panel(element):
            if self._level is None:
                self._close()
            self._add("".join(element.itertext()))
            if self._level is None:
                self._close()
        else:
            self.skipped["buttons"] += n_words(element)
        return False

    def _read_q(self, element: Any) -> bool:
        self._add(f"”{''.join(element.itertext())}”")
        return False

    def _read_sup(self, element: Any) -> bool:
        return self._small(element, _SUPERSCRIPTS)

    def _read_sub(self, element: Any) -> bool:
        return self._small(element, _SUBSCRIPTS)

    def _small(self, element: Any, signs: dict[int, int]) -> bool:
        """A raised or lowered number that would weld to the number before it stands as one."""
        text = "".join(element.itertext()).strip()
        before = "".join(self._words[-2:])[-1:]
        if text and len(text) <= MAX_SMALL and not before.isalpha():
            self._add(text.translate(signs))
            return False
        return True

    def _read_input(self, element: Any) -> bool:
        kind = (element.get("type") or "text").lower()
        if kind in ("checkbox", "radio"):
            self._add(f" {_BOXES[element.get('checked') is not None]} ")
        elif kind not in _FORGOTTEN_FIELDS:
            self._add(f" {element.get('value') or ''} ")
        return False

    def _read_select(self, element: Any) -> bool:
        options = list(element.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None]
        if not chosen and element.get("multiple") is None:
            chosen = [one for one in options[:1] if one.get("value") != "" and one.get("disabled") is None]
        for option in chosen:
            self._add(f" {option.get('label') or ''.join(option.itertext())} ")
        return False

    def _read_template(self, element: Any) -> bool:
        """What stands in a template is shown only where the page makes a part of its own of it."""
        return element.get("shadowrootmode") is not None or element.get("shadowroot") is not None

    def _read_noscript(self, element: Any) -> bool:
        text = "".join(element.itertext())
        if not text.strip() or _SCRIPT_SWITCHED_OFF.search(text) or self.nested >= MAX_NESTED:
            self.skipped["without_scripts"] += n_words(element)
            return False
        self._close()
        self._is_without_script = True
        found = self._inner(element)
        self._is_without_script = False
        self._without_script |= {id(item): item for item in found}
        self._out += found
        return False

    def _read_noframes(self, _element: Any) -> bool:
        return True

    def _read_frame(self, element: Any) -> bool:
        self._read_page(None, element.get("src"))
        return False

    def _read_iframe(self, element: Any) -> bool:
        self._read_page(element.get("srcdoc"), element.get("src"))
        return False

    def _read_page(self, markup: str | None, address: str | None) -> None:
        """A page within the page: where its text stands in the file, else it is told."""
        self._close()
        if self.nested >= MAX_NESTED:
            self.skipped["frames"] += 1
        elif markup is not None:
            if markup.strip():
                self._take(_contents(markup, self.parts, self.nested + 1))
        elif (part := self.parts.get(address or "")) is not None:
            self._take(contents(*part, self.parts, self.nested + 1))
        elif address and not address.startswith(("about:", "javascript:", "data:")):
            self.skipped["frames"] += 1

    def _take(self, found: Contents) -> None:
        self._out += found.items
        self.skipped.update(found.skipped)

    def _read_math(self, element: Any) -> bool:
        self._add(_formula(element))
        return False

    def _read_table(self, element: Any) -> bool:
        self._close()
        if self.nested >= MAX_NESTED:
            return True
        found = read_table(element, self._inner, self._is_left_out)
        self._out += found.items
        self.skipped["cells_beyond_table"] += found.n_beyond
        return False

    def _is_left_out(self, element: Any) -> bool:
        code = self.page.why_left_out(element)
        if code:
            self.skipped[code] += n_words(element)
        return code is not None

    def _inner(self, element: Any) -> list[Paragraph | Grid]:
        """The paragraphs and tables of a cell or another part that stands for itself."""
        self.nested += 1
        found = self.items(element)
        self.nested -= 1
        return found

    # Words

    def _add(self, text: str | None) -> None:
        if not text:
            return
        text = _UNSEEN_SIGNS.sub("", text).replace(_END_ELEMENT, "")  # an open field has swallowed it
        if not self._typed:
            self._words.append(_BLANK.sub(" ", text))
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self._close()
            self._words.append(line)

    def _close(self) -> None:
        """End the open paragraph; a list item's marker goes with its first words, a heading's level as well."""
        text = "".join(self._words).strip()
        self._words = []
        if not text:
            return
        marker, self._marker = self._marker, None
        level, self._level = self._level, None
        if marker == BULLET and level is None:
            self._put(Paragraph([[PlacedWord(text)]], "list_item", PlacedWord(marker)))
        else:
            text = f"{marker} {text}" if marker and marker != BULLET else text
            self._put(Paragraph([[PlacedWord(text)]], "heading" if level else "paragraph", None, level))

    def _put(self, paragraph: Paragraph) -> None:
        self._out.append(paragraph)
        if not self._is_without_script:
            self._shown_texts.add(_text(paragraph))


_SPECIAL = frozenset(name.removeprefix("_read_") for name in vars(_Reader) if name.startswith("_read_")) - {
    "table",
    "page",
}


def _is_block(element: Any, name: str) -> bool:
    if name in _BLOCKS or is_block_styled(element) or element.get("role") == "heading":
        return True
    before = element.getprevious() if "-" in name else None
    return before is not None and "-" in name_of(before) and not (before.tail or "").strip()


def _heading_level(element: Any, name: str) -> int | None:
    if element.get("role") == "heading":
        return whole(element.get("aria-level"), 2, 1, 9)
    return _HEADINGS.get(name)


def _text(paragraph: Paragraph) -> str:
    return " ".join(word.text for line in paragraph.lines for word in line)


def _formula(element: Any, depth: int = 0) -> str:
    """MathML as a line of text: fractions with a slash, powers raised."""
    if depth > MAX_NESTED:
        return "".join(element.itertext())
    name = name_of(element).rpartition("}")[2].rpartition(":")[2]
    inner = [_formula(child, depth + 1) for child in element if not name_of(child).startswith("annotation")]
    if name == "mfrac" and len(inner) == 2:
        return f"{inner[0]}/{inner[1]}"
    if name == "msup" and len(inner) == 2:
        return inner[0] + inner[1].translate(_SUPERSCRIPTS)
    if name == "msqrt":
        return f"√({''.join(inner)})"
    return (element.text or "").strip() + "".join(inner)
