"""Rules on change: words, amounts, percentages and shares that follow from one another.

The book: 60.00 basic and 40.00 project spending, 90.00 last year. So 100.00 is 10.00 more, and
10.00 / 90.00 = 11.111… % prints as 11.11.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from budget.document import Chart, Disclosure
from budget.remarks import Remarks
from budget.rules.finding import Finding, Fix
from budget.tests.altering import resaid, reworded, with_sections
from budget.tests.books import (
    a_book,
    basic,
    figures,
    last_year,
    project,
    published,
    sentence,
)
from budget.tests.changing import (
    REVENUE,
    WHY,
    a_book_with_vehicles,
    a_grown_book,
    by_item,
    executed,
    the_document,
)
from budget.tests.judging import a_subject, found, unchecked
from budget.tests.samples import sample_disclosure


def only(findings: list[Finding]) -> Finding:
    [finding] = findings
    return finding


class TestChangesCanBeRecomputed:
    def test_what_the_document_itself_works_out_is_quiet(self) -> None:
        assert found("CHG001", the_document()) == []

    def test_no_last_year_is_quiet(self) -> None:
        assert found("CHG001", published(a_book(basic("60")))) == []

    def test_nothing_last_year_is_quiet_without_a_percentage(self) -> None:
        document = the_document(a_grown_book("0"))
        assert "上年无此项预算" in sentence(document, "revenue-budget")
        assert found("CHG001", document) == []

    def test_a_flipped_word_is_found_and_mended_by_the_other(self) -> None:
        # 100.00 − 10.00 fewer would be 110.00 last year: 10 / 110 = 9.09 %, printed is 11.11.
        finding = only(found("CHG001", resaid(the_document(), f"{REVENUE}.direction", "减少")))
        assert finding.where[0] == f"{REVENUE}.direction"
        assert (finding.left.text, finding.right and finding.right.text) == ("11.11", "9.09")
        assert finding.fix == Fix(f"{REVENUE}.direction", "增加")

    @pytest.mark.parametrize("percent", ["11.10", "11.12"])
    def test_a_percentage_off_by_a_hundredth_is_found(self, percent: str) -> None:
        finding = only(found("CHG001", resaid(the_document(), f"{REVENUE}.percent", percent)))
        assert finding.difference == "0.01"
        assert finding.fix == Fix(f"{REVENUE}.percent", "11.11")

    def test_a_change_off_by_a_printed_unit_is_found(self) -> None:
        # 10.01 / 89.99 = 11.12 %
        assert only(found("CHG001", resaid(the_document(), f"{REVENUE}.change", "10.01")))

    def test_two_words_that_contradict_each_other_are_found(self) -> None:
        document = reworded(the_document(), "revenue-budget", "上升", "下降")
        finding = only(found("CHG001", document))
        assert finding.right is not None
        assert finding.right.text == "下降"

    def test_a_change_larger_than_the_amount_cannot_be_a_rise(self) -> None:
        document = by_item(a_book_with_vehicles())
        moved = "three-publics-by-item/three_publics.change"
        assert found("CHG001", document) == []
        # 30.00 now and 35.00 more than last year: −5.00 last year.
        assert only(found("CHG001", resaid(document, moved, "35.00")))

    def test_nothing_last_year_means_that_all_of_it_is_new(self) -> None:
        document = resaid(the_document(a_grown_book("0")), f"{REVENUE}.change", "99.99")
        assert only(found("CHG001", document))

    def test_an_amount_that_tables_state_otherwise_is_not_found_here_again(self) -> None:
        document = resaid(the_document(), REVENUE, "100.10")
        assert found("CHG001", document) == []
        assert found("AGR002", document) != []


class TestLevelMeansEqual:
    def test_equal_amounts_said_to_be_level_are_quiet(self) -> None:
        document = the_document(a_grown_book("100"))
        assert figures(document, "revenue-budget")["revenue_total.direction"] == "持平"
        assert found("CHG002", document) == []

    def test_a_rise_without_its_amount_is_found(self) -> None:
        document = resaid(the_document(a_grown_book("100")), f"{REVENUE}.direction", "增加")
        assert only(found("CHG002", document)).fix == Fix(f"{REVENUE}.direction", "持平")

    def test_level_with_an_amount_of_change_is_found(self) -> None:
        document = resaid(the_document(), f"{REVENUE}.direction", "持平")
        assert only(found("CHG002", document)).left.text == "持平"

    def test_one_fen_less_than_a_printed_unit_is_level(self) -> None:
        # 99.999999 万元 prints as 100.00 and so does the 100.00 of this year.
        book = a_grown_book("99.999999")
        assert found("CHG002", the_document(book)) == []


class TestChangesAddUp:
    def test_items_that_add_up_are_quiet(self) -> None:
        assert found("CHG003", by_item(a_book_with_vehicles())) == []

    def test_a_flipped_item_is_found(self) -> None:
        # purchase +20.00 and running +5.00 are +25.00; with running −5.00 they are +15.00.
        document = by_item(a_book_with_vehicles())
        changed = resaid(document, "three-publics-by-item/vehicle_running.direction", "减少")
        finding = only(found("CHG003", changed))
        assert (finding.left.text, finding.difference) == ("增加25.00", "10.00")

    def test_an_item_without_last_year_leaves_nothing_to_add(self) -> None:
        book = a_book_with_vehicles()
        known = tuple(each for each in book.prior if each.measure != "vehicle_running")
        document = by_item(replace(book, prior=known))
        assert found("CHG003", document) == []


class TestChangesAgreeWithLastYear:
    def test_the_books_own_document_is_quiet(self) -> None:
        assert found("CHG004", a_grown_book()) == []

    def test_a_document_without_a_book_is_not_checked(self) -> None:
        assert unchecked("CHG004", the_document()) == ["没有明细数据"]

    def test_a_measure_without_last_year_is_not_checked(self) -> None:
        document = the_document()
        subject = a_subject(a_book(basic("60"), project("40")), document=document)
        assert "没有收入总计的上年预算数" in unchecked("CHG004", subject)

    def test_a_consistent_lie_is_found(self) -> None:
        # The document speaks of 80.00 last year, everything fits: 20.00 more, 25.00 %.
        document = the_document(a_grown_book("80"))
        assert found("CHG001", document) == []
        subject = a_subject(a_grown_book("90"), document=document)
        assert [each.where[0] for each in found("CHG004", subject)] == [
            f"{REVENUE}.change",
            "spending-budget/spending_total.change",
        ]

    def test_a_printed_unit_of_difference_is_found(self) -> None:
        document = the_document(a_grown_book("90.01"))
        assert len(found("CHG004", a_subject(a_grown_book("90"), document=document))) == 2

    def test_a_fen_that_does_not_show_is_quiet(self) -> None:
        document = the_document(a_grown_book("90.000001"))
        assert found("CHG004", a_subject(a_grown_book("90"), document=document)) == []

    def test_what_contradicts_itself_is_told_once(self) -> None:
        document = resaid(the_document(), f"{REVENUE}.direction", "减少")
        subject = a_subject(a_grown_book(), document=document)
        assert len(found("CHG001", subject)) == 1
        assert found("CHG004", subject) == []


class TestLastYearBalances:
    def test_income_and_uses_that_moved_alike_are_quiet(self) -> None:
        assert found("CHG006", the_document()) == []

    def test_another_last_year_of_uses_is_noticed(self) -> None:
        book = a_book(
            basic("100"),
            prior=[last_year("revenue_total", "90"), last_year("spending_total", "89.99")],
        )
        assert only(found("CHG006", the_document(book))).difference == "0.01"

    def test_without_last_year_it_is_not_checked(self) -> None:
        assert len(unchecked("CHG006", published(a_book(basic("60"))))) == 1


class TestShares:
    """60.00 and 30.00 of 90.00 are 66.67 % and 33.33 %."""

    @pytest.fixture
    def document(self) -> Disclosure:
        return published(a_book(basic("60"), basic("30", function="2050202")))

    def test_shares_of_the_listed_amounts_are_quiet(self, document: Disclosure) -> None:
        assert figures(document, "general-public-spending") == {
            "general_public_spending": "90.00",
            "general_public_spending.201": "60.00",
            "general_public_spending.201.share": "66.67",
            "general_public_spending.205": "30.00",
            "general_public_spending.205.share": "33.33",
        }
        assert found("CHG007", document) == []

    def test_the_largest_may_take_the_residue(self) -> None:
        # Three equal parts: 33.33 each, and the first takes the hundredth that is left.
        lines = (basic("1"), basic("1", function="2050202"), basic("1", function="2030603"))
        assert found("CHG007", published(a_book(*lines))) == []

    def test_a_share_off_by_a_hundredth_is_found(self, document: Disclosure) -> None:
        place = "general-public-spending/general_public_spending.205.share"
        finding = only(found("CHG007", resaid(document, place, "33.34")))
        assert (finding.difference, finding.fix) == ("0.01", Fix(place, "33.33"))

    def test_a_wrong_amount_is_not_found_here_again(self, document: Disclosure) -> None:
        place = "general-public-spending/general_public_spending.205"
        assert found("CHG007", resaid(document, place, "36.00")) == []

    def test_no_shares_are_quiet(self) -> None:
        assert found("CHG007", published(a_book(prior=()))) == []

    def test_charts_state_the_shares_of_their_amounts(self, document: Disclosure) -> None:
        assert found("CHG008", document) == []
        chart = next(each for each in document.charts if len(each.slices) == 2)
        first, second = chart.slices
        wrong = replace(chart, slices=(replace(first, share=Decimal("66.66")), second))
        assert only(found("CHG008", _with_chart(document, wrong))).where == (f"chart-{chart.code}",)


def _with_chart(document: Disclosure, chart: Chart) -> Disclosure:
    def put(each: object) -> object:
        return chart if isinstance(each, Chart) and each.code == chart.code else each

    return with_sections(
        document,
        lambda section: replace(section, blocks=tuple(map(put, section.blocks))),  # type: ignore[arg-type]
    )


class TestReasonsAreThere:
    def test_a_change_with_a_reason_is_quiet(self) -> None:
        assert found("CHG009", the_document()) == []

    def test_level_needs_none(self) -> None:
        assert found("CHG009", published(a_grown_book("100"))) == []

    def test_a_change_without_a_reason_is_found_once_for_each(self) -> None:
        findings = found("CHG009", published(a_grown_book(), spending_change=WHY))
        assert [each.where for each in findings] == [(f"{REVENUE}.direction", "revenue-budget")]

    def test_each_item_has_its_own_reason(self) -> None:
        document = by_item(a_book_with_vehicles(), vehicle_purchase_change="一辆旧车报废更新")
        assert [each.where[0] for each in found("CHG009", document)] == [
            "three-publics-by-item/vehicle_running.direction"
        ]


class TestLargeChangesHaveSpecificReasons:
    @pytest.mark.parametrize(
        "reason", ["工作需要", "政策调整", "人员增加", "因业务工作需要", "据实调整"]
    )
    def test_a_bare_phrase_does_not_explain_a_large_change(self, reason: str) -> None:
        document = the_document(revenue_change=reason)
        assert [each.where[1] for each in found("CHG010", document)] == ["revenue-budget"]

    def test_people_and_things_do(self) -> None:
        assert found("CHG010", the_document()) == []

    @pytest.mark.parametrize(("before", "count"), [("90.92", 0), ("90.91", 2)])
    def test_ten_percent_as_printed_is_the_threshold(self, before: str, count: int) -> None:
        # 9.08 / 90.92 prints as 9.99, 9.09 / 90.91 as 10.00.
        book = a_grown_book(before)
        document = the_document(book, revenue_change="工作需要", spending_change="工作需要")
        assert len(found("CHG010", document)) == count

    def test_from_nothing_is_large(self) -> None:
        document = the_document(a_grown_book("0"), revenue_change="工作需要")
        assert len(found("CHG010", document)) == 1

    def test_a_missing_reason_is_not_found_here_again(self) -> None:
        assert found("CHG010", published(a_grown_book())) == []


class TestReasonsFit:
    def test_the_sample_explains_three_publics_that_did_not_move(self) -> None:
        finding = only(found("CHG011", sample_disclosure()))
        assert finding.right is not None
        assert finding.right.text == "厉行节约，严格控制三公经费支出"

    def test_level_with_a_reason_that_speaks_of_no_change_is_quiet(self) -> None:
        same = "与上年安排相同"
        document = the_document(a_grown_book("100"), revenue_change=same, spending_change=same)
        assert found("CHG011", document) == []

    def test_more_explained_by_less_is_found(self) -> None:
        document = the_document(revenue_change="压缩一般性项目开支")
        assert only(found("CHG012", document)).where[0] == f"{REVENUE}.direction"

    @pytest.mark.parametrize(
        "reason",
        [
            "基本支出增加，项目支出减少",
            "不再新增项目，工资增加",
            "办公楼维修工程开工",
            "新进人员五名，工资和社会保险缴费相应增加",
        ],
    )
    def test_both_directions_or_the_right_one_or_none_are_quiet(self, reason: str) -> None:
        assert found("CHG012", the_document(revenue_change=reason)) == []

    @pytest.mark.parametrize(
        "reason", ["上年新增的设备购置已经完成", "提高资金使用效益", "未新增项目"]
    )
    def test_less_explained_by_what_is_no_longer_there_is_quiet(self, reason: str) -> None:
        document = the_document(a_grown_book("110"), revenue_change=reason)
        assert [each.where[1] for each in found("CHG012", document)] == ["spending-budget"]

    def test_nothing_written_is_quiet(self) -> None:
        assert found("CHG012", published(a_grown_book())) == []


class TestThreePublicsByItem:
    def test_the_sample_compares_the_total_only(self) -> None:
        finding = only(found("CHG013", sample_disclosure()))
        assert finding.left.text == "只有总额"

    def test_items_compared_one_by_one_are_quiet(self) -> None:
        assert found("CHG013", by_item(a_book_with_vehicles())) == []

    def test_no_comparison_at_all_is_quiet(self) -> None:
        assert found("CHG013", published(a_book(basic("60")))) == []


class TestExecution:
    """14.63 of this year beside 10.00 executed: 46.30 % more."""

    @pytest.fixture
    def document(self) -> Disclosure:
        return executed()

    place = "appropriation-items/execution.2010301"

    def test_what_follows_from_both_amounts_is_quiet(self, document: Disclosure) -> None:
        assert figures(document, "appropriation-items")["execution.2010301.percent"] == "46.30"
        assert found("CHG005", document) == []

    @pytest.mark.parametrize(
        ("part", "text"), [(".direction", "下降"), (".percent", "46.31"), ("", "10.01")]
    )
    def test_each_of_the_three_is_held(self, document: Disclosure, part: str, text: str) -> None:
        assert only(found("CHG005", resaid(document, f"{self.place}{part}", text)))

    def test_no_execution_is_quiet(self) -> None:
        assert found("CHG005", by_item(a_book(basic("14.63")))) == []


def test_reasons_of_a_book_are_read_where_they_are_printed() -> None:
    remarks = Remarks({"revenue_change": "压缩一般性项目开支", "spending_change": WHY})
    assert len(found("CHG012", a_subject(a_grown_book(), remarks=remarks))) == 1
