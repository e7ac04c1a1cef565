"""Numbers as automatic numbering prints them: 一, 壹, ①, iv, 01. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Callable

from extractors.numerals import BRANCHES, FORMAL, FORMAL_TRADITIONAL, STEMS, roman, spelled

_DIGITS = "〇一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_IN_PARENTHESES = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_WITH_FULL_STOP = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_CIRCLED_CHINESE = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"
_MOST_LETTERED = 780
_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def raised(text: str) -> str:
    """``text`` as a superscript, as far as there are such characters."""
    return text.translate(_RAISED)


def _letter(number: int) -> str:
    """A to Z, then AA, BB as Word counts on, up to thirty letters; in digits beyond."""
    if number > _MOST_LETTERED:
        return str(number)
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
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "chineseCounting": spelled,
    "chineseCountingThousand": spelled,
    "japaneseCounting": spelled,
    "taiwaneseCounting": spelled,
    "taiwaneseCountingThousand": spelled,
    "chineseLegalSimplified": lambda number: spelled(number, FORMAL),
    "ideographLegalTraditional": lambda number: spelled(number, FORMAL_TRADITIONAL),
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "ideographTraditional": _in_turn(STEMS),
    "ideographZodiac": _in_turn(BRANCHES),
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
