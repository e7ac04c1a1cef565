"""Formats that another program turns into one that is read. It is handed in, for it is no function of bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.errors import ConverterMissing
from extractors.model import Notice
from extractors.options import Options
from extractors.package import Package

_APPLICATION = re.compile(r"(?P<name>[A-Za-z]+)/(?P<version>[\d.]+)")


@dataclass(frozen=True, slots=True)
class StandIn:
    """A file that prints what another one prints: ``data`` in a format that is read, taken out of the other one, or
    made of it by ``converter``.
    """

    data: bytes
    converter: str | None = None


def converted(data: bytes, suffix: str, options: Options) -> StandIn:
    """The DOCX that the converter makes of a text document. ``suffix`` tells it what the bytes are.

    Raises:
        ConverterMissing: there is no converter. Unreadable: it cannot read the bytes. ConversionTimeout: it is late.
    """
    if options.convert is None:
        raise ConverterMissing
    docx = options.convert(data, suffix)
    return StandIn(docx, _converter_of(docx, options))


def notices_of(stand_in: StandIn) -> tuple[Notice, ...]:
    """What the reader of the result must know of a conversion."""
    if stand_in.converter is None:
        return ()
    message = f"the file was converted to DOCX by {stand_in.converter} before it was read"
    return (Notice("converted", message, f"文件先由 {stand_in.converter} 转换为 DOCX 再读取"),)


def _converter_of(docx: bytes, options: Options) -> str:
    """The program that wrote a DOCX, with its version, as it says itself."""
    properties = Package(docx, options.limits, "converted DOCX").optional_xml("docProps/app.xml")
    said = "" if properties is None else properties.findtext("{*}Application", "")
    match = _APPLICATION.match(said)
    return f"{match['name']} {match['version']}" if match else "converter unknown"
