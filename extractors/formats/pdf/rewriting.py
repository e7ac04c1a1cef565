"""A PDF written anew without what a reader does not see, before pdfium reads it.

pdfium gives the text of layers that are switched off, and, where a file states another text for what it draws
(ActualText), only the stated one; it tells neither the state of a layer nor the drawn text. Few files have either.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Object, Operator, Pdf

from extractors.formats.pdf.layers import Layers

Instruction = tuple[list[Any], Operator]  # operands, operator
Rewrite = Callable[[Any, Object], list[Instruction] | None]  # of a page or form with its resources; None: as it was

DRAWS = frozenset({"Tj", "TJ", "Do", "sh", "INLINE IMAGE"})
PATHS = frozenset({"f", "F", "f*", "S", "s", "B", "B*", "b", "b*"})
NEXT_LINE = frozenset({"'", '"'})
BEGINS = frozenset({"BMC", "BDC"})


class NotRewritten(Exception):
    """The file is too broken to be written anew."""


def without_hidden_layers(data: bytes, password: str | None) -> bytes:
    """The file without the content of layers that are off; the same bytes when it has none.

    Raises:
        NotRewritten: what is off cannot be told.
    """
    with _opened(data, password) as pdf:
        layers = Layers.of(pdf)

        def rewrite(content: Any, resources: Object) -> list[Instruction] | None:
            hidden = frozenset(name for name, entry in _entries(resources, Name.Properties) if layers.hides(entry))
            return _without(_parsed(content), hidden) if hidden else None

        return _written(pdf) if _Rewriter(pdf, rewrite, layers).run() else data


def with_drawn_text(data: bytes, password: str | None) -> bytes:
    """The file without stated texts, but for those over glyphs that do not say themselves what they mean.

    Raises:
        NotRewritten: it cannot be told what is stated.
    """
    with _opened(data, password) as pdf:
        _Rewriter(pdf, lambda content, resources: _without_stated(_parsed(content), resources), Layers.none()).run()
        return _written(pdf)


def _opened(data: bytes, password: str | None) -> Pdf:
    try:
        return Pdf.open(io.BytesIO(data), password=password or "")
    except (pikepdf.PdfError, ValueError) as error:
        raise NotRewritten from error


def _written(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    try:
        pdf.save(out, encryption=False, compress_streams=False)
    except (pikepdf.PdfError, ValueError) as error:
        raise NotRewritten from error
    return out.getvalue()


@dataclass(slots=True)
class _Rewriter:
    """Goes over the content of all pages and of the forms that they draw, each form once."""

    pdf: Pdf
    rewrite: Rewrite
    layers: Layers
    changed: bool = False
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def run(self) -> bool:
        """Whether anything was written anew."""
        try:
            for page in self.pdf.pages:
                resources = page.obj.get(Name.Resources) or page.resources
                content = self.rewrite(page, resources)
                if content is not None:
                    page.obj.Contents = self.pdf.make_stream(pikepdf.unparse_content_stream(content))
                    self.changed = True
                self._forms(resources)
        except (pikepdf.PdfError, ValueError, TypeError, RecursionError) as error:
            raise NotRewritten from error
        return self.changed

    def _forms(self, resources: Object) -> None:
        for _, form in _entries(resources, Name.XObject):
            if form.get(Name.Subtype) != Name.Form or form.objgen in self._seen:
                continue
            self._seen.add(form.objgen)
            own = form.get(Name.Resources, resources)
            content = [] if self.layers.hides(form.get(Name.OC)) else self.rewrite(form, own)
            if content is not None:
                form.write(pikepdf.unparse_content_stream(content))
                self.changed = True
            self._forms(own)


def _parsed(content: Any) -> list[Instruction]:
    return [(list(one.operands), one.operator) for one in pikepdf.parse_content_stream(content)]


def _entries(resources: Object, kind: Name) -> list[tuple[str, Object]]:
    entries = resources.get(kind)
    return list(entries.items()) if isinstance(entries, Dictionary) else []


def _without(content: list[Instruction], hidden: frozenset[str]) -> list[Instruction]:
    """The content without what it draws between marks of hidden layers; what else it changes there stays changed."""
    kept: list[Instruction] = []
    marks: list[bool] = []  # of the marks that are open, which hide
    for operands, operator in content:
        name = str(operator)
        if name in BEGINS:
            marks.append(len(operands) > 1 and operands[0] == Name.OC and str(operands[1]) in hidden)
        elif name == "EMC" and marks:
            marks.pop()
        if any(marks):
            kept.extend(_undrawn(operands, operator, name))
        else:
            kept.append((operands, operator))
    return kept


def _undrawn(operands: list[Any], operator: Operator, name: str) -> Iterator[Instruction]:
    """An instruction that leaves no ink."""
    if name in PATHS:
        yield [], Operator("n")
    elif name in NEXT_LINE:
        yield [], Operator("T*")
    elif name not in DRAWS:
        yield operands, operator


def _without_stated(content: list[Instruction], resources: Object) -> list[Instruction]:
    """The content without ActualText over glyphs of fonts that say what these mean."""
    fonts = {name for name, font in _entries(resources, Name.Font) if _says_what_it_means(font)}
    kept = list(content)
    opened: list[int | None] = []  # where the open marks begin that state a text
    font = ""
    for place, (operands, operator) in enumerate(content):
        match str(operator):
            case "Tf":
                font = str(operands[0])
            case "BDC" | "BMC":
                opened.append(place if _states(operands, resources) else None)
            case "EMC" if opened:
                opened.pop()
            case "Tj" | "TJ" | "'" | '"' if font in fonts:
                for mark in (mark for mark in opened if mark is not None):
                    kept[mark] = [content[mark][0][0]], Operator("BMC")
    return kept


def _states(operands: list[Any], resources: Object) -> bool:
    properties = operands[1] if len(operands) > 1 else None
    if isinstance(properties, Name):
        properties = dict(_entries(resources, Name.Properties)).get(str(properties))
    return isinstance(properties, Dictionary) and Name.ActualText in properties


def _says_what_it_means(font: Object) -> bool:
    """Whether the characters of a font can be told without a stated text: it has a map, or names that all know."""
    if Name.ToUnicode in font:
        return True
    kind = font.get(Name.Subtype)
    if kind == Name.Type3:
        return False
    if kind != Name.Type0:
        return True
    descendants: Iterable[Object] = font.get(Name.DescendantFonts, [])
    orders = (one.get(Name.CIDSystemInfo, Dictionary()).get(Name.Ordering) for one in descendants)
    return any(str(order) not in ("Identity", "None") for order in orders)
