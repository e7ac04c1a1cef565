"""Settings, made from the environment alone. Names begin with ``GONGKAI_``; an unknown one stops the start."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from extractors.options import Limits

PREFIX = "GONGKAI_"


class BadSettings(Exception):
    """The environment holds a setting that is unknown or has a bad value; each line of the message names one."""


def _address(text: str) -> str:
    if text == "localhost":
        return "127.0.0.1"
    return str(ipaddress.ip_address(text))


class Settings(BaseModel):
    """How the service runs. Sizes are in bytes, times in seconds."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    host: Annotated[str, AfterValidator(_address)] = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="port to listen on; 0 takes a free one")
    max_bytes: int = Field(50_000_000, ge=1, description="largest file accepted")
    max_pages: int = Field(500, ge=1, description="most pages of one document")
    ocr: Literal["auto", "off"] = Field("auto", description="read scanned and garbled pages from their image, or never")
    max_ocr_pages: int = Field(100, ge=1, description="most pages of one document that are read from their image")
    max_cells: int = Field(2_000_000, ge=1, description="most table cells of one document")
    max_columns: int = Field(1_000, ge=1, description="most columns of one table of a web page or DOCX")
    max_unpacked_bytes: int = Field(500_000_000, ge=1, description="most bytes a package may unpack to")
    max_zip_ratio: int = Field(100, ge=1, description="largest ratio of unpacked to packed bytes of a package")
    max_zip_entries: int = Field(10_000, ge=1, description="most entries of a package")
    workers: int = Field(2, ge=0, le=64, description="documents read at the same time, each in its own process")
    queue: int = Field(64, ge=0, description="documents that may wait; beyond it the answer is 429")
    key_queue: int = Field(32, ge=0, description="documents of one API key that may wait or be read; 0 is no limit")
    time_base: float = Field(60.0, gt=0, description="seconds that any document may take")
    time_per_page: float = Field(1.0, ge=0, description="seconds added for each page")
    time_per_ocr_page: float = Field(20.0, ge=0, description="seconds added for each page that is read from its image")
    time_max: float = Field(600.0, gt=0, description="seconds that no document may exceed")
    spare_workers: int = Field(1, ge=0, le=64, description="processes more that have loaded everything and wait")
    worker_memory: int = Field(2_147_483_648, ge=200_000_000, description="most bytes of memory of a process")
    data_dir: Path = Field(Path("gongkai-data"), description="folder for what is kept; relative to where it is started")
    database_url: str | None = Field(None, description="PostgreSQL instead of a file of our own: postgresql://…")
    store_url: str | None = Field(None, description="where originals and results are kept, if elsewhere: s3://…")
    keep: float = Field(604_800.0, ge=0, description="seconds for which results can be read again; 0 is for ever")
    wait: float = Field(60.0, ge=0, le=600, description="seconds a request waits for its result by default")
    max_batch_files: int = Field(1000, ge=1, description="most files sent together, those of archives counted")
    max_batch_bytes: int = Field(500_000_000, ge=1, description="most bytes sent together")
    open: bool = Field(False, description="let everyone in who reaches another address than this machine's own")
    worker_documents: int = Field(1_000, ge=1, description="documents a process reads before it is replaced")

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.time_max < self.time_base:
            raise PydanticCustomError(
                "time_max", "it is less than TIME_BASE, {base} s", {"base": f"{self.time_base:g}"}
            )
        return self

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the service."""
        return ipaddress.ip_address(self.host).is_loopback

    @property
    def limits(self) -> Limits:
        """The limits that the extraction layer is given."""
        return Limits(
            pages=self.max_pages,
            recognised_pages=self.max_ocr_pages,
            cells=self.max_cells,
            columns=self.max_columns,
            unpacked_bytes=self.max_unpacked_bytes,
            zip_ratio=self.max_zip_ratio,
            zip_entries=self.max_zip_entries,
        )


def load_settings(environ: Mapping[str, str], **overrides: object) -> Settings:
    """The settings that an environment states; ``overrides`` (from the command line) win, unless they are None.

    Raises:
        BadSettings: a name is unknown, or a value is bad.
    """
    given = {name.removeprefix(PREFIX).lower(): value for name, value in environ.items() if name.startswith(PREFIX)}
    unknown = sorted(set(given) - set(Settings.model_fields))
    if unknown:
        raise BadSettings("\n".join(f"{PREFIX}{name.upper()}: no such setting" for name in unknown))
    values = given | {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        lines = [f"{PREFIX}{_named(item)}: {item['msg']}" for item in error.errors()]
        raise BadSettings("\n".join(lines)) from error


def _named(item: ErrorDetails) -> str:
    """The setting that is wrong; of two that do not agree, the one that the error is named for."""
    return str(item["loc"][0] if item["loc"] else item["type"]).upper()


def as_markdown() -> str:
    """``docs/settings.md``: every setting with its default and its bounds, in the order of the fields."""
    return _HEAD + "".join(_row(name, field) for name, field in Settings.model_fields.items())


def _row(name: str, field: FieldInfo) -> str:
    default = f"{field.default:g}" if isinstance(field.default, float) else str(field.default)
    bounds = [
        f"{_SIGNS[sign]} {getattr(rule, sign)}" for rule in field.metadata for sign in _SIGNS if hasattr(rule, sign)
    ]
    shown = "" if field.default is None else f"`{default}`"
    return f"| `{PREFIX}{name.upper()}` | {shown} | {', '.join(bounds)} | {field.description} |\n"


_SIGNS = {"gt": ">", "ge": "≥", "le": "≤"}
_HEAD = """# Settings

From the environment; options of the command line win. An unknown `GONGKAI_` name or a bad value stops the start, with a
message that names it. Sizes are in bytes, times in seconds. `/v1/limits` shows those that concern who sends a document;
how the limits of a process work is in [isolation](isolation.md). Generated by `python -m service.settings >
docs/settings.md`; a test fails when it is out of date.

| name | default | bounds | |
|---|---|---|---|
"""


if __name__ == "__main__":
    print(as_markdown(), end="")
