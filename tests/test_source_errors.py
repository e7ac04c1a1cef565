"""Errors that publishers printed themselves, found by people: each is reported, with its cells, and kept as printed.

Not seen by any check, because nothing printed contradicts them: amounts of another level under 中央 in Chang'an's
summary of projects; 青川区 for 青山区 in Wuhan's form; the 公费医疗 of Changsha's base data (620) against its fund
table (588); counts of persons that differ between two forms; a target of 80 % in a form and 85 % in its annex; a name
in the prose of Putuo whose amount stands under another item.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from extractors import registry
from extractors.options import Options
from schemas.catalogue import load_catalogue
from schemas.read import read
from schemas.result import Reading

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "fiscal"
CHANGSHA = "kaifu-2020-performance-stamp-in-cell"
WUHAN = "qingshan-2022-final-accounts-whole-report"
CHANGAN = "changan-2023-performance-web-page"
OWED = "2019年9月支付60%合同款72万元，欠付48万元（原因是2019年年末财政收回专项资金38万元，财返资金29.2万元结转下年）"
PANZHIHUA = "panzhihua-2019-final-accounts-five-forms"

IN_FIXTURES = [
    (CHANGSHA, "check_rounding_outside", {"6"}, "0 would fit"),  # 0 - 6 is not 0
    (CHANGSHA, "check_rounding_outside", {"6"}, "0 would fit"),
    (CHANGSHA, "check_failed", {"3308"}, "3278 would fit"),
    (CHANGSHA, "check_failed", {"3536"}, "3506 would fit"),
    (CHANGSHA, "check_failed", {"3332"}, "3302 would fit"),
    (WUHAN, "check_failed", {"9.5", "47.12%"}, "9.424"),
    (WUHAN, "inconsistent_scope", {"58.31%"}, "执行率 100%"),
    (PANZHIHUA, "narrative_inconsistent", set(), "财政拨款支出 10616200"),
    (PANZHIHUA, "narrative_inconsistent", set(), "占 0.09%"),
    (PANZHIHUA, "narrative_reasons_differ", {OWED}, "欠付 480000"),
    (CHANGAN, "narrative_parts_short", set(), "together 48443400"),
]
IN_CORPUS = [
    ("foshan-01", "line_number_odd", {"0.00"}, "39"),
    ("foshan-01", "narrative_inconsistent", {"921.75"}, "940.15"),
    ("putuo-03", "narrative_unit_doubtful", {"2,961.68"}, "0.3万元"),
    ("putuo-03", "narrative_inconsistent", set(), "71.73%"),
    ("changsha-01", "check_failed", {"13,237.00"}, "13027 would fit"),  # the total repeats the column beside it
    ("yantai-01", "list_total_differs", {"525.00"}, "525.00 ≠ 235"),  # secret projects are left out, which a note says
    ("shanghai-01", "check_failed", {"7,099,698"}, "The same amount stands"),
    (
        "ningde-01",
        "check_failed",
        {"0.00"},
        "财政资金小计 / 年初部门预算安排金额（含历年结余结转）①, printed 0.00; 9209.55 would fit",
    ),
]


@cache
def result(path: Path) -> Reading:
    return read(registry.extract(path.read_bytes(), Options()), load_catalogue())


def is_reported(reading: Reading, code: str, texts: set[str], words: str) -> bool:
    printed = {cell.id: cell.text for table in reading.tables for cell in table.cells}
    return any(
        found.code == code and words in found.message and texts == {printed[c] for c in found.cells if c in printed}
        for found in reading.findings
    )


@pytest.mark.parametrize(("case", "code", "texts", "words"), IN_FIXTURES)
def test_an_error_of_a_fixture_is_reported_with_its_cells(case: str, code: str, texts: set[str], words: str) -> None:
    source = next((ROOT / "fixtures").glob(f"*/{case}/source.*"))

    assert is_reported(result(source), code, texts, words)


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not part of the project")
@pytest.mark.parametrize(("name", "code", "texts", "words"), IN_CORPUS)
def test_an_error_of_the_corpus_is_reported_with_its_cells(name: str, code: str, texts: set[str], words: str) -> None:
    assert is_reported(result(CORPUS / f"{name}.pdf"), code, texts, words)


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not part of the project")
@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("foshan-01", "T1.income#c2"),
        ("putuo-03", "X.T1T2class#208"),
        ("putuo-03", "T3.hier#3.c4"),
        ("yantai-02", "B6.B5"),
    ],
)
def test_rounding_is_called_rounding(name: str, check: str) -> None:
    statuses = {one.id: one.status for one in result(CORPUS / f"{name}.pdf").checks}

    assert statuses.get(check) == "rounding"
