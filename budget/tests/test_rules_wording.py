"""Rules on words: what was left, copied, misnamed, mistyped or private."""

from __future__ import annotations

from dataclasses import replace

import pytest

from budget.book import BudgetBook, Catalogue, Renaming
from budget.document import Disclosure, Paragraph
from budget.edition import EDITIONS
from budget.rules.checking import check
from budget.rules.finding import Finding
from budget.rules.personal_data import is_card_number, is_identity_number
from budget.terms import Scope
from budget.tests.altering import resaid, retyped, reworded, with_paragraphs
from budget.tests.books import (
    CATALOGUE,
    OFFICE,
    SCHOOL,
    a_book,
    basic,
    last_year,
    project,
    published,
    running,
)
from budget.tests.judging import a_subject, found, unchecked
from budget.tests.samples import declared, sample_book, sample_disclosure

CLEAN = "新进人员五名，工资和社会保险缴费相应增加"
WORDED = ("WRD001", "WRD002", "WRD003", "WRD005", "WRD006", "WRD007", "WRD008", "WRD014", "WRD015")


def a_small_book() -> BudgetBook:
    """60.00 basic, 40.00 project, of it 1.66 of reception; 90.00 last year."""
    return a_book(
        basic("58.34"),
        running("1.66", economic="30217"),
        project("40"),
        prior=[last_year("revenue_total", "90"), last_year("spending_total", "90")],
    )


def saying(reason: str, **remarks: str) -> Disclosure:
    """The document where this is the reason why income moved."""
    return published(a_small_book(), revenue_change=reason, spending_change=CLEAN, **remarks)


def of_units(reason: str, edition: str = "changsha-2023") -> Disclosure:
    """The document of a department of two units where this is the reason."""
    declared()
    lines = (basic("58.34"), project("40"), replace(basic("1.66"), unit=SCHOOL.code))
    prior = [last_year("revenue_total", "90"), last_year("spending_total", "90")]
    book = a_book(*lines, units=(OFFICE, SCHOOL), prior=prior)
    words = {"revenue_change": reason, "spending_change": CLEAN}
    return published(book, EDITIONS[edition], **words)


def only(findings: list[Finding]) -> Finding:
    [finding] = findings
    return finding


def in_its_reason(code: str, reason: str) -> str:
    """What a rule finds in a reason, and nowhere else."""
    finding = only(found(code, saying(reason)))
    assert finding.where[0] == "revenue-budget"
    return finding.left.text


@pytest.mark.parametrize("code", WORDED)
def test_plain_words_are_quiet(code: str) -> None:
    assert found(code, saying(CLEAN)) == []


@pytest.mark.parametrize("code", WORDED)
def test_a_document_with_no_reason_and_no_money_is_quiet(code: str) -> None:
    assert found(code, published(a_book())) == []


class TestPlaceholders:
    @pytest.mark.parametrize(
        "placeholder",
        [
            *("XX", "xxx", "××", "***", "____", "待填", "待补充", "某某", "{单位}", "【年份】"),
            *("○○", "（  ）", "？？", "[单位名称]", "（填写原因）", "请补充", "此处填", "《》"),
            *("□", "＊＊", "＿＿", "△△", "“”", "｛金额｝", "TBD", "根据本单位实际情况填写"),
        ],
    )
    def test_what_was_left_to_fill_in_is_found(self, placeholder: str) -> None:
        assert in_its_reason("WRD001", f"因{placeholder}项目增加") == placeholder

    @pytest.mark.parametrize("words", ["X月召开会议", "新增×人", "安排X万元", "增长X%"])
    def test_one_sign_for_a_number_is_found(self, words: str) -> None:
        assert in_its_reason("WRD001", words) in ("X", "×")

    @pytest.mark.parametrize(
        "words", ["购置X光机一台", "得分=完成率×指标分值", "Excel培训", "某街道"]
    )
    def test_single_signs_and_words_are_quiet(self, words: str) -> None:
        assert found("WRD001", saying(words)) == []

    @pytest.mark.parametrize(
        "words",
        [
            *("亟待填补空白", "等待补充审批", "对待定点帮扶", "财预【2021】101号", "期待定期轮岗"),
            *("【附注】口径与上年一致", "型号XX-200停产", "二○○八年建成", "尺寸20×30厘米"),
        ],
    )
    def test_words_that_only_look_like_it_are_quiet(self, words: str) -> None:
        assert found("WRD001", saying(words)) == []

    def test_the_name_of_a_project_is_read(self) -> None:
        book = a_small_book()
        named = replace(book, projects=(replace(book.projects[0], name="XX经费"),))
        finding = only(found("WRD001", published(named)))
        assert finding.where == ("project-goals/900001-01/name",)

    def test_damaged_texts_are_counted_and_not_judged(self) -> None:
        subject = a_subject(sample_book(), document=sample_disclosure())
        [reason] = unchecked("WRD001", subject)
        assert reason.endswith("处文字在转换中残缺，未作检查")
        assert unchecked("WRD001", sample_disclosure()) == [reason]


