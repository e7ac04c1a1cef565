"""The calls into pdfium that are made thousands of times a page.

Handles are plain integers and results land in buffers that are reused, because the cost of a call through ctypes is
mostly the cost of wrapping its arguments. Importing this module loads pdfium. pdfium is not safe in threads (two
threads at once give silently wrong text): call it from one thread of a process only.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable

from pypdfium2 import raw

Call = Callable[..., int]
Measure = Callable[..., float]

_INT = ctypes.c_int
_PTR = ctypes.c_void_p


def _bind(name: str, result: type | None, *arguments: type) -> Call:
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]


load_page = _bind("FPDF_LoadPage", _PTR, _PTR, _INT)
close_page = _bind("FPDF_ClosePage", None, _PTR)
page_rotation = _bind("FPDFPage_GetRotation", _INT, _PTR)
_page_box = _bind("FPDF_GetPageBoundingBox", _INT, _PTR, _PTR)
load_text = _bind("FPDFText_LoadPage", _PTR, _PTR)
close_text = _bind("FPDFText_ClosePage", None, _PTR)
count_chars = _bind("FPDFText_CountChars", _INT, _PTR)
get_text = _bind("FPDFText_GetText", _INT, _PTR, _INT, _INT, _PTR)
get_unicode = _bind("FPDFText_GetUnicode", ctypes.c_uint, _PTR, _INT)
char_box = _bind("FPDFText_GetLooseCharBox", _INT, _PTR, _INT, _PTR)
tight_box = _bind("FPDFText_GetCharBox", _INT, _PTR, _INT, _PTR, _PTR, _PTR, _PTR)
char_origin = _bind("FPDFText_GetCharOrigin", _INT, _PTR, _INT, _PTR, _PTR)
char_matrix = _bind("FPDFText_GetMatrix", _INT, _PTR, _INT, _PTR)
font_size = _bind("FPDFText_GetFontSize", ctypes.c_double, _PTR, _INT)
char_unmapped = _bind("FPDFText_HasUnicodeMapError", _INT, _PTR, _INT)
object_text = _bind("FPDFTextObj_GetText", ctypes.c_ulong, _PTR, _PTR, _PTR, ctypes.c_ulong)
char_object = _bind("FPDFText_GetTextObject", _PTR, _PTR, _INT)
count_objects = _bind("FPDFPage_CountObjects", _INT, _PTR)
get_object = _bind("FPDFPage_GetObject", _PTR, _PTR, _INT)
count_marks = _bind("FPDFPageObj_CountMarks", _INT, _PTR)
get_mark = _bind("FPDFPageObj_GetMark", _PTR, _PTR, ctypes.c_ulong)
mark_entry_type = _bind("FPDFPageObjMark_GetParamValueType", _INT, _PTR, _PTR)
count_nested = _bind("FPDFFormObj_CountObjects", _INT, _PTR)
get_nested = _bind("FPDFFormObj_GetObject", _PTR, _PTR, ctypes.c_ulong)
object_type = _bind("FPDFPageObj_GetType", _INT, _PTR)
object_matrix = _bind("FPDFPageObj_GetMatrix", _INT, _PTR, _PTR)
move_object = _bind("FPDFPageObj_Transform", None, _PTR, *[ctypes.c_double] * 6)
move_object = _bind("FPDFPageObj_Transform", None, _PTR, *[ctypes.c_double] * 6)
object_bounds = _bind("FPDFPageObj_GetBounds", _INT, _PTR, _PTR, _PTR, _PTR, _PTR)
text_render_mode = _bind("FPDFTextObj_GetTextRenderMode", _INT, _PTR)
fill_color = _bind("FPDFPageObj_GetFillColor", _INT, _PTR, _PTR, _PTR, _PTR, _PTR)
stroke_color = _bind("FPDFPageObj_GetStrokeColor", _INT, _PTR, _PTR, _PTR, _PTR, _PTR)
clip_path = _bind("FPDFPageObj_GetClipPath", _PTR, _PTR)
count_clips = _bind("FPDFClipPath_CountPaths", _INT, _PTR)
count_clip_segments = _bind("FPDFClipPath_CountPathSegments", _INT, _PTR, _INT)
get_clip_segment = _bind("FPDFClipPath_GetPathSegment", _PTR, _PTR, _INT, _INT)
draw_mode = _bind("FPDFPath_GetDrawMode", _INT, _PTR, _PTR, _PTR)
rendered_picture = _bind("FPDFImageObj_GetRenderedBitmap", _PTR, _PTR, _PTR, _PTR)
bitmap_stride = _bind("FPDFBitmap_GetStride", _INT, _PTR)
bitmap_height = _bind("FPDFBitmap_GetHeight", _INT, _PTR)
bitmap_buffer = _bind("FPDFBitmap_GetBuffer", _PTR, _PTR)
destroy_bitmap = _bind("FPDFBitmap_Destroy", None, _PTR)
count_segments = _bind("FPDFPath_CountSegments", _INT, _PTR)
get_segment = _bind("FPDFPath_GetPathSegment", _PTR, _PTR, _INT)
segment_point = _bind("FPDFPathSegment_GetPoint", _INT, _PTR, _PTR, _PTR)
segment_type = _bind("FPDFPathSegment_GetType", _INT, _PTR)

TEXT, PATH, IMAGE, FORM = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
MOVE_TO, LINE_TO = raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_LINETO
SHADING = raw.FPDF_PAGEOBJ_SHADING
FILLED = raw.FPDF_TEXTRENDERMODE_FILL
PAINTED_WITH: dict[int, tuple[Call, ...]] = {  # render mode of a text -> the colours that show; no others are painted
    FILLED: (fill_color,),
    raw.FPDF_TEXTRENDERMODE_FILL_CLIP: (fill_color,),
    raw.FPDF_TEXTRENDERMODE_STROKE: (stroke_color,),
    raw.FPDF_TEXTRENDERMODE_STROKE_CLIP: (stroke_color,),
    raw.FPDF_TEXTRENDERMODE_FILL_STROKE: (fill_color, stroke_color),
    raw.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP: (fill_color, stroke_color),
}


def page_bounds(page: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of what is shown of a page, in its own space."""
    box = raw.FS_RECTF()
    _page_box(page, ctypes.addressof(box))
    return box.left, box.bottom, box.right, box.top
