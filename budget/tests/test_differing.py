"""What differs between two documents and between two ledgers: each change once, by its size."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.differing import (
    PieceKind,
    Presence,
    differences,
    line_differences,
    measure_differences,
    pieces,
)
from budget.lines import Line
from budget.terms import Source
from budget.tests.books import a_book, basic, last_year, project, published, running
from budget.tests.samples import declared, sample_disclosure
from budget.tests.strategies import books

WAGES, PAPER, WORKS = basic("100"), running("20"), project("30")


@pytest.fixture(autouse=True, scope="module")
def _declared() -> None:
    declared()


def more(line: Line, yuan: str) -> Line:
    return replace(line, amount=line.amount + Decimal(yuan))


# ---- documents


def test_a_document_does_not_differ_from_itself() -> None:
    same = differences(sample_disclosure(), sample_disclosure())
    assert not same
    assert (same.figures, same.words) == ((), ())


def test_one_changed_line_is_told_in_every_table_that_shows_it_the_sums_apart() -> None:
    before = published(a_book(WAGES, PAPER, WORKS))
    after = published(a_book(WAGES, more(PAPER, "50000"), WORKS))
    found = differences(before, after)
    assert {each.difference for each in found.figures} == {Decimal(50000)}
    item = next(each for each in found.figures if each.address == "spending/2010301/basic")
    # 100 + 20 万元 of 行政运行 before, 5 万元 more now; 5 / 120 = 4.1666… %
    assert (item.before_text, item.after_text) == ("120.00", "125.00")
    assert (item.percent, item.is_sum) == (Decimal("4.17"), False)
    assert (item.row, item.column) == ("行政运行", "基本支出")
    section = next(each for each in found.figures if each.address == "spending/20103/basic")
    assert section.is_sum
    assert item in found.details
    assert section not in found.details


def test_the_largest_difference_stands_first_whichever_way_it_goes() -> None:
    before = published(a_book(WAGES, PAPER, WORKS))
    after = published(a_book(more(WAGES, "10000"), PAPER, more(WORKS, "-200000")))
    found = [each for each in differences(before, after).details if each.table == "spending"]
    sizes = [abs(each.difference) for each in found]
    assert sizes == sorted(sizes, reverse=True)
    assert found[0].difference == Decimal(-200000)


def test_a_row_that_is_new_and_one_that_is_gone_are_told_as_such() -> None:
    before = published(a_book(WAGES, PAPER))
    after = published(a_book(WAGES, project("7", function="2050202")))
    found = {each.address: each for each in differences(before, after).figures}
    new = found["spending/2050202/project"]
    assert (new.presence, new.before, new.after) == (Presence.ADDED, None, Decimal(70000))
    assert new.percent is None
    gone = found["general-public-basic/30201/total"]
    assert (gone.presence, gone.after, gone.row) == (Presence.GONE, None, "办公费")
    assert gone.percent == Decimal("-100.00")


def test_words_are_told_apart_from_figures_and_years() -> None:
    before = published(a_book(WAGES, PAPER), revenue_change="人员增加")
    later = a_book(WAGES, more(PAPER, "50000"), year=2024)
    after = published(later, revenue_change="人员增加")
    found = differences(before, after)
    # The titles name the year, the sentences state the amounts: nobody wrote that.
    assert found.words
    assert not found.written


def test_a_sentence_that_somebody_rewrote_is_written_and_shown_word_by_word() -> None:
    before = published(a_book(WAGES, prior=[last_year("revenue_total", "90")]), revenue_change="甲")
    after = published(
        a_book(WAGES, prior=[last_year("revenue_total", "90")]), revenue_change="新招人员"
    )
    [change] = differences(before, after).written
    assert change.presence is Presence.CHANGED
    assert ("甲", PieceKind.GONE) in {(each.text, each.kind) for each in change.pieces}
    assert ("新招人员", PieceKind.NEW) in {(each.text, each.kind) for each in change.pieces}


TEXTS = st.text("甲乙丙12.,% ab。", max_size=30)


@given(TEXTS, TEXTS)
def test_pieces_make_up_both_texts_again(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(each.text for each in found if each.kind is not PieceKind.NEW) == before
    assert "".join(each.text for each in found if each.kind is not PieceKind.GONE) == after


def test_a_number_changes_as_a_whole() -> None:
    told = [(each.kind.value, each.text) for each in pieces("共1,561.09万元。", "共1,571.09万元。")]
    assert told == [
        ("same", "共"),
        ("gone", "1,561.09"),
        ("new", "1,571.09"),
        ("same", "万元。"),
    ]


# ---- ledgers


def test_lines_are_matched_by_what_they_are_not_by_their_numbers() -> None:
    renumbered = [replace(each, sequence=each.sequence + 1000) for each in (PAPER, WAGES)]
    assert line_differences(a_book(WAGES, PAPER), a_book(*renumbered)) == ()


def test_several_lines_of_one_kind_are_one_change_with_the_lines_of_both_sides() -> None:
    second = running("5")
    [change] = line_differences(a_book(WAGES, PAPER), a_book(WAGES, PAPER, second))
    assert (change.before, change.after) == (Decimal(200000), Decimal(250000))
    assert change.lines == (PAPER, second)
    assert change.were == (PAPER,)
    assert change.percent == Decimal("25.00")


def test_money_that_moves_to_another_source_is_one_line_gone_and_one_new() -> None:
    moved = replace(WORKS, source=Source.OTHER)
    found = line_differences(a_book(WORKS), a_book(moved))
    assert {(each.source, each.presence) for each in found} == {
        (Source.GENERAL_PUBLIC, Presence.GONE),
        (Source.OTHER, Presence.ADDED),
    }


@given(books(), st.data())
def test_line_differences_add_up_to_the_difference_of_the_books(book, data) -> None:  # type: ignore[no-untyped-def]
    kept = tuple(line for line in book.lines if data.draw(st.booleans()))
    changes = line_differences(book, replace(book, lines=kept))
    lost = sum((each.amount for each in book.lines), Decimal(0)) - sum(
        (each.amount for each in kept), Decimal(0)
    )
    assert sum((each.difference for each in changes), Decimal(0)) == -lost


# ---- last year's figures


def test_measures_are_compared_with_last_years_figures_of_the_book() -> None:
    prior = [last_year("revenue_total", "90"), last_year("basic_spending", "100")]
    [change] = measure_differences(a_book(WAGES, prior=prior))
    assert (change.code, change.before, change.after) == (
        "revenue_total",
        Decimal(900000),
        Decimal(1000000),
    )
    assert (change.percent, change.origin) == (Decimal("11.11"), "上年预算")
