"""Elements that are not printed: how deep the parser is in one, and what it would print if it were not hidden."""

from __future__ import annotations

from extractors.formats.html.elements import UNPRINTED


class Unprinted:
    """Follows the parser through an element that is not printed. False outside of any."""

    def __init__(self) -> None:
        self._depth = 0
        self._muted = 0  # the depth at which something begins that never prints
        self._texts: list[str] = []

    def __bool__(self) -> bool:
        return self._depth > 0

    def start(self, tag: str, *, never_printed: bool = False) -> None:
        """An element begins that is not printed, or one within it; its text counts as hidden unless it never prints."""
        self._depth += 1
        if (never_printed or tag in UNPRINTED) and not self._muted:
            self._muted = self._depth

    def data(self, text: str) -> None:
        """Text of it."""
        if not self._muted:
            self._texts.append(text)

    def end(self) -> str:
        """An element ends. What was hidden, once the outermost ends; empty until then, and when it was blank."""
        self._depth -= 1
        if self._muted > self._depth:
            self._muted = 0
        if self._depth:
            return ""
        text = "".join(self._texts).strip()
        self._texts.clear()
        return text
