"""A dataset: its schema, its rows, its exact amounts, the same bytes each time, and programs that read it."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from service.bulk.dataset import parts
from service.bulk.dataset.__main__ import as_markdown
from service.bulk.dataset.tables import ROWS, SHAPES, shape_named
from service.bulk.dataset.tables.documents import DOCUMENTS
from service.bulk.dataset.write import write
from service.bulk.packed import pack
from service.bulk.row import Place
from service.export.columns import arrow_schema
from service.export.observations import OBSERVATIONS
from service.export.tidy import TidyRow, observation_ids
from service.pipeline import encode
from tests.service.builders import observation, result
from tests.service.bulk.datasets import PAGE, dataset, failed, fixture, row

TOTAL = "kind = 'fa_expenditure' AND field = 'total' AND row_role = 'total' AND source = 'table'"
PRINTED = Decimal("11140300.00")  # 1,114.03 万元, the total of the table of expenditure


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two real documents."""
    return dataset(tmp_path_factory.mktemp("dataset"), [fixture(), fixture(PAGE)])


def read(at: Path, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(at / "data" / table).to_pylist()
    return rows


def files(at: Path) -> dict[str, bytes]:
    return {path.relative_to(at).as_posix(): path.read_bytes() for path in sorted(at.rglob("*.parquet"))}


def test_there_is_a_folder_for_each_table() -> None:
    assert [shape.name for shape in SHAPES] == [
        "documents",
        "observations",
        "indicators",
        "forms",
        "cells",
        "tables",
        "checks",
        "findings",
    ]


@pytest.mark.parametrize("name", [shape.name for shape in SHAPES])
def test_a_table_has_the_stated_schema_with_rows_and_without(name: str, whole: Path, tmp_path: Path) -> None:
    stated = arrow_schema(shape_named(name))
    assert pq.read_schema(whole / "data" / name / "part-00000.parquet") == stated
    assert pq.read_table(dataset(tmp_path, []) / "data" / name).schema == stated


def test_amounts_are_decimals_and_codes_are_texts() -> None:
    schema = arrow_schema(OBSERVATIONS)
    assert schema.field("yuan").type == pa.decimal128(20, 2)
    assert schema.field("value_decimal").type == pa.decimal128(38, 10)
    assert {schema.field(name).type for name in ("row_code", "region_code", "text", "value")} == {pa.string()}


def test_the_columns_of_the_csv_are_the_first_of_the_table() -> None:
    assert OBSERVATIONS.names[: len(TidyRow._fields)] == TidyRow._fields


@pytest.mark.parametrize("case", [None, PAGE])
@pytest.mark.parametrize("shape", ROWS, ids=lambda shape: shape.name)
def test_the_key_of_a_table_tells_its_rows_apart(shape: Any, case: str | None) -> None:
    rows = [dict(zip(shape.names, row, strict=True)) for row in ROWS[shape](fixture(case) if case else fixture())]
    counts = Counter(tuple(row[name] for name in shape.key) for row in rows)
    assert [key for key, count in counts.items() if count > 1] == []


def test_every_value_of_the_results_is_there(whole: Path) -> None:
    results = [fixture(), fixture(PAGE)]
    assert len(read(whole, "observations")) == sum(len(one.observations) for one in results)
    assert len(read(whole, "cells")) == sum(len(table.cells) for one in results for table in one.tables)
    assert len(read(whole, "indicators")) == sum(len(form.indicators) for one in results for form in one.forms)
    assert len(read(whole, "checks")) == sum(len(one.checks) for one in results)
    assert len(read(whole, "findings")) == sum(len(one.findings) for one in results)


def test_an_amount_stands_with_its_text_its_place_and_its_document(whole: Path) -> None:
    (found,) = [
        one
        for one in read(whole, "observations")
        if (one["kind"], one["field"], one["row_code"], one["source"])
        == ("fa_expenditure", "total", "2101301", "table")
    ]
    assert (found["text"], found["yuan"], found["value"]) == ("709.41", Decimal("7094100.00"), "7094100.00")
    assert (found["page"], found["grade"], found["match_method"], found["cell"]) == (6, "A", "exact", "t03.r13.c4")
    assert (found["agency"], found["region_code"], found["report_year"], found["document_kind"]) == (
        "武汉市青山区医疗保障局",
        "420107",
        2022,
        "final_account_disclosure",
    )
    assert found["observation_id"] == f"{found['document'][:16]}/t03.r13.c4/total"


def test_an_indicator_has_its_project_and_its_numbers(whole: Path) -> None:
    (found,) = [
        one
        for one in read(whole, "indicators")
        if one["level3"] == "资助参保人次数" and one["project_name"] == "城乡医疗救助"
    ]
    assert (found["target_text"], found["target_op"], found["target_number"], found["score_number"]) == (
        "≥3500人次",
        ">=",
        3500,
        10,
    )


def test_a_form_has_its_amounts_and_its_score(whole: Path) -> None:
    rows = [one for one in read(whole, "forms") if one["project_name"] == "城乡医疗救助"]
    (score,) = [one for one in rows if one["part"] == "total_score"]
    funds = [(one["name"], one["yuan"]) for one in rows if one["part"] == "fund" and one["unit"] == "CNY"]
    assert score["value_decimal"] == Decimal("89.5")
    assert ("executed", Decimal("7094100.00")) in funds


def test_an_amount_finer_than_a_fen_is_never_rounded(tmp_path: Path) -> None:
    fine = observation("t01.r1.c1", "0.1234567", "1234.567")
    padded = observation("t01.r1.c2", "0.1234560", "1234.5600")
    finest = observation("t01.r1.c3", "x", "0.12345678901")
    rows = read(dataset(tmp_path, [result(observations=[fine, padded, finest])]), "observations")
    assert [(one["value"], one["yuan"], one["value_decimal"]) for one in rows] == [
        ("1234.567", None, Decimal("1234.567")),
        ("1234.5600", Decimal("1234.56"), Decimal("1234.56")),
        ("0.12345678901", None, None),
    ]


def test_a_percentage_is_no_money(tmp_path: Path) -> None:
    rate = msgspec.structs.replace(observation("t01.r1.c1", "58.31%", "58.31"), unit="percent")
    (found,) = read(dataset(tmp_path, [result(observations=[rate])]), "observations")
    assert (found["yuan"], found["value_decimal"]) == (None, Decimal("58.31"))


def test_ids_are_of_the_cell_and_need_no_other_value() -> None:
    one, other = observation("t01.r1.c1", "1", "1"), observation("t01.r1.c2", "2", "2")
    assert list(observation_ids("ab" * 32, [one, other]))[1:] == list(observation_ids("ab" * 32, [other]))
    assert list(observation_ids("ab" * 32, [one, one])) == [
        "abababababababab/t01.r1.c1/total",
        "abababababababab/t01.r1.c1/total~2",
    ]


def test_a_document_that_failed_has_a_row_that_says_why(tmp_path: Path) -> None:
    write([(row(result(), "a/x.pdf", "b/x.pdf"), pack(encode(result()))), failed("cd" * 32)], tmp_path)
    read_, broken = read(tmp_path, "documents")
    assert (read_["state"], json.loads(read_["places"])) == ("ok", ["a/x.pdf", "b/x.pdf"])
    assert (read_["grade_a"], read_["checks_pass"], read_["tables_recognised"], read_["observations"]) == (1, 1, 1, 1)
    assert (broken["state"], broken["error"], broken["error_page"], broken["tables"]) == ("failed", "corrupt", 2, None)
    assert (broken["bytes"], broken["pipeline"], broken["catalogue"]) == (3, "0.0.test", None)
    assert len(broken) == len(DOCUMENTS.columns)


def test_a_name_that_is_no_text_does_not_stop_a_dataset(tmp_path: Path) -> None:
    line = row(result(), "bad\udcff.pdf")
    write([(line, pack(encode(result())))], tmp_path)
    assert json.loads(read(tmp_path, "documents")[0]["places"]) == ["bad?.pdf"]
    assert line.places == (Place("bad\udcff.pdf"),)


def test_the_same_results_give_the_same_bytes(tmp_path: Path) -> None:
    twice = [dataset(tmp_path / name, [fixture(), fixture(PAGE)]) for name in "ab"]
    assert files(twice[0]) == files(twice[1])


def test_large_tables_are_cut_into_files_of_bounded_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "GROUP_ROWS", 7)
    monkeypatch.setattr(parts, "PART_GROUPS", 3)
    many = [observation(f"t01.r{number}.c1", "1", str(number)) for number in range(50)]
    cut = dataset(tmp_path, [result(observations=many)])
    found = [pq.ParquetFile(path) for path in sorted((cut / "data" / "observations").iterdir())]
    assert [(one.metadata.num_rows, one.num_row_groups) for one in found] == [(21, 3), (21, 3), (8, 2)]
    assert [one["value"] for one in read(cut, "observations")] == [str(number) for number in range(50)]


