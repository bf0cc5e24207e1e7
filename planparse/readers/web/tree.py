"""The parsed page as a flat list of nodes in document order, without what a browser does not show.

A list instead of a tree: nothing that walks it recurses, however deep a page nests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from planparse.extras import need

DEEPEST = 2000
"""So many elements may be open at once; the parser's time grows with this, and no real page comes near it."""

MOST_ATTRIBUTES = 1000
"""An element with more words than this inside its tag is read without its attributes: the parser compares each with all."""

MOST_DECLARATIONS = 500
"""No more declarations than this are kept for one element: each has a table of its own of them."""

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
ENDED_BY_NEXT = frozenset(
    [
        "p",
        "li",
        "dd",
        "dt",
        "option",
        "optgroup",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "caption",
        "colgroup",
        "table",
        "html",
        "head",
        "body",
    ]
)
"""Elements that do not pile up when they are left open, and the parts of tables, which must stay whole."""

FORMATTING = frozenset(["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"])
"""A parser opens these again in each paragraph that follows, until they are closed: left open they multiply."""

INVISIBLE = frozenset(
    [
        "applet",
        "audio",
        "canvas",
        "datalist",
        "embed",
        "head",
        "iframe",
        "map",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "rp",
        "rt",
        "script",
        "style",
        "svg",
        "template",
        "video",
    ]
)

Declarations = dict[str, str]
_CROWDED = re.compile("(<[A-Za-z][^<>\\s]{0,60})\\s[^<>]{2000,}")
_TAG = re.compile("<(/?)([A-Za-z][A-Za-z0-9:]*)")
_NOTHING = re.compile("0(?:\\.0+)?(?:px|pt|em|rem|%)?")
_FAR_OUT = re.compile("-[0-9]{4,}(?:px|pt|em)?")
_SELECTOR = re.compile("([a-z0-9]*)(?:\\.([a-z0-9_-]+))?")


class Node:
    """An element, or a text when `tag` is empty."""

    __slots__ = ("attributes", "end", "parent", "style", "tag", "text")

    def __init__(self, tag: str, text: str, attributes: dict[str, str], style: Declarations, parent: int) -> None:
        self.tag = tag
        self.text = text
        self.attributes = attributes
        self.style = style
        """The declarations that apply to the element itself, from its attribute and from simple rules; lower case."""
        self.parent = parent
        """The index of the element it stands in; -1 for none."""
        self.end = 0
        """The index after the last node inside it."""


class Page:
    """A page: what is visible, what its head tells, and what was left out."""

    __slots__ = ("facts", "hidden", "nodes", "office", "title", "tracked")

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.title = ""
        self.facts: dict[str, str] = {}
        """What the meta elements say, by name in lower case; the first one counts."""
        self.office = ""
        """word or excel when such a program made the page; WPS counts as either."""
        self.hidden = False
        """Text was left out because it is hidden."""
        self.tracked = False
        """There are tracked changes; what they delete was left out."""


def parse(text: str) -> Page:
    """Parses HTML as browsers do; no text is too broken.

    Raises:
        PlanparseError: The package for it is not installed.
    """
    package = need("selectolax.lexbor")
    # Without events: they make a long list of options slow, and what they do is not needed here.
    tree = package.LexborHTMLParser(_bounded(text), options=package.LexborDocumentOptions.WO_EVENTS)
    page = Page()
    page.title = " ".join(_first_text(tree, "title").split())
    for meta in tree.css("meta"):
        name = meta.attributes.get("name") or meta.attributes.get("property") or meta.attributes.get("itemprop") or ""
        page.facts.setdefault(name.strip().lower(), (meta.attributes.get("content") or "").strip())
    page.office = _office(page.facts, tree.root)
    if tree.body is not None:
        rules = _rules("\n".join(style.text() for style in tree.css("style")))
        _flatten(tree.body, rules, page)
    return page


def _first_text(tree: Any, tag: str) -> str:
    found = tree.css_first(tag)
    return str(found.text()) if found is not None else ""


def _office(facts: dict[str, str], root: Any) -> str:
    """Which office program wrote the page, by what its head and its name spaces say."""
    made = f"{facts.get('progid', '')} {facts.get('generator', '')}".lower()
    spaces = " ".join(value or "" for value in root.attributes.values()).lower() if root is not None else ""
    for program, signs in (("excel", ("excel", "et.sheet", "office et")), ("word", ("word", "kwps", "office wps"))):
        if any(sign in made for sign in signs):
            return program
    for program in ("excel", "word"):
        if f"microsoft-com:office:{program}" in spaces:
            return program
    return ""


