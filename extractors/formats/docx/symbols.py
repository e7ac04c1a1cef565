"""Characters of the picture fonts: check boxes, arrows and mathematical signs that are stored as letters.

A form ticked with 'R' in Wingdings 2 prints ☑; a target written with the Symbol font prints ≥.
"""

from __future__ import annotations

_SYMBOL = {
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **{0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xB0: "°", 0xB7: "•", 0xA5: "∞", 0xBB: "≈"},
    **{0xBA: "≡", 0xD7: "⋅", 0xD6: "√", 0xE5: "∑", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xDE: "⇒", 0x2D: "−"},
    **{0xA2: "′", 0xB2: "″", 0xBC: "…", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠"},
}
_WINGDINGS = {
    **dict(zip(range(0x80, 0x8B), "⓪①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    **dict(zip(range(0x8B, 0x96), "⓿❶❷❸❹❺❻❼❽❾❿", strict=True)),
    **{0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "❐", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆"},
    **{0x76: "❖", 0x77: "⬥", 0x9E: "·", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "☐", 0xAB: "★"},
    **{0xD8: "➢", 0xDC: "➲", 0xE0: "→", 0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓"},
    **{0xFD: "☒", 0xFE: "☑"},
}
_WINGDINGS_2 = {
    **dict(zip(range(0x6A, 0x75), "⓪①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    **{0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x56: "⮽", 0x97: "●", 0x98: "●", 0xA2: "■"},
    **{0xA3: "□", 0xA4: "□", 0xA6: "▫", 0x99: "◯"},
}
_WINGDINGS_3 = {0x70: "▲", 0x71: "▼", 0x72: "△", 0x73: "▽", 0x74: "◀", 0x75: "▶", 0x7D: "▶", 0x22: "↗", 0x24: "↘"}
_WEBDINGS = {0x61: "✓", 0x63: "□", 0x67: "■", 0x72: "✗", 0x6E: "●", 0x35: "▲", 0x36: "▼"}

_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}


def is_picture_font(font: str | None) -> bool:
    """Whether the letters of ``font`` are pictures."""
    return font is not None and font.lower() in _FONTS


def symbol(code: int, font: str | None) -> str | None:
    """The character that ``font`` draws for ``code``; None when that is not known.

    Codes of the private area U+F000 to U+F0FF stand for the same places of the font.
    """
    place = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    characters = _FONTS.get((font or "").lower())
    if characters is not None:
        return characters.get(place)
    return chr(code) if place == code and code >= 0x20 else None


def picture_text(text: str, font: str) -> str:
    """A text set in a picture font as it is seen. Letters without a known picture, digits and Chinese stay."""
    return "".join((symbol(ord(char), font) or char) if _in_font(char) else char for char in text)


def _in_font(char: str) -> bool:
    return 0x21 <= ord(char) <= 0xFF or 0xF000 <= ord(char) <= 0xF0FF
