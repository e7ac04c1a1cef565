"""Properties: how the level cells are drawn, and how long labels are broken, changes nothing in what is read."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.result import Indicator
from tests.schemas.forms.printed import form

ROWS = (
    ("产出指标", "数量指标", "培训次数", "≥4次", "5次", "10"),
    ("产出指标", "数量指标", "参训人次", "≥90人次", "95人次", "10"),
    ("产出指标", "质量指标", "合格率", "≥95%", "96%", "15"),
    ("产出指标", "质量指标", "优秀率", "≥20%", "25%", "15"),
    ("效益指标", "社会效益指标", "知晓率", "≥90%", "93%", "30"),
    ("满意度指标", "服务对象满意度指标", "满意度", "≥90%", "99%", "10"),
)
HEAD = """
| 项目名称 | 会议费   | <        | <          | <          | <    |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分 |
"""
STYLES = st.sampled_from(["merged", "blank", "repeated"])


def mark(style: str, text: str, above: str | None) -> str:
    if text != above or style == "repeated":
        return text
    return "^" if style == "merged" else ""


def drawn(first: list[str], second: list[str]) -> str:
    """The rows, each level cell that repeats the one above it drawn in the style of its row."""
    lines = []
    previous: tuple[str, str] | tuple[None, None] = (None, None)
    styles = ["repeated", "repeated"]
    for row, one, two in zip(ROWS, first, second, strict=True):
        upper = mark(one, row[0], previous[0])
        lower = mark(two, row[1], previous[1] if row[0] == previous[0] else None)
        # a merge needs a printed or merged cell above it; over a blank one it would cover another text
        upper = "" if upper == "^" and styles[0] == "blank" else upper
        lower = "" if lower == "^" and styles[1] == "blank" else lower
        styles = ["blank" if upper == "" else "printed", "blank" if lower == "" else "printed"]
        lines.append(f"| {upper} | {lower} | " + " | ".join(row[2:]) + " |")
        previous = (row[0], row[1])
    return HEAD.strip("\n") + "\n" + "\n".join(lines)


def values(indicators: list[Indicator]) -> list[tuple[str | None, ...]]:
    return [
        (
            one.level1,
            one.level2,
            one.level3,
            one.target.text if one.target else None,
            one.actual.text if one.actual else None,
            one.score,
        )
        for one in indicators
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(STYLES, min_size=len(ROWS), max_size=len(ROWS)), st.lists(STYLES, min_size=len(ROWS), max_size=len(ROWS))
)
def test_indicators_do_not_depend_on_how_their_levels_are_drawn(first: list[str], second: list[str]) -> None:
    assert values(form(drawn(first, second)).indicators) == list(ROWS)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_labels_may_break_anywhere(data: st.DataObject) -> None:
    lines = drawn(["merged"] * len(ROWS), ["merged"] * len(ROWS)).split("\n")
    labels = [label.strip() for label in lines[1].strip("|").split("|")]
    broken = [
        label[:at] + "\\n" + label[at:]
        for label in labels
        for at in [data.draw(st.integers(min_value=1, max_value=len(label) - 1))]
    ]
    lines[1] = "| " + " | ".join(broken) + " |"

    assert values(form("\n".join(lines)).indicators) == list(ROWS)
