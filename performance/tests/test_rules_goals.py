"""Rules on goals: content, points, targets, scoring, money and agreement of both tables.

The book: 60.00 of basic spending and one project of 40.00. Its good goals are worth 90 points:
output 20 + 20, cost 20, benefit 20, satisfaction 10. Indicators in order: 0 quantity, 1 quality,
2 cost, 3 benefit, 4 satisfaction.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from budget.book import BudgetBook
from budget.edition import EDITIONS
from budget.lines import Line
from budget.rules.finding import Finding
from budget.tests.altering import retyped
from budget.tests.books import a_book, basic, project, published
from budget.tests.judging import a_subject, found, unchecked
from budget.tests.samples import declared, sample_book, sample_disclosure
from performance.goals import Aspect, Comparison, Dimension, OverallGoal, ProjectGoal
from performance.rules.scoring import most_points
from performance.tests.goals_at_hand import (
    an_indicator,
    with_good_goals,
    with_indicator,
    with_overall_goal,
    with_project_goal,
)

QUANTITY, QUALITY, COST, BENEFIT, SATISFACTION = range(5)
CODES = tuple(f"PRF{number:03}" for number in range(1, 21))
ROW = "project-goals/900001-01."


def a_good_book(*lines: Line) -> BudgetBook:
    return with_good_goals(a_book(*(lines or (basic("60"), project("40")))))


def without(dimension: Dimension) -> BudgetBook:
    def drop(goal: ProjectGoal) -> ProjectGoal:
        kept = tuple(each for each in goal.indicators if each.dimension is not dimension)
        return replace(goal, indicators=kept)

    return with_project_goal(a_good_book(), drop)


def only(findings: list[Finding]) -> Finding:
    [finding] = findings
    return finding


def place_of(code: str, place: int, **changes: Any) -> str:
    """Where a rule finds the good goals wrong, once one indicator is another."""
    return only(found(code, with_indicator(a_good_book(), place, **changes))).where[0]


@pytest.mark.parametrize("code", CODES)
def test_good_goals_are_quiet(code: str) -> None:
    assert found(code, a_good_book()) == []
    assert unchecked(code, a_good_book()) == []


@pytest.mark.parametrize("code", CODES)
def test_good_goals_are_quiet_without_a_book(code: str) -> None:
    assert found(code, published(a_good_book())) == []


@pytest.mark.parametrize("code", CODES)
def test_a_document_without_tables_of_goals_is_not_checked(code: str) -> None:
    declared()
    document = published(a_good_book(), EDITIONS["national-2016"])
    assert found(code, document) == []
    assert len(unchecked(code, document)) == 1


class TestContent:
    @pytest.mark.parametrize(
        ("dimension", "missing"),
        [(Dimension.OUTPUT, "缺少产出指标"), (Dimension.BENEFIT, "缺少效益指标")],
    )
    def test_output_and_benefit_are_needed(self, dimension: Dimension, missing: str) -> None:
        assert only(found("PRF001", without(dimension))).left.text == missing

    def test_a_goal_in_words_is_needed(self) -> None:
        book = with_project_goal(a_good_book(), lambda goal: replace(goal, goal=""))
        finding = only(found("PRF001", book))
        assert (finding.where, finding.left.text) == (
            ("project-goals/900001-01/goal",),
            "缺少总体目标",
        )

    def test_a_placeholder_is_no_benefit(self) -> None:
        nothing = {"target": "无", "explanation": "无", "scoring": "无"}
        book = with_indicator(a_good_book(), BENEFIT, **nothing)
        assert only(found("PRF001", book)).left.text == "缺少效益指标"
        assert only(found("PRF003", book)).left.text == "社会效益指标"

    def test_nothing_at_all_lacks_everything(self) -> None:
        findings = found("PRF001", a_book(basic("60"), project("40")))
        assert {each.left.text for each in findings} == {"缺少总体目标、产出指标、效益指标"}

    @pytest.mark.parametrize("dimension", [Dimension.COST, Dimension.SATISFACTION])
    def test_cost_and_satisfaction_are_needed(self, dimension: Dimension) -> None:
        assert only(found("PRF002", without(dimension))).left.text == f"缺少{dimension.label}"

    def test_a_row_that_says_not_applicable_is_enough(self) -> None:
        reason = {"target": "不适用", "explanation": "项目不直接面向公众", "scoring": "不适用"}
        book = with_indicator(a_good_book(), SATISFACTION, **reason)
        assert found("PRF002", book) == []
        assert found("PRF003", book) == []

    def test_an_indicator_that_stands_twice_is_found(self) -> None:
        assert place_of("PRF004", QUALITY, name="活动场次") == f"{ROW}quality-1/indicator"

    @pytest.mark.parametrize(("name", "count"), [("达标率", 1), ("活动质量", 0)])
    def test_four_characters_are_needed(self, name: str, count: int) -> None:
        book = with_indicator(a_good_book(), QUALITY, name=name)
        assert len(found("PRF005", book)) == count

    def test_goals_that_lost_rows_are_not_judged(self) -> None:
        book = with_project_goal(
            without(Dimension.BENEFIT), lambda goal: replace(goal, damaged=("indicators",))
        )
        assert found("PRF001", book) == []
        assert unchecked("PRF001", book) == ["某项目的部分指标在转换中缺失"]


@pytest.mark.parametrize(
    ("scoring", "count"),
    [
        ("效果好得满分，效果一般得12分", 0),
        ("完成得20分，每延后1个月扣2分", 0),
        ("完成得满分", 1),
        ("按实际情况评定", 1),
        ("", 1),
    ],
)
def test_a_target_in_words_is_graded(scoring: str, count: int) -> None:
    book = with_indicator(a_good_book(), BENEFIT, scoring=scoring)
    assert len(found("PRF010", book)) == count


class TestPoints:
    @pytest.mark.parametrize(("points", "count"), [("19", 1), ("20", 0), ("30", 0), ("21", 1)])
    def test_a_project_has_90_or_100(self, points: str, count: int) -> None:
        # 70 elsewhere: 89, 90, 100 and 91.
        book = with_indicator(a_good_book(), BENEFIT, weight=Decimal(points))
        assert len(found("PRF006", book)) == count

    def test_half_a_point_counts(self) -> None:
        book = with_indicator(a_good_book(), BENEFIT, weight=Decimal("20.5"))
        assert only(found("PRF006", book)).left.text == "90.5"

    def test_a_bureau_may_want_100(self) -> None:
        subject = a_subject(a_good_book(), thresholds={"goal_points": Decimal(100)})
        assert [each.right and each.right.text for each in found("PRF006", subject)] == ["100"]

    def test_a_blank_weight_counts_nothing(self) -> None:
        assert only(found("PRF006", with_indicator(a_good_book(), BENEFIT, weight=None)))

    def test_a_damaged_weight_is_not_judged(self) -> None:
        book = with_indicator(a_good_book(), BENEFIT, weight=None, damaged=("weight",))
        assert found("PRF006", book) == []
        assert unchecked("PRF006", book) == ["1个指标的文字在转换中残缺"]

    def test_overall_goals_have_90_or_100(self) -> None:
        def drop(goal: OverallGoal) -> OverallGoal:
            return replace(goal, indicators=goal.indicators[:-1])

        assert only(found("PRF007", with_overall_goal(a_good_book(), drop))).left.text == "80"

    def test_another_split_of_90_is_a_notice(self) -> None:
        book = with_indicator(a_good_book(), QUALITY, weight=Decimal(10))
        book = with_indicator(book, BENEFIT, weight=Decimal(30))
        assert found("PRF006", book) == []
        assert only(found("PRF008", book)).left.text == "产出30、成本20、效益30、满意度10"

    def test_cost_below_output_counts_as_cost(self) -> None:
        older = {"dimension": Dimension.OUTPUT, "aspect": Aspect.COST}
        assert found("PRF008", with_indicator(a_good_book(), COST, **older)) == []


class TestTargets:
    def test_words_with_a_sign_are_found(self) -> None:
        assert place_of("PRF009", QUANTITY, target="力争20场") == f"{ROW}quantity-1/target"

    def test_a_number_without_unit_is_found(self) -> None:
        assert place_of("PRF009", QUANTITY, measure="") == f"{ROW}quantity-1/measure"
        assert place_of("PRF009", QUANTITY, measure="无") == f"{ROW}quantity-1/measure"

    @pytest.mark.parametrize("target", ["95", "0.5", "1,200", "-3"])
    def test_numbers_are_quiet(self, target: str) -> None:
        assert found("PRF009", with_indicator(a_good_book(), QUANTITY, target=target)) == []

    def test_a_target_in_words_without_grades_is_found(self) -> None:
        assert place_of("PRF010", BENEFIT, scoring="") == f"{ROW}social_benefit-1/scoring"

    @pytest.mark.parametrize("target", ["95%", "12月", "80期"])
    def test_a_value_with_its_unit_is_a_fault_of_its_own(self, target: str) -> None:
        changes: dict[str, Any] = {"target": target, "measure": "%"}
        assert place_of("PRF011", QUALITY, **changes) == f"{ROW}quality-1/target"
        assert found("PRF009", with_indicator(a_good_book(), QUALITY, **changes)) == []

    def test_a_target_in_words_with_a_unit_is_found(self) -> None:
        assert place_of("PRF012", BENEFIT, measure="促进") == f"{ROW}social_benefit-1/measure"

    def test_a_damaged_target_is_not_judged(self) -> None:
        lost: dict[str, Any] = {"target": "力争", "damaged": ("target",)}
        book = with_indicator(a_good_book(), QUANTITY, **lost)
        assert found("PRF009", book) == []
        assert unchecked("PRF009", book) == ["1个指标的文字在转换中残缺"]

    def test_a_sheet_of_one_project_tells_sign_value_and_unit_in_one_cell(self) -> None:
        declared()
        book = a_good_book()
        sheet = replace(book, projects=(replace(book.projects[0], introduced=True),))
        document = published(sheet, EDITIONS["shanghai-district-2026"])
        place = "project-goal-sheet-900001-01/quantity-1/second_value"
        assert document.cell(place).text == "≥95(场)"
        assert found("PRF009", document) == []
        assert only(found("PRF009", retyped(document, place, "≥力争"))).where == (place,)
        assert "5个指标没有列出分值" in unchecked("PRF006", document)


class TestScoring:
    @pytest.mark.parametrize(
        ("scoring", "count"),
        [
            ("完成得20分，未完成不得分", 0),
            ("完成得19分，未完成不得分", 1),
            ("完成得21分，未完成不得分", 1),
            ("完成得20分，每少一场扣1分，扣完为止", 0),
            ("完成得满分，每少一场扣1分", 0),
            ("得分=完成率×指标分值", 0),
            ("每增加一场得2分", 0),
            ("完成甲计10分，否则不计分。完成乙计10分，否则不计分。", 0),
            ("完成甲计10分，否则不计分。完成乙计5分，否则不计分。", 1),
            ("完成甲得10分；完成乙得10分", 0),
            ("", 0),
        ],
    )
    def test_the_most_points_are_the_weight(self, scoring: str, count: int) -> None:
        book = with_indicator(a_good_book(), QUANTITY, scoring=scoring)
        assert len(found("PRF013", book)) == count

    def test_half_a_point_is_a_difference(self) -> None:
        book = with_indicator(a_good_book(), QUANTITY, scoring="完成得20.5分")
        assert [each.right and each.right.text for each in found("PRF013", book)] == ["20.5"]

    def test_grades_exclude_one_another(self) -> None:
        assert most_points("好得20分，一般得10分，差得0分")[0] == Decimal(20)

    @pytest.mark.parametrize(("points", "count"), [("19", 0), ("20", 1)])
    def test_a_lesser_grade_gets_less(self, points: str, count: int) -> None:
        scoring = f"明显提升得满分，提升一般得{points}分，未提升不得分"
        book = with_indicator(a_good_book(), BENEFIT, scoring=scoring)
        assert len(found("PRF014", book)) == count

    @pytest.mark.parametrize(
        ("scoring", "what"),
        [
            ("90%-95%计8分；85%-90%计6分；95%以上计10分；85%以下不得分", None),
            ("90%-95%计8分；85%-90%计6分；95%以上计10分；90%以下不得分", "评分区间重叠"),
            ("90%-95%计8分；86%-91%计6分", "评分区间重叠"),
            ("90%-95%计8分；80%-85%计6分", "评分区间空档"),
            ("90%-95%计8分，其余不得分", None),
        ],
    )
    def test_bands_meet(self, scoring: str, what: str | None) -> None:
        book = with_indicator(a_good_book(), QUANTITY, scoring=scoring)
        labels = [each.right and each.right.label for each in found("PRF015", book)]
        assert labels == ([what] if what else [])


class TestMoney:
    @pytest.mark.parametrize("target", ["39.99", "40.01", "400000"])
    def test_a_project_costs_what_it_gets(self, target: str) -> None:
        assert place_of("PRF016", COST, target=target) == f"{ROW}cost-1/target"

    @pytest.mark.parametrize(("target", "measure"), [("40", "万元"), ("400000.00", "元")])
    def test_the_same_money_in_other_words_is_quiet(self, target: str, measure: str) -> None:
        book = with_indicator(a_good_book(), COST, target=target, measure=measure)
        assert found("PRF016", book) == []

    @pytest.mark.parametrize("name", ["活动场均成本", "每人次成本", "单位成本控制"])
    def test_the_cost_of_one_piece_is_another_thing(self, name: str) -> None:
        book = with_indicator(a_good_book(), COST, name=name, target="1.55")
        assert found("PRF016", book) == []

    def test_a_missing_target_is_not_a_sum(self) -> None:
        assert found("PRF016", with_indicator(a_good_book(), COST, target="")) == []

    def test_overall_costs_are_the_units_spending(self) -> None:
        def misstate(goal: OverallGoal) -> OverallGoal:
            changed = tuple(
                replace(each, target="60.01") if each.name == "基本支出" else each
                for each in goal.indicators
            )
            return replace(goal, indicators=changed)

        finding = only(found("PRF017", with_overall_goal(a_good_book(), misstate)))
        assert (finding.left.text, finding.right and finding.right.text) == ("60.01", "60.00")


class TestAgreement:
    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"target": "94"}, "target"),
            ({"comparison": Comparison.EQUALS}, "comparison"),
            ({"measure": "次"}, "measure"),
        ],
    )
    def test_an_indicator_says_the_same_in_both_tables(
        self, changes: dict[str, Any], field: str
    ) -> None:
        book = with_indicator(a_good_book(), QUALITY, **changes)
        assert only(found("PRF018", book)).where == (
            f"overall-goals/900001.quality-1/{field}",
            f"{ROW}quality-1/{field}",
        )

    def test_equal_numbers_in_other_spelling_are_quiet(self) -> None:
        assert found("PRF018", with_indicator(a_good_book(), QUALITY, target="95.00")) == []

    def test_another_name_is_another_indicator(self) -> None:
        book = with_indicator(a_good_book(), QUALITY, name="合格率达标", target="1")
        assert found("PRF018", book) == []

    def test_cost_at_two_ranks_is_noticed(self) -> None:
        older = {"dimension": Dimension.OUTPUT, "aspect": Aspect.COST}
        # Its 一级 is one tall cell with the outputs above it, so the row's own cell is named.
        assert place_of("PRF019", COST, **older) == f"{ROW}cost-1/indicator"


class TestSample:
    def test_what_a_conversion_damaged_is_not_judged(self) -> None:
        subject = a_subject(sample_book(), document=sample_disclosure())
        assert found("PRF006", subject) == []
        assert found("PRF007", subject) == []
        assert len(unchecked("PRF006", subject)) == 2

    def test_a_row_that_names_nothing_is_called_by_what_stands_above(self) -> None:
        subject = a_subject(sample_book(), document=sample_disclosure())
        [levels] = found("PRF019", subject)
        assert levels.right is not None
        assert levels.right.label == "“生态环境成本指标”一级指标"

    def test_its_measured_target_in_words_is_an_error(self) -> None:
        subject = a_subject(sample_book(), document=sample_disclosure())
        assert found("PRF009", subject)[0].left.text == "力争完成《驻京信息》80期"


def test_an_indicator_at_hand_is_measured() -> None:
    indicator = an_indicator(Dimension.OUTPUT, Aspect.QUANTITY, "活动场次")
    assert (indicator.target, indicator.measure) == ("95", "%")
