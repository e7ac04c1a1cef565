"""Names of levels printed before the name of the indicator, in one cell: 产出指标数量指标培训次数."""

from __future__ import annotations

import functools
import re

from schemas.forms.vocabulary import vocabulary

_BETWEEN = r"[\s\-—–/、:：>|]*"


def split_levels(text: str) -> tuple[str | None, str | None, str | None]:
    """First level, second level and indicator of a text that begins with the names of both levels.

    Anything else is the name of an indicator as it stands: 成本指标控制率 names one level and is left alone.
    """
    match = _pattern().fullmatch(text)
    return (None, None, text) if match is None else (match["level1"], match["level2"], match["rest"] or None)


@functools.cache
def _pattern() -> re.Pattern[str]:
    known = vocabulary()
    first, second = ("|".join(map(re.escape, names)) for names in (known.level1, known.level2))
    return re.compile(rf"(?P<level1>{first}){_BETWEEN}(?P<level2>{second}){_BETWEEN}(?P<rest>.*)", re.DOTALL)
