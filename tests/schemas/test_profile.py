"""The profile of a document, from literal lines and grids as publishers print them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractors.model import (
    Block,
    Box,
    Cell,
    Document,
    Grid,
    GridMethod,
    Location,
    Page,
    Part,
    TextLine,
    TextVerdict,
)
from schemas.profile import TableCue, read_profile
from schemas.profile.agency import organisation_of
from schemas.profile.kind_of_document import kind_of_title
from schemas.profile.places import places
from schemas.profile.region import codes_of
from schemas.profile.year import years_in
from schemas.result import Finding, Profile, Region


def line(text: str, page: int | None = 1, top: float = 50) -> TextLine:
    return TextLine(text, Location(page, Box(50, top, 300, top + 12)))


def grid(rows: Sequence[Sequence[str]], page: int = 2, above: Sequence[str] = ()) -> Grid:
    where = Location(page, Box(50, 100, 500, 400))
    cells = tuple(
        Cell(r, c, 1, 1, text, Location(page, Box(50 + c, 100 + r, 60 + c, 110 + r)))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    lines = tuple(line(text, page) for text in above)
    return Grid(len(rows), len(rows[0]), cells, (Part(where, 0, len(rows) - 1),), GridMethod.RULED, above=lines)


def document(*blocks: Block | str, pages: int = 3, verdict: TextVerdict = TextVerdict.DIGITAL) -> Document:
    """A document of lines (on page 1) and grids, each grid with the lines above it in the order of reading."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid):
            found.extend(block.above)
        found.append(line(block) if isinstance(block, str) else block)
    all_pages = tuple(Page(number, 595, 842, 0, verdict) for number in range(1, pages + 1))
    return Document("pdf", "application/pdf", all_pages, tuple(found))


def profile_of(*blocks: Block | str, tables: Sequence[TableCue] = ()) -> Profile:
    return read_profile(document(*blocks), tables)[0]


def codes(findings: Sequence[Finding]) -> list[str]:
    return [found.code for found in findings]


FINAL = TableCue("fa_income", "final_accounts", "收入决算表")
BUDGET = TableCue("bg_income", "budget", "部门收入总表")
SUMMARY = [["项目", "决算数"], ["一、收入", "10.00"]]


class TestTitle:
    @pytest.mark.parametrize(
        "cover",
        [
            ["2026年", "广州市交通运输局部门预算"],
            ["2026年广州市交通运输局部门预", "算"],
            ["2026 年 广州市交通运输局", "部门预算"],
        ],
    )
    def test_a_title_broken_over_lines_is_one_title(self, cover: list[str]) -> None:
        profile = profile_of(*cover, "目 录", "第一部分 概况", grid(SUMMARY))
        assert profile.title.value == "2026年广州市交通运输局部门预算"
        assert [evidence.page for evidence in profile.title.evidence] == [1] * len(cover)

    def test_a_completion_on_the_next_line_belongs_to_it(self) -> None:
        profile = profile_of("某某县财政局2022年度部门决算", "公开说明", "目录", grid(SUMMARY))
        assert profile.title.value == "某某县财政局2022年度部门决算公开说明"

    def test_page_numbers_dates_attachment_numbers_and_letterheads_are_not_the_title(self) -> None:
        front = ["— 1 —", "附件2", "某某市财政局文件", "财〔2023〕15号", "2023年10月19日"]
        profile = profile_of(*front, "某某县财政局2022年度部门决算", "目录", grid(SUMMARY))
        assert profile.title.value == "某某县财政局2022年度部门决算"

    def test_a_caption_on_the_cover_is_not_part_of_it(self) -> None:
        profile = profile_of("上海市2026年市级单位预算", "预算单位：上海市中医文献馆", "目 录")
        assert profile.title.value == "上海市2026年市级单位预算"

    def test_a_document_that_begins_with_its_first_table_has_no_title(self) -> None:
        first = grid(SUMMARY, 1, ["预算01表 收支总表", "金额单位：万元"])
        second = grid(SUMMARY, 2, ["预算02表 收入总表", "金额单位：万元"])
        profile, findings = read_profile(document(first, second))
        assert profile.title.value is None
        assert "title_unknown" in codes(findings)

    def test_a_file_that_is_one_form_has_the_title_of_the_form(self) -> None:
        profile = profile_of(grid([["部门名称", "某某市民政局"]], 1, ["部门整体绩效自评表", "（2024年度）"]))
        assert profile.title.value == "部门整体绩效自评表（2024年度）"

    def test_the_number_of_a_table_is_not_a_title(self) -> None:
        assert profile_of("公开03表", grid([["2023年度支出决算表", ""], *SUMMARY], 1)).title.value is None

    def test_a_line_of_the_contents_is_not_the_title(self) -> None:
        assert profile_of("目录", "2022年度收入支出决算总表", "一、部门概况").title.value is None


