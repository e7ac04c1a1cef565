"""The money of one bureau in one year, which adds up. Amounts are in 0.01 万元. Knows no page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

PLACES = ("临溪县", "青岭市", "望江区", "石桥县", "云台区", "白河市", "永安县", "南浦区", "东平县", "清源市")
# Bureau, and the functions it spends on: code and name of class, section and item.
# Bureau, and the functions it spends on: class, then sections each with its items.
BUREAUX = (
    (
        "教育局",
        "205 教育支出|20501 教育管理事务|2050101 行政运行;2050102 一般行政管理事务"
        "|20502 普通教育|2050202 小学教育;2050203 初中教育",
    ),
    (
        "医疗保障局",
        "210 卫生健康支出|21013 医疗救助|2101301 城乡医疗救助"
        "|21015 医疗保障管理事务|2101501 行政运行;2101502 一般行政管理事务",
    ),
    (
        "财政局",
        "201 一般公共服务支出|20106 财政事务|2010601 行政运行;2010602 一般行政管理事务;2010608 财政委托业务支出",
    ),
    (
        "民政局",
        "208 社会保障和就业支出|20802 民政管理事务|2080201 行政运行;2080299 其他民政管理事务支出"
        "|20810 社会福利|2081001 儿童福利;2081002 老年福利",
    ),
    ("交通运输局", "214 交通运输支出|21401 公路水路运输|2140101 行政运行;2140104 公路建设;2140106 公路养护"),
    ("水利局", "213 农林水支出|21303 水利|2130301 行政运行;2130305 水利工程建设;2130314 防汛"),
    ("档案馆", "201 一般公共服务支出|20126 档案事务|2012601 行政运行;2012604 档案馆"),
    (
        "文化和旅游局",
        "207 文化旅游体育与传媒支出|20701 文化和旅游|2070101 行政运行;2070104 图书馆;2070109 群众文化",
    ),
    (
        "生态环境局",
        "211 节能环保支出|21101 环境保护管理事务|2110101 行政运行;2110102 一般行政管理事务"
        "|21103 污染防治|2110301 大气;2110302 水体",
    ),
    ("审计局", "201 一般公共服务支出|20108 审计事务|2010801 行政运行;2010804 审计业务;2010806 信息化建设"),
)
ALSO = (  # what every bureau pays for its people
    "208 社会保障和就业支出|20805 行政事业单位养老支出"
    "|2080505 机关事业单位基本养老保险缴费支出;2080506 机关事业单位职业年金缴费支出",
    "210 卫生健康支出|21011 行政事业单位医疗|2101101 行政单位医疗;2101103 公务员医疗补助",
    "221 住房保障支出|22102 住房改革支出|2210201 住房公积金",
)
STAFF = (
    ("30101", "基本工资"),
    ("30102", "津贴补贴"),
    ("30103", "奖金"),
    ("30107", "绩效工资"),
    ("30108", "机关事业单位基本养老保险缴费"),
    ("30110", "职工基本医疗保险缴费"),
    ("30113", "住房公积金"),
)
OFFICE = (
    ("30201", "办公费"),
    ("30202", "印刷费"),
    ("30206", "电费"),
    ("30207", "邮电费"),
    ("30211", "差旅费"),
    ("30213", "维修（护）费"),
    ("30217", "公务接待费"),
    ("30228", "工会经费"),
    ("30231", "公务用车运行维护费"),
)


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent under one code: on staff and running (basic), and on projects. Classes and sections are sums."""

    code: str
    name: str
    basic: int
    project: int

    @property
    def total(self) -> int:
        """Both."""
        return self.basic + self.project


@dataclass(frozen=True, slots=True)
class Budget:
    """A bureau's year. ``functions`` are in the order they are printed, sums before their parts."""

    place: str
    bureau: str
    year: int
    functions: tuple[Spent, ...]
    staff: tuple[Spent, ...]
    office: tuple[Spent, ...]
    cars: int
    guests: int

    @property
    def agency(self) -> str:
        """The bureau by its whole name."""
        return self.place + self.bureau

    @property
    def classes(self) -> list[Spent]:
        """The sums by class of function."""
        return [one for one in self.functions if len(one.code) == 3]

    @property
    def total(self) -> Spent:
        """All that was spent."""
        return Spent("", "合计", sum(one.basic for one in self.classes), sum(one.project for one in self.classes))


def budget(random: Random) -> Budget:
    """Any bureau in any year."""
    bureau, own = random.choice(BUREAUX)
    trees: dict[str, list[list[Spent]]] = {}
    for text in (own, *ALSO):
        head, *rest = text.split("|")
        trees.setdefault(head, []).extend(
            _section(section, items, random) for section, items in zip(rest[::2], rest[1::2], strict=True)
        )
    functions = [one for head in sorted(trees) for one in _class(head, trees[head])]
    basic = sum(one.basic for one in functions if len(one.code) == 3)
    parts = _split(basic, len(STAFF) + len(OFFICE), random)
    staff = tuple(Spent(*name, amount, 0) for name, amount in zip(STAFF, parts[: len(STAFF)], strict=True))
    office = tuple(Spent(*name, amount, 0) for name, amount in zip(OFFICE, parts[len(STAFF) :], strict=True))
    cars, guests = office[-1].basic, office[6].basic
    return Budget(
        random.choice(PLACES), bureau, random.randint(2018, 2025), tuple(functions), staff, office, cars, guests
    )


def _class(head: str, sections: list[list[Spent]]) -> Iterator[Spent]:
    code, name = head.split()
    sums = [section[0] for section in sections]
    yield Spent(code, name, sum(one.basic for one in sums), sum(one.project for one in sums))
    for section in sorted(sections, key=lambda section: section[0].code):
        yield from section


def _section(head: str, items: str, random: Random) -> list[Spent]:
    code, name = head.split()
    spent = [_item(item, random) for item in items.split(";")]
    return [Spent(code, name, sum(one.basic for one in spent), sum(one.project for one in spent)), *spent]


def _item(item: str, random: Random) -> Spent:
    code, name = item.split()
    runs = code.endswith("01") or code.startswith(("20805", "21011", "221"))
    basic = random.randrange(500, 90_000) if runs else 0
    return Spent(code, name, basic, 0 if runs else random.randrange(300, 900_000))


def _split(whole: int, parts: int, random: Random) -> list[int]:
    cuts = sorted(random.sample(range(1, whole), parts - 1))
    return [after - before for before, after in zip([0, *cuts], [*cuts, whole], strict=True)]
