from schemas.checks import check_findings, run_checks, suspicions
from schemas.records import TableReading
from schemas.result import Finding
from tests.schemas.checks.readings import line, reading


def remarks(*tables: TableReading) -> list[Finding]:
    checks = run_checks(tables)
    return check_findings(checks, tables, suspicions(checks, tables))


def test_a_suspect_is_named_with_where_both_sides_and_the_value_that_fits() -> None:
    table = reading(
        "fa_general_budget_expenditure",
        line("合计", total="5.00", basic="2.00", project="3.00"),
        line("208 社会保障和就业支出", total="5.00", basic="7.00", project="3.00"),
    )
    (found,) = remarks(table)
    assert (found.code, found.severity, found.table, found.page) == ("check_failed", "error", "t01", 8)
    assert found.cells == ["t01.r2.c3"]
    assert found.message == (
        "Page 8, 2022年度一般公共预算财政拨款支出决算表, row 208 社会保障和就业支出: "
        "小计 5.00 is printed, but 基本支出 7.00 + 项目支出 3.00 = 10 (万元); difference -5, rounding allows 0.015. "
        "1 more check on these cells fails: T5.hier#1.c3. "
        "The only cell in every failing and in no passing sum is 208 社会保障和就业支出 / 基本支出, printed 7.00; "
        "2 would fit: one digit differs. "
        "All of it stands so in the text of the file, under headers known to the letter: the publisher's own error, "
        "kept as printed."
    )
    assert found.message_zh == (
        "第8页《2022年度一般公共预算财政拨款支出决算表》“208 社会保障和就业支出”行："
        "小计 5.00 为列示数，而 基本支出 7.00 + 项目支出 3.00 = 10（万元），相差 -5，四舍五入可容许 0.015。"
        "涉及相同单元格的另有 1 项不符：T5.hier#1.c3。"
        "唯一出现在全部不符项、且未被其他勾稽验证的单元格是“208 社会保障和就业支出 / 基本支出”，"
        "列示 7.00，若为 2 则相符（仅一位数字不同）。"
        "相关数字均直接取自文件文字、表头完全匹配：属原文自身错误，按原文保留。"
    )


def test_a_small_difference_is_put_down_to_rounding() -> None:
    (found,) = remarks(
        reading("fa_expenditure", line("201 一般公共服务支出", total="9.00", basic="5.01", project="4.02"))
    )
    assert found.code == "check_rounding_outside"
    assert "rounding" in found.message
    assert "取整" in found.message_zh


def test_a_wrong_unit_is_a_unit_conflict_between_two_tables() -> None:
    summary = reading(
        "fa_income_expenditure_summary", line("expenditure.total_current", "expenditure", expenditure_amount="11.00")
    )
    detail = reading("fa_expenditure", line("合计", total="11.00"), factor=1, table_id="t03")
    (found,) = remarks(summary, detail)
    assert found.code == "unit_conflict"
    assert found.cells == ["t01.r1.c2", "t03.r1.c2"]
    assert "= 11.00 (元); difference 109989.00" in found.message
    assert "相差一万倍" in found.message_zh


def test_a_weak_header_is_the_first_thing_to_look_at() -> None:
    row = line("201 一般公共服务支出", total="90.00", basic="2.00", project="3.00")
    (found,) = remarks(reading("fa_expenditure", row, score=0.93))
    assert "likeness" in found.message


def test_long_sums_are_counted_not_listed() -> None:
    items = [line(f"{code} 款", total="1.00") for code in range(20101, 20110)]
    (found,) = remarks(reading("fa_general_budget_expenditure", line("201 一般公共服务支出", total="99.00"), *items))
    assert "+ … [9] = 9 (万元)" in found.message


def test_a_part_above_its_whole_is_a_warning() -> None:
    basic = reading(
        "fa_general_budget_basic_expenditure", line("30217 公务接待费", "public", amount="2.00"), code_list="economic"
    )
    whole = reading("fa_three_public", line("本部门", final__reception="1.00"), table_id="t02")
    (found,) = remarks(basic, whole)
    assert found.severity == "warning"
    assert "is more than" in found.message


def test_what_adds_up_needs_no_remark() -> None:
    assert (
        remarks(reading("fa_expenditure", line("201 一般公共服务支出", total="5.00", basic="2.00", project="3.00")))
        == []
    )


def test_a_row_missing_under_a_parent_is_one_remark_for_all_columns() -> None:
    table = reading(
        "fa_general_budget_expenditure",
        line("20140 信访事务", total="9.00", basic="5.00", project="4.00"),
        line("2014001 行政运行", total="5.00", basic="5.00", project=""),
        line("2014050 事业运行", total="2.00", basic="", project="2.00"),
    )
    (found,) = remarks(table)
    assert "1 more check on these cells fails: T5.hier#1.c4." in found.message
    assert "a row may be undisclosed, or lost" in found.message
    assert "漏读了行" in found.message_zh


def test_amounts_lost_in_reading_are_told_once_for_a_table() -> None:
    table = reading(
        "fa_expenditure",
        line("2010301 行政运行", total="", basic="4.00", project="6.00"),
        line("2010302 一般行政管理事务", total="", basic="1.00", project="1.00"),
    )
    (found,) = remarks(table)
    assert (found.code, found.severity, found.page) == ("check_failed", "warning", 8)
    assert found.message.startswith("2 cells of this table are blank")
    assert "T3.row#1 10; T3.row#2 2" in found.message


def test_an_amount_under_two_different_classes_is_one_remark_on_the_page_of_the_summary() -> None:
    summary = reading(
        "fa_income_expenditure_summary",
        line("expenditure.208", "expenditure", expenditure_amount="7.00"),
        line("expenditure.total_current", "expenditure", expenditure_amount="7.00"),
    )
    detail = reading("fa_expenditure", line("合计", total="7.00"), line("205 教育支出", total="7.00"), table_id="t03")
    (found,) = remarks(summary, detail)
    assert (found.code, found.table, found.cells) == ("check_failed", "t01", ["t01.r1.c2", "t03.r2.c2"])
    assert (
        "社会保障和就业支出/决算数(万元) 7.00 is printed, but the other table has nothing for it (元)" in found.message
    )
    assert "X.T1T2class#205" in found.message
    assert "one of the two lines bears a wrong name" in found.message
    assert "其中一处科目名称有误" in found.message_zh


def test_where_it_is_not_clear_which_class_an_amount_went_to_every_failure_is_told() -> None:
    summary = reading(
        "fa_income_expenditure_summary",
        line("expenditure.205", "expenditure", expenditure_amount="6.00"),
        line("expenditure.208", "expenditure", expenditure_amount="3.00"),
        line("expenditure.total_current", "expenditure", expenditure_amount="9.00"),
    )
    detail = reading(
        "fa_expenditure",
        line("合计", total="9.00"),
        line("205 教育支出", total="3.00"),
        line("206 科学技术支出", total="3.00"),
        line("210 卫生健康支出", total="3.00"),
        table_id="t03",
    )
    assert [found.message.count("bears a wrong name") for found in remarks(summary, detail)] == [0, 0, 0, 0]
