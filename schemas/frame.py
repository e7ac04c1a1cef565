"""The anatomy of a grid: band rows, header rows, the row of column numbers, body rows, note rows.

Knows how publishers lay out a table's head and foot. Knows no kind and no field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from extractors.model import Cell, Part
from schemas.amounts import find_unit
from schemas.lattice import Lattice, is_numeric
from schemas.text import fold, strip_ordinal

_COLUMN_NUMBER = re.compile(r"\(?(\d{1,3}|[A-Z])\)?(?:=[\dA-Z+\-*/()=.%]+)?")  # 3, (3), C, 1=2+3
_SEEN_NUMBERS = 5  # so many numbers in order are no amounts, though one is lost between them
_NUMBER_ROW_WORDS = frozenset({"栏次", "行次", "甲", "乙", "丙", "类", "款", "项", "-", "--", "**", "*", "目", "合计"})
_CODE_LEVEL_WORDS = frozenset({"类", "款", "项", "目"})
_TOTAL_WORDS = frozenset({"合计", "总计", "小计"})
_BAND = re.compile(
    r"(?:单位|部门|编制单位|填报单位|预算单位)\)?:|表$|^(?:预算)?公开|^附表|\(?\d{4}年度?\)?$|^附件[\d一二三四五六七八九十]{0,3}[-.:、\d]{0,4}$"
)
_NOTE = re.compile(r"^(?:\(?注|备注|说明|附注|注释)(?:[:\d(.,、]|$)|^\*?注")
_FORMULA = re.compile(r"^\d{1,3}[行栏列](?:次|各[行栏列])*=")
_NUMBERED_NOTE = re.compile(r"^[2-9][.、].+\.$")  # of a note that begins with 注：1.
_LONG_TEXT = 40  # characters: a label is shorter, a sentence under a table is not
_CODED_NAME = re.compile(r"\(?\d{3,9}\)?-?[^\d\s年.,%]")
_SENTENCE = re.compile(r"[。；;]")


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A row of the body. ``repeat``: printed on the page before too; ``fused``: its code cells are header labels."""

    index: int
    repeat: bool = False
    fused: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A grid cut into its parts; every row is in exactly one of them.

    ``bands`` hold the title or captions drawn inside the grid; ``header`` the header rows of the first part;
    ``numbers`` the row of column numbers (栏次); ``repeated`` the header rows printed again on later pages.
    """

    lattice: Lattice
    bands: tuple[int, ...]
    header: tuple[int, ...]
    numbers: int | None
    repeated: tuple[int, ...]
    body: tuple[BodyRow, ...]
    notes: tuple[int, ...]

    @property
    def fused_row(self) -> int | None:
        """The row that is header over the code columns and total everywhere else."""
        return self.body[0].index if self.body and self.body[0].fused else None


def frame_of(lattice: Lattice) -> Frame:
    """Cut a grid into bands, header, body and notes. Never fails: a grid without a header has an empty ``header``."""
    n_rows = lattice.grid.n_rows
    start = _skip_bands(lattice)
    header_end, fused = _header_end(lattice, start)
    numbers = header_end if header_end < n_rows and is_number_row(lattice, header_end) else None
    body_start = header_end if numbers is None else header_end + 1
    notes_start = _notes_start(lattice, body_start)
    head = frozenset(range(start, body_start)) - ({header_end - 1} if fused else set())
    repeated, body = _rows_by_part(lattice, body_start, notes_start, head)
    if fused:
        body.insert(0, BodyRow(header_end - 1, fused=True))
    return Frame(
        lattice=lattice,
        bands=tuple(range(start)),
        header=tuple(range(start, header_end)),
        numbers=numbers,
        repeated=tuple(repeated),
        body=tuple(body),
        notes=tuple(range(notes_start, n_rows)),
    )


def _rows_by_part(
    lattice: Lattice, body_start: int, notes_start: int, head: frozenset[int]
) -> tuple[list[int], list[BodyRow]]:
    """The rows under the head: those that repeat the head on later pages, and the body.

    A repeated row that is body on the first page (a 合计 row printed on every page) stays body and is marked.
    """
    repeats: dict[int, int] = {}
    first = lattice.grid.parts[0].first_row
    for part in lattice.grid.parts[1:]:
        repeats.update({part.first_row + step: first + step for step in range(_repeated_rows(lattice, part, first))})
    repeated: list[int] = []
    body: list[BodyRow] = []
    for row in range(body_start, notes_start):
        origin = repeats.get(row)
        is_head = origin is not None and (origin in head or origin < body_start)
        if is_head or is_number_row(lattice, row, strict=True) or _is_header_again(lattice, row, head):
            repeated.append(row)
        else:
            body.append(BodyRow(row, repeat=origin is not None))
    return repeated, body


def _is_header_again(lattice: Lattice, row: int, head: frozenset[int]) -> bool:
    """Whether a row prints the labels of the header once more: several small tables drawn as one."""
    printed = lattice.printed(row)
    return (
        len(printed) > 1
        and not any(is_numeric(cell.text) for cell in printed)
        and any(lattice.same_row(above, row) for above in head)
    )


def _repeated_rows(lattice: Lattice, part: Part, first: int) -> int:
    """How many rows at the start of a later part are printed again: those the joining saw, and equal ones after."""
    count = part.header_rows
    while (
        count
        and part.first_row + count <= part.last_row
        and lattice.same_row(first + count, part.first_row + count)
        and lattice.printed(first + count)
    ):
        count += 1
    return count


def _skip_bands(lattice: Lattice) -> int:
    """How many rows at the top are title or caption bands, not header."""
    row = 0
    while row < lattice.grid.n_rows - 1 and _is_band(lattice, row):
        row += 1
    return row if row < lattice.grid.n_rows else 0


def _is_band(lattice: Lattice, row: int) -> bool:
    printed = lattice.printed(row)
    if not printed:
        return all(cell.row_span == 1 for cell in lattice.starting[row])
    wide = len(printed) == 1 and (printed[0].col_span > lattice.grid.n_cols // 2 or len(lattice.starting[row]) > 1)
    captions = all(_is_caption(cell) for cell in printed)
    return captions and (wide or len(printed) <= 3) and len(printed) < max(3, lattice.grid.n_cols)


def _is_caption(cell: Cell) -> bool:
    return any(_BAND.search(fold(line)) or find_unit(line) is not None for line in cell.text.splitlines())


def _closure(lattice: Lattice, start: int, end: int) -> int:
    """The row under the lowest cell that begins in rows start..end-1. A number is no part of a header, however tall."""
    reach = end
    row = start
    while row < reach:
        labels = (cell for cell in lattice.starting[row] if cell.row_span > 1 and not is_numeric(cell.text))
        reach = max([reach, *(cell.row + cell.row_span for cell in labels)])
        row += 1
    return min(reach, lattice.grid.n_rows)


def _header_end(lattice: Lattice, start: int) -> tuple[int, bool]:
    """The row under the last header row, and whether that row holds the first values too."""
    if start >= lattice.grid.n_rows or _begins_with_values(lattice, start):
        return start, False
    end = _closure(lattice, start, start + 1)
    while end < lattice.grid.n_rows and not is_number_row(lattice, end):
        if _is_fused(lattice, end):
            return end + 1, True
        if not _continues(lattice, end):
            break
        end = _closure(lattice, start, end + 1)
    return end, False


def _begins_with_values(lattice: Lattice, row: int) -> bool:
    """A continuation page without a header begins with data at once: amounts, codes, numbered lines."""
    printed = lattice.printed(row)
    return not printed or sum(_is_data(cell.text) for cell in printed) * 2 >= len(printed)


def _is_data(text: str) -> bool:
    folded = fold(text)
    return is_numeric(text) or bool(_CODED_NAME.match(folded)) or bool(strip_ordinal(folded)[1])


def _split(lattice: Lattice, row: int) -> list[Cell]:
    """The printed cells of a row that divide a wider cell standing above them, empty rows between passed over."""
    above = row - 1
    while above > 0 and not lattice.printed(above) and all(cell.row == above for cell in lattice.cover[above]):
        above -= 1
    return [cell for cell in lattice.printed(row) if lattice.cover[above][cell.col].col_span > cell.col_span]


def _continues(lattice: Lattice, row: int) -> bool:
    """Whether a row under the header is header too."""
    printed = lattice.printed(row)
    if not printed:  # an empty row between two header rows (drawn by one office suite)
        below = row + 1
        return below < lattice.grid.n_rows and len(lattice.printed(below)) > 1 and _labels_under(lattice, row, below)
    if any(is_numeric(cell.text) and not _reaches_below(cell, printed) for cell in printed):
        return False
    if len(printed) == 1 and fold(printed[0].text) in _TOTAL_WORDS and printed[0].col == 0:
        return False
    return bool(_split(lattice, row)) or _fills_gaps(lattice, row, printed)


def _reaches_below(cell: Cell, printed: list[Cell]) -> bool:
    """Whether a number begins beside the last labels of a header and goes on beside the values: 机关运行经费 in a table
    that gives every other item in two columns, 预算数 and 决算数.
    """
    labels = [one for one in printed if not is_numeric(one.text)]
    return cell.row_span > 1 and len(labels) * 2 > len(printed) and all(one.row_span < cell.row_span for one in labels)


def _labels_under(lattice: Lattice, blank_row: int, row: int) -> bool:
    above = lattice.cover[blank_row - 1]
    printed = lattice.printed(row)
    return all(not is_numeric(cell.text) and above[cell.col].col_span > cell.col_span for cell in printed)


def _fills_gaps(lattice: Lattice, row: int, printed: list[Cell]) -> bool:
    """Labels under a header whose merged cells were lost: blanks right of a group's label, sub-labels beneath."""
    above = lattice.cover[row - 1]
    if len(printed) < 2 or lattice.text(row, 0).strip():
        return False
    gaps = sum(not above[cell.col].text.strip() or _blank_right(above, cell.col) for cell in printed)
    return gaps * 2 > len(printed)


