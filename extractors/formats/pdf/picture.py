"""One page of a PDF drawn as a picture, for pages whose text layer says nothing."""

from __future__ import annotations

import ctypes

import numpy as np
from pypdfium2 import raw

from extractors.layout.frame import Frame
from extractors.ocr.pixels import Colour
from extractors.ocr.size import points_per_pixel

WHITE = 0xFFFFFFFF


def drawn(document: int, number: int, frame: Frame, longest: float | None = None) -> tuple[Colour, float] | None:
    """Page ``number`` as displayed and the size of a pixel in points; None when pdfium cannot draw it.

    It is as large as pages are read, or has ``longest`` pixels on its longer side.
    """
    size = frame.width, frame.height
    scale = points_per_pixel(*size) if longest is None else max(size) / longest
    width, height = max(1, round(frame.width / scale)), max(1, round(frame.height / scale))
    page = raw.FPDF_LoadPage(ctypes.cast(document, raw.FPDF_DOCUMENT), number - 1)
    bitmap = raw.FPDFBitmap_Create(width, height, 0) if page else None
    try:
        if not bitmap:
            return None
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_REVERSE_BYTE_ORDER)
        size = raw.FPDFBitmap_GetStride(bitmap) * height
        buffer = ctypes.cast(raw.FPDFBitmap_GetBuffer(bitmap), ctypes.POINTER(ctypes.c_ubyte * size)).contents
        pixels = np.frombuffer(buffer, np.uint8).reshape(height, -1)[:, : 4 * width].reshape(height, width, 4)
        return np.ascontiguousarray(pixels[:, :, :3]), scale
    finally:
        if bitmap:
            raw.FPDFBitmap_Destroy(bitmap)
        if page:
            raw.FPDF_ClosePage(page)