def test_an_amount_in_the_wrong_unit_is_told_once() -> None:
    told = [each.rule.code for each in check(a_subject(saying("公务接待费为1.66元"))).found]
    assert "WRD014" in told
    assert "WRD015" not in told


class TestResidue:
    def test_an_old_text_beside_the_new_one_is_found(self) -> None:
        assert "改为" in in_its_reason("WRD002", "人员增加 改为新进人员五名")

    @pytest.mark.parametrize(
        "words",
        [
            *("人员增加改为新进人员五名", "扣完为止改为不得分", "“五名”改为“六名”"),
            *("人员增加（删除）", "此句删去，人员增加", "建议改为工资增加", "批注：核实"),
        ],
    )
    def test_what_a_reviewer_wrote_is_found(self, words: str) -> None:
        assert len(found("WRD002", saying(words))) == 1

    @pytest.mark.parametrize(
        "words",
        [
            *("将办公室改为档案室", "由租赁改为购置", "把旧标准更改为新标准"),
            *("培训改为线上进行", "市园林中心自收自支改为全额拨款", "不再集中培训，改为自学"),
        ],
    )
    def test_a_change_that_is_told_is_quiet(self, words: str) -> None:
        assert found("WRD002", saying(words)) == []

    def test_the_sample_has_it_twice(self) -> None:
        assert [each.where[0].split("/")[1] for each in found("WRD002", sample_disclosure())] == [
            "157001.output-quantity-3",
            "157001.output-quality-2",
        ]


class TestWrittenTwice:
    @pytest.mark.parametrize(
        ("reason", "twice"),
        [
            ("新增新增人员", "新增新增"),
            ("工资调整，，人员增加", "，，"),
            ("培训费等等支出增加", "等等"),
            ("新增的的人员", "的的"),
            ("安排5万万元", "万万元"),
        ],
    )
    def test_doubled_words_and_signs_are_found(self, reason: str, twice: str) -> None:
        assert in_its_reason("WRD003", reason) == twice

    @pytest.mark.parametrize(
        "reason",
        [
            *("人人参与，年年如此", "水费、电费等等", "三年行动……第二年", "一户一户核实"),
            *("的的确确需要", "不了了之", "和和美美", "理清是是非非"),
        ],
    )
    def test_words_that_are_double_by_nature_are_quiet(self, reason: str) -> None:
        assert found("WRD003", saying(reason)) == []

    def test_the_sample_says_it_where_two_texts_meet(self) -> None:
        assert only(found("WRD003", sample_disclosure())).left.text == "召开召开"

    def test_words_of_the_edition_are_a_notice_of_their_own(self) -> None:
        assert [(each.where[0], each.left.text) for each in found("WRD004", saying(CLEAN))] == [
            ("terms-explained.2", "（市/县）、等等"),
            ("three-publics/note", "本年度2023年"),
            ("three-publics/head", "预（决）算"),
        ]

    def test_an_edition_without_such_words_is_quiet(self) -> None:
        declared()
        edition = EDITIONS["national-2016"]
        assert found("WRD004", published(a_small_book(), edition)) == []


class TestYears:
    @pytest.mark.parametrize("year", ["2021", "2024", "1999"])
    def test_another_year_is_found(self, year: str) -> None:
        assert in_its_reason("WRD005", f"{year}年新增人员") == f"{year}年"

    @pytest.mark.parametrize(
        "reason",
        [
            "2023年新增人员",
            "2022年未安排",
            "按照《某市2021年公务接待办法》执行",
            "截至2021年底在编人员",
            "2019年以来人员持续增加",
            "实施2021—2025年规划",
            "购置2021台设备",
        ],
    )
    def test_this_and_last_year_and_named_exceptions_are_quiet(self, reason: str) -> None:
        assert found("WRD005", saying(reason)) == []

    def test_a_year_left_from_before_at_the_head_of_a_sentence_is_found(self) -> None:
        document = reworded(saying(CLEAN), "spending-budget", "2023年", "2021年")
        assert only(found("WRD005", document)).where == ("spending-budget",)

    def test_a_heading_is_read(self) -> None:
        document = saying(CLEAN)
        wrong = replace(document, cover=(document.cover[0], "2021年部门预算公开"))
        assert only(found("WRD005", wrong)).where == ("cover",)


