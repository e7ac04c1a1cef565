"""Text on pages that looks the same everywhere: both fonts are embedded. Knows no table.

Chinese comes from a subset of Droid Sans Fallback (Apache License 2.0) beside this file, which holds the characters
that this folder writes and no other; digits and Latin letters from the Vera font that reportlab carries.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

HAN, LATIN = "HardHan", "HardLatin"


def register() -> None:
    """Makes both fonts known to reportlab."""
    if HAN not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(HAN, str(Path(__file__).parent / "han.ttf")))
        pdfmetrics.registerFont(TTFont(LATIN, str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")))


def face_of(character: str) -> str:
    """The font that has the character."""
    return LATIN if ord(character) < 0x2E80 else HAN


def width(text: str, size: float) -> float:
    """Points across."""
    return float(sum(pdfmetrics.stringWidth(character, face_of(character), size) for character in text))


def draw(canvas: Canvas, x: float, baseline: float, text: str, size: float) -> None:
    """Draws one line of text from ``x`` on."""
    for face, letters in groupby(text, face_of):
        piece = "".join(letters)
        canvas.setFont(face, size)
        canvas.drawString(x, baseline, piece)
        x += float(pdfmetrics.stringWidth(piece, face, size))


def wrap(text: str, size: float, room: float) -> list[str]:
    """Lines at most ``room`` points wide; numbers are never broken."""
    if width(text, size) <= room or all(face_of(character) == LATIN for character in text):
        return [text]
    lines = [""]
    for character in text:
        if width(lines[-1] + character, size) > room and lines[-1]:
            lines.append("")
        lines[-1] += character
    return lines
