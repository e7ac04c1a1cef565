"""Numbers in Chinese words and Roman letters, as automatic numbering prints them. Pure arithmetic."""

from __future__ import annotations

CHINESE = ("零一二三四五六七八九", "十百千")
FORMAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")
FORMAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟")
MOST_ROMAN = 32_767
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def spelled(number: int, numerals: tuple[str, str] = CHINESE) -> str:
    """``number`` below 10,000 in Chinese words, 十 for ten rather than 一十; in digits beyond."""
    digits, units = numerals
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    text = ""
    figures = str(number)
    for place, figure in enumerate(figures):
        unit = len(figures) - place - 1
        if figure != "0":
            text += digits[int(figure)] + (units[unit - 1] if unit else "")
        elif not text.endswith(digits[0]) and int(figures[place:]):
            text += digits[0]
    ten = digits[1] + units[0]
    return text[1:] if text.startswith(ten) else text


def roman(number: int) -> str:
    """``number`` in capital Roman letters; empty for zero, in digits beyond what Word counts to in letters."""
    if number > MOST_ROMAN:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text
