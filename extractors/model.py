"""The Document: what a file prints, where it prints it, and nothing of what it means.

Standard library only. Coordinates, stated once: pages count from 1; rows and columns of a grid from 0; boxes are PDF
points on the page as displayed (rotation applied), origin top left. Formats without pages (DOCX, HTML, sheets) leave
``page`` and ``box`` empty and say where by ``path``, for example ``(("table", 3), ("row", 5), ("col", 2))``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TextVerdict(StrEnum):
    """How far the text of a page can be trusted."""

    DIGITAL = "digital"  # a text layer that reads as text
    SCANNED = "scanned"  # an image and no text layer: nothing was read
    GARBLED = "garbled"  # a text layer whose characters mean nothing (no Unicode map)
    EMPTY = "empty"  # nothing is drawn
    MIXED = "mixed"  # text beside an image that covers much of the page


class PageStatus(StrEnum):
    """What became of a page."""

    OK = "ok"
    FAILED = "failed"
    SKIPPED = "skipped"


class GridMethod(StrEnum):
    """How the cells of a grid were found."""

    RULED = "ruled"  # from drawn rules
    BORDERLESS = "borderless"  # from the alignment of words
    NATIVE = "native"  # the file names its own cells (DOCX, HTML, sheets)


class JoinMethod(StrEnum):
    """Why the parts of a grid that was cut by a page break were joined."""

    HEADER_REPEATED = "header_repeated"  # the first rows of the next page equal those of the first part
    SAME_COLUMNS = "same_columns"  # nothing is repeated; the column edges agree and the table touches the page edges
    PROOF = "proof"  # the columns do not line up; sums hold that reach over both parts (decided by the reader)
    TOTAL_ROW = "total_row"  # one row alone on the next page, with the same column edges


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, origin top left."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Location:
    """Where something is printed: a page and a box, or a path into a file that has no pages."""

    page: int | None = None
    box: Box | None = None
    path: tuple[tuple[str, int | str], ...] = ()


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line (PDF) or one paragraph (DOCX, HTML) outside every grid.

    ``size`` is the height of its glyphs in points when the file tells it; ``style`` is the name that the file itself
    gives the paragraph (``Heading 1``, ``h2``).
    """

    text: str
    location: Location
    size: float | None = None
    style: str | None = None
    confidence: float | None = None  # of recognised characters, 0 to 1; None when read from a text layer


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, text exactly as printed, lines inside it separated by a line feed."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    location: Location
    confidence: float | None = None  # of recognised characters, 0 to 1; None when read from a text layer


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a grid that stand together on one page.

    ``header_rows`` counts the rows at its start that repeat the head of the first part; they are kept in the grid, so
    that rows before a join = rows after it. ``rest`` holds, when the row after them was the rest of a row cut by the
    break, the cells of that rest as they stand on this page; their texts were put at the end of the row before, and
    they are no row of the grid.
    """

    location: Location
    first_row: int
    last_row: int
    header_rows: int = 0
    rest: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Join:
    """How the parts of a grid were put together; ``score`` is 1 for certain."""

    method: JoinMethod
    score: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as drawn: every position is covered by exactly one cell.

    ``above`` are the text lines between the grid before it and this one, nearest last; ``below`` those between its
    last part and the next grid, nearest first. Lines between its own parts are in ``between``.
    """

    n_rows: int
    n_cols: int
    cells: tuple[Cell, ...]
    parts: tuple[Part, ...]
    method: GridMethod
    above: tuple[TextLine, ...] = ()
    below: tuple[TextLine, ...] = ()
    between: tuple[TextLine, ...] = ()
    join: Join | None = None

    @property
    def location(self) -> Location:
        """Where the first part stands."""
        return self.parts[0].location


@dataclass(frozen=True, slots=True)
class Page:
    """One page as displayed: ``width`` and ``height`` in points after ``rotation`` (degrees) was applied.

    ``text`` is the verdict on its text layer, whether or not it was then ``recognised``.
    """

    number: int
    width: float
    height: float
    rotation: int
    text: TextVerdict
    status: PageStatus = PageStatus.OK
    recognised: bool = False  # its text was read from its image


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the extractor noticed and the reader of the result must know. ``code`` is a stable name."""

    code: str
    message: str
    message_zh: str
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link that the file prints; nothing is ever fetched."""

    text: str
    href: str


Block = TextLine | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read. ``blocks`` are its lines and grids in reading order; a joined grid stands where it begins.

    ``converter`` is the program, with its version, that first turned the file into one that is read.
    """

    format: str
    media_type: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    notices: tuple[Notice, ...] = ()
    links: tuple[Link, ...] = ()
    converter: str | None = None

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """Every text line outside a grid, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, TextLine))

    @property
    def grids(self) -> tuple[Grid, ...]:
        """Every grid, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))
