"""Drafts: always formed, saying what they lack, and refused wherever something leaves the house."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.book import BudgetBook, ExecutedFigure
from budget.canonical import disclosure_content
from budget.disclosure import compose
from budget.document import (
    Disclosure,
    Gap,
    LackKind,
    Paragraph,
    UnfinishedDocument,
    require_finished,
)
from budget.drafting import draft, unknown_codes
from budget.edition import EDITIONS
from budget.remarks import Remarks
from budget.render.registry import FORMATS
from budget.rules.checking import Report, check
from budget.rules.printed import Subject, exactness
from budget.terms import Nature, Source
from budget.tests.books import PROJECT, a_book, basic, last_year, other_use, project, wan
from budget.tests.samples import declared, sample, sample_book, sample_edition
from budget.tests.strategies import REMARKS, books

NOTHING_SAID = Remarks()
EDITION_CODES = ("changsha-2023", "national-2016", "shanghai-district-2026")
ONE_GROWN = (basic("60"), project("40"))


def drafted(book: BudgetBook, edition: str = "changsha-2023", /, **remarks: str) -> Disclosure:
    declared()
    return draft(book, Remarks(remarks), EDITIONS[edition])


def report(book: BudgetBook, document: Disclosure) -> Report:
    edition = EDITIONS[document.edition]
    return check(Subject(document, edition, exactness(document, edition), book))


def gap_keys(document: Disclosure) -> list[str]:
    return [gap.key for gap in document.gaps]


def told(report: Report, code: str) -> list[str]:
    return [each.finding.where[0] for each in report.found if each.rule.code == code]


# ---- a whole budget


def test_the_draft_of_a_whole_budget_is_its_document() -> None:
    book, remarks = sample_book(), sample().remarks
    document = draft(book, remarks, sample_edition())
    assert document == compose(book, remarks, sample_edition())
    assert document.lacks == ()
    require_finished(document)


# ---- words


def test_a_reason_is_missed_where_the_measure_moved() -> None:
    book = a_book(*ONE_GROWN, prior=[last_year("revenue_total", "90")])
    assert "revenue_change" in gap_keys(drafted(book))


def test_no_reason_is_missed_where_nothing_moved_or_last_year_is_not_known() -> None:
    level = a_book(*ONE_GROWN, prior=[last_year("revenue_total", "100")])
    assert "revenue_change" not in gap_keys(drafted(level))
    assert "revenue_change" not in gap_keys(drafted(a_book(*ONE_GROWN)))


def test_a_gap_says_in_words_what_is_to_be_written() -> None:
    [gap] = [gap for gap in drafted(a_book()).gaps if gap.key == "mandate"]
    assert gap.text == "【待填：职能职责】"
    assert gap.address == "mandate/mandate"


def test_the_purpose_of_projects_is_missed_by_category() -> None:
    assert "project_purpose.201" in gap_keys(drafted(a_book(*ONE_GROWN)))
    written = drafted(a_book(*ONE_GROWN), **{"project_purpose.201": "维修"})
    assert "project_purpose.201" not in gap_keys(written)


def test_what_an_introduced_project_is_about_is_missed_by_field() -> None:
    introduced = replace(PROJECT, introduced=True, overview="维修办公用房")
    document = drafted(a_book(*ONE_GROWN, projects=(introduced,)), "shanghai-district-2026")
    keys = [key for key in gap_keys(document) if key.startswith("project.")]
    fields = [key.rsplit(".", 1)[1] for key in keys]
    assert fields == ["basis", "executor", "plan", "period"]
    assert keys[0] == "project.900001-01.basis"


def test_words_that_may_be_left_out_are_offered_to_who_writes() -> None:
    declared()
    spent = ExecutedFigure(unit="900001", function="2010301", amount=wan("50"))
    book, edition = a_book(basic("60"), executions=(spent,)), EDITIONS["shanghai-district-2026"]
    assert "execution_change.2010301" not in gap_keys(draft(book, NOTHING_SAID, edition))
    offered = draft(book, NOTHING_SAID, edition, every=True)
    assert "execution_change.2010301" in gap_keys(offered)


def test_a_reason_for_what_stayed_the_same_is_offered_and_not_asked_for() -> None:
    declared()
    edition = EDITIONS["changsha-2023"]
    book = a_book(basic("60"), prior=[last_year("revenue_total", "60")])
    assert "revenue_change" not in gap_keys(draft(book, NOTHING_SAID, edition))
    offered = gap_keys(draft(book, NOTHING_SAID, edition, every=True))
    # Nothing is known of last year's spending: there is no change to give a reason for.
    assert "revenue_change" in offered
    assert "spending_change" not in offered


def test_a_document_has_no_gap_where_a_draft_has_one() -> None:
    book = a_book(*ONE_GROWN, prior=[last_year("revenue_total", "90")])
    declared()
    document = compose(book, NOTHING_SAID, EDITIONS["changsha-2023"])
    assert document.gaps == ()


def test_each_missing_reason_is_one_finding() -> None:
    book = a_book(*ONE_GROWN, prior=[last_year("revenue_total", "90")])
    found = report(book, drafted(book, mandate="联络", **{"project_purpose.201": "维修"}))
    assert told(found, "CHG009") == ["revenue-budget/revenue_total.direction"]
    assert told(found, "DRF001") == []
    assert told(found, "WRD001") == []


def test_a_missing_purpose_is_one_finding() -> None:
    book = a_book(*ONE_GROWN)
    found = report(book, drafted(book, mandate="联络"))
    [address] = told(found, "DRF001")
    assert address == "general-public-project/project_purpose.201"
    assert told(found, "WRD001") == []


def test_a_section_of_gaps_alone_counts_as_empty() -> None:
    book = a_book(*ONE_GROWN)
    found = report(book, drafted(book, **{"project_purpose.201": "维修"}))
    assert "mandate" in told(found, "CMP002")
    assert told(found, "DRF001") == []


# ---- codes


def test_a_code_that_no_list_has_is_named_as_unconfirmed() -> None:
    book = a_book(basic("60", function="2019999", economic="30299"))
    document = draft(book, NOTHING_SAID, sample_edition(), {"2019999": "其他事务支出"})
    spending = document.tables_by_code["spending"]
    assert spending.cells["spending/2019999/function"].text == "其他事务支出（待预算科确认）"
    assert spending.cells["spending/20199/function"].text == "（待预算科确认）"
    codes = [lack.address for lack in document.lacks if lack.kind is LackKind.CODE]
    assert codes == ["20199", "2019999", "30299"]


def test_unknown_codes_are_findings_of_the_rules_on_codes() -> None:
    book = a_book(basic("60", function="2019999", economic="30299"))
    found = report(book, drafted(book))
    assert len(told(found, "CLS002")) == 1
    assert len(told(found, "CLS003")) == 1


# ---- money without a place

KEPT = other_use("5", Nature.CARRYOVER_OUT, Source.OTHER)


def test_money_without_a_column_counts_in_totals_and_is_one_finding() -> None:
    book = a_book(basic("60"), KEPT)
    document = drafted(book, "shanghai-district-2026")
    spending = document.tables_by_code["spending-by-nature"]
    assert spending.cells["spending-by-nature/total/total"].text == "650,000"
    assert spending.cells["spending-by-nature/total/basic"].text == "600,000"
    found = report(book, document)
    tables = {address.split("/")[0] for address in told(found, "DRF002")}
    assert tables == {"accounts-by-function", "spending-by-nature"}
    assert [lack.lines for lack in document.lacks if lack.kind is LackKind.PLACE] == [
        (KEPT,),
        (KEPT,),
    ]
    assert not [each for each in found.found if each.rule.code.startswith("FOT")]


# ---- nothing that lacks something leaves the house


def unfinished() -> tuple[Disclosure, ...]:
    """Return drafts that lack words, a code's name, a place."""
    whole = sample().remarks.texts
    rest = Remarks({key: text for key, text in whole.items() if key != "mandate"})
    lines = sample_book().lines
    unknown = replace(lines[0], function="2019999")
    return (
        draft(sample_book(), rest, sample_edition()),
        draft(
            replace(sample_book(), lines=(unknown, *lines[1:])), sample().remarks, sample_edition()
        ),
        drafted(a_book(basic("60"), KEPT), "shanghai-district-2026", mandate="联络"),
    )