class TestYear:
    @pytest.mark.parametrize(
        ("text", "years"),
        [
            ("2022 年度部门决算", (2022,)),
            ("二〇二二年部门决算", (2022,)),
            ("二○二一年度部门决算", (2021,)),
            ("部门整体绩效自评表（2024）", (2024,)),
            ("预算年度：2024", (2024,)),
            ("公开日期：2023年10月19日", ()),
            ("财〔2023〕15号", ()),
            ("2018-2020年规划", ()),
            ("2022年度决算和2023年预算", (2022, 2023)),
            ("项目编号202600123年", ()),
        ],
    )
    def test_years_are_periods_and_not_dates_ranges_or_numbers(self, text: str, years: tuple[int, ...]) -> None:
        assert years_in(text) == years

    def test_it_comes_from_the_title_and_not_from_the_date_or_the_text(self) -> None:
        profile = profile_of(
            "某某县财政局2022年度部门决算",
            "2023年10月19日",
            "一、概况",
            "2021年收入为10万元。",
            grid(SUMMARY),
            tables=[FINAL],
        )
        assert profile.fiscal_year.value == 2022
        assert profile.fiscal_year.evidence[0].text == "某某县财政局2022年度部门决算"

    def test_it_comes_from_the_titles_of_the_tables_when_the_title_has_none(self) -> None:
        tables = [TableCue("bg_procurement", "budget", "2017年政府采购预算表", Location(14))]
        profile = profile_of("一、概况", grid(SUMMARY), tables=tables)
        assert (profile.fiscal_year.value, profile.fiscal_year.evidence[0].page) == (2017, 14)

    def test_it_comes_from_the_period_over_a_form(self) -> None:
        assert (
            profile_of(grid([["部门名称", "某某市民政局"]], 1, ["绩效自评表", "(2024年度)"])).fiscal_year.value == 2024
        )

    def test_it_comes_from_a_title_that_is_drawn_inside_the_grid(self) -> None:
        assert profile_of("公开03表", grid([["2023年度支出决算表", ""], *SUMMARY], 1)).fiscal_year.value == 2023

    def test_the_latest_year_of_the_headers_is_the_year_of_the_report(self) -> None:
        header = [["支出", "2019年\n决算数", "2020年\n年初预算数", "2020年\n决算数"], ["合计", "1", "2", "3"]]
        assert profile_of("区医保局：", grid(header)).fiscal_year.value == 2020

    def test_a_title_and_tables_that_disagree_are_reported_and_the_title_is_followed(self) -> None:
        tables = [TableCue("bg_income", "budget", "2025年部门收入总表", Location(4))]
        profile, findings = read_profile(document("某某县财政局2026年部门预算", "目录", grid(SUMMARY)), tables)
        assert profile.fiscal_year.value == 2026
        conflict = next(found for found in findings if found.code == "fiscal_year_conflict")
        assert (conflict.page, "2025、2026" in conflict.message) == (4, True)

    def test_two_years_of_equal_strength_leave_it_unknown(self) -> None:
        tables = [
            TableCue(title="2021年部门收入总表", location=Location(2)),
            TableCue(title="2022年部门支出总表", location=Location(3)),
        ]
        profile, findings = read_profile(document("一、概况", grid(SUMMARY)), tables)
        assert profile.fiscal_year.value is None
        assert "fiscal_year_conflict" in codes(findings)

    def test_running_text_alone_leaves_it_unknown(self) -> None:
        profile, findings = read_profile(
            document("辰溪县医疗保障局整体支出绩效自评报告", "一、概况", "2022年支出515万元。")
        )
        assert profile.fiscal_year.value is None
        assert "fiscal_year_unknown" in codes(findings)


