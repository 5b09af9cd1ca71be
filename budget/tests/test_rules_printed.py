"""Printed amounts as intervals of yuan, found by address and by question."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from budget.edition import EDITIONS
from budget.ledger import where
from budget.money import ZERO
from budget.questions import EARNED, SPENT_THIS_YEAR
from budget.rules.printed import Subject, exactness, said_name
from budget.rules.thresholds import THRESHOLDS
from budget.tests.altering import retyped
from budget.tests.books import OFFICE, SCHOOL, a_book, basic, published
from budget.tests.judging import a_subject
from budget.tests.samples import sample_disclosure, sample_edition


def rounded() -> Subject:
    return replace(a_subject(sample_disclosure()), is_exact=False)


def test_an_exact_figure_is_a_point() -> None:
    printed = a_subject(sample_disclosure()).figures["summary/revenue_total/revenue"]
    assert (printed.yuan, printed.half) == (Decimal("15610900"), ZERO)


def test_a_rounded_figure_reaches_half_a_printed_unit_to_each_side() -> None:
    # 1,561.09 万元: 0.005 万元 are 50 yuan.
    printed = rounded().figures["summary/revenue_total/revenue"]
    assert (printed.yuan, printed.half) == (Decimal("15610900"), Decimal(50))


def test_a_blank_cell_is_exactly_nothing() -> None:
    printed = rounded().figures["summary/business_revenue/revenue"]
    assert (printed.text, printed.yuan, printed.half) == ("", ZERO, ZERO)


def test_a_figure_of_a_sentence_has_its_unit_and_no_table() -> None:
    printed = a_subject(sample_disclosure()).figures["revenue-budget/revenue_total"]
    assert (printed.yuan, printed.unit, printed.table) == (Decimal("15610900"), "万元", "")


def test_income_is_answered_in_sentence_and_tables() -> None:
    found = a_subject(sample_disclosure()).answering(EARNED)
    assert [each.address for each in found] == [
        "revenue-budget/revenue_total",
        "summary/revenue_total/revenue",
        "revenue/total/total",
    ]


def test_what_nobody_asks_has_no_answer() -> None:
    assert a_subject(sample_disclosure()).answering(SPENT_THIS_YEAR, where(function="999")) == []


def test_figures_are_named_for_people() -> None:
    subject = a_subject(sample_disclosure())
    assert subject.figures["spending/2010301/basic"].label == "部门支出总表“行政运行”基本支出"
    assert subject.figures["revenue-budget/revenue_total"].label == "文字“收入总计”"
    assert said_name("revenue_total.change") == "文字“收入总计 增减额”"


def test_all_figures_of_sentences_are_known_counts_too() -> None:
    said = a_subject(sample_disclosure()).said
    assert said["assets/vehicles.stock"].text == "3"
    assert said["revenue-budget/revenue_total.direction"].text == "增加"


def test_the_only_unit_is_known_with_a_book_and_without() -> None:
    alone = a_book(basic("1.00"))
    assert a_subject(alone).only_unit == OFFICE.code
    assert a_subject(alone.seen_by(OFFICE.code)).only_unit == OFFICE.code
    both = a_book(basic("1.00"), basic("1.00", unit=SCHOOL.code), units=(OFFICE, SCHOOL))
    assert a_subject(both).only_unit is None
    assert a_subject(published(both)).only_unit is None


def test_a_document_at_the_edition_s_grain_is_exact() -> None:
    assert exactness(sample_disclosure(), sample_edition())


def test_a_document_that_owns_up_to_tails_is_not_exact() -> None:
    # 0.005 + 0.005 万元 print as 0.01 + 0.01 beside 0.01.
    tailed = published(a_book(basic("1.005"), basic("1.005", function="2010302")))
    assert not exactness(tailed, sample_edition())


def test_a_document_in_two_units_is_not_exact() -> None:
    edition = EDITIONS["shanghai-district-2026"]
    assert not exactness(published(a_book(basic("1.00")), edition), edition)


def test_a_cell_typed_anew_has_its_new_amount() -> None:
    document = retyped(sample_disclosure(), "spending/total/total", "1,651.09")
    printed = a_subject(document).figures["spending/total/total"]
    assert (printed.text, printed.yuan) == ("1,651.09", Decimal("16510900"))


def test_thresholds_of_the_bureau_come_before_the_edition_s_and_the_default() -> None:
    share = THRESHOLDS["other_share"]
    edition = replace(sample_edition(), thresholds={"other_share": Decimal(25)})
    document = sample_disclosure()
    assert a_subject(document).threshold(share) == 20
    assert a_subject(document, edition).threshold(share) == 25
    bureau = {"other_share": Decimal(30)}
    assert a_subject(document, edition, thresholds=bureau).threshold(share) == 30