class TestPersonalData:
    def test_identity_numbers_are_found_by_their_check_digit(self) -> None:
        # The example number of GB 11643: weighed sum 167, 167 mod 11 = 2, check digit X.
        assert in_its_reason("WRD006", "补助张某11010519491231002X") == "110…"

    def test_other_long_numbers_are_quiet(self) -> None:
        assert found("WRD006", saying("文号110105194912310021")) == []
        assert not is_identity_number("11010519491331002X")

    def test_mobile_numbers_are_found_without_being_repeated(self) -> None:
        assert in_its_reason("WRD007", "联系人张某13800138000") == "138…"

    def test_an_amount_of_eleven_digits_is_quiet(self) -> None:
        assert found("WRD007", saying("基金规模13800138000元")) == []

    def test_card_numbers_are_found_by_the_luhn_check(self) -> None:
        # Doubling every second digit from the right of 6222 0212 3456 7894 sums to 80.
        assert in_its_reason("WRD007", "账户6222 0212 3456 7894") == "622…"
        assert not is_card_number("6222021234567893")


class TestOneWord:
    def test_the_other_word_is_found(self) -> None:
        assert in_its_reason("WRD008", "本部门新进人员") == "本部门"

    def test_the_editions_own_word_is_quiet(self) -> None:
        assert found("WRD008", saying("本单位新进人员")) == []

    @pytest.mark.parametrize("edition", ["changsha-2023", "national-2016"])
    @pytest.mark.parametrize(
        "words", ["本单位新进人员", "全市布点，本单位新进人员", "按统一标准，本单位补充人员"]
    )
    def test_a_department_of_several_units_is_no_unit(self, edition: str, words: str) -> None:
        assert [each.left.text for each in found("WRD008", of_units(words, edition))] == ["本单位"]

    @pytest.mark.parametrize("edition", ["changsha-2023", "national-2016"])
    @pytest.mark.parametrize(
        "words",
        [
            "本部门新进人员",
            "某校新馆开放，本单位新进人员",
            "某校反映本单位人员不足",
            "所属单位新进人员",
            "各单位本年新进人员",
        ],
    )
    def test_a_department_that_names_its_unit_is_quiet(self, edition: str, words: str) -> None:
        assert found("WRD008", of_units(words, edition)) == []

    def test_what_a_unit_says_of_itself_in_its_own_project_is_quiet(self) -> None:
        document = of_units(CLEAN)
        for word in ("本单位", "本部门"):
            named = retyped(document, "project-goals/900001-01/name", f"{word}设备更新")
            assert found("WRD008", named) == []

    def test_a_unit_that_speaks_of_the_department_is_found(self) -> None:
        book = replace(a_small_book(), scope=Scope.UNIT)
        document = published(book, revenue_change="本部门新进人员", spending_change=CLEAN)
        assert only(found("WRD008", document)).left.text == "本部门"

    def test_the_edition_that_says_unit_of_a_department_is_noticed_once(self) -> None:
        finding = only(found("WRD009", saying(CLEAN)))
        assert (finding.left.text, finding.right and finding.right.text) == ("本单位", "部门")

    def test_a_unit_that_speaks_of_itself_as_unit_is_quiet(self) -> None:
        assert found("WRD009", published(replace(a_small_book(), scope=Scope.UNIT))) == []

    def test_three_words_for_the_basis_of_three_publics_are_noticed(self) -> None:
        finding = only(found("WRD010", saying(CLEAN)))
        assert finding.left.text == "一般公共预算拨款"

    def test_one_basis_is_quiet(self) -> None:
        declared()
        edition = EDITIONS["shanghai-district-2026"]
        assert found("WRD010", published(a_small_book(), edition)) == []