class TestAgency:
    @pytest.mark.parametrize(
        ("title", "name"),
        [
            ("2022年度武汉市青山区医疗保障局部门决算", "武汉市青山区医疗保障局"),
            ("重庆市科学技术局2026年部门预算情况说明", "重庆市科学技术局"),
            ("2026年深圳市财政局（本级）部门预算", "深圳市财政局（本级）"),
            ("2026年深圳市市场监督管理局深汕监管局部门预算", "深圳市市场监督管理局深汕监管局"),
            ("辰溪县医疗保障局整体支出绩效自评报告", "辰溪县医疗保障局"),
            ("关于某某县财政局2022年度部门决算的公告", "某某县财政局"),
            ("某某市财政预算编审中心2023年单位预算", "某某市财政预算编审中心"),
            ("某某县第一中学2023年单位预算", "某某县第一中学"),
            ("某某市民政局机关2023年单位预算", "某某市民政局机关"),
            ("上海市普陀区2026年区级单位预算", None),
            ("2026年某某市市级部门预算", None),
            ("长沙市财政项目支出绩效评价报告", None),
        ],
    )
    def test_the_body_that_a_title_begins_with(self, title: str, name: str | None) -> None:
        assert organisation_of(title) == name

    def test_a_caption_on_the_cover_names_it_when_the_title_does_not(self) -> None:
        profile = profile_of("上海市2026年市级单位预算", "预算单位：上海市中医文献馆", "目 录", grid(SUMMARY))
        assert profile.agency.value == "上海市中医文献馆"

    def test_captions_over_the_tables_vote_and_the_unit_of_money_is_no_body(self) -> None:
        tables = [grid(SUMMARY, page, ["收入决算表", "部门：某某市民政局   单位：万元"]) for page in (2, 3)]
        cut = grid(SUMMARY, 4, ["支出决算表", "部门：某某市民政  单位：万元"])
        profile = profile_of("一、概况", *tables, cut)
        assert profile.agency.value == "某某市民政局"
        assert [evidence.page for evidence in profile.agency.evidence] == [2, 3]

    def test_a_unit_of_money_is_never_the_agency(self) -> None:
        profile, findings = read_profile(document("一、概况", grid(SUMMARY, 2, ["收入决算表", "单位：万元"])))
        assert profile.agency.value is None
        assert "agency_unknown" in codes(findings)

    def test_a_form_names_it_in_a_cell_beside_its_label(self) -> None:
        profile = profile_of(grid([["部门（单位）名称", "宁德市人民政府办公室", "部门预算编码", "127"]], 1))
        assert profile.agency.value == "宁德市人民政府办公室"

    @pytest.mark.parametrize("header", ["预算单位", "主管处室", "实施部门", "项目名称"])
    def test_a_header_beside_a_header_is_no_value(self, header: str) -> None:
        assert profile_of(grid([["单位名称", header], ["1", "2"]], 1)).agency.value is None

    def test_a_body_alone_under_the_title_of_the_cover_names_it(self) -> None:
        profile = profile_of("2022年度部门决算", "某某县财政局", "2023年9月", "目录", grid(SUMMARY))
        assert (profile.title.value, profile.agency.value) == ("2022年度部门决算", "某某县财政局")

    def test_two_bodies_side_by_side_on_a_line_are_not_one(self) -> None:
        assert profile_of("2022年度部门决算", "某某县财政局  某某县税务局", "目录").agency.value is None

    def test_the_mark_of_a_seal_is_not_part_of_the_name(self) -> None:
        assert profile_of(grid(SUMMARY, 1, ["填报单位（盖章）：某某县财政局（公章）"])).agency.value == "某某县财政局"

    def test_the_signature_above_the_date_names_it(self) -> None:
        assert (
            profile_of("一、概况", "石家庄市长安区医疗保障局", "2024年4月10日").agency.value
            == "石家庄市长安区医疗保障局"
        )

    def test_two_bodies_with_equal_votes_leave_it_unknown(self) -> None:
        tables = [grid(SUMMARY, 2, ["部门：某某市民政局"]), grid(SUMMARY, 3, ["部门：某某市财政局"])]
        profile, findings = read_profile(document("一、概况", *tables))
        assert profile.agency.value is None
        assert "agency_conflict" in codes(findings)

    def test_a_short_form_gives_way_to_the_long_form_that_the_document_prints(self) -> None:
        profile = profile_of(grid(SUMMARY, 1, ["单位：区医保局"]), "项目单位：长沙市开福区医疗保障局")
        assert profile.agency.value == "长沙市开福区医疗保障局"

    def test_a_short_form_alone_stays_as_printed(self) -> None:
        assert profile_of(grid(SUMMARY, 1, ["单位：区医保局"])).agency.value == "区医保局"

    def test_a_budget_code_before_the_name_is_not_part_of_it(self) -> None:
        assert profile_of(grid(SUMMARY, 1, ["部门：[127001]某某市民政局"])).agency.value == "某某市民政局"


