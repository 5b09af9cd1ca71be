"""Faults that were once unseen: money for events and purchases, codes of one side, limits."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from budget.book import BudgetBook, Catalogue, Event, ProcurementItem
from budget.document import Disclosure
from budget.rules.checking import check
from budget.rules.finding import Finding
from budget.terms import EventKind, ProcurementKind, Severity, Source, UnitType
from budget.tests.altering import resaid, retyped, reworded, with_table
from budget.tests.books import (
    CATALOGUE,
    OFFICE,
    PROJECT,
    SCHOOL,
    a_book,
    basic,
    project,
    published,
    running,
    wan,
)
from budget.tests.judging import a_subject, found, unchecked
from budget.tests.samples import sample_disclosure

NAMES = {**CATALOGUE.economic, "30215": "会议费", "30216": "培训费"}
WITH_EVENTS: Catalogue = replace(CATALOGUE, economic=NAMES)


def only(findings: list[Finding]) -> Finding:
    [finding] = findings
    return finding


def a_meeting(in_basic: str = "0", in_project: str = "0", **changes: Any) -> Event:
    meeting = Event(
        unit=OFFICE.code,
        sequence=1,
        kind=EventKind.MEETING,
        name="工作会",
        content="部署工作",
        attendance=20,
        basic=wan(in_basic),
        project=wan(in_project),
    )
    return replace(meeting, **changes)


def meeting(in_basic: str, in_project: str, *events: Event) -> BudgetBook:
    """Return 5.00 of basic spending on meetings and 100.00 of project money without a code."""
    return a_book(
        basic("60.00"),
        running("5.00", economic="30215"),
        project("100.00"),
        catalogue=WITH_EVENTS,
        events=events or (a_meeting(in_basic, in_project),),
    )


class TestMoneyOfEvents:
    @pytest.mark.parametrize(("in_basic", "in_project"), [("5", "0"), ("5", "35"), ("5", "100")])
    def test_what_the_lines_have_is_right(self, in_basic: str, in_project: str) -> None:
        book = meeting(in_basic, in_project)
        assert found("EVT003", book) == []
        assert found("EVT003", published(book)) == []

    @pytest.mark.parametrize(
        ("in_basic", "right", "difference"),
        [
            ("40", "50,000.00", "350,000.00"),
            ("5.000001", "50,000.00", "0.01"),
            ("4.999999", "50,000.00", "0.01"),
        ],
    )
    def test_basic_money_is_the_money_of_the_code(
        self, in_basic: str, right: str, difference: str
    ) -> None:
        finding = only(found("EVT003", meeting(in_basic, "0")))
        assert finding.right is not None
        assert (finding.right.text, finding.difference) == (right, difference)
        assert finding.where[0] == "general-expenses/meetings_basic"
        assert "302-15" in finding.right.label
        assert finding.advice

    def test_a_meeting_without_any_line_is_found(self) -> None:
        book = a_book(basic("60.00"), catalogue=WITH_EVENTS, events=(a_meeting("40"),))
        for given in (book, published(book)):
            finding = only(found("EVT003", given))
            assert finding.where[0] == "general-expenses/meetings_basic"
            assert finding.advice

    def test_project_money_is_no_more_than_there_is(self) -> None:
        book = meeting("5", "35000")
        finding = only(found("EVT003", book))
        assert finding.right is not None
        assert (finding.left.text, finding.right.text) == ("350,000,000.00", "1,000,000.00")
        printed = only(found("EVT003", published(book)))
        assert printed.where == (
            "general-expenses/meetings_project",
            "summary/project_spending/spending",
        )
        assert printed.advice

    def test_coded_project_money_is_in_the_register(self) -> None:
        lines = (basic("60.00"), project("8.00", economic="30216"), project("100.00"))
        book = a_book(*lines, catalogue=WITH_EVENTS)
        finding = only(found("EVT003", book))
        assert finding.right is not None
        assert (finding.left.text, finding.right.text) == ("0.00", "80,000.00")

    def test_each_unit_pays_for_its_own(self) -> None:
        # 5.00 in both units together, but the school registers what only the office has.
        book = replace(meeting("0", "0", a_meeting("5", unit=SCHOOL.code)), units=(OFFICE, SCHOOL))
        labels = [each.left.label for each in found("EVT003", book)]
        assert labels == ["某局登记的会议费（基本支出）", "某校登记的会议费（基本支出）"]

    def test_basic_money_of_other_sources_may_be_counted_or_not(self) -> None:
        lines = (
            running("5.00", economic="30215"),
            running("3.00", economic="30215", source=Source.PUBLIC_SERVICE),
        )
        for cost, count in (("5", 0), ("8", 0), ("4", 1), ("9", 1)):
            book = a_book(*lines, catalogue=WITH_EVENTS, events=(a_meeting(cost),))
            assert len(found("EVT003", book)) == count, cost

    def test_one_wrong_sum_is_one_finding(self) -> None:
        book = meeting("40", "0")
        told = [each.finding.where[0] for each in check(a_subject(book)).of(Severity.ERROR)]
        events = [each for each in told if each.startswith("general-expenses")]
        assert events == ["general-expenses/meetings_basic"]

    def test_without_a_table_of_codes_nothing_can_be_told(self) -> None:
        document = published(meeting("5", "0"))
        bare = replace(
            document,
            parts=tuple(
                replace(
                    part,
                    tables=tuple(t for t in part.tables if t.code != "general-public-basic"),
                )
                for part in document.parts
            ),
        )
        assert unchecked("EVT003", bare) == ["文件中没有一般公共预算基本支出的经济分类"]


class TestPlansOfEvents:
    @pytest.mark.parametrize("content", ["", " ", "无"])
    def test_a_meeting_says_what_it_is_about(self, content: str) -> None:
        book = meeting("5", "0", a_meeting("5", content=content))
        finding = only(found("EVT002", book))
        assert finding.right is not None
        assert (finding.right.label, finding.right.text) == ("内容", "（没有写）：工作会")

    def test_a_blank_content_is_seen_in_print_too(self) -> None:
        document = published(meeting("5", "0", a_meeting("5", content="")))
        finding = only(found("EVT002", document))
        assert finding.where == (
            "general-expenses/meetings",
            "general-expenses/meetings.attendance",
        )
        assert found("EVT002", published(meeting("5", "0"))) == []

    def test_words_taken_out_of_a_sentence_are_missed(self) -> None:
        told = "内容为"
        document = published(meeting("5", "0"))
        assert found("EVT002", reworded(document, "general-expenses", f"，{told}部署工作", ""))
        assert found("EVT002", reworded(document, "general-expenses", f"{told}部署工作", told))

    def test_each_of_several_is_planned(self) -> None:
        second = a_meeting("0", sequence=2, name="座谈会", attendance=0)
        finding = only(found("EVT002", meeting("5", "0", a_meeting("5"), second)))
        assert finding.right is not None
        assert (finding.right.label, finding.right.text) == ("人数", "（没有写）：座谈会")

    def test_a_meeting_that_costs_next_to_nothing_is_no_fault(self) -> None:
        # 40 yuan print as 0 万元.
        lines = (running("0.004", economic="30215"), basic("60.00"))
        book = a_book(*lines, catalogue=WITH_EVENTS, events=(a_meeting("0.004"),))
        assert found("EVT002", book) == []

    def test_two_blank_contents_are_one_finding_of_all_rules(self) -> None:
        blank = (a_meeting("5", content=""), a_meeting("0", sequence=2, name="座谈会", content=""))
        off = {"CHG009": Severity.OFF}
        told = check(a_subject(meeting("5", "0", *blank)), off).found
        assert [e.rule.code for e in told if e.finding.where[0].startswith("general-exp")] == [
            "EVT002"
        ]


def buying(*amounts: str, **changes: Any) -> BudgetBook:
    """Return purchases in a unit with 10.00 of project money and 5.00 of office expenses."""
    items = (
        ProcurementItem(
            unit=OFFICE.code,
            sequence=number,
            kind=ProcurementKind.GOODS,
            name=f"设备{number}",
            amount=wan(amount),
        )
        for number, amount in enumerate(amounts, start=1)
    )
    procurement = tuple(replace(each, **changes) for each in items)
    return a_book(project("10.00"), running("5.00"), procurement=procurement)


class TestPurchases:
    def test_what_names_no_money_is_held_against_the_whole_unit(self) -> None:
        assert found("PRO003", buying("15.00")) == []
        finding = only(found("PRO003", buying("15.01")))
        assert finding.right is not None
        assert (finding.right.label, finding.difference) == ("某局预算", "100.00")

    def test_what_names_no_money_is_not_passed_all_the_same(self) -> None:
        assert unchecked("PRO003", buying("1.00")) == ["采购没有注明项目和经济科目：设备1"]

    def test_purchases_of_a_project_share_its_money(self) -> None:
        book = buying("6.00", "6.00", project=PROJECT.code)
        first, second = book.procurement
        book = replace(book, procurement=(first, replace(second, economic="31013")))
        finding = only(found("PRO003", book))
        assert finding.right is not None
        assert (finding.right.label, finding.difference) == ("某项目预算", "20,000.00")

    def test_the_narrowest_place_is_told_alone(self) -> None:
        # 80.00 is more than the project has, and more than the unit has.
        finding = only(found("PRO003", buying("80.00", project=PROJECT.code)))
        assert finding.right is not None
        assert finding.right.label == "某项目预算"

    def test_a_code_without_a_project_may_use_project_money_without_a_code(self) -> None:
        assert found("PRO003", buying("10.00", economic="31013")) == []
        assert len(found("PRO003", buying("10.01", economic="31013"))) == 1

    @pytest.mark.parametrize(
        ("reserved", "small", "label"),
        [
            ("10.00", "10.00", None),
            ("10.000001", "0", "采购“设备1”预留中小企业"),
            ("8.00", "8.000001", "采购“设备1”预留小微企业"),
        ],
    )
    def test_what_is_reserved_is_a_part(self, reserved: str, small: str, label: str | None) -> None:
        book = buying("10.00", reserved=wan(reserved), reserved_small=wan(small))
        assert [each.left.label for each in found("PRO002", book)] == ([label] if label else [])

    def test_codes_of_purchases_are_codes_of_the_year(self) -> None:
        finding = only(found("CLS003", buying("1.00", economic="39999")))
        assert finding.right is not None
        assert finding.right.text == "2023年科目表中没有该科目"
        assert finding.where == ("procurement/procurement",)


class TestCodesOfOneSide:
    """Income under one code and spending under another add up, and are wrong all the same."""

    def book(self) -> BudgetBook:
        return a_book(basic("60.00"), project("40.00"))

    def test_income_and_spending_have_the_same_codes(self) -> None:
        assert found("BAL003", published(self.book())) == []

    def test_a_code_of_either_side_is_found_once(self) -> None:
        # The same money and sections, income of 2010302 under 2010399.
        document = moved("revenue", "2010302", "2010303")
        finding = only(found("BAL003", document))
        assert finding.where == ("spending/2010302/total", "revenue/2010303/total")
        assert finding.right is not None
        assert (finding.left.text, finding.right.text) == (
            "201-03-02（40.00）",
            "201-03-03（40.00）",
        )

    def test_a_fund_pays_for_codes_that_spending_has(self) -> None:
        document = moved("general-public-spending", "2010302", "2010303")
        finding = only(found("PLA003", document))
        assert finding.where == ("general-public-spending/2010303/total",)

    def test_one_wrong_code_is_told_by_one_of_the_two(self) -> None:
        document = moved("spending", "2010302", "2010303")
        assert len(found("BAL003", document)) == 1
        assert found("PLA003", document) == []


def moved(table: str, old: str, new: str) -> Disclosure:
    """Return a document in which a table has the money of one code under another."""
    names = {**CATALOGUE.function, new: "机关服务"}
    lines = (basic("60.00"), project("40.00", function=new))
    other = published(a_book(*lines, catalogue=replace(CATALOGUE, function=names)))
    printed = other.tables_by_code[table]
    document = published(a_book(basic("60.00"), project("40.00", function=old)))
    return with_table(document, table, rows=printed.rows, footings=printed.footings)


class TestLimits:
    def test_three_publics_are_no_more_than_their_code_and_project_money(self) -> None:
        # 1.66 of the code and 904.71 of projects: 906.37 in all.
        for text, count in (("906.37", 0), ("906.38", 1)):
            document = retyped(sample_disclosure(), "three-publics/total/hospitality", text)
            assert len(found("TPB001", document)) == count, text

    def test_without_projects_they_are_their_code(self) -> None:
        document = published(a_book(running("2.00", economic="30217"), basic("1.00")))
        assert found("TPB001", document) == []
        finding = only(
            found("TPB001", retyped(document, "three-publics/total/hospitality", "2.01"))
        )
        assert finding.advice

    def test_running_costs_of_agencies_alone_are_told_by_their_lines(self) -> None:
        one = replace(SCHOOL, type=UnitType.PUBLIC_SERVICE_ONE)
        book = a_book(
            running("10.00"),
            running("5.00", unit=SCHOOL.code),
            units=(OFFICE, one),
        )
        assert found("PLA005", book) == []
        place = "agency-operating-costs/agency_operating_costs"
        wrong = resaid(published(book), place, "12.00")
        finding = only(found("PLA005", a_subject(book, document=wrong)))
        assert finding.right is not None
        assert (finding.where, finding.right.text) == ((place,), "100,000.00")


def test_every_limit_says_what_to_do() -> None:
    """Each rule that states a limit tells what to do where it is exceeded."""
    exceeding = {
        "PLA002": ("revenue/2010301/regular_appropriation", "700.00"),
        "TPB001": ("general-public-basic/30217/total", "6.16"),
    }
    for code, (address, text) in exceeding.items():
        assert only(found(code, retyped(sample_disclosure(), address, text))).advice


def test_a_share_is_not_lost_below_a_printed_unit() -> None:
    # 30215 of another source, 40 yuan, is 0.00 in print: nothing can be told of basic money.
    lines = (
        running("5.00", economic="30215"),
        running("0.004", economic="30215", source=Source.PUBLIC_SERVICE),
    )
    event = a_meeting("5.004")
    book = a_book(*lines, catalogue=WITH_EVENTS, events=(event,))
    assert Decimal("50040") == event.basic
    assert found("EVT003", book) == []
    assert found("EVT003", published(book)) == []


class TestNotesOfEmptyTables:
    """An edition with one note for full and empty tables: the note names the table's budget."""

    NOTE = "注：本表反映部门本年度政府性基金预算收入支出情况，此表如无数字则表示单位无该项支出。"

    def noted(self, note: str) -> Disclosure:
        return with_table(sample_disclosure(), "government-fund-spending", note=note)

    @pytest.mark.parametrize(
        "note", ["注：本单位没有政府性基金预算支出。", "注：空表表示没有支出。"]
    )
    def test_own_words_for_the_own_budget_are_quiet(self, note: str) -> None:
        assert found("EMP002", self.noted(self.NOTE)) == []
        assert found("EMP002", self.noted(note)) == []

    @pytest.mark.parametrize("note", ["", NOTE.replace("政府性基金", "国有资本经营")])
    def test_no_note_and_one_on_another_budget_are_found(self, note: str) -> None:
        finding = only(found("EMP002", self.noted(note)))
        assert finding.where == ("government-fund-spending/note",)
        assert finding.right is not None
        assert finding.right.text == self.NOTE

    def test_a_table_with_money_may_have_any_note(self) -> None:
        document = with_table(sample_disclosure(), "general-public-spending", note="")
        assert found("EMP002", document) == []


@pytest.mark.parametrize(
    ("told", "text"), [("元，其中，一般", "1561.09元"), ("，其中，一般", "1561.09")]
)
def test_what_stands_for_a_unit_is_told_without_the_sign_behind_it(told: str, text: str) -> None:
    document = reworded(sample_disclosure(), "revenue-budget", "万元，其中，一般", told)
    assert only(found("WRD013", document)).left.text == text
