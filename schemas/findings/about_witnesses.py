"""Findings about a table that another place of the document, or its own other rows, contradict."""

from __future__ import annotations

from schemas.findings.kind import FindingKind

WITNESS_FINDINGS: tuple[FindingKind, ...] = (
    FindingKind(
        "unit_contradicted",
        "error",
        "the amounts of 《{title}》 are those of {other} times 10,000, or the other way round: one of the two is not "
        "in the unit it was read in",
        "《{title}》的金额与{other}恰好相差一万倍：其中一处金额单位（元/万元）有误",
        "Two places of the document print the same amounts 10,000 times apart. All amounts of this table are graded C.",
        "Compare the unit printed for both with the size of an amount you know, and rescale the one that is wrong.",
    ),
    FindingKind(
        "unit_implausible",
        "warning",
        "the amounts of 《{title}》 can hardly be in the unit they were read in: {text} is {yuan} yuan",
        "《{title}》的金额单位可疑：{text} 按所读单位为 {yuan} 元",
        "A table of all that an agency has and spends stays below 10,000 yuan or exceeds a trillion, or amounts in 元 "
        "have parts of a fen. All amounts of this table are graded C.",
        "Look at the unit that is printed over the table (元, 万元), and rescale the amounts where it is wrong.",
    ),
    FindingKind(
        "amounts_exchanged",
        "warning",
        "《{title}》 prints for {first} what 《{other}》 prints for {second}, and the other way round",
        "《{title}》中 {first} 与 {second} 的金额与《{other}》相比恰好互换",
        "Two rows or columns have changed places in one of two tables that otherwise print the same amounts. Their "
        "values are graded C; where a third table bears out one of the two, only those of the other.",
        "Compare both rows on both pages: one was printed, or read, in the wrong place.",
    ),
    FindingKind(
        "nature_contradicted",
        "warning",
        "by the definition of its code {label} is {nature}, and all of it stands under {header}",
        "按科目定义，{label} 属于{nature}，而其金额全部列在“{header}”下",
        "行政运行 is basic expenditure, 一般行政管理事务 project expenditure, whoever spends it. The amounts of a row "
        "are graded C; where no such row of the table agrees, both columns are.",
        "Look on the page whether the amount, or the whole column, stands where it was read.",
    ),
    FindingKind(
        "code_label_disagree",
        "warning",
        "code {row_code} is printed beside {label}, which is the name of {owner}",
        "科目编码 {row_code} 与名称“{label}”不符：该名称属于 {owner}",
        "The label is no name of the code in any year, no other table prints the two together, and it is the name of "
        "another code, or of the total. The values of the row are graded C, and those of the row whose name it is, "
        "where that one bears a strange name too.",
        "Look at the page whether code or label stands in the wrong row.",
    ),
    FindingKind(
        "line_number_odd",
        "info",
        "the line number of {label} is {number}, between its neighbours stands {expected}",
        "“{label}”的行次为 {number}，按上下行应为 {expected}",
        "A line number (行次) leaves the sequence of its column: printed or read wrongly. Its amounts are not doubted.",
        "Mind it when a formula under the table names lines by number.",
    ),
    FindingKind(
        "number_missing",
        "warning",
        "this list has no row with the number {number}; it would stand behind {label}",
        "本表缺少序号 {number}（应在“{label}”之后）",
        "The rows of a list are numbered from 1, and one number is left out: its row was not printed, or not read.",
        "Look at the page for the row.",
    ),
    FindingKind(
        "ordinals_exchanged",
        "warning",
        "the lines {first} and {second} bear each other's number: all others of the side are in order",
        "“{first}”与“{second}”序号互换，同侧其余各行序号均连续递增",
        "Two labels changed places, or two lines were printed in each other's place. The amounts of both are graded C.",
        "Look on the page which amount belongs to which label.",
    ),
    FindingKind(
        "row_twice",
        "warning",
        "this row stands twice, one below the other: {row}",
        "该行重复出现：{row}",
        "Two neighbouring rows have the same key and the same amounts. The values of both are graded C.",
        "Look at the page whether it is printed twice; sum one of the two only.",
    ),
    FindingKind(
        "total_differs",
        "warning",
        "{label} is printed again at the top of this page with other amounts than on page {first}",
        "本页表首再次列示“{label}”，但金额与第{first}页所列不同",
        "A table over several pages repeats its total, and the two do not agree. The values of both are graded C.",
        "Compare both rows with the page: one of them may have changed places with the row below it.",
    ),
    FindingKind(
        "row_missing",
        "warning",
        "rows below code {row_code} are printed, and no row of {row_code} itself",
        "有 {row_code} 的下级科目，但缺少 {row_code} 本级行",
        "The table prints codes of several levels, and this one alone has no row: it was not printed, or not read.",
        "Look at the page for the row.",
    ),
    FindingKind(
        "total_missing",
        "warning",
        "this table has no total row",
        "本表缺少合计行",
        "Tables of this kind print a total over their codes; none was printed here, or none was read.",
        "Look at the first and the last row of the table on the page.",
    ),
    FindingKind(
        "line_missing",
        "warning",
        "the line {label} is missing, which every publisher prints in this form",
        "缺少“{label}”行（该表式统一列示此行）",
        "The form is the same in the whole country and has this line: it was not printed, or not read.",
        "Look at the page. The sums over this line were not held.",
    ),
    FindingKind(
        "row_without_parts",
        "warning",
        "code {row_code} has no rows below it, as all other codes of its level have",
        "{row_code} 没有下级科目行（同表同级科目均有）",
        "The rows that make up its amount were not printed, or not read.",
        "Look at the page for the rows below it.",
    ),
    FindingKind(
        "sum_undecided",
        "warning",
        "{count} sums of this table do not hold, for a reason that nothing printed decides: {checks}. Blank cells that "
        "may lack an amount: {lost}",
        "本表有 {count} 项勾稽不符，但凭本表无法判定原因：{checks}。可能缺数的空白单元格：{lost}",
        "A cell of the sum is blank or cannot be read, or a row belongs to no known level: an amount may be lost.",
        "Look at these rows on the page, first at their blank cells; the note of each check says why it is open.",
    ),
    FindingKind(
        "list_total_differs",
        "warning",
        "the rows of this list do not add up to its total: {checks}",
        "本表各行之和与合计不符：{checks}",
        "A row of the list is missing, printed twice or in the wrong column; or rows are left out on purpose (涉密), "
        "which is information only where the table says so.",
        "Compare the rows with the page; do not take the rows that are there for all of them.",
    ),
)
