"""From a number of a dataset back to where it is printed."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from service.bulk.dataset.find import around, find
from service.bulk.dataset.origin import NotTheFile, original
from service.bulk.dataset.read import NoDataset
from service.bulk.dataset.write import write
from service.bulk.packed import pack
from service.cli.failures import CommandError
from service.cli.observation import show_observation
from service.draw import frame_cell
from service.pipeline import encode
from service.settings import load_settings
from tests.service.builders import result
from tests.service.bulk.datasets import PAGE, REPORT, dataset, fixture, row

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "fixtures" / REPORT / "source.pdf"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report, whose path in the ledger leads to the file, and a page of the web."""
    at = tmp_path_factory.mktemp("shown")
    report, page = fixture(), fixture(PAGE)
    write([(row(report, str(SOURCE)), pack(encode(report))), (row(page), pack(encode(page)))], at)
    return at


def of_report(rest: str) -> str:
    return f"{fixture().document.sha256[:16]}/{rest}"


def test_the_page_is_drawn_with_the_cell_framed(
    whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "page.png"
    assert show_observation(of_report("t03.r13.c4/total"), whole, None, out, 72) == 0
    said = capsys.readouterr()
    assert "text: 709.41\nvalue: 7094100.00\nunit: CNY" in said.out
    assert "城乡医疗救助 | 【709.41】" in said.out
    assert said.err == f"gongkai: {out}: page 6\n"
    picture = Image.open(out).convert("RGB")
    framed = [place for place in range(picture.width) if picture.getpixel((place, 435)) == (0xD6, 0x33, 0x6C)]
    assert (min(framed), max(framed)) == (288, 350)  # the cell is 291 to 347 points wide, the frame 3 pixels around it


def test_a_format_without_pages_shows_the_place_and_the_rows(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = next(one for one in fixture(PAGE).observations if one.cell and one.value)
    identity = f"{fixture(PAGE).document.sha256}/{one.cell}/{one.field}"  # the whole hash will do as well
    assert show_observation(identity, whole, None, None, 72) == 0
    said = capsys.readouterr()
    assert f"text: {one.text}" in said.out
    assert "locator: " in said.out
    assert f"【{one.text}】" in said.out
    assert said.err == ""


def test_an_unknown_observation_is_told(whole: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="has no observation nothing/t01"):
        show_observation("nothing/t01", whole, None, None, 72)
    with pytest.raises(NoDataset, match="is no dataset"):
        find(tmp_path, "nothing")


def test_a_file_that_has_changed_is_not_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = tmp_path / "report.pdf"
    changed.write_bytes(SOURCE.read_bytes() + b"\n")
    write([(row(fixture(), str(changed)), pack(encode(fixture())))], tmp_path)
    assert show_observation(of_report("t03.r13.c4/total"), tmp_path, None, tmp_path / "page.png", 72) == 1
    assert "the document is at none of its places" in capsys.readouterr().err
    assert not (tmp_path / "page.png").exists()


def test_the_file_is_found_beside_the_dataset_in_an_archive_or_where_it_is_said_to_be(tmp_path: Path) -> None:
    sha256, settings = fixture().document.sha256, load_settings({})
    folders = (tmp_path / "dataset", tmp_path)
    (tmp_path / "reports").mkdir()
    shutil.copy(SOURCE, tmp_path / "reports" / "a.pdf")
    with zipfile.ZipFile(tmp_path / "2022.zip", "w") as archive:
        archive.write(SOURCE, "财政局/决算.pdf")
        archive.writestr("财政局/别的.pdf", b"other")
    whole = SOURCE.read_bytes()
    assert original(sha256, ["gone.pdf", "reports/a.pdf"], folders, settings) == whole
    assert original(sha256, ["2022.zip/财政局/决算.pdf"], folders, settings) == whole
    assert original(sha256, [str(SOURCE)], folders, settings) == whole
    with pytest.raises(NotTheFile):
        original(sha256, ["2022.zip/财政局/别的.pdf", "gone.pdf"], folders, settings)


def test_the_rows_around_begin_with_the_header(tmp_path: Path) -> None:
    found = find(dataset(tmp_path, [result()]), f"{'ab' * 8}/t01.r1.c1/total")
    assert list(around(found)) == ["项目 | 本年支出合计", "合计 | 【709.41】"]


def test_a_page_without_a_place_is_shown_as_it_is() -> None:
    page = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(page, "PNG")
    assert Image.open(io.BytesIO(frame_cell(page.getvalue(), None, 72))).size == (40, 30)