@pytest.mark.parametrize("place", range(3), ids=["words", "code", "place"])
@pytest.mark.parametrize(
    "leave",
    [
        require_finished,
        disclosure_content,
        *(lambda document, code=code: FORMATS[code].render(document) for code in FORMATS),
    ],
)
def test_a_draft_is_neither_frozen_nor_exported(
    place: int, leave: Callable[[Disclosure], object]
) -> None:
    with pytest.raises(UnfinishedDocument, match="文件还没有编完"):
        leave(unfinished()[place])


def test_a_gap_is_refused_even_where_nobody_noted_it() -> None:
    with pytest.raises(UnfinishedDocument, match="待填：职能职责"):
        disclosure_content(replace(unfinished()[0], lacks=()))


# ---- every draft


@settings(max_examples=40)
@given(book=books(), edition=st.sampled_from(EDITION_CODES), said=st.booleans())
def test_a_draft_is_always_formed_and_judged(book: BudgetBook, edition: str, said: bool) -> None:
    declared()
    document = draft(book, REMARKS if said else NOTHING_SAID, EDITIONS[edition])
    found = report(book, document)
    homeless = [lack for lack in document.lacks if lack.kind is LackKind.PLACE]
    assert len(told(found, "DRF002")) == len(homeless)
    assert not [each for each in found.found if each.rule.code.startswith(("FOT", "BAL"))]


@settings(max_examples=40)
@given(book=books(), edition=st.sampled_from(EDITION_CODES), data=st.data())
def test_a_draft_is_formed_with_codes_of_no_list_and_amounts_below_zero(
    book: BudgetBook, edition: str, data: st.DataObject
) -> None:
    declared()
    lines = tuple(
        replace(
            line,
            function=data.draw(st.sampled_from([line.function, "2999999", "20199"])),
            economic=line.economic and data.draw(st.sampled_from([line.economic, "39901"])),
            amount=data.draw(st.sampled_from([line.amount, -line.amount, line.amount * 0])),
        )
        for line in book.lines
    )
    changed = replace(book, lines=lines)
    document = draft(changed, NOTHING_SAID, EDITIONS[edition])
    report(changed, document)
    named = {lack.address for lack in document.lacks if lack.kind is LackKind.CODE}
    assert named >= set(unknown_codes(changed))


@settings(max_examples=30)
@given(book=books(plain=True), edition=st.sampled_from(EDITION_CODES))
def test_a_draft_differs_from_the_document_by_its_gaps_alone(
    book: BudgetBook, edition: str
) -> None:
    declared()
    document = draft(book, REMARKS, EDITIONS[edition])
    strict = compose(book, REMARKS, EDITIONS[edition])
    assert document.tables == strict.tables
    assert document.charts == strict.charts
    if not document.gaps:
        assert document == strict
    figures = [_figures(each) for each in (document, strict)]
    assert figures[0] == figures[1]


def _figures(document: Disclosure) -> list[object]:
    return [
        run
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
        for run in block.text
        if not isinstance(run, (str, Gap))
    ]
