"""A dataset in other shapes: CSV as a Fiscal Data Package, a workbook, Stata files, a DuckDB database."""

from __future__ import annotations

from pathlib import Path

from service.bulk.dataset.read import NoDataset, part_files, shapes

FORMS = ("csv", "xlsx", "dta", "duckdb")


def export(dataset: Path, form: str, out: Path | None = None, tables: list[str] | None = None) -> list[str]:
    """Write a dataset, or these tables of it, in another shape; what is to be said of it, a line each.

    ``out`` is a folder for csv and dta, a file for xlsx and duckdb; without it, DATASET/export.

    Raises:
        NoDataset: the folder is no dataset, or there is no such table.
    """
    part_files(dataset)  # or it is no dataset
    chosen = shapes(tables)
    home = dataset / "export"
    match form:
        case "csv":
            from service.bulk.dataset.exports.csv import to_csv  # noqa: PLC0415

            return to_csv(dataset, chosen, out or home / "csv")
        case "xlsx":
            from service.bulk.dataset.exports.workbook import to_xlsx  # noqa: PLC0415

            return to_xlsx(dataset, chosen, out or home / "dataset.xlsx")
        case "dta":
            from service.bulk.dataset.exports.stata import to_dta  # noqa: PLC0415

            return to_dta(dataset, chosen, out or home / "dta")
        case "duckdb":
            from service.bulk.dataset.exports.database import to_duckdb  # noqa: PLC0415

            return to_duckdb(dataset, chosen, out or home / "dataset.duckdb")
        case _:
            raise NoDataset(f"no such form: {form}; there are {', '.join(FORMS)}")