def test_a_dataset_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    before = files(dataset(tmp_path, [result()]))

    def broken() -> Any:
        yield row(result()), pack(encode(result()))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(broken(), tmp_path)
    assert {name: data for name, data in files(tmp_path).items() if name.startswith("data/")} == before
    dataset(tmp_path, [])
    assert read(tmp_path, "documents") == []
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_duckdb_reads_it(whole: Path) -> None:
    query = f"SELECT yuan, page FROM '{whole}/data/observations/*.parquet' WHERE {TOTAL}"
    (found,) = duckdb.connect().execute(query).fetchall()
    assert found == (PRINTED, 6)


def test_polars_reads_it(whole: Path) -> None:
    lazy = pl.scan_parquet(whole / "data" / "observations" / "*.parquet")
    found = pl.SQLContext(o=lazy).execute(f"SELECT yuan FROM o WHERE {TOTAL}", eager=True)
    assert found["yuan"].to_list() == [PRINTED]


def test_pandas_reads_it(whole: Path) -> None:
    frame = pd.read_parquet(whole / "data" / "observations")
    found = frame[(frame.kind == "fa_expenditure") & (frame.field == "total") & (frame.row_role == "total")].query(
        "source == 'table'"
    )
    assert found["yuan"].tolist() == [PRINTED]


def test_the_page_of_the_dataset_is_up_to_date() -> None:
    page = Path(__file__).resolve().parents[3] / "docs" / "dataset.md"
    assert page.read_text("utf-8") == as_markdown(), "run: python -m service.bulk.dataset > docs/dataset.md"
