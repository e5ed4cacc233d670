"""Which elements of a web page are its content, and why the others are none.

Nothing is left out for its class alone: the site's parts are told by element and role, overlays need a sign that they
are one, and what is hidden is read where something on the page opens it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import regex

from pipeline.read.skipped import Skipped

FOLDED = 300
"""Characters from which on a hidden part is content that the page shows folded, below a heading to click on."""

UNSEEN = frozenset(
    ("script", "style", "template", "head", "link", "meta", "base", "param", "source", "track", "datalist", "rp", "rt",
     "map", "area", "col", "colgroup", "noframes", "annotation", "annotation-xml", "optgroup")
)  # fmt: skip
"""Elements of which a page shows nothing; what of them is read all the same is read by name."""

MEDIA = frozenset(("object", "embed", "canvas", "audio", "video", "applet"))
"""Elements that show what is no text of the page; their words are for programs that cannot show it."""

_SITE_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "menu", "menubar"))
_DIALOG_ROLES = frozenset(("dialog", "alertdialog"))
_SECTIONING = ("article", "main", "section", "aside", "blockquote", "details", "td", "fieldset")
_HIDDEN_CLASSES = frozenset(("visually-hidden", "sr-only", "hidden", "element-invisible", "screen-reader-text"))
_FOLDING_CLASSES = regex.compile(r"collaps|accordion|haitari|panel|tab-?(?:pane|content)|expand|toggle|fold", regex.I)
_OVERLAY = regex.compile(r"\b(?:cookies?|consent|modal|popup|toast|gdpr)\b|cookie-|-cookie|onetrust|cybot", regex.I)
_HIDDEN_STYLE = regex.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)", regex.I
)
_FLOATING_STYLE = regex.compile(r"position\s*:\s*(?:fixed|sticky)", regex.I)
_BLOCK_STYLE = regex.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table(?!-cell|-row))", regex.I)
_SCRIPTED = regex.compile(r"""['"]#?([\w-]+)['"]""")
"""What a script names where one clicks."""

_CONTROLS = frozenset(("button", "input", "select"))
_INLINE_UNSEEN = frozenset(("span", "i", "b", "em", "a", "small", "svg", "img", "sup", "sub"))
_FIELDS_OF_SITE = frozenset(("search", "password"))
_LOOKED_AT = 300
"""Elements of a part that are looked at for a sign of what it is."""

_HALF = 0.5
_HEADINGS = ("h1", "h2")


def name_of(element: Any) -> str:
    """An element's name; empty for comments and processing instructions."""
    return element.tag if isinstance(element.tag, str) else ""


def n_words(element: Any) -> int:
    """How many words stand in an element."""
    return len("".join(element.itertext(with_tail=False)).split())


def is_block_styled(element: Any) -> bool:
    return bool(_BLOCK_STYLE.search(element.get("style") or ""))


