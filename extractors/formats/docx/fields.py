"""Fields in a paragraph: their code is dropped, their result is kept, a link among them is remembered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.model import Link

_WEB_LINK = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"')


@dataclass(slots=True)
class _Field:
    """A field between its begin and its end; before ``separate`` comes its code, after it what is printed."""

    start: int
    drawn: str
    shown: bool = False
    code: list[str] = field(default_factory=list)


class Fields:
    """The open fields of one paragraph, over the texts read so far (``out``), which it cuts.

    A field that is still open where the paragraph ends keeps what was read: dropping it could lose the document.
    """

    def __init__(self, out: list[str]) -> None:
        self._out = out
        self._open: list[_Field] = []

    def begin(self, drawn: str) -> None:
        """Opens a field. ``drawn`` is what it prints without a result: the check box of a form."""
        self._open.append(_Field(len(self._out), drawn))

    def code(self, text: str) -> None:
        """Takes a piece of field code."""
        if self._open:
            self._open[-1].code.append(text)

    def separate(self) -> None:
        """Ends the code: whatever was read of it prints nothing."""
        if self._open:
            self._open[-1].shown = True
            del self._out[self._open[-1].start :]

    def end(self) -> list[Link]:
        """Closes the last field; the link that it was, if it was one."""
        if not self._open:
            return []
        ended = self._open.pop()
        if not ended.shown:
            self._out[ended.start :] = [ended.drawn] if ended.drawn else []
        link = _WEB_LINK.match("".join(ended.code))
        return [Link("".join(self._out[ended.start :]), link[1])] if link else []
