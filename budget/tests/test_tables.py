"""The tables of departments unlike the sample, worked out by hand (domain §3)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from budget.edition import CodeStyle, Edition, TotalPlace
from budget.ledger import where
from budget.money import YUAN
from budget.questions import EARNED, OF_THIS_YEAR
from budget.tables.coverage import MoneyWithoutPlace
from budget.tables.spec import TABLES, Group, amount
from budget.terms import Nature, Scope, Source
from budget.tests.books import (
    OFFICE,
    PROJECT,
    SCHOOL,
    a_book,
    basic,
    column,
    other_use,
    printing,
    project,
    published,
    running,
)
from budget.tests.samples import sample_edition

BOTH = (OFFICE, SCHOOL)


def edition_with(table: str, **changes: Any) -> Edition:
    """Return the sample's edition with one table used differently."""
    edition = sample_edition()
    return printing(
        edition,
        *(replace(use, **changes) if use.table == table else use for use in edition.tables),
    )


def test_the_summary_sets_sources_against_natures() -> None:
    document = published(
        a_book(
            basic("1"),
            project("2", source=Source.GOVERNMENT_FUND, function="2120804"),
            project("3", source=Source.STATE_CAPITAL),
            project("4", source=Source.SPECIAL_ACCOUNT),
            other_use("5", Nature.BUSINESS, Source.BUSINESS),
            project("6", source=Source.GRANTS_FROM_SUPERIOR),
            project("7", source=Source.OTHER),
            project("8", source=Source.REMITTANCES_FROM_AFFILIATES),
            project("9", source=Source.PUBLIC_SERVICE),
            project("10", carried_over=True),
            other_use("11", Nature.GRANTS_TO_AFFILIATES, Source.PUBLIC_SERVICE),
            other_use("12", Nature.REMITTANCE_TO_SUPERIOR, Source.OTHER),
            other_use("13", Nature.SURPLUS_DISTRIBUTION, Source.BUSINESS),
            other_use("14", Nature.CARRYOVER_OUT, Source.GENERAL_PUBLIC),
        )
    )
    # appropriation 1+2+3+14, business 5+13, other 7+8+12, public service 9+11
    assert column(document, "summary", "revenue") == {
        "appropriation": "20.00",
        "special_account_revenue": "4.00",
        "business_revenue": "18.00",
        "grants_from_superior": "6.00",
        "other_revenue_with_remittances": "27.00",
        "public_service_revenue": "20.00",
        "current_revenue": "95.00",
        "carryover_in": "10.00",
        "revenue_total": "105.00",
    }
    # projects 2+3+4+6+7+8+9+10
    assert column(document, "summary", "spending") == {
        "basic_spending": "1.00",
        "project_spending": "49.00",
        "business_spending": "5.00",
        "grants_to_affiliates": "11.00",
        "remittance_to_superior": "12.00",
        "current_spending": "78.00",
        "surplus_distribution": "13.00",
        "carryover_out": "14.00",
        "spending_total": "105.00",
    }


def test_money_paid_between_units_of_the_department_counts_once() -> None:
    document = published(
        a_book(
            other_use("30", Nature.GRANTS_TO_AFFILIATES, Source.OTHER, paid_to=SCHOOL.code),
            basic(
                "30",
                unit=SCHOOL.code,
                source=Source.GRANTS_FROM_SUPERIOR,
                received_from=OFFICE.code,
            ),
            units=BOTH,
        )
    )
    assert column(document, "summary", "revenue")["revenue_total"] == "30.00"
    assert column(document, "summary", "revenue")["other_revenue_with_remittances"] == "30.00"
    assert "grants_from_superior" not in column(document, "summary", "revenue")
    assert column(document, "summary", "spending") == {
        "basic_spending": "30.00",
        "current_spending": "30.00",
        "spending_total": "30.00",
    }
    assert column(document, "overall-goals", "total") == {SCHOOL.code: "30.00"}


def test_each_unit_alone_still_shows_what_it_paid_and_got() -> None:
    book = a_book(
        other_use("30", Nature.GRANTS_TO_AFFILIATES, Source.OTHER, paid_to=SCHOOL.code),
        basic(
            "30",
            unit=SCHOOL.code,
            source=Source.GRANTS_FROM_SUPERIOR,
            received_from=OFFICE.code,
        ),
        units=BOTH,
    )
    payer, receiver = (published(book.seen_by(unit.code)) for unit in BOTH)
    assert column(payer, "summary", "spending")["grants_to_affiliates"] == "30.00"
    assert column(receiver, "summary", "revenue")["grants_from_superior"] == "30.00"