class TestRegion:
    @pytest.mark.parametrize(
        ("name", "codes"),
        [
            ("烟台市医疗保障局", ("370600",)),
            ("上海市医疗保险事业管理中心", ("310000",)),
            ("上海市普陀区司法局", ("310107",)),
            ("湖北省武汉市青山区医疗保障局", ("420107",)),
            ("中共江苏省委办公厅", ("320000",)),
            ("普陀区司法局", ("310107", "330903")),
            ("上海科技大学附属学校", ()),
            ("区医保局", ()),
            ("烟台市虚构新区管委会", ()),
            ("烟台市高新技术产业开发区管委会", ()),
            ("烟台市社区服务中心", ("370600",)),
            ("上海市公安局宝山分局", ()),
            ("深圳市市场监督管理局某某区监管局", ("440300",)),
            ("政协辰溪县委员会办公室", ("431223",)),
            ("西区医疗保障局", ("510403",)),
        ],
    )
    def test_the_regions_that_a_name_begins_with(self, name: str, codes: tuple[str, ...]) -> None:
        assert codes_of(name, places()) == codes

    def test_a_name_gives_code_and_full_name(self) -> None:
        profile = profile_of("2022年度武汉市青山区医疗保障局部门决算", "目录", grid(SUMMARY))
        assert profile.region.value == Region(code="420107", name="湖北省武汉市青山区")

    def test_namesakes_without_a_second_cue_are_listed_and_none_is_taken(self) -> None:
        profile, findings = read_profile(document("长安区医疗保障局2023年度绩效自评", "一、概况", grid(SUMMARY)))
        assert profile.region.value is None
        ambiguous = next(found for found in findings if found.code == "region_ambiguous")
        assert "130102 河北省石家庄市长安区、610116 陕西省西安市长安区" in ambiguous.message

    def test_namesakes_are_told_apart_by_the_city_that_a_signature_prints(self) -> None:
        profile = profile_of(
            "长安区医疗保障局2023年度绩效自评", "一、概况", "石家庄市长安区医疗保障局", "2024年4月10日"
        )
        assert profile.region.value == Region(code="130102", name="河北省石家庄市长安区")
        assert [evidence.text for evidence in profile.region.evidence] == [
            "长安区医疗保障局",
            "石家庄市长安区医疗保障局",
        ]

    def test_one_mention_of_another_city_in_the_text_is_no_second_cue(self) -> None:
        profile = profile_of("长安区医疗保障局2023年度绩效自评", "一、概况", "学习西安市的经验。")
        assert profile.region.value is None

    def test_a_name_that_is_a_common_word_too_needs_its_city(self) -> None:
        profile, findings = read_profile(document("西区医疗保障局2023年度绩效自评", "一、概况", grid(SUMMARY)))
        assert profile.region.value is None
        assert "region_ambiguous" in codes(findings)

    def test_the_title_gives_it_when_the_agency_does_not(self) -> None:
        profile = profile_of("上海市2026年市级单位预算", "预算单位：上海科技大学附属学校", "目录")
        assert profile.region.value == Region(code="310000", name="上海市")

    def test_no_place_in_any_name_is_a_finding(self) -> None:
        assert "region_unknown" in codes(read_profile(document(grid(SUMMARY, 1, ["单位：区医保局"])))[1])