class TestNames:
    def test_names_of_the_list_are_quiet(self) -> None:
        assert found("WRD011", saying(CLEAN)) == []

    def test_a_name_that_differs_in_one_table_is_found(self) -> None:
        document = retyped(saying(CLEAN), "spending/2010301/function", "一般行政管理事务")
        finding = only(found("WRD011", document))
        assert finding.where[0] == "spending/2010301/function"
        assert finding.right is not None
        assert finding.right.text == "行政运行"

    def test_a_name_that_differs_in_a_sentence_is_found(self) -> None:
        document = reworded(
            saying(CLEAN), "general-public-spending", "一般公共服务支出", "公共安全支出"
        )
        finding = only(found("WRD011", document))
        assert finding.where[0] == "general-public-spending/general_public_spending.201"
        # What stands at that address is the amount behind the name.
        assert finding.fix is None

    def test_names_of_every_level_are_read_in_a_sentence(self) -> None:
        declared()
        document = published(a_small_book(), EDITIONS["shanghai-district-2026"])
        assert found("WRD011", document) == []
        wrong = reworded(document, "appropriation-items.1", "（款）行政运行", "（款）机关服务")
        assert only(found("WRD011", wrong)).left.text == "机关服务"

    def test_a_document_without_money_is_quiet(self) -> None:
        assert found("WRD011", published(a_book())) == []

    def test_old_names_are_found_in_words_and_in_tables(self) -> None:
        book = replace(a_small_book(), catalogue=RENAMED)
        reason = "医疗卫生与计划生育支出增加"
        document = retyped(saying(reason), "revenue/201/function", "基本公共管理与服务")
        places = [each.where[0] for each in found("WRD012", a_subject(book, document=document))]
        assert places == ["revenue/201/function", "revenue-budget"]

    def test_an_old_name_that_is_an_everyday_word_is_quiet_in_words(self) -> None:
        book = replace(a_small_book(), catalogue=RENAMED)
        document = saying("文化活动增加，环境保护工作加强")
        assert found("WRD012", a_subject(book, document=document)) == []

    def test_without_a_list_of_renamings_it_is_not_checked(self) -> None:
        assert unchecked("WRD012", a_small_book()) == ["没有科目变动表"]
        assert unchecked("WRD012", saying(CLEAN)) == ["没有明细数据"]


RENAMED = Catalogue(
    CATALOGUE.function,
    CATALOGUE.economic,
    renamings=(
        Renaming("201", "基本公共管理与服务", "一般公共服务支出"),
        Renaming("210", "医疗卫生与计划生育支出", "卫生健康支出"),
        Renaming("211", "环境保护", "节能环保支出"),
        Renaming("20701", "文化", "文化和旅游"),
    ),
)


class TestUnits:
    def test_figures_with_their_units_are_quiet(self) -> None:
        assert found("WRD013", saying(CLEAN)) == []

    @pytest.mark.parametrize(("old", "new"), [("万元", "元"), ("%", "‰")])
    def test_another_unit_behind_a_figure_is_found(self, old: str, new: str) -> None:
        document = reworded(saying(CLEAN), "spending-budget", old, new)
        places = [each.where[0] for each in found("WRD013", document)]
        assert places != []
        assert all(place.startswith("spending-budget/") for place in places)

    def test_a_typed_amount_ten_thousand_times_too_small_is_found(self) -> None:
        # 1.66 万元 of reception is 16,600 元.
        assert in_its_reason("WRD014", "公务接待压减后为1.66元") == "1.66元"

    def test_a_typed_amount_ten_thousand_times_too_large_is_found(self) -> None:
        assert in_its_reason("WRD014", "公务接待压减后为16600万元") == "16600万元"

    @pytest.mark.parametrize("words", ["压减后为1.66万元", "压减后为16600元", "每人40元", "1.67元"])
    def test_right_amounts_and_chance_are_quiet(self, words: str) -> None:
        assert found("WRD014", saying(words)) == []

    def test_a_figure_that_was_worked_out_is_not_a_typed_amount(self) -> None:
        document = resaid(saying(CLEAN), "revenue-budget/revenue_total", "0.01")
        assert found("WRD014", document) == []


class TestTypedAmounts:
    def test_another_amount_of_a_known_measure_is_found(self) -> None:
        finding = only(found("WRD015", saying("其余为公务接待费5万元")))
        assert (finding.left.text, finding.right and finding.right.text) == (
            "公务接待费5万元",
            "1.66",
        )

    @pytest.mark.parametrize("amount", ["1.67万元", "1.65万元", "16700元"])
    def test_a_printed_unit_of_difference_is_found(self, amount: str) -> None:
        assert len(found("WRD015", saying(f"其余为公务接待费{amount}"))) == 1

    @pytest.mark.parametrize(
        "words",
        [
            "其余为公务接待费1.66万元",
            "其余为公务接待费预算16600元",
            "上年公务接待费5万元",
            "公务接待费减少5万元",
            "其中公务接待费0.50万元",
            "差旅费5万元",
        ],
    )
    def test_the_same_amount_last_years_and_parts_are_quiet(self, words: str) -> None:
        assert found("WRD015", saying(words)) == []


def test_the_run_in_heading_of_a_paragraph_is_read_with_it() -> None:
    def headed(each: Paragraph) -> Paragraph:
        return replace(each, lead="待填：") if each.key == "procurement" else each

    document = with_paragraphs(saying(CLEAN), headed)
    assert only(found("WRD001", document)).where == ("procurement",)