def _bounded(text: str) -> str:
    """The text with the tags renamed that would make the parser slow: they come to the same but do not pile up."""
    depth = 0

    def rename(tag: re.Match[str]) -> str:
        nonlocal depth
        name = tag[2].lower()
        if name in VOID or name in ENDED_BY_NEXT:
            return tag[0]
        if tag[1]:
            depth = max(depth - 1, 0)
            over = depth >= DEEPEST
        else:
            depth += 1
            over = depth > DEEPEST
        if over:
            return "<br"
        return f"<{tag[1]}span" if name in FORMATTING else tag[0]

    return _TAG.sub(
        rename, _CROWDED.sub(lambda tag: tag[1] if len(tag[0].split(None, MOST_ATTRIBUTES)) > MOST_ATTRIBUTES else tag[0], text)
    )


def _flatten(body: Any, rules: dict[str, Declarations], page: Page) -> None:
    """Fills `page.nodes` with what is visible."""
    nodes, parents, whole = page.nodes, [-1], len(body.text())
    at: Any = body
    while at is not None:
        inner = None
        if at.is_element_node:
            tag = str(at.tag).lower()
            attributes = {key: value or "" for key, value in at.attributes.items()}
            style = _style(tag, attributes, rules)
            if tag not in INVISIBLE and not _is_left_out(at, tag, attributes, style, whole, page):
                inner = at.first_child
                nodes.append(Node(tag, "", attributes, style, parents[-1]))
                if inner is not None:
                    parents.append(len(nodes) - 1)
                else:
                    nodes[-1].end = len(nodes)
        elif at.is_text_node:
            nodes.append(Node("", at.text_content or "", {}, {}, parents[-1]))
            nodes[-1].end = len(nodes)
        if inner is None:
            # An element whose nodes are all passed ends; the number of open ones tells when it is the body's turn.
            following = at.next if len(parents) > 1 else None
            while following is None and len(parents) > 1:
                at = at.parent
                nodes[parents.pop()].end = len(nodes)
                following = at.next if len(parents) > 1 else None
            inner = following
        at = inner


def _is_left_out(at: Any, tag: str, attributes: dict[str, str], style: Declarations, whole: int, page: Page) -> bool:
    """Whether an element is deleted or hidden; notes on the page that there is such text."""
    if tag in ("ins", "del") and (tag == "del" or "datetime" in attributes or "cite" in attributes):
        page.tracked = page.tracked or bool(at.text().strip())
        return tag == "del"
    if not ("hidden" in attributes or (style and _is_invisible(at, style))):
        return False
    text = at.text()
    # Pages hide all they have until their scripts ran; saved without them it is still the page.
    if len(text) * 2 > whole:
        return False
    if style.get("mso-hide") == "all" and text.strip():
        page.hidden = True
    return True


def _is_invisible(at: Any, style: Declarations) -> bool:
    """Whether its style keeps an element from sight."""
    if style.get("display") == "none" or style.get("mso-hide") == "all" or style.get("visibility") == "hidden":
        return True
    if style.get("position") in ("absolute", "fixed") and any(_FAR_OUT.fullmatch(style.get(side, "")) for side in ("left", "top")):
        return True
    if not _NOTHING.fullmatch(style.get("font-size", "")):
        return False
    # What stands inside may have a size of its own again.
    child = at.first_child
    while child is not None and not child.is_element_node:
        child = child.next
    return child is None


def _style(tag: str, attributes: dict[str, str], rules: dict[str, Declarations]) -> Declarations:
    own = declarations(attributes["style"]) if "style" in attributes else {}
    names = attributes.get("class", "").lower().split()
    if not rules:
        return own
    parts = [rules[key] for key in (tag, *(f".{name}" for name in names), *(f"{tag}.{name}" for name in names)) if key in rules]
    if not parts:
        return own
    merged: Declarations = {}
    for part in (*parts, own):
        if len(merged) + len(part) <= MOST_DECLARATIONS:
            merged.update(part)
    return merged


@lru_cache(maxsize=1024)
def declarations(text: str) -> Declarations:
    """What a style attribute or the braces of a rule say: `display: NONE !important` → {"display": "none"}."""
    found: Declarations = {}
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


def _rules(css: str) -> dict[str, Declarations]:
    """The rules of style blocks whose selectors are a tag, a class or both; those in @media blocks are left out."""
    found: dict[str, Declarations] = {}
    within = 0
    for chunk in re.sub("/\\*[^*]*(?:\\*(?!/)[^*]*)*\\*/", " ", css).split("}"):
        braces = chunk.count("{")
        if braces == 0:
            within = max(within - 1, 0)
            continue
        within += braces - 1
        if within:
            continue
        selectors, _, body = chunk.partition("{")
        told = declarations(body)
        for selector in _selectors(selectors):
            found.setdefault(selector, {}).update(told)
    return found


def _selectors(text: str) -> Iterator[str]:
    for part in text.replace("<!--", " ").replace("-->", " ").lower().split(","):
        selector = part.strip()
        if selector and _SELECTOR.fullmatch(selector):
            yield selector
