"""The engine on rapidocr: PP-OCR models that lie inside its package, run by onnxruntime in one thread, offline."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata
from itertools import pairwise
from typing import Any

import cv2
import numpy as np

from extractors.ocr.engine import Area, Words
from extractors.ocr.memory import room
from extractors.ocr.pixels import Grey

LONGEST = 1600  # pixels: finding lines costs by the pixel, and needs no more than twelve for the height of a digit
ROOM = 1_400_000_000  # bytes of addresses: with less onnxruntime ends the process without a word
BATCH = 6  # lines read together
BLANK = 0  # the class of the network that stands for no character


class RapidEngine:
    """Loaded by the first page that needs it: its networks take 0.1 s and 100 MB, and most documents need none."""

    name = "rapidocr"

    def __init__(self) -> None:
        self._loaded: _Networks | None = None

    @property
    def version(self) -> str:
        """The version of the package, which holds the models."""
        return metadata.version(self.name)

    def has_room(self) -> bool:
        """Whether the limit of this process leaves room for what it has loaded, else for all that there is to load."""
        return self._loaded is not None or room() >= ROOM

    def find(self, picture: Grey) -> list[Area]:
        """Where lines of print stand, from a smaller copy of the picture."""
        scale = min(1.0, LONGEST / max(picture.shape))
        small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture
        quads = self._networks.find(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR)).boxes
        if quads is None:
            return []
        corners = np.asarray(quads) / scale
        lows, highs = corners.min(axis=1), corners.max(axis=1)
        return [
            (int(low[0]), int(low[1]), int(high[0]) + 1, int(high[1]) + 1)
            for low, high in zip(lows, highs, strict=True)
        ]

    def read(self, pictures: Sequence[Grey]) -> list[Words]:
        """What each picture of one line says."""
        if not pictures:
            return []
        lines = [cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR) for picture in pictures]
        decoded = self._networks.read(lines)
        return [
            Words(text, tuple(place * picture.shape[0] for place in places), confidences)
            for picture, (text, places, confidences) in zip(pictures, decoded, strict=True)
        ]

    @property
    def _networks(self) -> _Networks:
        if self._loaded is None:
            self._loaded = _Networks()
        return self._loaded


Decoded = tuple[str, tuple[float, ...], tuple[float, ...]]  # text, centres in heights of the line, confidences


class _Networks:
    """The two networks, as rapidocr's parts: its front door gives places of words only roughly."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR  # noqa: PLC0415 (half a second, and only where a picture is read)
        from rapidocr.ch_ppocr_rec import TextRecInput  # noqa: PLC0415

        threads = "EngineConfig.onnxruntime"
        whole: Any = RapidOCR(
            params={
                f"{threads}.intra_op_num_threads": 1,
                f"{threads}.inter_op_num_threads": 1,
                "Global.log_level": "critical",
                "Rec.rec_batch_num": BATCH,
            }
        )
        self.find = whole._load_det_model()
        self._reader = whole._load_rec_model()
        self._input = TextRecInput
        self._reader.postprocess_op = _Decoder(self._reader.postprocess_op.character)

    def read(self, lines: list[Any]) -> list[Decoded]:
        """The decoded lines."""
        decoded: list[Decoded] = list(self._reader(self._input(img=lines, return_word_box=True)).word_results)
        return decoded


class _Decoder:
    """What the network says of each column of a line -> characters with their places. Put in place of rapidocr's."""

    def __init__(self, characters: Sequence[str]) -> None:
        self.character = characters

    def __call__(
        self, scores: Any, _boxes: bool, wh_ratio_list: Sequence[float], max_wh_ratio: float
    ) -> tuple[list[tuple[str, float]], list[Decoded]]:
        """For each line of a batch its text and mean, then the same with places."""
        del wh_ratio_list
        decoded = [self._line(line, max_wh_ratio / len(line)) for line in scores]
        return [(text, 0.0) for text, _, _ in decoded], decoded

    def _line(self, scores: Any, width: float) -> Decoded:
        """One line; ``width`` is that of a column, in heights of the line."""
        best, sure = scores.argmax(axis=1), scores.max(axis=1)
        edges = np.flatnonzero(np.diff(best, prepend=-1, append=-1))
        text, centres, confidences = [], [], []
        for start, stop in pairwise(edges):
            if best[start] != BLANK:
                text.append(self.character[best[start]])
                centres.append(float(start + stop) / 2 * width)
                confidences.append(round(float(sure[start:stop].max()), 4))
        return "".join(text), tuple(centres), tuple(confidences)