def test_income_stands_by_the_function_that_it_finances() -> None:
    document = published(
        a_book(
            basic("1"),
            project("2", function="2050202", source=Source.PUBLIC_SERVICE),
            other_use("4", Nature.CARRYOVER_OUT, Source.PUBLIC_SERVICE, function="2050202"),
            project("8", carried_over=True, source=Source.OTHER),
        )
    )
    assert column(document, "revenue", "total") == {
        "total": "15.00",
        "201": "9.00",
        "20103": "9.00",
        "2010301": "1.00",
        "2010302": "8.00",
        "205": "6.00",
        "20502": "6.00",
        "2050202": "6.00",
    }
    assert column(document, "revenue", "carryover_in") == dict.fromkeys(
        ("total", "201", "20103", "2010302"), "8.00"
    )
    # what is kept for next year is income but no spending
    assert column(document, "spending", "total")["205"] == "2.00"


def test_a_category_with_money_that_the_list_forgets_is_printed_too() -> None:
    document = published(a_book(basic("1", function="2030603")))
    table = document.tables_by_code["appropriation-summary"]
    assert table.cells["appropriation-summary/203/spending_item"].text == "23、国防支出"
    assert column(document, "appropriation-summary", "general_public") == {
        "current_uses": "1.00",
        "203": "1.00",
        "appropriation_uses": "1.00",
    }


def test_the_appropriation_account_has_a_column_for_each_fund() -> None:
    document = published(
        a_book(
            basic("1"),
            project("2", source=Source.GOVERNMENT_FUND, function="2120804"),
            project("4", source=Source.STATE_CAPITAL, carried_over=True),
            other_use("8", Nature.CARRYOVER_OUT, Source.GOVERNMENT_FUND, function="2120804"),
            project("100", source=Source.OTHER),
        )
    )
    assert column(document, "appropriation-summary", "revenue") == {
        "current_appropriation": "11.00",
        "general_public_appropriation": "1.00",
        "government_fund_appropriation": "10.00",
        "carryover_in": "4.00",
        "appropriation_resources": "15.00",
    }
    assert column(document, "appropriation-summary", "government_fund") == {
        "current_uses": "2.00",
        "212": "2.00",
        "carryover_out": "8.00",
        "appropriation_uses": "10.00",
    }
    assert column(document, "appropriation-summary", "total")["appropriation_uses"] == "15.00"


def test_a_fund_table_holds_its_fund_only() -> None:
    document = published(
        a_book(basic("1"), project("2", source=Source.GOVERNMENT_FUND, function="2120804"))
    )
    assert column(document, "general-public-spending", "total")["total"] == "1.00"
    assert column(document, "government-fund-spending", "project") == dict.fromkeys(
        ("total", "212", "21208", "2120804"), "2.00"
    )


def test_people_and_running_costs_follow_the_flag_not_the_code() -> None:
    document = published(a_book(basic("1", economic="31013"), running("2", economic="30101")))
    assert column(document, "general-public-basic", "personnel") == {
        "total": "1.00",
        "310": "1.00",
        "31013": "1.00",
    }
    assert column(document, "general-public-basic", "operating")["30101"] == "2.00"


def test_three_publics_have_a_row_for_every_unit() -> None:
    document = published(
        a_book(
            running("1", economic="30217"),
            running("2", economic="30231", unit=SCHOOL.code, function="2050202"),
            units=BOTH,
        )
    )
    assert column(document, "three-publics", "total") == {
        "total": "3.00",
        OFFICE.code: "1.00",
        SCHOOL.code: "2.00",
    }
    assert column(document, "three-publics", "name")[SCHOOL.code] == "某校"


def test_projects_stand_under_their_unit_with_or_without_a_goal() -> None:
    document = published(a_book(project("5")))
    assert column(document, "project-goals", "total") == {
        "total": "5.00",
        OFFICE.code: "5.00",
        PROJECT.code: "5.00",
    }
    assert column(document, "project-goals", "name")[PROJECT.code] == "某项目"


def test_other_funds_are_all_that_has_no_column_of_its_own() -> None:
    document = published(
        a_book(
            basic("1"),
            project("2", source=Source.STATE_CAPITAL),
            project("4", source=Source.BUSINESS),
            project("8", source=Source.SPECIAL_ACCOUNT),
            project("16", carried_over=True),
        )
    )
    row = {cell.key: cell.text for cell in document.tables_by_code["overall-goals"].rows[0].cells}
    shown = [row[key] for key in ("total", "general_public", "special_account", "other_funds")]
    assert shown == ["31.00", "1.00", "8.00", "22.00"]


def test_a_table_without_figures_shows_its_form() -> None:
    document = published(a_book(basic("1")))
    fund = document.tables_by_code["government-fund-spending"]
    assert fund.is_empty
    assert [[cell.text for cell in row.cells] for row in fund.rows] == [
        ["", "", "", "", "0", "0", "0"]
    ]
    public = published(a_book(project("1", source=Source.OTHER))).tables_by_code[
        "general-public-spending"
    ]
    assert public.is_empty
    assert [[cell.text for cell in row.cells] for row in public.rows] == [
        ["", "", "", "合计", "", "", ""]
    ]


