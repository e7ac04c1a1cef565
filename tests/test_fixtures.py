"""The fixture documents: drawn by committed generators, described, and with a truth that holds together."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml

from extractors import registry
from extractors.characters import unified
from extractors.model import Block
from extractors.options import Options
from schemas.catalogue import load_catalogue
from scripts.fixtures import pdf_text
from scripts.fixtures.cases import CASES, FIXTURES, source_name
from scripts.fixtures.script import parse_grid
from scripts.goldens.cases import NEED_CONVERTER
from service import compose

FOLDERS = sorted(str(path.parent.relative_to(FIXTURES)) for path in FIXTURES.glob("*/*/about.yml"))
ABOUT_KEYS = {"origin", "made_by", "sha256", "licence", "why", "quirks"}
TABLE_KEYS = {
    "kind", "page", "parts", "title", "unit", "rows", "columns", "printed", "header", "declared_empty", "goals",
    "indicators", "funds", "dashes", "panels", "contradiction",
}  # fmt: skip
VALUE_KEYS = {
    "kind", "field", "side", "code", "label", "text", "yuan", "alt_yuan", "form", "page", "table", "status", "panel",
}  # fmt: skip
MAX_BYTES = 2_000_000
YUAN = {"元": 1, "万元": 10_000}
UNREADABLE = {
    "pdf/made-2023-final-accounts-scanned",
    "pdf/made-2023-final-accounts-no-unicode",
    "pdf/made-2023-final-accounts-worn-scan",
    "image/made-2023-final-accounts-photograph",
}


def source(case: str) -> Path:
    return FIXTURES / case / source_name(case)


def load(case: str, name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((FIXTURES / case / name).read_text(encoding="utf-8"))
    return content


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def skip_without_libreoffice(case: str) -> None:
    if case.partition("/")[0] in NEED_CONVERTER and compose.converter() is None:
        pytest.skip("apt-get install libreoffice-writer-nogui")


def text_of(case: str) -> str:
    """All that the source prints, without white space."""
    data = source(case).read_bytes()
    match case.partition("/")[0]:
        case "pdf":
            printed = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
            return unified(plain("".join(printed)))
        case "ofd":
            package = zipfile.ZipFile(io.BytesIO(data))
            pages = "".join(package.read(name).decode() for name in package.namelist() if name.endswith("Content.xml"))
            return plain(re.sub(r"<[^>]+>", "", pages).replace("&lt;", "<").replace("&gt;", ">"))
        case "docx":
            xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
            return plain(
                re.sub(r"<w:delText.*?</w:delText>|<[^>]+>", "", xml).replace("&lt;", "<").replace("&gt;", ">")
            )
        case "xlsx" | "xls" | "xls2003" | "csv" | "doc" | "rtf" | "mht":
            document = registry.extract(data, Options(convert=compose.converter()))
            texts = [line.text for line in document.lines]
            return plain("".join([*texts, *(cell.text for grid in document.grids for cell in grid.cells)]))
        case _:
            return plain(re.sub(r"<[^>]+>", "", data.decode("gb18030")))


def test_every_folder_has_a_generator_and_every_generator_a_folder() -> None:
    assert set(FOLDERS) == set(CASES)


@pytest.mark.parametrize("case", FOLDERS)
def test_a_source_is_small_and_the_one_that_about_yml_names(case: str) -> None:
    data = source(case).read_bytes()

    assert len(data) < MAX_BYTES
    assert load(case, "about.yml")["sha256"] == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("case", FOLDERS)
def test_about_yml_says_where_a_document_comes_from_and_why_it_is_here(case: str) -> None:
    about = load(case, "about.yml")

    assert set(about) >= ABOUT_KEYS
    assert all(about[key] for key in ABOUT_KEYS)
    assert about["origin"].startswith("made up") == ("/made-" in case)


@pytest.mark.parametrize("case", FOLDERS)
def test_truth_yml_uses_known_keys_only(case: str) -> None:
    truth = load(case, "truth.yml")

    assert set().union(*map(set, truth["tables"])) <= TABLE_KEYS
    assert set().union(*map(set, truth["values"])) <= VALUE_KEYS


@pytest.mark.parametrize("case", FOLDERS)
def test_truth_names_kinds_and_fields_of_the_catalogue(case: str) -> None:
    catalogue = load_catalogue()
    for value in load(case, "truth.yml")["values"]:
        if value["kind"].startswith(("fa_", "bg_")) and "field" in value:
            assert value["field"] in {column.id for column in catalogue.kind(value["kind"]).columns}


@pytest.mark.parametrize("case", FOLDERS)
def test_yuan_is_the_printed_figure_in_the_unit_of_its_table(case: str) -> None:
    truth = load(case, "truth.yml")
    for value in truth["values"]:
        figure = re.sub(r"[,万]|（.*|\n.*", "", value["text"])
        if value.get("yuan") is not None:
            tables = [table for table in truth["tables"] if table["kind"] == value["kind"]]
            unit = tables[value.get("table", 0)].get("unit", "万元")
            assert Decimal(value["yuan"]) == Decimal(figure) * YUAN[unit], value


@pytest.mark.parametrize("case", [case for case in FOLDERS if case not in UNREADABLE])
def test_what_truth_states_is_printed(case: str) -> None:
    skip_without_libreoffice(case)
    truth, printed = load(case, "truth.yml"), text_of(case)

    for table in truth["tables"]:
        assert plain(table.get("title", "")) in printed
    for value in truth["values"]:
        assert plain(value["text"]) in printed
        assert plain(value.get("label", ""))[:12] in printed  # the rest may stand on the next page


@pytest.mark.parametrize("case", FOLDERS)
def test_a_pdf_has_as_many_pages_as_truth_says(case: str) -> None:
    if case.startswith("pdf/"):
        assert len(pypdfium2.PdfDocument(source(case))) == load(case, "truth.yml")["pages"]


@pytest.mark.parametrize("case", FOLDERS)
def test_a_generator_draws_its_document_again(case: str) -> None:
    skip_without_libreoffice(case)
    if case.startswith(("pdf/", "image/", "ofd/")):
        try:
            pdf_text.register()
        except pdf_text.FontMissing as missing:
            pytest.skip(str(missing))
    drawn, committed = CASES[case](), source(case).read_bytes()

    if case.startswith(("docx/", "xlsx/")):
        assert parts(drawn) == parts(committed)
    elif case.startswith("doc/"):  # another version of LibreOffice writes other bytes
        assert read_of(drawn) == read_of(committed)
    else:
        assert drawn == committed


def read_of(data: bytes) -> tuple[Block, ...]:
    return registry.extract(data, Options(convert=compose.converter())).blocks


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a package, whatever compressed them."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    return {name: archive.read(name) for name in archive.namelist()}


def test_a_page_without_a_text_layer_holds_an_image_only() -> None:
    page = pypdfium2.PdfDocument(source("pdf/made-2023-final-accounts-scanned"))[1]

    assert plain(page.get_textpage().get_text_range()) == "2"
    assert [item.type for item in page.get_objects()].count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 1


def test_a_font_without_unicode_map_gives_no_chinese() -> None:
    text = text_of("pdf/made-2023-final-accounts-no-unicode")

    assert "210.50" in text
    assert not re.search("[一-龥]", text)


def test_a_grid_whose_joins_are_no_rectangle_is_refused() -> None:
    with pytest.raises(ValueError, match="not rectangles"):
        parse_grid(["| a | < |", "| ^ | b |", "| < | c |"])
