"""Text that lies, and what is printed over tables: the same words as a plain page shows, drawn in other ways."""

from __future__ import annotations

import math
from random import Random

from reportlab.lib.colors import Color, black, red, white
from reportlab.pdfgen.canvas import Canvas

from bench.hardpages import ink
from bench.hardpages.styles import SPACED, Style

Box = tuple[float, float, float, float]  # left, bottom, right, top
UNSEEN = 3  # text render mode
WATERMARK = "仅供内部使用"
SEAL = "财政预算管理专用"


class Pen:
    """Writes the texts of one table in the way of its style. ``box`` is around the table."""

    def __init__(self, canvas: Canvas, style: Style, box: Box) -> None:
        self.canvas, self.style, self.box = canvas, style, box
        self.rng = Random(f"{style.name} {box}")
        self.by_letter = (self.rng.random() < 0.3 and style is Style.SHUFFLED) or style is Style.LETTERS
        self.with_spaces = self.rng.random() < 0.5
        self.waiting: list[tuple[float, float, str, float]] = []
        self.written: list[tuple[float, float, float]] = []
        if style is Style.WATERMARK and self.rng.random() < 0.5:
            self._watermark()

    def width(self, text: str, size: float) -> float:
        """How wide a text will be."""
        wide = ink.width(text, size)
        return wide + (len(text) - 1) * self._step(text, size)

    def _step(self, text: str, size: float) -> float:
        """What is added after each character of a number."""
        spaced = self.style in SPACED and any(letter.isdigit() for letter in text)
        return 0.0 if not spaced else ink.width(" ", size) if self.with_spaces else 0.22 * size

    def write(self, x: float, baseline: float, text: str, size: float) -> None:
        """One line of text."""
        if step := self._step(text, size):
            self._spaced(x, baseline, text, size, step)
        elif self.style in (Style.SHUFFLED, Style.HIDDEN, Style.LETTERS):
            self._later(x, baseline, text, size)
        else:
            ink.draw(self.canvas, x, baseline, text, size)
        if self.style is Style.BOLD:
            self._again(x, baseline, text, size)
        self.written.append((x, baseline, size))

    def upwards(self, x: float, bottom: float, text: str, size: float) -> None:
        """A text turned a quarter, read from below."""
        self.canvas.saveState()
        self.canvas.translate(x, bottom)
        self.canvas.rotate(90)
        ink.draw(self.canvas, 0, 0, text, size)
        self.canvas.restoreState()

    def done(self) -> None:
        """What is drawn when all texts of the table were written."""
        if self.style is Style.HIDDEN:
            self._hidden()
        self.rng.shuffle(self.waiting)
        for x, baseline, text, size in self.waiting:
            ink.draw(self.canvas, x, baseline, text, size)
        match self.style:
            case Style.WATERMARK if not self._has_watermark:
                self._watermark()
            case Style.SEAL:
                self._seal()
            case Style.ORNATE:
                self._ornate()

    def _spaced(self, x: float, baseline: float, text: str, size: float, step: float) -> None:
        if self.with_spaces:
            ink.draw(self.canvas, x, baseline, " ".join(text), size)
            return
        for letter in text:
            ink.draw(self.canvas, x, baseline, letter, size)
            x += ink.width(letter, size) + step

    def _later(self, x: float, baseline: float, text: str, size: float) -> None:
        for piece in text if self.by_letter else [text]:
            self.waiting.append((x, baseline, piece, size))
            x += ink.width(piece, size)

    def _again(self, x: float, baseline: float, text: str, size: float) -> None:
        """Over itself, a little to the right: how a sheet without a bold face is printed bold."""
        for _ in range(self.rng.choice((1, 1, 3))):
            x += self.rng.uniform(0.15, 0.4)
            ink.draw(self.canvas, x, baseline, text, size)

    _has_watermark = False

    def _watermark(self) -> None:
        """A slanted line in pale grey over the middle of the table, or under its texts."""
        self._has_watermark = True
        left, bottom, right, top = self.box
        self.canvas.saveState()
        self.canvas.setFillColor(Color(0.82, 0.82, 0.82))
        self.canvas.translate((left + right) / 2, (bottom + top) / 2)
        self.canvas.rotate(self.rng.choice((30, 45, -35)))
        size = self.rng.uniform(30, 46)
        ink.draw(self.canvas, -ink.width(WATERMARK, size) / 2, -size / 3, WATERMARK, size)
        self.canvas.restoreState()

    def _seal(self) -> None:
        """A red ring with a star, words around it and, often, words across its lower half."""
        left, bottom, right, top = self.box
        radius = 52
        x, y = self.rng.uniform(left + 60, right - 60), (bottom + top) / 2 + self.rng.uniform(-20, 20)
        self.canvas.saveState()
        self.canvas.setStrokeColor(red)
        self.canvas.setFillColor(red)
        self.canvas.setLineWidth(2)
        self.canvas.translate(x, y)
        self.canvas.circle(0, 0, radius)
        self._star(14)
        for place, letter in enumerate(SEAL):
            angle = 150 - 300 * place / (len(SEAL) - 1) - 0.5
            self.canvas.saveState()
            self.canvas.rotate(angle)
            ink.draw(self.canvas, -6, radius - 16, letter, 12)
            self.canvas.restoreState()
        if self.rng.random() < 0.7:
            ink.draw(self.canvas, -ink.width("专用", 11) / 2, -34, "专用", 11)
        self.canvas.restoreState()
        self.canvas.setFillColor(black)

    def _star(self, size: float) -> None:
        star = self.canvas.beginPath()
        for point in range(5):
            angle = math.radians(90 + 144 * point)
            (star.lineTo if point else star.moveTo)(size * math.cos(angle), size * math.sin(angle))
        star.close()
        self.canvas.drawPath(star, stroke=0, fill=1)

    def _hidden(self) -> None:
        """An older amount in white or unseen below some cells' texts, and amounts off the page."""
        for x, baseline, size in self.rng.sample(self.written, len(self.written) // 5):
            amount = f"{self.rng.random() * 9999:,.2f}"
            kind = self.rng.random()
            if kind < 0.4:
                self.canvas.setFillColor(white)
                ink.draw(self.canvas, x, baseline, amount, size)
                self.canvas.setFillColor(black)
            elif kind < 0.8:
                words = self.canvas.beginText(x, baseline)
                words.setTextRenderMode(UNSEEN)
                words.setFont(ink.LATIN, size)
                words.textOut(amount)
                words.setTextRenderMode(0)
                self.canvas.drawText(words)
            else:
                ink.draw(self.canvas, -200, baseline, amount, size)

    def _ornate(self) -> None:
        """A thick and a thin frame around the table, with corners."""
        left, bottom, right, top = self.box
        for away, thick in ((self.rng.uniform(6, 8), 1.8), (self.rng.uniform(3.5, 4.5), 0.4)):
            self.canvas.setLineWidth(thick)
            self.canvas.rect(left - away, bottom - away, right - left + 2 * away, top - bottom + 2 * away)
        for x in (left - 9, right + 5):
            for y in (bottom - 9, top + 5):
                self.canvas.rect(x, y, 4, 4, stroke=0, fill=1)