def _blank_right(cells: tuple[Cell, ...], col: int) -> bool:
    return col + 1 < len(cells) and not cells[col + 1].text.strip()


def _is_fused(lattice: Lattice, row: int) -> bool:
    """A row whose code columns hold 类|款|项 while the rest holds the values of the total."""
    labels = [fold(cell.text) for cell in lattice.printed(row)]
    levels = sum(label in _CODE_LEVEL_WORDS for label in labels)
    return levels >= 2 and any(is_numeric(label) for label in labels) and not is_number_row(lattice, row)


def is_number_row(lattice: Lattice, row: int, *, strict: bool = False) -> bool:
    """Whether a row numbers the columns: 栏次 or nothing, then 1, 2, 3 … or A, B, C …; ``strict`` asks for 栏次."""
    cells = lattice.printed(row)
    marks = [(cell, match) for cell in cells if (match := _COLUMN_NUMBER.fullmatch(fold(cell.text)))]
    words = [(fold(cell.text), cell) for cell in cells if not _COLUMN_NUMBER.fullmatch(fold(cell.text))]
    if any(word not in _NUMBER_ROW_WORDS for word, _ in words):
        return False
    numbers = [_place(match[1]) for _, match in marks]
    named = next((cell for word, cell in words if word == "栏次"), None)
    if len(numbers) < (1 if named else 2) or (strict and not named):
        return False
    blanks = [_blanks(one, other) for (one, _), (other, _) in pairwise(marks)]
    most = 1 + (max(_blanks(named, marks[0][0]), 0) if named and len(numbers) > 1 else 0)
    if not named and len(numbers) < _SEEN_NUMBERS:
        blanks = [0 for _ in blanks]
    steps = zip(pairwise(numbers), blanks, strict=True)
    return 1 <= numbers[0] <= most and all(b in (a + 1, a + 1 + lost, 1) for (a, b), lost in steps)


def _blanks(one: Cell, other: Cell) -> int:
    """How many columns stand blank between two cells: a number there may have been lost below a seal."""
    return other.col - one.col - one.col_span


def _place(mark: str) -> int:
    """Which column a number or letter stands for."""
    return int(mark) if mark.isdigit() else ord(mark) - ord("A") + 1


def _notes_start(lattice: Lattice, body_start: int) -> int:
    """The first of the note rows that end the grid."""
    row = lattice.grid.n_rows
    while row > body_start + 1 and _is_note(lattice, row - 1):
        row -= 1
    return row


def _is_note(lattice: Lattice, row: int) -> bool:
    printed = lattice.printed(row)
    if len(printed) != 1:
        return False
    text = fold(printed[0].text)
    if printed[0].col_span == lattice.grid.n_cols and (_FORMULA.match(text) or _NUMBERED_NOTE.match(text)):
        return True
    wide = printed[0].col_span == lattice.grid.n_cols or printed[0].col == 0
    return wide and bool(_NOTE.search(text) or (len(text) > _LONG_TEXT and _SENTENCE.search(printed[0].text)))