def test_less_than_half_a_printed_unit_shows_as_zero_and_nothing_as_blank() -> None:
    document = published(a_book(basic("0.0049"), project("1")))
    cells = document.tables_by_code["spending"].cells
    assert cells["spending/2010301/basic"].text == "0.00"
    assert cells["spending/2010301/project"].text == ""


def test_codes_repeat_and_the_total_comes_last_where_the_edition_says_so() -> None:
    edition = edition_with("spending", codes=CodeStyle.REPEATED, total=TotalPlace.LAST)
    rows = published(a_book(basic("1")), edition).tables_by_code["spending"].rows
    assert [[cell.text for cell in row.cells[:4]] for row in rows] == [
        ["201", "", "", "一般公共服务支出"],
        ["201", "03", "", "政府办公厅（室）及相关机构事务"],
        ["201", "03", "01", "行政运行"],
        ["", "", "", "合计"],
    ]


def test_amounts_at_the_print_grain_need_no_note_of_tails() -> None:
    table = published(a_book(basic("1.23"), running("4.56"))).tables_by_code["spending"]
    assert "尾差" not in table.note


def test_a_table_that_does_not_add_up_in_print_says_so_and_one_that_does_does_not() -> None:
    # 3.333333 three times prints 3.33 + 3.33 + 3.33 under a total of 10.00
    book = a_book(
        basic("3.333333"),
        project("3.333333"),
        project("3.333334", function="2050202"),
    )
    tables = published(book).tables_by_code
    assert tables["summary"].cells["summary/spending_total/spending"].text == "10.00"
    assert "因四舍五入" in tables["spending"].note
    assert "因四舍五入" not in tables["three-publics"].note


def test_money_that_finds_no_column_is_an_error_that_names_it() -> None:
    spec = TABLES["revenue"]
    kept = tuple(
        each
        for each in spec.columns
        if isinstance(each, Group) or each.key != "public_service_revenue"
    )
    narrow = replace(
        spec,
        columns=tuple(
            amount("total", "合计", sum_of=("appropriation", "carryover_in"))
            if not isinstance(each, Group) and each.key == "total"
            else each
            for each in kept
        ),
    )
    book = a_book(basic("1"), project("2", source=Source.PUBLIC_SERVICE))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(TABLES._items, "revenue", narrow)
        with pytest.raises(
            MoneyWithoutPlace,
            match=r"收入总表.*2010302.*事业收入.*20,000\.00元；该表的金额栏只有：合计、金额",
        ) as found:
            published(book)
    assert [line.source for line in found.value.lines] == [Source.PUBLIC_SERVICE]


def test_the_lines_behind_a_figure_are_found_from_it() -> None:
    book = a_book(basic("1"), basic("2"), project("4"), running("8", unit=SCHOOL.code), units=BOTH)
    cell = published(book).cell("spending/2010301/basic")
    assert [line.amount for line in book.ledger.lines(*cell.questions)] == [
        line.amount for line in book.lines if line.function == "2010301"
    ]


def test_a_question_that_contradicts_itself_names_no_line() -> None:
    nothing = EARNED & OF_THIS_YEAR & where(carried_over=True)
    assert a_book(basic("1")).ledger.amount(nothing) == 0


def test_whole_amounts_may_be_printed_without_decimals() -> None:
    edition = edition_with("spending", unit=YUAN, whole=True)
    whole, broken = (
        published(a_book(basic(amount)), edition).tables_by_code["spending"]
        for amount in ("1.2345", "1.234567")
    )
    assert whole.cells["spending/total/total"].text == "12,345"
    assert broken.cells["spending/total/total"].text == "12,345.67"


def test_a_table_can_belong_to_one_scope_only() -> None:
    edition = edition_with("spending", scopes=frozenset({Scope.DEPARTMENT}))
    book = a_book(basic("1"))
    assert published(book, edition).tables[2].code == "spending"
    of_unit = published(book.seen_by(OFFICE.code), edition)
    assert [(table.number, table.code) for table in of_unit.tables][1:3] == [
        (2, "revenue"),
        (3, "appropriation-summary"),
    ]


def test_a_half_without_entries_still_finds_money_without_a_place() -> None:
    [use] = [use for use in sample_edition().tables if use.table == "summary"]
    edition = printing(sample_edition(), replace(use, table="accounts-by-function"))
    with pytest.raises(MoneyWithoutPlace, match=r"财务收支预算总表.*事业单位经营支出"):
        published(a_book(other_use("1", Nature.BUSINESS, Source.BUSINESS)), edition)
