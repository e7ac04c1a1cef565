"""Administrative regions by name and by code, with what lies below what. Knows GB/T 2260 codes, no document."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources

# Files of ``schemas/codes/region`` and the zeros that fill their codes up to six digits.
_FILES = {"provinces.csv": "0000", "cities.csv": "00", "areas.csv": ""}
# Groupings of the code list that are no place that anything is named after.
_GROUPS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


class Places:
    """The regions of one state of the list. Codes have six digits; a province ends in 0000, a city in 00."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = {code: name for code, name in names.items() if name not in _GROUPS}
        self._by_start: dict[str, list[str]] = {}
        for code, name in sorted(self._names.items()):
            self._by_start.setdefault(name[:2], []).append(code)

    def __contains__(self, code: str) -> bool:
        return code in self._names

    def name(self, code: str) -> str:
        """The name of one region, without those above it."""
        return self._names[code]

    def full_name(self, code: str) -> str:
        """The name with those above it: 湖北省武汉市青山区."""
        return "".join(self._names[above] for above in (*reversed(self.ancestors(code)), code))

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The regions above, the nearest first; a district of a municipality has only its province."""
        above = (f"{code[:4]}00", f"{code[:2]}0000")
        return tuple(parent for parent in above if parent != code and parent in self._names)

    def starting(self, text: str, parent: str | None) -> Iterator[str]:
        """The regions below ``parent`` (anywhere when None) whose name the text begins with."""
        for code in self._by_start.get(text[:2], ()):
            if text.startswith(self._names[code]) and (parent is None or parent in self.ancestors(code)):
                yield code


@lru_cache(maxsize=1)
def places() -> Places:
    """The places of the list that comes with the package (state of 2023), read once."""
    names: dict[str, str] = {}
    for file, zeros in _FILES.items():
        text = resources.files("schemas").joinpath("codes", "region", file).read_text("utf-8")
        names.update({row["code"] + zeros: row["name"] for row in csv.DictReader(text.splitlines())})
    return Places(names)