class Page:
    """What a page says about its parts as a whole: what opens what, where its content stands."""

    def __init__(self, root: Any) -> None:
        self._opened: set[str] = set()
        self.labels: dict[str, Any] = {}
        self._tabs: set[Any] = set()
        self._has_own_title = False
        self._look(root)
        bodies = root.xpath("//body")
        self.body = bodies[0] if bodies else root

    def _look(self, root: Any) -> None:
        """Gather what controls open and which tab stands for which panel."""
        for element in root.iter():
            name = name_of(element)
            if not name:
                continue
            if name == "h1" and not any(is_site_header(up) for up in element.iterancestors("header")):
                self._has_own_title = True
            if name not in ("a", "button", "li", "div", "span", "summary", "h2", "h3", "h4", "h5"):
                continue
            targets = set(_targets(element))
            self._opened |= targets
            if element.get("role") == "tab" or (element.get("data-bs-toggle") or element.get("data-toggle")) in (
                "tab",
                "pill",
            ):
                self._tabs |= {element} if targets else set()
                for target in targets:
                    self.labels.setdefault(target, element)

    def is_tab_list(self, element: Any) -> bool:
        """Whether an element holds only tabs, whose words stand above their panels."""
        if element.get("role") != "tablist" and not _has_class(element, "nav-tabs", "nav-pills"):
            return False
        found = [one for one in islice(element.iter(), _LOOKED_AT) if one.get("role") == "tab" or one in self._tabs]
        return bool(found) and all(one in self._tabs for one in found)

    def why_left_out(self, element: Any) -> str | None:
        """The code under which an element is left out; None where it is content. Empty where nothing is lost."""
        name = name_of(element)
        if not name or name in UNSEEN:
            return ""
        if self._is_site_part(element, name):
            return "site_parts"
        if name == "dialog" or element.get("role") in _DIALOG_ROLES or element.get("aria-modal") == "true":
            return "overlays"
        marks = f"{element.get('id') or ''} {element.get('class') or ''}"
        if _OVERLAY.search(marks) and name not in ("html", "body", "main", "article") and self._is_overlay(element):
            return "overlays"
        return "hidden_text" if self._is_hidden(element, name) else None

    def _is_site_part(self, element: Any, name: str) -> bool:
        role = element.get("role")
        if name == "header" or role == "banner":
            return is_site_header(element) and (self._has_own_title or not _holds_heading(element))
        if name == "footer":
            return not any(True for _ in element.iterancestors(*_SECTIONING))
        if name == "form" and any(_is_site_field(one) for one in islice(element.iter("input"), _LOOKED_AT)):
            return not (_is_long(element) or _holds_heading(element) or element.find(".//table") is not None)
        return name == "nav" or role in _SITE_ROLES

    def _is_overlay(self, element: Any) -> bool:
        """Whether a part that is called so is one: it floats, is hidden or announced, or asks for an answer."""
        get = element.get
        if get("hidden") is not None or get("aria-live") or get("role") in ("alert", "status", "region"):
            return True
        style = get("style") or ""
        if get("aria-hidden") == "true" or _HIDDEN_STYLE.search(style) or _FLOATING_STYLE.search(style):
            return True
        return any(name_of(one) in _CONTROLS or one.get("role") == "dialog" for one in _first(element))

    def _is_hidden(self, element: Any, name: str) -> bool:
        get = element.get
        if _HIDDEN_CLASSES & set((get("class") or "").split()):
            return not self._opens(element, name)
        is_hidden = get("hidden") is not None or bool(_HIDDEN_STYLE.search(get("style") or ""))
        is_hidden = is_hidden or (get("aria-hidden") == "true" and name in _INLINE_UNSEEN)
        return is_hidden and not self._opens(element, name)

    def _opens(self, element: Any, name: str) -> bool:
        """Whether the page can show a hidden part: a panel, what a control opens, or much text."""
        get = element.get
        if get("hidden") == "until-found" or get("role") == "tabpanel" or name == "details":
            return True
        if get("id") in self._opened or get("aria-labelledby") or _stands_below_control(element):
            return True
        if name not in _INLINE_UNSEEN and _FOLDING_CLASSES.search(get("class") or ""):
            return True
        return _is_long(element)

    def content(self, skipped: Skipped) -> list[Any]:
        """The elements that hold the page's content, in order; what is left out beside them is counted."""
        for kind in ("main", "article"):
            holders = _outermost(self.body, kind)
            all_words = self.shown_words(self.body)
            if holders and sum(map(self.shown_words, holders)) > _HALF * all_words:
                found = list(self._beside(self.body, holders, skipped))
                skipped["outside_content"] += max(0, all_words - sum(map(self.shown_words, found)))
                return found
        return [self.body]

    def _beside(self, body: Any, holders: list[Any], skipped: Skipped) -> Iterator[Any]:
        """The holders of the content, and beside them what is content by its kind: boxes of facts, forms, a title."""
        wanted = set(holders)
        above = {up for holder in holders for up in holder.iterancestors()}
        lacks_title = not any(next(holder.iter("h1"), None) is not None for holder in holders)
        for element in _walked(body, lambda one: self._goes_into(one, wanted, above)):
            name = name_of(element)
            if element in wanted:
                yield element
            elif element in above:
                continue
            elif (code := self.why_left_out(element)) is not None:
                skipped[code] += n_words(element) if code else 0
            elif name == "h1" and lacks_title:
                lacks_title = False
                yield element
            elif name in _BESIDE and not _is_links(element):
                yield element

    def _goes_into(self, element: Any, wanted: set[Any], above: set[Any]) -> bool:
        if element in wanted or name_of(element) == "h1":
            return False
        if element in above:
            return True
        return self.why_left_out(element) is None and (name_of(element) not in _BESIDE or _is_links(element))

    def shown_words(self, root: Any) -> int:
        """How many words of an element are not left out."""
        words = len((root.text or "").split())
        for element in _walked(root, lambda one: self.why_left_out(one) is None):
            if element is not root and self.why_left_out(element) is None and element.text:
                words += len(element.text.split())
            if element is not root and element.tail:
                words += len(element.tail.split())
        return words


