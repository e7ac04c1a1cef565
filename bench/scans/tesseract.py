"""Tesseract behind the contract of an engine, to stand beside ours: the same rules, cuts, grids and checks.

apt-get install --no-install-recommends tesseract-ocr-chi-sim; pip install tesserocr
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator, Sequence
from typing import Any

from PIL import Image, ImageOps

from extractors.ocr.engine import Area, Words
from extractors.ocr.pixels import Grey

DATA = "/usr/share/tesseract-ocr/5/tessdata/"  # where Debian puts its models
TALL, PAPER = 32, 6  # pixels: the height of a line and the white around it with which it read most amounts


class Tesseract:
    """Loaded when it is made, with simplified Chinese, in one thread."""

    name = "tesseract"

    def __init__(self) -> None:
        os.environ["OMP_THREAD_LIMIT"] = "1"
        self._module: Any = importlib.import_module("tesserocr")
        modes = self._module.PSM
        self._finder, self._reader = (
            self._module.PyTessBaseAPI(path=DATA, lang="chi_sim", psm=mode)
            for mode in (modes.SPARSE_TEXT, modes.SINGLE_LINE)
        )

    @property
    def version(self) -> str:
        """Its version."""
        return str(self._module.tesseract_version()).split()[1]

    def has_room(self) -> bool:
        """Always: its models are small."""
        return True

    def find(self, picture: Grey) -> list[Area]:
        """The lines of its own layout."""
        self._finder.SetImage(Image.fromarray(picture))
        found = self._finder.GetComponentImages(self._module.RIL.TEXTLINE, True)
        boxes = [box for _, box, _, _ in found]
        return [(box["x"], box["y"], box["x"] + box["w"], box["y"] + box["h"]) for box in boxes]

    def read(self, pictures: Sequence[Grey]) -> list[Words]:
        """Each line, made as high as it likes them."""
        return [self._line(picture) for picture in pictures]

    def _line(self, picture: Grey) -> Words:
        scale = max(1.0, TALL / picture.shape[0])
        size = round(picture.shape[1] * scale), round(picture.shape[0] * scale)
        line = Image.fromarray(picture).resize(size, Image.Resampling.BICUBIC)
        self._reader.SetImage(ImageOps.expand(line, PAPER, 255))
        self._reader.Recognize()
        symbols = list(self._symbols(scale))
        return Words(
            "".join(text for text, _, _ in symbols),
            tuple(centre for _, centre, _ in symbols),
            tuple(sure for _, _, sure in symbols),
        )

    def _symbols(self, scale: float) -> Iterator[tuple[str, float, float]]:
        """Each sign with its centre and how sure it is."""
        level = self._module.RIL.SYMBOL
        for symbol in self._module.iterate_level(self._reader.GetIterator(), level):
            try:
                text, box = symbol.GetUTF8Text(level), symbol.BoundingBox(level)
            except RuntimeError:  # a line without any sign
                return
            if box is not None:
                yield text[:1], ((box[0] + box[2]) / 2 - PAPER) / scale, symbol.Confidence(level) / 100
