"""On the command line: files in, results out, and errors that people can act on."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import html
from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas
from reportlab.pdfgen.canvas import Canvas

from tests.journeys.conftest import GONGKAI, BadFile, Command, environment, fixture

SMALL = "made-2023-final-accounts-blank-zero-dash"
REPORT = "qingshan-2022-final-accounts-whole-report"
TOTAL = "3205000.00"


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """Two good files and a bad one, in subfolders, with a file that is no document."""
    folder = tmp_path / "reports"
    (folder / "b").mkdir(parents=True)
    shutil.copy(fixture(SMALL), folder / "a.pdf")
    shutil.copy(fixture("chenxi-2022-performance-no-table"), folder / "b" / "c.docx")
    (folder / "b" / "bad.pdf").write_bytes(b"")
    (folder / "b" / "readme.txt").write_text("no")
    return folder


def test_one_file_is_printed_as_json(gongkai: Command) -> None:
    ended = gongkai("extract", fixture(SMALL))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.count("\n") == 1
    values = [one["value"] for one in json.loads(ended.stdout)["observations"] if one["field"] == "total"]
    assert TOTAL in values


def test_several_files_are_printed_as_lines_in_their_order_and_a_bad_one_stops_nothing(
    gongkai: Command, folder: Path
) -> None:
    ended = gongkai("extract", folder)
    names = [json.loads(line)["document"]["filename"] for line in ended.stdout.splitlines()]
    assert names == ["a.pdf", "c.docx"]
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        f"gongkai: {folder}/b/bad.pdf: the file is empty (0 bytes) [empty_file] 文件为空，请重新下载或上传。",
        "gongkai: 3 files: 2 ok, 0 partial, 1 failed",
    ]


def test_every_kind_of_bad_file_is_one_line_with_its_code(
    gongkai: Command, tmp_path: Path, bad_files: list[BadFile]
) -> None:
    for bad in bad_files:
        (tmp_path / bad.name).write_bytes(bad.data)
    ended = gongkai("extract", "--quiet", "--jobs", "1", *(bad.name for bad in bad_files))
    said = ended.stderr.splitlines()
    assert (ended.returncode, ended.stdout) == (1, "")
    assert [(line.split(": ")[1], line.split("[")[1].split("]")[0]) for line in said] == [
        (bad.name, bad.code) for bad in bad_files
    ]


def test_a_document_with_a_password_is_read_with_a_file_that_holds_it(gongkai: Command, tmp_path: Path) -> None:
    locked = io.BytesIO()
    page = canvas.Canvas(locked, encrypt=pdfencrypt.StandardEncryption("secret", ownerPassword="owner"))
    page.drawString(72, 720, "1,234.50")
    page.save()
    (tmp_path / "locked.pdf").write_bytes(locked.getvalue())
    for name, password in (("right", "secret\n"), ("wrong", "other\n")):
        (tmp_path / name).write_text(password)
    read = gongkai("extract", "locked.pdf", "--password-file", "right")
    assert json.loads(read.stdout)["document"]["pages"] == 1
    assert "secret" not in read.stdout + read.stderr
    for arguments in (("--password-file", "wrong"), ()):
        refused = gongkai("extract", "locked.pdf", *arguments)
        assert (refused.returncode, "[encrypted]" in refused.stderr) == (1, True)
    assert gongkai("extract", "locked.pdf", "--password-file", "none").stderr == (
        "gongkai: --password-file: none cannot be read\n"
    )


def test_csv_of_several_files_is_one_table(gongkai: Command, folder: Path) -> None:
    ended = gongkai("extract", folder / "a.pdf", folder / "b/c.docx", "-f", "csv", "--bom", "-q", "-j", "1")
    assert ended.stdout.startswith("\ufeffdocument,")
    rows = list(csv.DictReader(io.StringIO(ended.stdout.removeprefix("\ufeff"), newline="")))
    totals = [
        row for row in rows if (row["kind"], row["field"], row["row_role"]) == ("fa_expenditure", "total", "total")
    ]
    assert [(row["filename"], row["text"], row["value"]) for row in totals] == [("a.pdf", "320.50", TOTAL)]


@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "html"])
def test_each_format_is_written_as_a_file_of_its_own(gongkai: Command, folder: Path, form: str) -> None:
    out = folder / "out" / "deep"
    ended = gongkai("extract", folder / "a.pdf", "--out", out, "--format", form)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert [path.name for path in out.iterdir()] == [f"a.{form}"]
    assert TOTAL.removesuffix(".00") in contents(out / f"a.{form}").replace(",", "")


def contents(path: Path) -> str:
    match path.suffix:
        case ".xlsx":
            rows = openpyxl.load_workbook(path)["observations"].iter_rows(values_only=True)
            return " ".join(str(value) for row in rows for value in row)
        case ".html":
            return " ".join(str(text) for text in html.document_fromstring(path.read_bytes()).itertext())
        case _:
            return path.read_text("utf-8")


def test_namesakes_from_different_folders_do_not_overwrite_each_other(gongkai: Command, tmp_path: Path) -> None:
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        shutil.copy(fixture(SMALL), tmp_path / name / "a.pdf")
    gongkai("extract", "x", "y", "--out", "out", "-q", "-j", "1")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a-2.json", "a.json"]


def test_every_document_of_an_archive_has_a_result_with_its_path(gongkai: Command, tmp_path: Path) -> None:
    inner, outer = tmp_path / "inner.zip", tmp_path / "报告.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.write(fixture(SMALL), "决算.pdf")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(fixture("chenxi-2022-performance-no-table"), "../2022/c.docx")
        archive.write(inner, "more/inner.zip")
        archive.writestr("readme.txt", "no")
    inner.unlink()
    ended = gongkai("extract", tmp_path, "--out", tmp_path / "out")
    assert ended.stderr.splitlines() == [
        f"gongkai: {outer}/readme.txt: skipped: this is plain text, which is no document that is read",
        "gongkai: 3 files: 2 ok, 0 partial, 0 failed, 1 skipped",
    ]
    assert ended.returncode == 0
    written = {path.relative_to(tmp_path / "out").as_posix(): path for path in (tmp_path / "out").rglob("*.json")}
    assert sorted(written) == ["报告/2022/c.json", "报告/more/inner.zip/决算.json"]
    document = json.loads(written["报告/more/inner.zip/决算.json"].read_text())["document"]
    assert (document["filename"], document["inside"]) == ("决算.pdf", "报告.zip/more/inner.zip/决算.pdf")


def test_a_web_page_names_the_files_that_were_saved_beside_it(gongkai: Command, tmp_path: Path) -> None:
    (tmp_path / "page_files").mkdir()
    shutil.copy(fixture(SMALL), tmp_path / "page_files" / "附件1.pdf")
    linked = "<a href='http://x.gov.cn/f/附件1.pdf'>决算表</a><a href='b.htm'>返回</a>"
    page = f"<html><body><p>2023年度部门决算公开</p>{linked}</body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    links = json.loads(gongkai("extract", tmp_path / "page.html").stdout)["document"]["links"]
    assert links == [
        {"text": "决算表", "href": "http://x.gov.cn/f/附件1.pdf", "file": "page_files/附件1.pdf"},
        {"text": "返回", "href": "b.htm"},
    ]


def test_an_archive_that_cannot_be_opened_is_told(gongkai: Command, tmp_path: Path) -> None:
    (tmp_path / "a.rar").write_bytes(b"Rar!\x1a\x07\x00" + bytes(50))
    ended = gongkai("extract", tmp_path / "a.rar")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "a.rar: the RAR archive is broken or empty [corrupt]" in ended.stderr


def test_a_page_without_text_makes_the_result_partial(gongkai: Command, tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "scan.pdf"), pagesize=(300, 300))
    picture = Image.frombytes("L", (200, 200), random.Random(1).randbytes(40_000))  # something, but no letters
    canvas.drawImage(ImageReader(picture), 0, 0, 300, 300)
    canvas.save()
    ended = gongkai("extract", "scan.pdf")
    assert ended.returncode == 1
    assert ended.stderr == "gongkai: scan.pdf: partial: pages 1 could not be read\n"
    result = json.loads(ended.stdout)
    assert [page["text"] for page in result["pages"]] == ["scanned"]
    assert [one["page"] for one in result["findings"] if one["code"] == "no_text_layer"] == [1]


def test_only_the_pages_asked_for_are_read(gongkai: Command) -> None:
    ended = gongkai("extract", fixture(REPORT), "--pages", "2-3", "--verbose")
    assert ended.returncode == 0
    read = [page["number"] for page in json.loads(ended.stdout)["pages"] if page["status"] == "ok"]
    assert read == [2, 3]
    assert "values (A " in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["extract", "nowhere.pdf"], "gongkai: nowhere.pdf: no such file, folder or pattern\n"),
        (["extract", "."], "gongkai: no document in the folders named\n"),
        (["extract", "{file}", "--pages", "3-1"], "gongkai: --pages: '3-1' is not a page or a range of pages"),
        (["extract", "{file}", "{other}", "-f", "xlsx"], "gongkai: several files as xlsx need --out DIR\n"),
        (["extract", "{file}", "--out", "{file}"], "is not a folder\n"),
        (["kinds", "fa_nothing"], "gongkai: no such kind: fa_nothing; `gongkai kinds` lists them\n"),
        (["kinds", "--family", "x"], "gongkai: --family: no such family: x; there are "),
        (["explain-header", "合计", "--kind", "x"], "gongkai: no such kind: x"),
        (["extract"], "Missing argument"),
        (["extract", "{file}", "--format", "yaml"], "Invalid value"),
        (["nonsense"], "No such command"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_is_wrong(gongkai: Command, arguments: list[str], says: str) -> None:
    files = {"file": str(fixture(SMALL)), "other": str(fixture(REPORT))}
    ended = gongkai(*(argument.format_map(files) for argument in arguments))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert says in ended.stderr


def test_a_file_that_may_not_be_read_is_told(gongkai: Command, tmp_path: Path) -> None:
    (tmp_path / "loop.pdf").symlink_to(tmp_path / "loop.pdf")
    (tmp_path / "x").mkdir()
    ended = gongkai("extract", "/proc/self/mem", "-q")
    assert ended.returncode == 1
    assert "[file_unreadable]" in ended.stderr


def test_a_file_above_the_limit_is_refused(gongkai: Command) -> None:
    ended = gongkai("extract", fixture(SMALL), max_bytes="100")
    assert ended.returncode == 1
    assert "[file_too_large]" in ended.stderr


def test_kinds_are_listed_and_shown(gongkai: Command) -> None:
    listed = gongkai("kinds", "--family", "final_accounts").stdout.splitlines()
    assert any(line.split() == ["fa_expenditure", "final_accounts", "支出决算表"] for line in listed)
    shown = gongkai("kinds", "fa_expenditure").stdout
    assert "本年支出合计" in shown
    as_json = json.loads(gongkai("kinds", "fa_expenditure", "--json").stdout)
    assert as_json["id"] == "fa_expenditure"


def test_a_header_is_explained_with_method_score_and_runner_up(gongkai: Command) -> None:
    ended = gongkai("explain-header", "本年支出合计", "--kind", "fa_expenditure", "--json")
    (one,) = json.loads(ended.stdout)
    assert (one["field"], one["method"], one["score"], ended.returncode) == ("total", "exact", 1.0, 0)
    table = gongkai("explain-header", "本年支出合计").stdout.splitlines()
    assert table[0].split() == ["kind", "field", "label", "method", "score", "runner-up"]
    assert any(line.split()[:5] == ["fa_expenditure", "total", "本年支出合计", "exact", "1.00"] for line in table)


def test_a_header_that_means_nothing_ends_with_1(gongkai: Command) -> None:
    ended = gongkai("explain-header", "天气预报")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "gongkai: 天气预报: no kind has such a header\n"


def test_a_page_is_drawn_with_its_cells(gongkai: Command, tmp_path: Path) -> None:
    ended = gongkai("show", fixture(SMALL), "--page", "1", "--out", "page.png", "--dpi", "72")
    assert (ended.returncode, ended.stderr) == (0, "")
    picture = Image.open(tmp_path / "page.png").convert("RGB")
    counts = {colour: count for count, colour in picture.getcolors(1_000_000) or []}
    header, row_key, value = (219, 219, 246), (202, 230, 230), (205, 227, 212)
    assert [counts.get(colour, 0) > 500 for colour in (header, row_key, value)] == [True] * 3


def test_a_page_that_is_not_there_is_told(gongkai: Command, tmp_path: Path) -> None:
    ended = gongkai("show", fixture(SMALL), "--page", "99", "--out", "page.png")
    assert ended.returncode == 1
    assert "there is no page 99" in ended.stderr
    assert not (tmp_path / "page.png").exists()


def test_a_docx_has_no_page_to_draw(gongkai: Command) -> None:
    ended = gongkai("show", fixture("chenxi-2022-performance-no-table"), "--page", "1", "--out", "page.png")
    assert ended.returncode == 1
    assert "this file has no pages to draw" in ended.stderr


def test_the_version_is_printed(gongkai: Command) -> None:
    assert gongkai("--version").stdout == "gongkai 0.1.0\n"


def test_help_loads_nothing_heavy() -> None:
    heavy = {"fastapi", "pydantic", "openpyxl", "lxml", "pypdfium2", "rapidfuzz", "yaml", "PIL", "rich", "docx"}
    heavy |= {"pyarrow", "pandas", "duckdb", "matplotlib", "polars"}
    code = f"import sys, service.cli; print(sorted({heavy!r} & sys.modules.keys()))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"


def test_when_the_reader_of_our_output_goes_away_nothing_is_said(tmp_path: Path) -> None:
    files = [str(fixture(REPORT)), str(fixture(SMALL))]
    with subprocess.Popen(
        [str(GONGKAI), "extract", "-q", "-j", "1", *files],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_an_interrupt_ends_with_130_and_leaves_no_process(tmp_path: Path) -> None:
    many = [tmp_path / f"{number}.pdf" for number in range(40)]
    for path in many:
        shutil.copy(fixture(REPORT), path)
    command = [str(GONGKAI), "extract", "-j", "1", *map(str, many)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        process.send_signal(signal.SIGINT)
        while process.stdout.read(100_000):  # closing it instead would race with the interrupt
            pass
        said = process.stderr.read()
    assert (process.returncode, said) == (130, b"")
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{child}/exe").exists() for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [child for child in children if Path(f"/proc/{child}/exe").exists()] == []


def test_a_bar_is_shown_where_a_terminal_is_there_and_not_when_quiet(tmp_path: Path) -> None:
    assert "0/2" in on_a_terminal(tmp_path)
    assert on_a_terminal(tmp_path, "--quiet") == ""


def on_a_terminal(folder: Path, *options: str) -> str:
    """What two files leave on a terminal that is standard error."""
    for name in ("a.pdf", "b.pdf"):
        shutil.copy(fixture(SMALL), folder / name)
    ours, theirs = pty.openpty()
    command = [str(GONGKAI), "extract", "a.pdf", "b.pdf", "--out", "out", "-j", "1", *options]
    with subprocess.Popen(command, stderr=theirs, cwd=folder, env=environment() | {"TERM": "xterm"}) as process:
        os.close(theirs)
        said = b""
        while True:
            try:
                said += os.read(ours, 65536)
            except OSError:  # Linux says so when the other side is closed
                break
    os.close(ours)
    assert process.returncode == 0
    return said.decode()
