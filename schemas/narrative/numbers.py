"""Numbers with a unit, and the marks that part clauses, in the order in which a paragraph prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from schemas.narrative.paragraphs import BREAK

_MONEY = {"亿元": 100_000_000, "万元": 10_000, "千元": 1_000, "元": 1, "万": 10_000}
#: What a paragraph must print to have something to read: a number with a unit, or a thing that is counted.
HAS_NUMBER = re.compile(r"\d\s*(?:[万亿千]?\s*元|万[,，;；。)]|[%％]|辆|台|批|人次)|团组|公务接待|绩效目标的项目")
_TOKEN = re.compile(
    rf"(?<![\d.,{BREAK}A-Za-z])(?P<sign>-?)(?P<whole>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.(?P<fraction>[0-9]+))?"
    r"(?P<unit>亿元|万元|千元|元|万(?=[,，;。)]|$)|%|辆|台|批次|批|人次|人|个|次|家|项)(?!〕)"
    r"(?P<rate>/|[及含]*以[上下内外])?"
    r"|(?P<mark>[,，;。:、()\n])"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One number with its unit, or one mark. ``number`` is as printed; ``value`` in yuan, percent or pieces.

    ``is_rate`` says that it is no amount of anything: 250元/人, 100万元以上.
    """

    start: int
    end: int
    mark: str = ""
    number: Decimal = Decimal(0)
    decimals: int = 0
    unit: str = ""
    factor: int = 1
    is_rate: bool = False

    @property
    def is_money(self) -> bool:
        """Whether the unit is one of money."""
        return self.unit in _MONEY

    @property
    def value(self) -> Decimal:
        """In base units."""
        return self.number * self.factor

    @property
    def step(self) -> Decimal:
        """One unit of the last printed decimal, in base units; 0 for amounts in 元 printed to the fen."""
        if self.is_money and self.factor == 1 and self.decimals >= 2:
            return Decimal(0)
        return Decimal(self.factor).scaleb(-self.decimals)


def tokens_of(text: str) -> Iterator[Token]:
    """Every number with a unit and every mark of a folded text."""
    for match in _TOKEN.finditer(text):
        if match["mark"]:
            yield Token(match.start(), match.end(), mark=match["mark"])
            continue
        fraction = match["fraction"] or ""
        number = Decimal(f"{match['sign']}{match['whole'].replace(',', '')}.{fraction}")
        yield Token(
            match.start(),
            match.end(),
            number=number,
            decimals=len(fraction),
            unit=match["unit"],
            factor=_MONEY.get(match["unit"], 1),
            is_rate=match["rate"] is not None,
        )
