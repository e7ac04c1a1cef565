"""Serial day numbers as dates and times. 60 is the 29 February 1900, which never was: the first spreadsheets had it."""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal

from extractors.sheets.codes import Piece, Section

_LAST_DAY = 2_958_465  # 31 December 9999
_DAY = 86_400
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CHINESE_DAYS = "一二三四五六日"


def is_date(section: Section) -> bool:
    """Whether a section shows its value as a date, a time, or a span of time."""
    return section.has("date", "elapsed", "meridian") and not section.has("general")


def dated(serial: Decimal, section: Section, since_1904: bool) -> str | None:
    """The date or time; None when the number is no date that a sheet can show."""
    if not 0 <= serial <= _LAST_DAY:
        return None
    seconds = int((serial * _DAY).to_integral_value(ROUND_HALF_UP))
    days, second = divmod(seconds, _DAY)
    date = _date(days, since_1904)
    pieces = section.pieces
    return "".join(
        _shown(piece, pieces, at, date, seconds if piece.kind == "elapsed" else second)
        for at, piece in enumerate(pieces)
    ).strip()


def _date(days: int, since_1904: bool) -> tuple[int, int, int, int]:
    """Year, month, day, and day of the week from 0 for Monday."""
    if since_1904:
        found = datetime.date(1904, 1, 1) + datetime.timedelta(days)
    elif days == 60:
        return 1900, 2, 29, 2
    elif days < 60:
        found = datetime.date(1899, 12, 31) + datetime.timedelta(days)
    else:
        found = datetime.date(1899, 12, 30) + datetime.timedelta(days)
    return found.year, found.month, found.day, found.weekday()


def _shown(piece: Piece, pieces: tuple[Piece, ...], at: int, date: tuple[int, int, int, int], second: int) -> str:
    text = piece.text.lower()
    if piece.kind == "elapsed":
        return str(second // {"h": 3600, "m": 60, "s": 1}[text[0]]).zfill(len(text))
    if piece.kind == "meridian":
        morning, afternoon = piece.text.split("/")
        return morning if second < _DAY // 2 else afternoon
    if piece.kind != "date":
        return piece.text if piece.kind in ("literal", "slash", "point", "comma") else ""
    if text[0] == "m" and _is_minute(pieces, at):
        return str(second // 60 % 60).zfill(min(len(text), 2))
    if text[0] in "hs":
        return _clock(text, any(one.kind == "meridian" for one in pieces), second)
    return _calendar(text, date)


def _is_minute(pieces: tuple[Piece, ...], at: int) -> bool:
    """``m`` is a minute right after hours and right before seconds, else a month."""
    before = next((one for one in reversed(pieces[:at]) if one.kind in ("date", "elapsed")), None)
    after = next((one for one in pieces[at + 1 :] if one.kind in ("date", "elapsed")), None)
    return (before is not None and before.text[0] in "hH") or (after is not None and after.text[0] in "sS")


def _clock(text: str, halved: bool, second: int) -> str:
    if text[0] == "s":
        return str(second % 60).zfill(min(len(text), 2))
    hour = second // 3600
    return str((hour + 11) % 12 + 1 if halved else hour).zfill(min(len(text), 2))


def _calendar(text: str, date: tuple[int, int, int, int]) -> str:
    year, month, day, weekday = date
    match text[0]:
        case "y" | "e" | "b":
            return f"{year:04}" if len(text) > 2 or text[0] == "e" else f"{year % 100:02}"
        case "m" if len(text) > 2:
            name = _MONTHS[month - 1]
            return {3: name[:3], 4: name}.get(len(text), name[0])
        case "m":
            return str(month).zfill(len(text))
        case "a":
            return ("星期" if len(text) == 4 else "") + _CHINESE_DAYS[weekday]
        case _ if len(text) > 2:
            return _DAYS[weekday][:3] if len(text) == 3 else _DAYS[weekday]
        case _:
            return str(day).zfill(len(text))
