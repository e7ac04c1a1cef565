"""Planted errors: each of them stops the loader with a message that names the file and what is wrong in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.catalogue import HERE, CatalogueError, read_catalogue


def copy_of_the_catalogue(directory: Path) -> Path:
    shutil.copytree(HERE / "kinds", directory / "kinds")
    shutil.copy(HERE / "lexicon.yml", directory)
    return directory


def in_kind(old: str, new: str, kind_id: str = "fa_expenditure") -> Callable[[Path], None]:
    def plant(directory: Path) -> None:
        path = directory / "kinds" / f"{kind_id}.yml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return plant


def without_examples(directory: Path) -> None:
    path = directory / "kinds" / "fa_expenditure.yml"
    path.write_text(path.read_text("utf-8").partition("examples:")[0], "utf-8")


TOTAL = "  - {id: total, labels: [本年支出合计,"
SUPERIOR = "labels: [上缴上级支出, 上缴上级]"
ERRORS = {
    "a misspelt key": (in_kind("not_after:", "not_afters:"), r"fa_expenditure\.yml: not_afters: Extra inputs"),
    "a field of a form that it has not, beside a table": (
        in_kind("lhs: total.executed", "lhs: total.exacted", "pf_department_self_evaluation"),
        r"pf_department_self_evaluation\.yml: check DE\.amount\.executed names an unknown field: exacted",
    ),
    "a table that is not there, beside a form": (
        in_kind("fa_expenditure[@total].basic", "fa_expense[@total].basic", "pf_department_self_evaluation"),
        r"pf_department_self_evaluation\.yml: check DE\.amount\.basic names an unknown kind",
    ),
    "a level that no column names": (
        in_kind("lhs: weight_l1, terms", "lhs: weight_l0, terms", "pf_overall_score_table"),
        r"pf_overall_score_table\.yml: check SC\.sum\.l2 names an unknown field: weight_l0",
    ),
    "a misspelt key of a column": (
        in_kind(TOTAL, TOTAL.replace("labels", "label")),
        r"fa_expenditure\.yml: columns\.1\.own\.labels: Field required",
    ),
    "a key given twice": (in_kind("shape:", "family: budget\nshape:"), r"fa_expenditure\.yml: .*key given twice"),
    "an unknown shape": (in_kind("shape: coded_rows", "shape: rows"), r"fa_expenditure\.yml: shape: .*'rows'"),
    "an unknown family": (in_kind("family: final_accounts", "family: accounts"), r"family: .*'accounts'"),
    "an unknown dimension": (in_kind("fund: all", "fund: everything"), r"dimensions\.fund: .*'everything'"),
    "a number where a string belongs": (
        in_kind("labels: [上缴上级支出,", "labels: [2019,"),
        r"fa_expenditure\.yml: columns\.3\.own\.labels\.0: .*string.*2019",
    ),
    "an id that is not the file's name": (
        in_kind("id: fa_expenditure", "id: fa_spending"),
        r"fa_expenditure\.yml: the id fa_spending differs",
    ),
    "a label repeated under another spacing": (
        in_kind(SUPERIOR, "labels: [上缴上级支出, 经 营 支 出]"),
        r"fa_expenditure\.yml: the label 经营支出 names both to_superior and operating",
    ),
    "a label written twice": (
        in_kind(SUPERIOR, "labels: [上缴上级支出, 上缴上级 支出]"),
        r"the label 上缴上级支出 of to_superior is written twice",
    ),
    "a label that differs in what headers leave out": (
        in_kind(SUPERIOR, "labels: [上缴上级支出, 经营支出（万元）]"),
        r"the label 经营支出 names both to_superior and operating",
    ),
    "a column stated twice": (
        in_kind("checks:", "  - {id: total, labels: [总金额], type: money}\nchecks:"),
        r"fa_expenditure\.yml: the column total is stated twice",
    ),
    "a value column without dimensions": (
        in_kind("fund: all, ", ""),
        r"fa_expenditure\.yml: the column total does not say its fund",
    ),
    "a percentage that is said to be money": (
        in_kind("labels: [经营支出, 事业单位经营支出], type: money", "labels: [经营支出], type: percent"),
        r"the column operating is a percent and must have the measure rate",
    ),
    "an unknown shared list": (
        in_kind("{use: expenditure_types}", "{use: expenditure_type}"),
        r"fa_expenditure\.yml: no shared list of that name here: expenditure_type",
    ),
    "a shared list of lines among the columns": (
        in_kind("{use: expenditure_types}", "{use: income_sources}"),
        r"fa_expenditure\.yml: no shared list of that name here: income_sources",
    ),
    "leaving out what is not there": (
        in_kind("{use: expenditure_types}", "{use: expenditure_types, without: [basics]}"),
        r"fa_expenditure\.yml: without \['basics'\]: not in expenditure_types",
    ),
    "an unknown field in a check": (
        in_kind("terms: [basic, project,", "terms: [basics, project,"),
        r"fa_expenditure\.yml: check T3\.row names an unknown field: basics",
    ),
    "an unknown code column": (
        in_kind("code_column: function_code", "code_column: economic_code"),
        r"check T3\.hier names an unknown field: economic_code",
    ),
    "a hierarchy without levels": (in_kind("levels: [3, 5, 7]", "levels: []"), r"check T3\.hier is a hierarchy"),
    "a sum without terms": (
        in_kind("terms: [basic, project, to_superior, operating, to_affiliated]", "terms: []"),
        r"check T3\.row lacks lhs or terms",
    ),
    "a check stated twice": (
        in_kind("id: T3.hier", "id: T3.row"),
        r"fa_expenditure\.yml: check T3\.row is stated twice",
    ),
    "a check that another kind states": (
        in_kind("id: T3.hier", "id: T2.hier"),
        r"check T2\.hier is stated twice \(also in fa_expenditure\)",
    ),
    "an unknown line in a check": (
        in_kind("lhs: income.total_current", "lhs: income.sum", "fa_income_expenditure_summary"),
        r"check T1\.income names an unknown field: income\.sum",
    ),
    "an unknown kind in a reference": (
        in_kind('"fa_income[@total].total"', '"fa_incomes[@total].total"', "fa_income_expenditure_summary"),
        r"check X\.T1T2 names an unknown kind: fa_incomes\[@total\]\.total",
    ),
    "an unknown field in a reference": (
        in_kind('"fa_income[@total].total"', '"fa_income[@total].sum"', "fa_income_expenditure_summary"),
        r"check X\.T1T2 names an unknown field: fa_income\[@total\]\.sum",
    ),
    "an unknown row in a reference": (
        in_kind('"fa_income[@total].total"', '"fa_income[@sum].total"', "fa_income_expenditure_summary"),
        r"check X\.T1T2 names an unknown row: fa_income\[@sum\]\.total",
    ),
    "a malformed reference": (
        in_kind('"fa_income[@total].total"', '"fa_income.total"', "fa_income_expenditure_summary"),
        r"check X\.T1T2 has a malformed term: fa_income\.total",
    ),
    "a title of another kind": (
        in_kind("  - 部门支出决算表", "  - 部门 收入决算表"),
        r"fa_income\.yml: the title 部门收入决算表 is claimed twice \(also by fa_expenditure\)",
    ),
    "a title that ends another kind's": (
        in_kind("政府采购, ", ""),
        r"fa_expenditure\.yml: the title 支出决算表 ends 政府采购支出决算表 of fa_government_procurement",
    ),
    "no example": (without_examples, r"fa_expenditure\.yml: a kind needs an example"),
    "an example with an unknown field": (
        in_kind("total, basic, project, to_superior", "sum, basic, project, to_superior"),
        r"the example 支出决算表 names unknown fields \['sum'\]",
    ),
    "an example with a short row": (
        in_kind('"603.14", "", "", ""]', '"603.14"]'),
        r"the example 支出决算表 has a row of 7 cells and 10 fields",
    ),
    "an example under a title of no kind": (
        in_kind("  - title: 支出决算表", "  - title: 支出表"),
        r"the example's title 支出表 is no title of the kind",
    ),
    "a line stated twice": (
        in_kind("{id: reception,", "{id: overseas,", "fa_three_public_operating"),
        r"fa_three_public_operating\.yml: the line overseas is stated twice",
    ),
    "a line's label with an ordinal": (
        in_kind("labels: [公务接待费]", "labels: [3.公务接待费]", "fa_three_public_operating"),
        r"the label 3\.公务接待费 of reception carries an ordinal",
    ),
    "a line's label that another line has": (
        in_kind("labels: [公务接待费]", "labels: [公务用车 费]", "fa_three_public_operating"),
        r"the label 公务用车 费 names both vehicle_total and reception",
    ),
    "a line under an unknown line": (
        in_kind("under: income.opening_balance}", "under: income.opening}", "fa_fiscal_appropriation_summary"),
        r"stands under an unknown line income\.opening",
    ),
    "an unknown panel": (
        in_kind("panel: expenditure_use", "panel: use", "bg_income_expenditure_summary"),
        r"bg_income_expenditure_summary\.yml: use_item stands in an unknown panel use",
    ),
    "an unknown side": (
        in_kind("side: income,", "side: incomes,", "fa_income_expenditure_summary"),
        r"lines\.0\.use\.side: .*'incomes'",
    ),
    "a form with columns": (
        in_kind("checks:", "columns:\n  - {use: row_no}\nchecks:", "pf_project_target"),
        r"pf_project_target\.yml: a form_grid has no columns",
    ),
    "a rule of a form in a table": (
        in_kind("axis: column", "axis: indicator", "pf_project_fund_usage"),
        r"check FU\.row has the axis indicator, which is not one of a line_items",
    ),
    "a rule of a table in a form": (
        in_kind("axis: fund_rows", "axis: line", "pf_project_target"),
        r"check PG\.fund has the axis line, which is not one of a form_grid",
    ),
    "a relation that only forms have": (
        in_kind("relation: eq", "relation: ratio", "pf_project_fund_usage"),
        r"check FU\.row has the relation ratio, which only forms have",
    ),
    "a rule of a form without words": (
        in_kind(", note: 得分≤分值", "", "pf_project_self_evaluation"),
        r"check PE\.cap of a form needs a note",
    ),
    "a fund row that no form prints": (
        in_kind("unit_funds, other]", "unit_funds, others]", "pf_project_target"),
        r"check PG\.fund names an unknown field: others",
    ),
    "a part of a form that is none": (
        in_kind("lhs: tail.total_score", "lhs: tail.score", "pf_project_self_evaluation"),
        r"check PE\.total names an unknown field: tail\.score",
    ),
    "a pattern that is no regular expression": (
        in_kind("pattern: '项目", "pattern: '(项目", "pf_overall_base_data"),
        r"the pattern of special_project_n is no regular expression",
    ),
    "a pattern that takes another line": (
        in_kind("pattern: '项目", "pattern: '公用经费|项目", "pf_overall_base_data"),
        r"the pattern of special_project_n takes the label 公用经费 of public_funds",
    ),
    "a heading that names nothing": (
        in_kind("(?P<project_name>", "(", "pf_project_fund_usage"),
        r"pf_project_fund_usage\.yml: its heading has no named group",
    ),
    "a heading that is no regular expression": (
        in_kind("heading: '项目", "heading: '(项目", "pf_project_fund_usage"),
        r"pf_project_fund_usage\.yml: its heading is no regular expression",
    ),
}


@pytest.mark.parametrize("name", ERRORS)
def test_a_planted_error_stops_the_loader_and_is_named(name: str, tmp_path: Path) -> None:
    plant, message = ERRORS[name]
    directory = copy_of_the_catalogue(tmp_path)
    plant(directory)
    with pytest.raises(CatalogueError, match=message):
        read_catalogue(directory)


def test_yaml_that_cannot_be_read_names_its_file(tmp_path: Path) -> None:
    directory = copy_of_the_catalogue(tmp_path)
    (directory / "kinds" / "shared" / "row_no.yml").write_text("columns: [", "utf-8")
    with pytest.raises(CatalogueError, match=r"kinds/shared/row_no\.yml: not readable as YAML"):
        read_catalogue(directory)


def test_opposed_words_that_repeat_themselves_stop_the_loader(tmp_path: Path) -> None:
    directory = copy_of_the_catalogue(tmp_path)
    (directory / "lexicon.yml").write_text("opposed:\n  - [收入, 收 入]\n", "utf-8")
    with pytest.raises(CatalogueError, match=r"lexicon\.yml: a word is repeated"):
        read_catalogue(directory)


def test_the_error_knows_its_file_and_its_problem() -> None:
    error = CatalogueError("kinds/fa_income.yml", "the label 合计 is written twice")
    assert (error.file, error.problem) == ("kinds/fa_income.yml", "the label 合计 is written twice")