_BESIDE = frozenset(("article", "aside", "details", "form"))


def _stands_below_control(element: Any) -> bool:
    """Whether right above a part stands a button, alone or in a heading."""
    above = element.getprevious()
    if above is None or not name_of(above):
        return False
    found = [above, *islice(above.iter("button"), 1)]
    return any(one.tag in ("button", "summary") or one.get("role") == "button" for one in found)


def is_site_header(element: Any) -> bool:
    """Whether a header is the site's, not that of an article or a section."""
    return not any(True for _ in element.iterancestors(*_SECTIONING))


def opens_panel(button: Any) -> bool:
    """Whether a button is the heading of what it opens, not one that does something."""
    if any(True for _ in button.iterancestors("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "legend")):
        return True
    if button.get("aria-expanded") is not None or button.get("role") == "tab" or any(_targets(button)):
        return True
    if button.get("type") in ("submit", "reset"):
        return False
    panel = button.getnext()
    while panel is not None and not name_of(panel):
        panel = panel.getnext()
    return panel is not None and panel.tag in ("div", "section", "ul", "table") and bool(_text_begins(panel))


def _targets(element: Any) -> Iterator[str]:
    """The ids of what a control opens."""
    get = element.get
    yield from (get("aria-controls") or "").split()
    yield from _SCRIPTED.findall((get("onclick") or "")[:500])
    is_control = get("data-toggle") or get("data-bs-toggle") or get("role") in ("tab", "button")
    for name in ("data-target", "data-bs-target", *(("href",) if is_control else ())):
        value = get(name) or ""
        if value.startswith("#") and len(value) > 1:
            yield value[1:]


def _walked(root: Any, goes_into: Callable[[Any], bool]) -> Iterator[Any]:
    """An element and those below it in order, not into those that are left."""
    open_ones = [iter((root,))]
    while open_ones:
        element = next(open_ones[-1], None)
        if element is None:
            open_ones.pop()
            continue
        yield element
        if name_of(element) and (element is root or goes_into(element)):
            open_ones.append(iter(element))


def _outermost(body: Any, kind: str) -> list[Any]:
    """The elements of a kind, by name or role, that stand in no other of it."""

    def is_one(one: Any) -> bool:
        return bool(name_of(one)) and (one.tag == kind or one.get("role") == kind)

    return [one for one in _walked(body, lambda one: not is_one(one)) if is_one(one)]


def _first(element: Any) -> Iterable[Any]:
    return (one for one in islice(element.iter(), _LOOKED_AT) if name_of(one))


def _is_long(element: Any) -> bool:
    """Whether a part holds so much text that it cannot be a helper's."""
    length = 0
    for one in islice(element.iter(), _LOOKED_AT):
        if name_of(one) in ("script", "style"):
            continue
        length += len((one.text or "").strip()) + (len((one.tail or "").strip()) if one is not element else 0)
        if length >= FOLDED:
            return True
    return False


def _text_begins(element: Any) -> str:
    return "".join(islice(element.itertext(), 20)).strip()


def _holds_heading(element: Any) -> bool:
    return any(name_of(one) in _HEADINGS and _text_begins(one) for one in _first(element))


def _has_class(element: Any, *names: str) -> bool:
    return not set(names).isdisjoint((element.get("class") or "").split())


def _is_site_field(field: Any) -> bool:
    return (field.get("type") or "").lower() in _FIELDS_OF_SITE or field.get("role") == "searchbox"


def _is_links(element: Any) -> bool:
    """Whether most words of a part are links to elsewhere."""
    return sum(n_words(link) for link in element.iter("a")) > _HALF * n_words(element)
