"""What a bureau writes about its year, as script blocks: final accounts, a budget, the evaluation of a project."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.county.budget import Budget, Spent

WORDS = {
    name: words.split()
    for name, _, words in (
        line.partition(": ") for line in (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines()
    )
}
NUMERALS = WORDS["numerals"]


@dataclass(frozen=True, slots=True)
class Print:
    """How amounts are printed, and which one is printed wrongly: ``slip`` counts down to it, below 0 none is."""

    unit: str
    blank: str
    slip: int = -1


class Page:
    """A script in the making."""

    def __init__(self, budget: Budget, how: Print) -> None:
        self.budget, self.how, self.lines = budget, how, [""]
        self._left = how.slip

    @property
    def script(self) -> str:
        """All of it."""
        return "\n".join(self.lines)

    def say(self, *lines: str) -> None:
        """Paragraphs and marks."""
        self.lines += lines

    def table(self, title: str, widths: str, align: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
        """A table with its title and caption on a page of its own."""
        head = list(head)
        self.say("@page", f"# {title}", f"= 部门：{self.budget.agency} || 单位：{self.how.unit}")
        self.say(f"@grid widths={widths} align={align} head={len(head)} size=9 height=20", *head)
        self.say(*(f"| {' | '.join(row)} |" for row in rows), "@end")

    def money(self, amount: int) -> str:
        """An amount as it is printed, or misprinted."""
        self._left -= 1
        if self._left == 0:
            amount += 9 * 10 ** (len(str(amount)) // 2)  # two digits changed places
        if amount == 0:
            return self.how.blank
        return f"{amount / 100:,.2f}" if self.how.unit == "万元" else f"{amount * 100:,.2f}"


def final_accounts(budget: Budget, how: Print, random: Random) -> str:
    """A bureau's final accounts."""
    page, year = Page(budget, how), f"{budget.year}年度"
    page.say("@space 120", f"# {budget.agency}", f"# {year}部门决算")
    _duties(page, random, f"{year}部门决算")
    _summary(page, f"{year}收入支出决算总表")
    total = budget.total.total
    head = [
        "| 项目 | < | 本年收入合计 | 财政拨款收入 | 上级补助收入 | 事业收入 | 经营收入 | 附属单位上缴收入 | 其他收入 |",
        "| 功能分类科目编码 | 科目名称 | ^ | ^ | ^ | ^ | ^ | ^ | ^ |",
    ]
    page.table(f"{year}收入决算表", "58,120,52,52,40,36,36,44,36", "llrrrrrrr", head, _income(page, total))
    head = [
        "| 项目 | < | 本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出 |",
        "| 功能分类科目编码 | 科目名称 | ^ | ^ | ^ | ^ | ^ |",
    ]
    page.table(f"{year}支出决算表", "60,141,60,55,55,50,50", "llrrrrr", head, _spent(page, 2))
    head = ["| 项目 | < | 本年支出 | < | < |", "| 功能分类科目编码 | 科目名称 | 小计 | 基本支出 | 项目支出 |"]
    title = f"{year}一般公共预算财政拨款支出决算表"
    page.table(title, "70,190,70,70,70", "llrrr", head, _spent(page, 0))
    head = [
        "| 项目 | < | 年初结转和结余 | 本年收入 | 本年支出 | < | < | 年末结转和结余 |",
        "| 功能分类科目编码 | 科目名称 | ^ | ^ | 小计 | 基本支出 | 项目支出 | ^ |",
    ]
    title = f"{year}政府性基金预算财政拨款收入支出决算表"
    empty = [["合计", "<", *[""] * 6], [""] * 8]
    page.table(title, "60,121,48,48,48,48,48,48", "llrrrrrr", head, empty)
    _explanations(page, random)
    _evaluations(page, random)
    return page.script


