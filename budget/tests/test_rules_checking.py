"""The report: fixed order, one finding for one cause, what could not be checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from budget.registry import Registry
from budget.rules import checking
from budget.rules.checking import RuleFailed, check, texts
from budget.rules.finding import Finding, Fix, Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import RULES, Check, Rule
from budget.terms import Nature, Needs, Severity, Source
from budget.tests.altering import resaid, retyped
from budget.tests.books import a_book, basic, other_use, project, published
from budget.tests.judging import a_subject, alone
from budget.tests.samples import sample, sample_disclosure, sample_edition

NUMBERS = dict.fromkeys(("AGR001", "AGR002", "BAL001", "FOT001", "FOT002"), Severity.ERROR)


def only_numbers(subject: Subject, **severities: Severity) -> list[tuple[str, Severity]]:
    """Return codes and severities of what the rules on sums find, all other rules off."""
    settings = {**dict.fromkeys(RULES, Severity.OFF), **NUMBERS, **severities}
    return [(each.rule.code, each.severity) for each in check(subject, settings).found]


def wrong_total() -> Subject:
    """Return the sample with one total wrong that tables, sums and the balance all state."""
    return a_subject(retyped(sample_disclosure(), "summary/revenue_total/revenue", "1,651.09"))


def the_only_rule(monkeypatch: pytest.MonkeyPatch, said: Check, needs: Needs) -> None:
    """Let one rule be all that there is, with this check."""
    rules: Registry[Rule] = Registry("规则")
    rules.add("XXX001", Rule("XXX001", Severity.NOTICE, "试", "试", "试", "试", needs, said))
    monkeypatch.setattr(checking, "RULES", rules)


class TestOneCause:
    """A wrong figure is told once, however much it breaks."""

    def test_a_wrong_total_is_one_finding(self) -> None:
        [found] = check(wrong_total(), {**dict.fromkeys(RULES, Severity.OFF), **NUMBERS}).found
        assert found.finding.where[0] == "summary/revenue_total/revenue"
        assert {found.rule.code, *found.also} == {"AGR001", "AGR002", "BAL001", "FOT002"}

    def test_the_smallest_fix_is_what_the_figure_should_read(self) -> None:
        [found] = check(wrong_total(), {**dict.fromkeys(RULES, Severity.OFF), **NUMBERS}).found
        assert found.finding.fix is not None
        assert found.finding.fix.text == "1,561.09"

    def test_a_cause_is_as_grave_as_the_gravest_rule_that_it_breaks(self) -> None:
        lighter = {"AGR001": Severity.NOTICE, "AGR002": Severity.NOTICE}
        assert only_numbers(wrong_total(), **lighter) == [("AGR001", Severity.ERROR)]

    def test_a_negative_amount_in_a_sum_is_told_once(self) -> None:
        document = retyped(sample_disclosure(), "spending/2010302/project", "-904.71")
        found = check(
            a_subject(document),
            {**dict.fromkeys(RULES, Severity.OFF), **NUMBERS, "PLA001": Severity.ERROR},
        ).found
        assert [each.finding.where[0] for each in found] == ["spending/2010302/project"]
        assert (found[0].rule.code, found[0].also) == ("PLA001", ("FOT001", "FOT002"))
        assert found[0].finding.fix == Fix("spending/2010302/project", "904.71")

    def test_two_wrong_figures_are_two_findings(self) -> None:
        document = retyped(sample_disclosure(), "general-public-basic/30201/operating", "7.00")
        document = resaid(document, "revenue-budget/revenue_total", "1651.09")
        places = [
            each.finding.where[0]
            for each in check(
                a_subject(document), {**dict.fromkeys(RULES, Severity.OFF), **NUMBERS}
            ).found
        ]
        assert sorted(places) == [
            "general-public-basic/30201/operating",
            "revenue-budget/revenue_total",
        ]

    def test_a_rounded_document_gets_no_fix_to_a_cent(self) -> None:
        subject = replace(wrong_total(), is_exact=False)
        [found] = check(subject, {**dict.fromkeys(RULES, Severity.OFF), **NUMBERS}).found
        assert found.finding.fix is None


class TestReport:
    """What a report says beside its findings."""

    def test_the_sample_s_figures_raise_nothing(self) -> None:
        assert only_numbers(a_subject(sample_disclosure())) == []

    def test_every_rule_is_passed_found_or_not_checked(self) -> None:
        report = check(a_subject(sample().book, remarks=sample().remarks))
        told = {rule.code for rule in report.passed}
        told |= {each.rule.code for each in report.unchecked}
        for each in report.found:
            told |= {each.rule.code, *each.also}
        in_force = {
            code
            for code, rule in RULES.items()
            if sample_edition().severities.get(code, rule.severity) is not Severity.OFF
        }
        assert told == in_force

    def test_a_rule_that_is_off_says_nothing(self) -> None:
        assert check(wrong_total(), dict.fromkeys(RULES, Severity.OFF)).found == ()

    def test_a_rule_that_needs_a_book_is_not_checked_without_one(self) -> None:
        report = alone("REG001", a_subject(sample_disclosure()))
        assert [each.reason for each in report.unchecked] == ["没有明细数据"]
        assert (report.found, report.passed) == ((), ())

    def test_findings_come_in_the_order_of_rules(self) -> None:
        report = check(wrong_total())
        codes = [each.rule.code for each in report.found]
        assert codes == sorted(codes, key=list(RULES).index)

    def test_the_same_document_gives_the_same_report(self) -> None:
        assert check(wrong_total()) == check(wrong_total())

    def test_the_edition_s_severity_holds_and_the_bureau_s_before_it(self) -> None:
        edition = replace(sample_edition(), severities={"PLA001": Severity.WARNING})
        document = retyped(sample_disclosure(), "spending/2010302/business", "-1.00")
        off = dict.fromkeys((code for code in RULES if code != "PLA001"), Severity.OFF)
        subject = a_subject(document, edition)
        assert [each.severity for each in check(subject, off).found] == [Severity.WARNING]
        bureau = {**off, "PLA001": Severity.NOTICE}
        assert [each.severity for each in check(subject, bureau).found] == [Severity.NOTICE]

    def test_a_finding_reads_as_a_line(self) -> None:
        report = check(wrong_total(), {**dict.fromkeys(RULES, Severity.OFF), **NUMBERS})
        [line] = texts(report)
        assert line.startswith("AGR001 同一金额在各表中相同：")
        assert "1,651.09" in line


class TestBrokenRules:
    """A mistake of the program is never a finding."""

    def test_a_rule_that_fails_is_an_error_that_names_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fails(_: Subject) -> Iterable[Outcome]:
            raise ZeroDivisionError

        the_only_rule(monkeypatch, fails, Needs.DOCUMENT)
        with pytest.raises(RuleFailed, match="XXX001"):
            check(a_subject(sample_disclosure()))

    def test_a_rule_cannot_change_the_book(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def meddles(subject: Subject) -> Iterable[Outcome]:
            assert subject.book is not None
            subject.book.year = 1999  # type: ignore[misc]
            return ()

        the_only_rule(monkeypatch, meddles, Needs.BOOK)
        with pytest.raises(RuleFailed):
            check(a_subject(sample().book, remarks=sample().remarks))
        assert sample().book.year == 2023

    def test_a_finding_without_a_place_is_told_all_the_same(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        the_only_rule(monkeypatch, lambda _: [Finding((), Side("缺", "无"))], Needs.DOCUMENT)
        report = check(a_subject(sample_disclosure()))
        assert [each.finding.left.text for each in report.found] == ["无"]


def test_income_by_function_is_not_held_to_spending_where_something_is_kept() -> None:
    """Kept money so small that print cannot tell the totals apart is still seen to be kept."""
    # income 0.0349 and spending 0.0198 print as 0.03 and 0.02; 行政运行 alone as 0.03 and 0.01
    kept = other_use("0.0151", Nature.CARRYOVER_OUT, Source.OTHER)
    school = project("0.0049", function="2050202")
    document = published(a_book(basic("0.0149"), school, kept))
    assert document.cell("revenue/2010301/total").text == "0.03"
    assert document.cell("spending/2010301/total").text == "0.01"
    edition = sample_edition()
    report = check(Subject(document, edition, is_exact=False))
    assert "BAL003" in {each.rule.code for each in report.unchecked}
    assert "BAL003" not in {each.rule.code for each in report.found}
