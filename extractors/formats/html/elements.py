"""The elements of HTML, sorted by what they do to the text in them."""

from __future__ import annotations

from enum import Enum, auto


class Kind(Enum):
    """What an element is to the flow of text."""

    INLINE = auto()
    BLOCK = auto()
    TABLE = auto()
    SECTION = auto()
    ROW = auto()
    CELL = auto()
    CAPTION = auto()


HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

# never printed: programs, their data, what stands in for them, and controls that show nothing until they are opened
UNPRINTED = frozenset(
    (
        *("script", "style", "template", "noscript", "noframes", "noembed", "datalist", "audio", "video", "canvas"),
        *("applet", "xml", "rp", "iframe", "frame", "object", "embed"),
    )
)

STRUCK = frozenset({"del", "s", "strike"})

_BLOCKS = HEADINGS | frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "header", "hgroup", "hr"),
        *("html", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "p", "plaintext", "pre"),
        *("search", "section", "select", "summary", "textarea", "ul", "xmp"),
    )
)

KINDS: dict[str, Kind] = {
    **dict.fromkeys(_BLOCKS, Kind.BLOCK),
    "table": Kind.TABLE,
    "thead": Kind.SECTION,
    "tbody": Kind.SECTION,
    "tfoot": Kind.SECTION,
    "tr": Kind.ROW,
    "td": Kind.CELL,
    "th": Kind.CELL,
    "caption": Kind.CAPTION,
}

# what a style sheet makes of an element that is no part of a table
DISPLAYS: dict[str, Kind] = {
    "block": Kind.BLOCK,
    "flex": Kind.BLOCK,
    "grid": Kind.BLOCK,
    "list-item": Kind.BLOCK,
    "flow-root": Kind.BLOCK,
    "inline": Kind.INLINE,
    "table": Kind.TABLE,
    "table-row-group": Kind.SECTION,
    "table-header-group": Kind.SECTION,
    "table-footer-group": Kind.SECTION,
    "table-row": Kind.ROW,
    "table-cell": Kind.CELL,
    "table-caption": Kind.CAPTION,
}

PRESERVED = frozenset({"pre", "listing", "xmp", "plaintext", "textarea"})
PRESERVING = frozenset({"pre", "pre-wrap", "pre-line", "break-spaces"})  # values of ``white-space``


def kind_of(tag: str, display: str | None) -> Kind:
    """What the element is: parts of tables by their names, all others as their style says."""
    kind = KINDS.get(tag, Kind.INLINE)
    if display is None or kind not in (Kind.INLINE, Kind.BLOCK):
        return kind
    return DISPLAYS.get(display, kind)
