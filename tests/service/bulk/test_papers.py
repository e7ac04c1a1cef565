"""The papers of a dataset: data package, codebook, record of the run, citation, loading scripts."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from frictionless import Package
from lxml import html

from schemas.catalogue import load_catalogue
from schemas.kindfile import ExpenditureType, Fund, Measure, Phase
from schemas.panel.level import RecordLevel
from schemas.records import ValueStatus
from service.bulk.dataset.exports import export
from service.bulk.dataset.tables import SHAPES
from service.bulk.dataset.words import WORDS
from service.bulk.dataset.write import write
from service.bulk.packed import pack
from service.bulk.row import State
from service.pipeline import encode
from tests.service.builders import result
from tests.service.bulk.datasets import dataset, failed, fixture, row


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One made-up result and a document that failed, with their CSV."""
    at = tmp_path_factory.mktemp("small")
    write([(row(result(), "a.pdf", "b.pdf"), pack(encode(result()))), failed("cd" * 32)], at, {"seconds": 3})
    export(at, "csv")
    return at


def read_json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_the_csv_is_a_valid_tabular_package_with_keys(small: Path) -> None:
    report = Package(str(small / "export" / "csv" / "datapackage.json")).validate()
    assert report.flatten(["title", "note"]) == []
    assert report.stats["tasks"] == len(SHAPES)


def test_a_value_that_does_not_fit_the_description_is_noticed(small: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(small / "export" / "csv", tmp_path / "csv")
    file = copy / "observations.csv"
    file.write_text(file.read_text("utf-8").replace("7094100.00", "seven"), "utf-8")
    assert not Package(str(copy / "datapackage.json")).validate().valid


def test_the_package_beside_the_parquet_files_is_valid_and_names_them_all(small: Path) -> None:
    at = small / "datapackage.json"
    assert list(Package.metadata_validate(read_json(at))) == []
    paths = [one["path"] for one in read_json(at)["resources"]]
    assert paths == [f"data/{shape.name}/part-00000.parquet" for shape in SHAPES]
    assert all((small / path).exists() for path in paths)


def test_measures_and_dimensions_are_columns_of_the_observations(small: Path) -> None:
    package = read_json(small / "export" / "csv" / "datapackage.json")
    fields = {
        field["name"]
        for one in package["resources"]
        if one["name"] == "observations"
        for field in one["schema"]["fields"]
    }
    model = package["model"]
    attributes = [one for dimension in model["dimensions"].values() for one in dimension["attributes"].values()]
    assert model["measures"]["amount"] == {"source": "yuan", "currency": "CNY", "resource": "observations"}
    assert {one["source"] for one in attributes} <= fields
    kinds = {"datetime", "entity", "location", "classification", "fact", "other"}
    assert {dimension["dimensionType"] for dimension in model["dimensions"].values()} == kinds
    assert all(one["primaryKey"] in one["attributes"] for one in model["dimensions"].values())


def test_the_record_of_the_run_counts_and_holds_every_digest(small: Path) -> None:
    record = read_json(small / "run.json")
    assert record["documents"] == {"ok": 1, "partial": 0, "failed": 1}
    assert record["files"] == {"in": 3, "duplicate": 1}
    assert record["rows"]["observations"] == 1
    assert record["run"] == {"seconds": 3}
    assert record["options"] == [{"pages": None}]
    files = [
        path for path in small.rglob("*") if path.is_file() and path.name != "run.json" and "export" not in path.parts
    ]
    assert record["sha256"] == {
        path.relative_to(small).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


def test_only_the_record_of_the_run_has_a_time(tmp_path: Path) -> None:
    one, other = (dataset(tmp_path / name, [result()]) for name in "ab")
    same = [path.relative_to(one) for path in one.rglob("*") if path.is_file() and path.name != "run.json"]
    assert len(same) > len(SHAPES)
    assert [path for path in same if (one / path).read_bytes() != (other / path).read_bytes()] == []


def test_the_citation_has_what_the_format_demands(small: Path) -> None:
    cff = yaml.safe_load((small / "CITATION.cff").read_text("utf-8"))
    assert (cff["cff-version"], cff["type"]) == ("1.2.0", "dataset")
    assert {"message", "title", "authors"} <= cff.keys()
    assert all(author.keys() == {"name"} for author in cff["authors"])
    assert cff["identifiers"][0]["value"].startswith("sha256:")


def test_the_codebook_has_every_column_and_every_field_in_two_languages(small: Path) -> None:
    lines = list(csv.DictReader(io.StringIO((small / "codebook.csv").read_text("utf-8"), newline="")))
    found = {(one["section"], one["of"], one["id"]) for one in lines}
    for shape in SHAPES:
        assert {("column", shape.name, name) for name in shape.names} <= found
    for kind in load_catalogue().kinds:
        assert {("field", kind.id, column.id) for column in kind.columns} <= found
        assert {("line", kind.id, line.id) for line in kind.line_items} <= found
        assert {("check", kind.id, rule.id) for rule in kind.checks} <= found
    assert [one for one in lines if not one["meaning"] or (one["section"] != "check" and not one["meaning_zh"])] == []


def test_a_field_of_the_codebook_says_what_its_amounts_are(small: Path) -> None:
    lines = csv.DictReader(io.StringIO((small / "codebook.csv").read_text("utf-8"), newline=""))
    (line,) = [one for one in lines if (one["of"], one["id"]) == ("fa_general_budget_expenditure", "basic")]
    assert (line["meaning"], line["meaning_zh"], line["type"]) == ("basic", "基本支出", "money")
    assert (line["phase"], line["fund"], line["expenditure_type"]) == ("final", "general_public_budget", "basic")


def test_the_page_of_the_codebook_is_one_file_with_as_many_lines(small: Path) -> None:
    page = html.fromstring((small / "codebook.html").read_bytes())
    lines = (small / "codebook.csv").read_text("utf-8").splitlines()
    assert page.xpath("count(//tr[td])") == len(lines) - 1
    assert page.xpath("count(//script | //link | //img | //@src | //@href)") == 0


@pytest.mark.parametrize(
    ("column", "known"),
    [
        ("phase", [one for one in get_args(Phase) if not one.startswith("prior_") and one != "unstated"]),
        ("measure", get_args(Measure)),
        ("fund", get_args(Fund)),
        ("expenditure_type", get_args(ExpenditureType)),
        ("value_status", list(ValueStatus)),
        ("record_level", list(RecordLevel)),
        ("state", list(State)),
    ],
)
def test_every_word_of_a_column_has_a_meaning(column: str, known: list[str]) -> None:
    assert set(WORDS[column]) == {str(word) for word in known}


def test_the_script_for_python_loads_the_dataset(small: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(small / "load" / "load.py")], capture_output=True, text=True, check=True, cwd="/"
    )
    assert done.stdout.startswith("1 observations, 1 amounts of grade A or B")


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed (apt-get install r-base-core, 54 MB)")
def test_the_script_for_r_loads_the_dataset(small: Path) -> None:
    done = subprocess.run(
        ["Rscript", str(small / "load" / "load.R")], capture_output=True, text=True, check=True, cwd="/"
    )
    assert done.stdout == "1 observations, 1 amounts of grade A or B\n"


def test_the_script_for_stata_names_the_file_that_is_written(tmp_path: Path) -> None:
    at = dataset(tmp_path, [fixture("html/changan-2023-performance-web-page")])
    export(at, "dta", tables=["observations"])
    script = (at / "load" / "load.do").read_text("utf-8")
    (used,) = [line.split('"')[1] for line in script.splitlines() if line.startswith("use ")]
    assert (at / "load" / used).exists()
