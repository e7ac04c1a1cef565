"""Which layers of a PDF (optional content) are off when it is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf

MOST_NESTED = 20  # expressions in an expression
_POLICIES: dict[str, tuple[Callable[[Iterable[object]], bool], bool]] = {  # any or all of the layers, on or off
    "/AllOn": (all, True),
    "/AnyOff": (any, False),
    "/AllOff": (all, False),
}
_Key = tuple[int, int]  # number and generation of an object


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers of a file that are off, by their objects."""

    off: frozenset[_Key]

    @classmethod
    def none(cls) -> Layers:
        """No layer is off."""
        return cls(frozenset())

    @classmethod
    def of(cls, pdf: Pdf) -> Layers:
        """What a viewer shows at first: the default configuration, and what layers say of themselves for viewing."""
        properties = pdf.Root.get(Name.OCProperties, Dictionary())
        default = properties.get(Name.D, Dictionary())
        every = {layer.objgen for layer in _items(properties.get(Name.OCGs))}
        listed = {state: {layer.objgen for layer in _items(default.get(state))} for state in (Name.ON, Name.OFF)}
        off = every - listed[Name.ON] if default.get(Name.BaseState) == Name.OFF else set[_Key]()
        off |= listed[Name.OFF]
        for layer, is_on in _for_viewing(default):
            (off.discard if is_on else off.add)(layer.objgen)
        return cls(frozenset(off))

    def hides(self, entry: Object | None, depth: int = 0) -> bool:
        """Whether what belongs to an entry (a layer, or a rule over several) is not shown."""
        if not isinstance(entry, Dictionary) or depth > MOST_NESTED:
            return False
        if entry.get(Name.Type) != Name.OCMD:
            return entry.objgen in self.off
        if Name.VE in entry:
            return not self._holds(entry[Name.VE], depth)
        shown = [not self.hides(layer, depth + 1) for layer in _items(entry.get(Name.OCGs))]
        test, wanted = _POLICIES.get(str(entry.get(Name.P)), (any, True))
        return bool(shown) and not test(is_shown is wanted for is_shown in shown)

    def _holds(self, expression: Object, depth: int) -> bool:
        """Whether an expression of layers (And, Or, Not) holds; a layer holds when it is shown."""
        if not isinstance(expression, Array) or depth > MOST_NESTED:
            return not self.hides(expression, depth + 1)
        operator, *parts = list(expression)
        held = [self._holds(part, depth + 1) for part in parts]
        if operator == Name.Not:
            return not all(held)
        return any(held) if operator == Name.Or else all(held)


def _items(entry: Object | None) -> list[Object]:
    """The dictionaries of an array, or the one that stands for it."""
    if isinstance(entry, Array):
        return [item for item in list(entry) if isinstance(item, Dictionary)]
    return [entry] if isinstance(entry, Dictionary) else []


def _for_viewing(default: Object) -> Iterator[tuple[Object, bool]]:
    """The layers that a viewer switches by what they are for, and whether they are on."""
    for rule in _items(default.get(Name.AS)):
        if rule.get(Name.Event) == Name.View:
            for layer in _items(rule.get(Name.OCGs)):
                state = layer.get(Name.Usage, Dictionary()).get(Name.View, Dictionary()).get(Name.ViewState)
                if state is not None:
                    yield layer, state != Name.OFF
