"""Pages without any table: prose, contents, columns, lists, signatures, a chart."""

from __future__ import annotations

from random import Random

from bench.hardpages.content import WORDS
from bench.hardpages.ink import draw, width, wrap
from bench.hardpages.pages import GAP, MARGIN, PROSE, HardFile


def plain_file(kind: str, seed: int) -> bytes:
    """A page without any table, of one of the kinds in ``PLAIN``."""
    made = HardFile(Random(f"{kind} {seed}"))
    PLAIN[kind](made)
    return made.save()


def _prose(made: HardFile) -> None:
    for _ in range(6):
        amount = f"{made.rng.random() * 9999:,.2f}"
        made.prose(f"本年支出合计{amount}万元，完成年初预算的{made.rng.randint(60, 130)}.5%。" + PROSE)


def _contents(made: HardFile) -> None:
    made.centred("目　录", 16, made.y)
    made.y -= 20
    page = 1
    for number in range(1, 22):
        label = f"{number}.{made.rng.choice(WORDS['labels'])}"
        text = f"{label}{{}}{page}"
        dots = int((made.wide - 2 * MARGIN - width(text.format(""), 11)) // width(".", 11))
        made.y -= 22
        draw(made.canvas, MARGIN, made.y, text.format("." * dots), 11)
        page += made.rng.randint(0, 3)


def _columns(made: HardFile) -> None:
    """Two columns of prose, with amounts in it."""
    half = (made.wide - 2 * MARGIN - GAP) / 2
    for left in (MARGIN, MARGIN + half + GAP):
        y = made.y
        text = "".join(f"{made.rng.choice(WORDS['labels'])}{made.rng.random() * 999:,.2f}万元，" for _ in range(45))
        for line in wrap(text, 10.5, half):
            y -= 17
            draw(made.canvas, left, y, line, 10.5)


def _list(made: HardFile) -> None:
    for number in range(1, 18):
        made.y -= 20
        text = f"（{number}）{made.rng.choice(WORDS['labels'])}{made.rng.random() * 9999:,.2f}万元。"
        draw(made.canvas, MARGIN + 22, made.y, text, 11)


def _signature(made: HardFile) -> None:
    made.prose(PROSE[made.rng.randint(0, 60) :])
    for left, right in [
        ("填报人：", "联系电话：0731-8888123"),
        ("单位负责人：", "日期：2024年3月15日"),
        ("审核人：", "单位：（公章）"),
    ]:
        made.y -= 26
        draw(made.canvas, MARGIN, made.y, left, 11)
        draw(made.canvas, made.wide / 2 + 20, made.y, right, 11)


def _chart(made: HardFile) -> None:
    """Bars with their amounts on top, an axis of numbers at the left, years below."""
    made.centred("支出合计情况（单位：万元）", 12, made.y - 20)
    base, left, step = made.y - 330, MARGIN + 40, 60
    for tick in range(8):
        draw(made.canvas, MARGIN, base + 40 * tick, f"{500 * tick:,}.00", 8)
    for bar in range(6):
        height = made.rng.uniform(30, 260)
        made.canvas.rect(left + step * bar, base, 26, height, stroke=0, fill=1)
        draw(made.canvas, left + step * bar - 8, base + height + 4, f"{12.5 * height:,.2f}", 8)
        draw(made.canvas, left + step * bar, base - 14, f"{2019 + bar}年", 8)


PLAIN = {
    "prose": _prose,
    "contents": _contents,
    "two columns": _columns,
    "list": _list,
    "signatures": _signature,
    "chart": _chart,
}
