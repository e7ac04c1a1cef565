from __future__ import annotations

from extractors.layout.aligned import cut_at, cuts_of
from extractors.layout.ink import Run
from extractors.layout.segments import Line, segment_lines
from tests.extractors.layout.shapes import run


def glued(first: str, second: str, x0: float, y: float, gap: float) -> Run:
    """Two texts in one run, so far apart."""
    one, other = run(first, x0, y), run(second, x0 + 5 * len(first) + gap, y)
    lefts, rights = [*one.lefts, *other.lefts], [*one.rights, *other.rights]
    return Run(first + second, one.x0, one.top, other.x1, one.bottom, lefts, rights)


def lines(*close: Run) -> list[Line]:
    """Four rows whose columns begin at 50 and 100, and end at 180 and 240; then one with these runs."""
    rows = [
        piece
        for place in range(4)
        for piece in [
            run(f"20{place}", 50, 100 + 18 * place),
            run("教育", 100, 100 + 18 * place),
            run(f"{place}.50", 160, 100 + 18 * place),
            run(f"{place}.75", 220, 100 + 18 * place),
        ]
    ]
    return segment_lines([*rows, *close])


def texts_cut(*close: Run) -> list[str]:
    every = lines(*close)
    return [segment.text for segment in cut_at(every[-1], cuts_of(every)).segments]


def test_two_texts_drawn_as_one_are_parted_where_a_column_begins() -> None:
    assert texts_cut(glued("2010601-01", "行政", 49, 200, 1.0), run("9.50", 160, 200)) == ["2010601-01", "行政", "9.50"]


def test_two_amounts_drawn_as_one_are_parted_where_a_column_ends() -> None:
    amounts = glued("12,345.00", "6,123,456.75", 135, 200, 1.0)

    assert texts_cut(run("合计", 50, 200), amounts, run("9.50", 220 + 40, 200)) == [
        "合计",
        "12,345.00",
        "6,123,456.75",
        "9.50",
    ]


def test_no_number_is_cut_where_its_digits_touch() -> None:
    number = run("123,456,789,012.50", 110, 200)  # its digits begin and end where columns do

    assert texts_cut(run("合计", 50, 200), number, run("9.50", 260, 200)) == ["合计", "123,456,789,012.50", "9.50"]


def test_words_that_touch_are_not_cut_where_others_begin() -> None:
    assert texts_cut(run("一般公共服务支出合计行政", 50, 200), run("9.50", 160, 200)) == [
        "一般公共服务支出合计行政",
        "9.50",
    ]
