"""Numbers as automatic numbering prints them: 一, 壹, ①, iv, 01. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Callable

_CHINESE = ("零一二三四五六七八九", "十百千")
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟")
_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_IN_PARENTHESES = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_WITH_FULL_STOP = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_CIRCLED_CHINESE = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"
_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def spelled(number: int, numerals: tuple[str, str] = _CHINESE) -> str:
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


def raised(text: str) -> str:
    """``text`` as a superscript, as far as there are such characters."""
    return text.translate(_RAISED)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _letter(number: int) -> str:
    """A to Z, then AA, BB as Word counts on."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _from(characters: str) -> Callable[[int], str]:
    return lambda number: characters[number - 1] if 0 < number <= len(characters) else str(number)


def _in_turn(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)]


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(figure)] for figure in str(number))


def _full_width(number: int) -> str:
    return str(number).translate(_FULL_WIDTH)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "numberInDash": lambda number: f"- {number} -",
    "none": lambda _: "",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "chineseCounting": spelled,
    "chineseCountingThousand": spelled,
    "japaneseCounting": spelled,
    "taiwaneseCounting": spelled,
    "taiwaneseCountingThousand": spelled,
    "chineseLegalSimplified": lambda number: spelled(number, _LEGAL),
    "ideographLegalTraditional": lambda number: spelled(number, _LEGAL_TRADITIONAL),
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "ideographTraditional": _in_turn(_STEMS),
    "ideographZodiac": _in_turn(_BRANCHES),
    "decimalEnclosedCircle": _from(_CIRCLED),
    "decimalEnclosedCircleChinese": _from(_CIRCLED),
    "decimalEnclosedParen": _from(_IN_PARENTHESES),
    "decimalEnclosedFullstop": _from(_WITH_FULL_STOP),
    "ideographEnclosedCircle": _from(_CIRCLED_CHINESE),
}


def numeral(number: int, style: str) -> str | None:
    """``number`` in a numbering style named as WordprocessingML names it; None for a style that is not known."""
    write = _FORMATS.get(style)
    return write(number) if write is not None else None
