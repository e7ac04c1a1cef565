"""A dataset in other shapes holds the same values, and says what the shape cannot hold."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from service.bulk.dataset.exports import FORMS, export, stata, workbook
from service.bulk.dataset.read import NoDataset, read_rows
from service.bulk.dataset.tables import SHAPES
from service.cli.app import ExportForm, app
from service.export.columns import TableShape
from service.export.observations import OBSERVATIONS
from tests.service.builders import observation, result
from tests.service.bulk.datasets import dataset

FORMULA = '=HYPERLINK("http://example.invalid","x")'


def values(count: int) -> list[Any]:
    return [observation(f"t01.r{number}.c1", str(number), f"{number}.50", label=FORMULA) for number in range(count)]


@pytest.fixture
def at(tmp_path: Path) -> Path:
    """Five observations."""
    return dataset(tmp_path, [result(observations=values(5))])


def test_the_command_offers_what_there_is() -> None:
    assert tuple(form.value for form in ExportForm) == FORMS


def test_rows_are_read_as_they_were_written(at: Path) -> None:
    rows = [dict(zip(OBSERVATIONS.names, row, strict=True)) for row in read_rows(at, OBSERVATIONS)]
    assert [row["yuan"] for row in rows] == [Decimal(f"{number}.50") for number in range(5)]


def test_csv_has_exact_amounts_and_no_formula(at: Path) -> None:
    assert export(at, "csv") == [f"{at}/export/csv: 8 tables and datapackage.json"]
    text = (at / "export" / "csv" / "observations.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["yuan"], row["value_decimal"]) for row in rows][:2] == [("0.50", "0.5"), ("1.50", "1.5")]
    assert rows[0]["row_label"] == "'" + FORMULA


def test_a_workbook_has_a_sheet_for_each_table_and_no_formula(at: Path) -> None:
    export(at, "xlsx")
    book = openpyxl.load_workbook(at / "export" / "dataset.xlsx")
    assert book.sheetnames == [shape.name for shape in SHAPES]
    header, first, *others = book["observations"].iter_rows()
    cells = dict(zip([cell.value for cell in header], first, strict=True))
    assert (cells["yuan"].value, cells["row_label"].value, cells["row_label"].data_type) == (0.5, FORMULA, "s")
    assert len(others) == 4


@pytest.mark.parametrize(("rows", "sheets"), [(5, 1), (6, 2), (12, 3)])
def test_a_table_longer_than_a_sheet_goes_on_in_others(
    rows: int, sheets: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "SHEET_ROWS", 6)
    said = export(dataset(tmp_path, [result(observations=values(rows))]), "xlsx", tables=["observations"])
    book = openpyxl.load_workbook(tmp_path / "export" / "dataset.xlsx")
    assert book.sheetnames == ["observations", "observations 2", "observations 3"][:sheets]
    found = [row[OBSERVATIONS.names.index("text")] for sheet in book for row in list(sheet.values)[1:]]
    assert found == [str(number) for number in range(rows)]
    assert ("because a sheet ends" in said[0]) == (sheets > 1)


def test_stata_has_labels_and_numbers(at: Path) -> None:
    export(at, "dta")
    with pd.io.stata.StataReader(at / "export" / "dta" / "observations-00000.dta") as reader:
        frame = reader.read()
        labels = reader.variable_labels()
        words = reader.value_labels()
    assert frame["yuan"].tolist() == [0.5, 1.5, 2.5, 3.5, 4.5]
    assert labels["yuan"].startswith("金额（元）")
    assert list(words["grade"].values()) == ["A", "B", "C", "D"]
    assert (frame["grade"].astype(str).unique().tolist(), frame["locator"].unique().tolist()) == (["A"], [""])
    assert len(list((at / "export" / "dta").iterdir())) == len(SHAPES)


def test_stata_keeps_long_texts(tmp_path: Path) -> None:
    long = "长" * 3000
    at = dataset(tmp_path, [result(observations=[observation("t01.r1.c1", long, None)])])
    export(at, "dta", tables=["observations"])
    assert pd.read_stata(at / "export" / "dta" / "observations-00000.dta")["text"].tolist() == [long]


def test_stata_says_what_a_double_cannot_hold(tmp_path: Path) -> None:
    at = dataset(tmp_path, [result(observations=[observation("t01.r1.c1", "x", "123456789012345.67")])])
    said = export(at, "dta", tables=["observations"])
    assert said[0].startswith("observations-00000.dta: 1 amounts of yuan above 90,071,992,547,410 yuan are not exact")


def test_stata_files_are_of_bounded_size_and_old_ones_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = dataset(tmp_path, [result(observations=values(5))])
    monkeypatch.setattr(stata, "FILE_ROWS", 2)
    export(at, "dta", tables=["observations"])
    files = sorted((at / "export" / "dta").iterdir())
    assert [len(pd.read_stata(file)) for file in files] == [2, 2, 1]
    monkeypatch.undo()
    export(at, "dta", tables=["observations"])
    assert [len(pd.read_stata(file)) for file in (at / "export" / "dta").iterdir()] == [5]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_names_fit_stata(shape: TableShape) -> None:
    assert [name for name in shape.names if len(name) > 32] == []


def test_duckdb_has_the_tables_with_comments(at: Path) -> None:
    export(at, "duckdb")
    with duckdb.connect(str(at / "export" / "dataset.duckdb"), read_only=True) as base:
        tables = base.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()
        total = base.execute("SELECT sum(yuan) FROM observations").fetchall()
        comment = base.execute("SELECT comment FROM duckdb_columns() WHERE column_name = 'yuan' LIMIT 1").fetchall()
    assert [name for (name,) in tables] == sorted(shape.name for shape in SHAPES)
    assert total == [(Decimal("12.50"),)]
    assert "money in yuan" in comment[0][0]


def test_what_is_no_dataset_is_said(tmp_path: Path, at: Path) -> None:
    with pytest.raises(NoDataset, match="is no dataset"):
        export(tmp_path / "elsewhere", "csv")
    with pytest.raises(NoDataset, match="no such table: values; there are documents, observations"):
        export(at, "csv", tables=["values"])


def test_the_commands_work_on_a_dataset(at: Path) -> None:
    run = CliRunner()
    assert run.invoke(app, ["export", str(at), "--as", "csv", "--table", "forms", "-o", str(at / "x")]).exit_code == 0
    assert sorted(path.name for path in (at / "x").iterdir()) == ["datapackage.json", "forms.csv"]
    assert run.invoke(app, ["export", str(at / "x"), "--as", "csv"]).exit_code == 2
    assert "fa_three_public.final.total" in run.invoke(app, ["panel", "--list"]).stdout
    assert run.invoke(app, ["panel", str(at), "-q", "expenditure", "-o", str(at / "p")]).exit_code == 0
    assert (at / "p" / "long.csv").exists()
    assert run.invoke(app, ["panel"]).exit_code == 2
    shown = run.invoke(app, ["show", f"{'ab' * 8}/t01.r1.c1/total", "--dataset", str(at)])
    assert (shown.exit_code, "text: 1" in shown.stdout) == (1, True)  # the file is not there to be drawn
    assert run.invoke(app, ["show", "a.pdf"]).exit_code == 2
