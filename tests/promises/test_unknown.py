"""P10: what a document does not print is null and said to be so; it is never guessed."""

from __future__ import annotations

from extractors.options import Options
from schemas.result import Result
from service import compose, pipeline

DEPS = compose.deps()
PAGE = """<html><body><h1>某县财政局2022年度部门决算公开</h1><p>2022年度支出决算表</p><p>单位：万元</p><table>
<tr><td>功能分类科目编码</td><td>科目名称</td><td>本年支出合计</td><td>基本支出</td><td>项目支出</td></tr>
<tr><td></td><td>合计</td><td>1,367.76</td><td>1,000.00</td><td>367.76</td></tr>
<tr><td>201</td><td>一般公共服务支出</td><td>1,367.76</td><td>1,000.00</td><td>367.76</td></tr>
<tr><td>20106</td><td>财政事务</td><td>1,367.76</td><td>1,000.00</td><td>367.76</td></tr>
<tr><td>2010601</td><td>行政运行</td><td>1,000.00</td><td>1,000.00</td><td></td></tr>
<tr><td>2010602</td><td>一般行政管理事务</td><td>367.76</td><td></td><td>367.76</td></tr></table></body></html>"""


def read(page: str) -> Result:
    return pipeline.process(pipeline.Source(page.encode(), "a.html"), Options(), DEPS)


def codes(result: Result) -> set[str]:
    return {one.code for one in result.findings}


def test_whole_it_says_its_amounts_in_yuan_and_its_year() -> None:
    result = read(PAGE)
    assert {one.kind for one in result.tables} == {"fa_expenditure"}
    assert (result.observations[0].value, result.observations[0].fiscal_year) == ("13677600.00", 2022)
    assert codes(result).isdisjoint({"unit_not_printed", "fiscal_year_unknown"})


def test_without_its_unit_no_amount_has_a_value() -> None:
    result = read(PAGE.replace("<p>单位：万元</p>", ""))
    assert [one.text for one in result.observations] == [one.text for one in read(PAGE).observations]
    assert {one.value for one in result.observations} == {None}
    assert "unit_not_printed" in codes(result)


def test_without_its_year_no_amount_has_a_year() -> None:
    result = read(PAGE.replace("2022年度", ""))
    assert {one.fiscal_year for one in result.observations} == {None}
    assert result.profile.fiscal_year.value is None
    assert "fiscal_year_unknown" in codes(result)


def test_without_words_that_say_budget_or_final_accounts_it_is_neither() -> None:
    result = read(PAGE.replace("部门决算公开", "公开").replace("支出决算表", ""))
    assert (result.observations, [one.kind for one in result.tables]) == ([], [None])
    assert result.profile.document_kind.value == "not_fiscal"