class TestKind:
    @pytest.mark.parametrize(
        ("title", "kind"),
        [
            ("2022年度某某局部门决算", "final_account_disclosure"),
            ("2026年某某局部门预算", "budget_disclosure"),
            ("某某局2022年度部门决算情况说明", "final_account_disclosure"),
            ("某某局整体支出绩效自评报告", "performance_self_evaluation_report"),
            ("部门绩效自评结果公开汇总表", "performance_summary"),
            ("长沙市财政项目支出绩效评价报告", "performance_evaluation_report"),
            ("项目支出绩效目标表（含转移支付项目）", "performance_target_disclosure"),
            ("部门整体支出绩效评价基础数据表", "base_data_attachment"),
            ("某某县医疗保险基金2022年决算", "fund_statement"),
            ("某某县2022年财政预算草案", None),
            ("关于下达2025年度专项资金预算的通知", None),
            ("某某局2025年度预决算公开", None),
            ("某某局2022年度决算和2023年预算公开", None),
            ("某某局2024年部门预算及绩效目标公开", "budget_disclosure"),
            ("某某局2022年度部门决算及绩效自评情况", "final_account_disclosure"),
            ("广州市住房和城乡建设局部门预算", "budget_disclosure"),
            ("某某县医疗保险基金收入和支出决算", "fund_statement"),
        ],
    )
    def test_the_kind_that_a_title_names(self, title: str, kind: str | None) -> None:
        assert kind_of_title(title) == kind

    def test_recognised_tables_say_it_when_no_title_does(self) -> None:
        assert profile_of("一、概况", grid(SUMMARY), tables=[BUDGET]).document_kind.value == "budget_disclosure"

    def test_a_title_and_tables_that_disagree_are_reported(self) -> None:
        profile, findings = read_profile(document("某某局2022年度部门决算", "目录", grid(SUMMARY)), [BUDGET, BUDGET])
        assert profile.document_kind.value == "final_account_disclosure"
        assert "document_kind_conflict" in codes(findings)

    def test_a_disclosure_without_a_table_is_narrative_only(self) -> None:
        profile = profile_of("辰溪县医疗保障局整体支出绩效自评报告", "一、概况", "2022年支出515万元。")
        assert profile.document_kind.value == "narrative_only"

    def test_a_caption_of_a_table_that_was_not_found_forbids_narrative_only(self) -> None:
        profile = profile_of("某某局2022年度部门决算", "目录", "收入决算表", "金额单位：万元")
        assert profile.document_kind.value == "final_account_disclosure"

    def test_scanned_pages_forbid_narrative_only(self) -> None:
        scanned = document("某某局2022年度部门决算", "一、概况", verdict=TextVerdict.SCANNED)
        assert read_profile(scanned)[0].document_kind.value == "final_account_disclosure"

    def test_a_template_that_was_filled_in_is_no_template(self) -> None:
        filled = grid([["项目", "决算数"], *[[f"项目{row}", f"{row}.50"] for row in range(10)]])
        profile = profile_of("某某局2022年度部门决算公开模板", "目录", filled)
        assert profile.document_kind.value == "final_account_disclosure"

    def test_a_form_to_be_filled_in_is_a_template(self) -> None:
        profile = profile_of("XX单位20XX年度部门决算公开", "目录", grid(SUMMARY))
        assert profile.document_kind.value == "template"

    def test_a_document_on_another_matter_says_what_it_is(self) -> None:
        text = "本协议为独立协议，甲方与其他方合同的变更不影响本协议的效力。" * 5
        profile, findings = read_profile(document("浙江省养老机构预收费存管协议", "一、总则", text))
        assert profile.document_kind.value == "not_fiscal"
        assert profile.fiscal_year.value is None
        assert "fiscal_year_unknown" not in codes(findings)

    def test_silence_is_no_evidence_that_a_document_is_not_fiscal(self) -> None:
        profile, findings = read_profile(document(verdict=TextVerdict.SCANNED))
        assert profile.document_kind.value is None
        assert "document_kind_unknown" in codes(findings)

    def test_an_order_about_money_is_not_called_a_disclosure_nor_not_fiscal(self) -> None:
        profile = profile_of("关于下达2025年度专项资金预算的通知", "一、事项", "现下达你单位" * 40)
        assert profile.document_kind.value is None


def test_everything_unknown_is_null_with_a_finding() -> None:
    profile, findings = read_profile(document())
    values = [profile.title.value, profile.agency.value, profile.fiscal_year.value, profile.document_kind.value]
    assert values == [None] * 4
    assert profile.region.value is None
    assert codes(findings) == [
        "document_kind_unknown",
        "title_unknown",
        "agency_unknown",
        "fiscal_year_unknown",
        "region_unknown",
    ]