def budget_of(budget: Budget, how: Print, random: Random) -> str:
    """A bureau's budget."""
    page, year = Page(budget, how), f"{budget.year}年"
    page.say("@space 120", f"# {budget.agency}", f"# {year}部门预算")
    _duties(page, random, f"{year}部门预算")
    head = ["| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |"]
    page.table(f"{year}部门支出总表", "70,190,70,70,70", "llrrr", head, _spent(page, 0))
    page.table(f"{year}一般公共预算支出表", "70,190,70,70,70", "llrrr", head, _spent(page, 0))
    head = [
        "| 部门预算支出经济分类科目 | < | 本年一般公共预算基本支出 | < | < |",
        "| 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费 |",
    ]
    page.table(f"{year}一般公共预算基本支出表", "70,190,70,70,70", "llrrr", head, _basic(page))
    head = [
        "| 合计 | 因公出国（境）费 | 公务用车购置及运行费 | < | < | 公务接待费 |",
        "| ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行费 | ^ |",
    ]
    cars, guests = budget.cars, budget.guests
    row = [page.money(amount) for amount in (cars + guests, 0, cars, 0, cars, guests)]
    page.table(f"{year}一般公共预算“三公”经费支出表", "80,80,80,80,80,70", "rrrrrr", head, [row])
    _explanations(page, random)
    return page.script


def evaluation(budget: Budget, how: Print, random: Random) -> str:
    """The evaluation of a bureau's projects by who carried them out."""
    page = Page(budget, how)
    page.say("@space 120", f"# {budget.agency}", f"# {budget.year}年度项目支出绩效自评")
    _duties(page, random, f"{budget.year}年度绩效自评")
    _evaluations(page, random)
    return page.script


KINDS: dict[str, Callable[[Budget, Print, Random], str]] = {
    "部门决算": final_accounts,
    "部门预算": budget_of,
    "绩效自评": evaluation,
}


def _duties(page: Page, random: Random, what: str) -> None:
    page.say("@page", f"# 第一部分 {page.budget.agency}概况", "## 一、主要职能")
    page.say(*(f"（{NUMERALS[number]}）{random.choice(WORDS['duties'])}" for number in range(random.randint(4, 9))))
    page.say("## 二、部门预算单位构成", f"纳入{what}编制范围的单位共1个，即{page.budget.agency}本级。")


def _summary(page: Page, title: str) -> None:
    spent = {one.name: one.total for one in page.budget.classes}
    total, blank, incomes = page.budget.total.total, page.how.blank, WORDS["incomes"]
    rows = []
    for number, (numeral, name) in enumerate(zip(NUMERALS, WORDS["classes"], strict=True)):
        label = f"{numeral}、{incomes[number]}" if number < len(incomes) else ""
        amount = page.money(total) if number == 0 else blank if label else ""
        rows.append([label, amount, f"{numeral}、{name}", page.money(spent.get(name, 0))])
    rows += [
        ["本年收入合计", page.money(total), "本年支出合计", page.money(total)],
        ["年初结转和结余", blank, "年末结转和结余", blank],
        ["总计", page.money(total), "总计", page.money(total)],
    ]
    head = ["| 收入 | < | 支出 | < |", "| 项目 | 决算数 | 项目 | 决算数 |"]
    page.table(title, "165,70,165,70", "lrlr", head, rows)


def _income(page: Page, total: int) -> Iterable[list[str]]:
    blank = page.how.blank
    yield ["合计", "<", page.money(total), page.money(total), *[blank] * 5]
    for one in page.budget.functions:
        yield [one.code, one.name, page.money(one.total), page.money(one.total), *[blank] * 5]


def _spent(page: Page, more: int) -> Iterable[list[str]]:
    total = page.budget.total
    yield ["合计", "<", *_amounts(page, total), *[page.how.blank] * more]
    for one in page.budget.functions:
        yield [one.code, one.name, *_amounts(page, one), *[page.how.blank] * more]


def _amounts(page: Page, one: Spent) -> list[str]:
    return [page.money(amount) for amount in (one.total, one.basic, one.project)]


