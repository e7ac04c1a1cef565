"""The kind of document, a ``DocumentKind``: by its title, its section headings, its tables, their titles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from extractors.model import Document
from schemas.findings import finding
from schemas.profile.cues import Mention, Read, TableCue, mention, near_grids, pages_are_whole, tidy
from schemas.profile.front import Front
from schemas.profile.title import headings
from schemas.result import Finding
from schemas.text import fold

DocumentKind = Literal[
    "final_account_disclosure",
    "budget_disclosure",
    "performance_self_evaluation_report",
    "performance_evaluation_report",
    "performance_target_disclosure",
    "performance_summary",
    "base_data_attachment",
    "fund_statement",
    "narrative_only",
    "template",
    "not_fiscal",
]

# The first rule that fits decides: 自评 stands before 预算 (预算绩效自评), 决算 before 预算 (决算说明 names both).
_GOVERNMENT = re.compile(
    r"财政(?:总)?(?:预算|决算|收支)(?!绩效)|预算执行情况|政府(?:预算|决算|债务)|(?:预算|决算)(?:草案|及.*草案)|转移支付"
    r"|(?<!部门)预算调整"
)
_FUND = re.compile(r"(?:社会保险|社保|医保|医疗保险|医疗保障|养老保险|工伤保险|失业保险)基金.*(?:预算|决算|收支|财务)")
_AND = re.compile(r"及|和|与|暨|、")  # 部门预算及绩效目标 is a budget; 决算和预算 are two documents
_RULES: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    ("performance_summary", re.compile(r"(?:自评|绩效评价).*汇总表")),
    ("base_data_attachment", re.compile(r"绩效评价基础数据表")),
    ("performance_self_evaluation_report", re.compile(r"自评")),
    ("performance_evaluation_report", re.compile(r"绩效评价")),
    ("performance_target_disclosure", re.compile(r"绩效目标(?!完成)")),
    ("fund_statement", _FUND),
    ("final_account_disclosure", re.compile(r"(?<!预)决算")),
    ("budget_disclosure", re.compile(r"预算(?!绩效|执行)")),
)
_FAMILIES: dict[str, DocumentKind] = {
    "final_accounts": "final_account_disclosure",
    "final_accounts_ext": "final_account_disclosure",
    "budget": "budget_disclosure",
    "social_insurance": "fund_statement",
}
_UNIT_CAPTION = re.compile(r"单位:(?:人民币)?[百千万亿]?元|公开\d{1,2}表$")
_DISCLOSURES: frozenset[DocumentKind | None] = frozenset({"final_account_disclosure", "budget_disclosure"})
_TEMPLATE = re.compile(
    r"模板|样表|参考样式|填表说明|(?:[X×xＸ*＊]{2,}|20[X×x*]{2})(?:年|省|市|县|区|局|部门|单位|\()|^[X×*]{2,}"
)
_AMOUNT = re.compile(r"-?[\d,]+\.\d+$")
_FILLED_IN = 10  # amounts that no blank form prints; 模板 is left standing in the titles of real files
_FISCAL_TITLE = re.compile(r"预算|决算|绩效|三公|财政拨款|收支|基金")
_FISCAL_WORDS = re.compile(
    r"部门预算|部门决算|单位预算|单位决算|三公经费|收支总表|收支决算|收支预算|绩效自评|绩效目标|财政拨款|一般公共预算"
)
_FISCAL_DENSITY = (
    0.5  # such words per 1,000 characters; a report on another matter stays below, a disclosure never does
)
_ENOUGH_TEXT = 100  # characters before silence about money means something
_ORDER = re.compile(
    r"(?:通知|办法|意见|规定|细则|条例|方案|函|决定|制度|规程)(?:\([^()]*\))?$"
)  # rules on money, no accounts


def read_kind(
    document: Document, front: Front, tables: Sequence[TableCue], title: Mention | None
) -> Read[DocumentKind]:
    """The kind, or None with a finding. A document is called not fiscal only when it says what else it is."""
    template = _template(document, front)
    if template:
        return Read("template", template)
    titled = _by_title(title)
    tabled = _by_family(tables)
    conflict: tuple[Finding, ...] = ()
    if titled.value in _DISCLOSURES and tabled.value in _DISCLOSURES and titled.value != tabled.value:
        conflict = (finding("document_kind_conflict", title_kind=titled.value, table_kind=tabled.value),)
    found = next(
        (read for read in (titled, _by_heading(document), tabled, _by_table_titles(document, tables)) if read.value),
        None,
    )
    if found is None:
        return _not_fiscal(document, tables, title)
    if found is titled and _is_prose_only(document):
        return Read("narrative_only", found.evidence)
    return Read(found.value, found.evidence, conflict)


def kind_of_title(title: str) -> DocumentKind | None:
    """The kind that a title names, None when it names none, two (预决算), or an order about money (…预算的通知)."""
    folded = fold(title)
    if _ORDER.search(folded):
        return None
    disclosed = {kind for part in _AND.split(folded) if (kind := _by_rules(part)) in _DISCLOSURES}
    if len(disclosed) > 1:
        return None
    kind = next(iter(disclosed)) if disclosed and not _FUND.search(folded) else _by_rules(folded)
    of_government = _GOVERNMENT.search(folded) and "部门" not in folded and "单位" not in folded
    return None if of_government and kind in _DISCLOSURES else kind


def _by_rules(text: str) -> DocumentKind | None:
    return next((kind for kind, pattern in _RULES if pattern.search(text)), None)


def _by_title(title: Mention | None) -> Read[DocumentKind]:
    kind = kind_of_title(title.text) if title else None
    return Read(kind, (title,)) if title and kind else Read()


def _by_heading(document: Document) -> Read[DocumentKind]:
    """By the headings of the parts, when all that name a kind of disclosure name the same one."""
    found = [(kind, place) for place in headings(document) if (kind := kind_of_title(place.text)) in _DISCLOSURES]
    kinds = {kind for kind, _ in found}
    return Read(found[0][0], tuple(place for _, place in found)) if len(kinds) == 1 else Read()


def _by_family(tables: Sequence[TableCue]) -> Read[DocumentKind]:
    """By most of the recognised tables. Forms of performance are attached to everything and say nothing."""
    found = [(_FAMILIES[cue.family], cue) for cue in tables if cue.family in _FAMILIES]
    counted = Counter(kind for kind, _ in found).most_common(1)
    if not counted or counted[0][1] * 2 <= len(found):
        return Read()
    kind = counted[0][0]
    return Read(
        kind, tuple(Mention(tidy(cue.title or cue.kind or ""), cue.location) for of, cue in found if of == kind)
    )


def _by_table_titles(document: Document, tables: Sequence[TableCue]) -> Read[DocumentKind]:
    """By the titles over the tables: the first that names a kind, if none names another kind of disclosure."""
    found = [(kind, place) for place in _titles_of_tables(document, tables) if (kind := kind_of_title(place.text))]
    if not found or len({kind for kind, _ in found if kind in _DISCLOSURES}) > 1:
        return Read()
    kind = next((kind for kind, _ in found if kind in _DISCLOSURES), found[0][0])
    return Read(kind, tuple(place for of, place in found if of == kind))


def _titles_of_tables(document: Document, tables: Sequence[TableCue]) -> Iterator[Mention]:
    for cue in tables:
        if cue.title:
            yield Mention(tidy(cue.title), cue.location)
    for line in near_grids(document):
        if re.search(r"表(?:\([^()]*\))*$", fold(line.text)) and len(fold(line.text)) < 45:
            yield mention(line)


def _is_prose_only(document: Document) -> bool:
    """Whether the document prints no table: no grid, every page read, and no caption that only a table has."""
    captioned = any(_UNIT_CAPTION.search(fold(line.text)) for line in document.lines)
    return not document.grids and pages_are_whole(document) and not captioned


def _template(document: Document, front: Front) -> tuple[Mention, ...]:
    """The lines of the front that only a form to be filled in prints; none when it was filled in with amounts."""
    amounts = sum(_AMOUNT.match(cell.text.strip()) is not None for grid in document.grids for cell in grid.cells)
    if amounts >= _FILLED_IN:
        return ()
    return tuple(mention(line) for line in (*front.lines, *front.captions) if _TEMPLATE.search(fold(line.text)))


def _not_fiscal(document: Document, tables: Sequence[TableCue], title: Mention | None) -> Read[DocumentKind]:
    """Not fiscal, when the title says what the document is, its text was read, and hardly a word is about money."""
    unknown: Read[DocumentKind] = Read(findings=(finding("document_kind_unknown"),))
    if title is None or not pages_are_whole(document) or any(cue.kind for cue in tables):
        return unknown
    texts = [line.text for line in document.lines] + [cell.text for grid in document.grids for cell in grid.cells]
    printed = "".join(map(fold, texts))
    words = len(_FISCAL_WORDS.findall(printed))
    if (
        _FISCAL_TITLE.search(fold(title.text))
        or len(printed) < _ENOUGH_TEXT
        or words > _FISCAL_DENSITY * len(printed) / 1000
    ):
        return unknown
    return Read("not_fiscal", (title,))