def _basic(page: Page) -> Iterable[list[str]]:
    staff, office = (sum(one.basic for one in part) for part in (page.budget.staff, page.budget.office))
    yield ["合计", "<", *(page.money(amount) for amount in (staff + office, staff, office))]
    for code, name, amount, parts in (
        ("301", "工资福利支出", staff, page.budget.staff),
        ("302", "商品和服务支出", office, page.budget.office),
    ):
        for one in (Spent(code, name, amount, 0), *parts):
            printed = [page.money(one.basic), page.how.blank]
            yield [one.code, one.name, page.money(one.basic), *(printed if code == "301" else printed[::-1])]


def _explanations(page: Page, random: Random) -> None:
    budget = page.budget
    words = f"{budget.total.total / 100:.2f}万元"
    page.say("@page", f"# 第三部分 {budget.agency}情况说明", "## 一、收入支出总体情况说明")
    page.say(f"{budget.year}年度收入、支出总计均为{words}。与上年相比，收支总计有所变动，主要原因是项目安排调整。")
    page.say("## 二、一般公共预算财政拨款支出具体情况")
    for one in budget.functions:
        if len(one.code) == 7 and one.total:
            why = random.choice(("年中追加预算", "厉行节约", "据实结算", "人员变动"))
            page.say(f"{one.name}（项）{one.total / 100:.2f}万元，主要用于保障相关工作开展。")
            page.say(f"决算数与预算数的差异主要是{why}。{random.choice(WORDS['duties'])}")
    page.say("## 三、重点工作完成情况")
    page.say(*(f"{number}.{''.join(random.sample(WORDS['duties'], 3))}" for number in range(1, random.randint(6, 16))))
    page.say("@page", "# 第四部分 名词解释")
    page.say(*(f"{NUMERALS[number]}、{term}" for number, term in enumerate(WORDS["terms"] * random.randint(2, 4))))


def _evaluations(page: Page, random: Random) -> None:
    """A form for each project, on a page of its own."""
    budget = page.budget
    for one in budget.functions:
        if len(one.code) == 7 and one.project:
            day = f"{budget.year + 1}年3月{random.randint(1, 28)}日"
            page.say("@page", f"# {budget.year}年度“{one.name}”项目自评表")
            page.say(f"= 部门名称：{budget.agency} || 填报日期：{day}")
            page.say("@grid widths=36,42,64,54,66,75,96,38 align=cccccccc head=0 size=9.5 split=1 height=21 long=36")
            page.say(*_form(page, one, random.choice((8, 9, 10))), "@end")


def _form(page: Page, one: Spent, score: int) -> Iterable[str]:
    rest = " | < | < | < | < | < |"
    amount = f"{one.project / 100:.2f}"
    yield f"| 项目名称 | < | {one.name}{rest}"
    yield f"| 主管部门 | < | {page.budget.bureau} | < | < | 项目实施单位 | {page.budget.bureau} | < |"
    yield (
        "| 预算执行情况\\n（万元）\\n（20分） | < |  | 预算数\\n（A） | 执行数\\n（B） | 执行率（B/A） "
        "| 得分（20分*执行率） | < |"
    )
    yield f"| ^ | ^ | 年度财政资金总额 | {amount} | {amount} | 100% | 20 | < |"
    yield (
        "| 年度\\n绩效\\n目标\\n（80\\n分） | 一级\\n指标 | 二级指标 | 三级指标 | < | 年初目标值\\n（A） "
        "| 实际完成值（B） | 得分 |"
    )
    yield f"| ^ | 产出\\n指标 | 数量指标 | 服务人次数 | < | ≥3500人次 | 3600人次 | {score} |"
    yield "| ^ | ^ | 质量指标 | 验收合格率 | < | ≥95% | 98% | 20 |"
    yield "| ^ | ^ | 时效指标 | 按时完成率 | < | 100% | 100% | 20 |"
    yield "| ^ | 效益\\n指标 | 社会效益指标 | 公共服务水平 | < | 有所提升 | 有所提升 | 20 |"
    yield "| ^ | 满意度\\n指标 | 服务对象满意度指标 | 群众满意度 | < | ≥90% | >96% | 10 |"
    yield f"| 总分 | < | {90 + score} | < | < | < | < | < |"
    yield "| 偏差大或\\n目标未完成\\n原因分析 | < | 无" + rest
