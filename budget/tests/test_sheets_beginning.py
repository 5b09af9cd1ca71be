"""Beginning with last year: what is taken over, from where, what stays, and taking it back."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from budget import models as stored
from budget.disclosure import compose
from budget.drafting import draft
from budget.edition import EDITIONS
from budget.load import read_book, read_remarks
from budget.models import (
    Batch,
    BudgetYear,
    DepartmentBudget,
    Edit,
    PendingRow,
    PriorFigure,
    Project,
    Remark,
    SpendingLine,
    UnitBudget,
)
from budget.release import freeze, publish
from budget.sheets.beginning import NothingBrought, begin, beginning_sheets, begun_with, offered
from budget.sheets.changes import Answer, Outcome
from budget.sheets.last_year import LastYear, last_year_of
from budget.sheets.undoing import undo
from budget.sheets.untouched import untouched_counts, untouched_rows
from budget.terms import (
    BatchKind,
    Holding,
    Nature,
    Origin,
    ProjectNature,
    Round,
    Source,
    State,
    VehicleUse,
)
from budget.tests.filling import Accountant, an_accountant
from budget.tests.stored import a_budget, a_line, a_project, moved
from budget.tests.storing_samples import stored_sample
from performance.models import Indicator, OverallGoal, ProjectGoal

pytestmark = [pytest.mark.long, pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def accountant() -> Accountant:
    """An accountant of 2030 whose unit had a budget of 2029."""
    accountant = an_accountant()
    assert accountant.unit is not None
    last = a_budget(accountant.unit, year=2029)
    BudgetYear.objects.update(edition="changsha-2023")
    fill(last, accountant)
    moved(last, State.APPROVED, approval_number="财预〔2029〕8号")
    return accountant


def fill(last: DepartmentBudget, accountant: Accountant) -> None:
    """Fill last year: people, three projects of which one goes on, words, goals, money."""
    assert accountant.unit is not None
    of_unit = {"budget": last, "unit": accountant.unit}
    UnitBudget.objects.filter(budget=last).update(
        authorised_staff=20, actual_staff=18, offices=["办公室", "联络处"]
    )
    going = a_project(last, accountant.unit, "P1")
    going.nature, going.basis = ProjectNature.REGULAR, "依据某文件"
    going.save()
    once = a_project(last, accountant.unit, "P2")
    once.nature = ProjectNature.ONE_TIME
    once.save()
    ended = a_project(last, accountant.unit, "P3")
    ended.ends_on = date(2029, 12, 31)
    ended.save()
    Remark.objects.create(budget=last, key="mandate", text="去年写的职能")
    Remark.objects.create(budget=last, key="unheard_of", text="本年用不到的话")
    for holding in Holding:
        stored.VehicleCount.objects.create(
            **of_unit, holding=holding, use=VehicleUse.OTHER, count=2
        )
    a_line(last, accountant.unit, amount=Decimal("1561.09"))
    project_line = {"nature": Nature.PROJECT, "upkeep": None, "economic": "30201"}
    a_line(last, accountant.unit, sequence=2, project=going, amount=Decimal(7), **project_line)
    a_line(last, accountant.unit, sequence=3, project=once, amount=Decimal(8), **project_line)
    a_line(last, accountant.unit, sequence=4, carried_over=True, amount=Decimal(9))
    stored.RevenueLine.objects.create(**of_unit, source=Source.OTHER, amount=Decimal(5))
    overall = OverallGoal.objects.create(**of_unit, goal="保障运转")
    goal = ProjectGoal.objects.create(project=going, goal="办好会议")
    ProjectGoal.objects.create(project=once, goal="只办一次")
    told = {"sequence": 1, "code": "i1", "dimension": "output", "aspect": "quantity"}
    Indicator.objects.create(overall_goal=overall, name="办结事项数量", weight=10, **told)
    Indicator.objects.create(project_goal=goal, name="举办会议次数", weight=20, **told)


def last_of(accountant: Accountant) -> LastYear:
    last = last_year_of(accountant.part)
    assert last is not None
    return last


def begun(accountant: Accountant, *, with_amounts: bool = False) -> list[Answer]:
    part = accountant.part
    return begin(
        part,
        last_of(accountant),
        accountant.act(),
        sheets=beginning_sheets(part),
        with_amounts=with_amounts,
    )


# ---- what comes ----


def test_people_projects_words_goals_and_registers_come_without_money(
    accountant: Accountant,
) -> None:
    begun(accountant)
    part = UnitBudget.objects.get(budget=accountant.budget)
    assert (part.authorised_staff, part.actual_staff, part.retired_staff) == (20, 18, None)
    assert part.offices == ["办公室", "联络处"]
    [project] = Project.objects.filter(budget=accountant.budget)
    assert (project.code, project.nature, project.basis) == (
        "P1",
        ProjectNature.REGULAR,
        "依据某文件",
    )
    [goal] = ProjectGoal.objects.filter(project=project)
    assert goal.goal == "办好会议"
    assert [each.name for each in goal.indicators.all()] == ["举办会议次数"]
    overall = OverallGoal.objects.get(budget=accountant.budget)
    assert overall.goal == "保障运转"
    assert [each.name for each in overall.indicators.all()] == ["办结事项数量"]
    words = Remark.objects.filter(budget=accountant.budget).values_list("key", "text")
    assert dict(words) == {"mandate": "去年写的职能", "unheard_of": "本年用不到的话"}
    [vehicles] = stored.VehicleCount.objects.filter(budget=accountant.budget)
    assert (vehicles.holding, vehicles.count) == (Holding.STOCK, 2)
    assert not SpendingLine.objects.filter(budget=accountant.budget).exists()
    assert not stored.RevenueLine.objects.filter(budget=accountant.budget).exists()
    assert not PendingRow.objects.exists()


def test_it_is_one_batch(accountant: Accountant) -> None:
    begun(accountant)
    [batch] = Batch.objects.all()
    assert (batch.kind, batch.budget) == (BatchKind.LAST_YEAR, accountant.budget)
    assert begun_with(accountant.part) == [batch]


def test_amounts_come_where_they_are_asked_for_but_not_what_is_of_its_year_alone(
    accountant: Accountant,
) -> None:
    begun(accountant, with_amounts=True)
    lines = SpendingLine.objects.filter(budget=accountant.budget).order_by("sequence")
    found = [(line.nature, line.amount, line.project and line.project.code) for line in lines]
    # Neither the one-time project's 8 nor the 9 out of carried-over money.
    assert found == [
        (Nature.BASIC, Decimal("1561.09"), None),
        (Nature.PROJECT, Decimal("7.00"), "P1"),
    ]
    [revenue] = stored.RevenueLine.objects.filter(budget=accountant.budget)
    assert revenue.amount == Decimal(5)


def test_beginning_again_with_amounts_adds_only_the_amounts(accountant: Accountant) -> None:
    begun(accountant)
    begun(accountant, with_amounts=True)
    assert Project.objects.filter(budget=accountant.budget).count() == 1
    assert SpendingLine.objects.filter(budget=accountant.budget).count() == 2
    assert [batch.edits.filter(sheet="projects").exists() for batch in Batch.objects.all()] == [
        True,
        False,
    ]


def test_what_somebody_has_filled_in_stays(accountant: Accountant) -> None:
    accountant.type("about", "1", actual_staff="3")
    accountant.new("projects", code="MINE", name="我的项目")
    accountant.type("texts", "mandate", text="我写的职能")
    begun(accountant)
    part = UnitBudget.objects.get(budget=accountant.budget)
    assert (part.authorised_staff, part.actual_staff) == (20, 3)
    assert [each.code for each in Project.objects.filter(budget=accountant.budget)] == ["MINE"]
    assert Remark.objects.get(budget=accountant.budget, key="mandate").text == "我写的职能"


def test_the_offer_counts_rows_and_says_what_keeps_a_sheet_from_taking_any(
    accountant: Accountant,
) -> None:
    accountant.new("vehicles", use="其他用车", count="1")
    part = accountant.part
    found = {
        each.spec.code: (each.rows, each.held, each.is_money)
        for each in offered(part, last_of(accountant), beginning_sheets(part))
    }
    assert found["projects"] == (1, 0, False)
    assert found["project-texts"] == (1, 0, False)
    assert found["indicators"] == (2, 0, False)
    assert found["vehicles"] == (1, 1, False)
    assert found["basic"] == (1, 0, True)
    assert found["texts"] == (2, 0, False)


def test_a_code_that_ended_waits_in_its_row_with_the_reason(accountant: Accountant) -> None:
    stored.EconomicCode.objects.filter(code="30101").update(valid_to=date(2029, 12, 31))
    answers = begun(accountant, with_amounts=True)
    [waiting] = PendingRow.objects.all()
    assert (waiting.sheet, waiting.cells["amount"]) == ("basic", "1,561.09")
    [told] = [cell for answer in answers for cell in answer.cells if cell.message]
    assert told.field == "economic"


def test_with_nothing_to_take_over_it_is_said_and_nothing_is_written() -> None:
    accountant = an_accountant()
    assert last_year_of(accountant.part) is None
    assert accountant.unit is not None
    a_budget(accountant.unit, year=2029)
    BudgetYear.objects.update(edition="changsha-2023")
    PriorFigure.objects.all().delete()
    begun(accountant)  # figures of last year, all of them nothing, are there
    with pytest.raises(NothingBrought, match="没有可以沿用的内容"):
        begun(accountant)
    assert Batch.objects.count() == 1


def test_the_same_act_twice_begins_once(accountant: Accountant) -> None:
    part, last, act = accountant.part, last_of(accountant), accountant.act()
    sheets = beginning_sheets(part)
    first = begin(part, last, act, sheets=sheets, with_amounts=True)
    again = begin(accountant.part, last, act, sheets=sheets, with_amounts=True)
    assert [answer.as_json() for answer in first] == [answer.as_json() for answer in again]
    assert SpendingLine.objects.filter(budget=accountant.budget).count() == 2


# ---- last year's figures ----


def test_every_measure_that_the_document_compares_has_its_figure(accountant: Accountant) -> None:
    begun(accountant)
    figures = PriorFigure.objects.filter(budget=accountant.budget)
    # 1561.09 + 7 + 8 + 9 were financed and spent last year.
    amounts = dict(figures.values_list("measure", "amount"))
    assert amounts["revenue_total"] == amounts["spending_total"] == Decimal("1585.09")
    assert amounts["three_publics"] == 0
    assert {"agency_operating_costs", "hospitality"} <= set(amounts)
    assert set(figures.values_list("precision", flat=True)) == {Decimal("0.01")}
    assert set(figures.values_list("origin", flat=True)) == {
        "2029年测试局部门预算（批复：财预〔2029〕8号）"
    }
    assert set(figures.values_list("unit", flat=True)) == {accountant.unit and accountant.unit.pk}


def test_after_beginning_the_document_lacks_no_figure_of_last_year(accountant: Accountant) -> None:
    assert "上年无可比数据" in text_of(accountant)
    begun(accountant)
    assert "上年无可比数据" not in text_of(accountant)


def text_of(accountant: Accountant) -> str:
    """Return all that the draft says."""
    budget = accountant.budget
    document = draft(read_book(budget), read_remarks(budget), EDITIONS["changsha-2023"])
    return "".join(
        run if isinstance(run, str) else run.text
        for section in document.sections
        for block in section.blocks
        for run in getattr(block, "text", ())
    )


# ---- where last year is taken from ----


def test_an_approved_version_stands_before_a_later_one_that_is_not() -> None:
    accountant = an_accountant()
    assert accountant.unit is not None
    first = {"round": Round.FIRST_SUBMISSION}
    a_budget(accountant.unit, year=2029, state=State.APPROVED, **first)
    a_budget(accountant.unit, year=2029, version=2)
    BudgetYear.objects.update(edition="changsha-2023")
    assert last_of(accountant).origin == "2029年测试局部门预算（已批复）"


def test_among_drafts_the_latest_round_and_version_stands() -> None:
    accountant = an_accountant()
    assert accountant.unit is not None
    a_budget(accountant.unit, year=2029, round=Round.FIRST_SUBMISSION, version=9)
    a_budget(accountant.unit, year=2029, round=Round.APPROVAL, version=1)
    latest = a_budget(accountant.unit, year=2029, round=Round.APPROVAL, version=2)
    BudgetYear.objects.update(edition="changsha-2023")
    last = last_of(accountant)
    assert last.ident.startswith(f"budget {latest.pk} ")
    assert last.origin == "2029年测试局部门预算（编制中，尚未批复）"


def test_a_release_stands_before_what_is_stored(accountant: Accountant) -> None:
    released = released_sample()
    year = BudgetYear.objects.create(year=2024, edition="changsha-2023", codes_on="2024-01-01")
    opened = DepartmentBudget.objects.create(department=released.department, year=year)
    unit = stored.BudgetUnit.objects.get(code="157001")
    UnitBudget.objects.create(budget=opened, unit=unit)
    SpendingLine.objects.filter(budget=released).update(amount=1)  # after it was published
    mine = Accountant(opened, unit)
    begun(mine)
    figures = {each.measure: each for each in PriorFigure.objects.filter(budget=opened)}
    # The document of 2023 prints 1,561.09 万元; nobody knows it any better than to 100 元.
    assert figures["revenue_total"].amount == Decimal("15610900.00")
    assert figures["revenue_total"].precision == Decimal(100)
    assert "第1次发布" in figures["revenue_total"].origin
    assert Indicator.objects.filter(project_goal__project__budget=opened).exists()


def released_sample() -> DepartmentBudget:
    """Return the transcribed sample's budget, released."""
    budget = stored_sample()
    book, remarks = read_book(budget), read_remarks(budget)
    edition = EDITIONS[budget.year.edition]
    publish(
        freeze(book, remarks, edition.code),
        compose(book, remarks, edition),
        number=1,
        origin=Origin.TRANSCRIBED,
        formats=(),
    )
    return budget


def test_a_unit_that_was_not_there_last_year_has_no_last_year(accountant: Accountant) -> None:
    newcomer = stored.BudgetUnit.objects.create(
        department=accountant.budget.department,
        code="801009",
        name="新单位",
        type="administrative",
    )
    UnitBudget.objects.create(budget=accountant.budget, unit=newcomer)
    assert last_year_of(Accountant(accountant.budget, newcomer).part) is None


# ---- untouched ----


def test_what_came_is_untouched_until_somebody_types_there(accountant: Accountant) -> None:
    begun(accountant, with_amounts=True)
    part = accountant.part
    counts = untouched_counts(part)
    assert counts["basic"] == counts["projects"] == counts["about"] == 1
    assert counts["texts"] == counts["indicators"] == 2
    [line] = SpendingLine.objects.filter(budget=accountant.budget, nature=Nature.BASIC)
    assert untouched_rows(part, "basic") == {str(line.pk)}
    accountant.type("basic", str(line.pk), amount=("1561.09", "2"))
    accountant.type("texts", "mandate", text=("去年写的职能", "今年写的职能"))
    counts = untouched_counts(accountant.part)
    assert counts["basic"] == 0
    assert counts["texts"] == 1


def test_a_row_that_is_not_whole_is_not_also_counted_as_untouched(accountant: Accountant) -> None:
    stored.EconomicCode.objects.filter(code="30101").update(valid_to=date(2029, 12, 31))
    begun(accountant, with_amounts=True)
    assert untouched_counts(accountant.part)["basic"] == 0


def test_rows_that_somebody_typed_are_never_marked(accountant: Accountant) -> None:
    accountant.new("basic", function="2010301", economic="30101", amount="1")
    assert untouched_counts(accountant.part) == Counter()


# ---- taking it back ----


def test_beginning_is_undone_in_one_step(accountant: Accountant) -> None:
    before = everything(accountant)
    begun(accountant, with_amounts=True)
    assert everything(accountant) != before
    [batch] = begun_with(accountant.part)
    answers = undo(batch, accountant.part, accountant.act())
    told = Counter(cell.outcome for answer in answers for cell in answer.cells)
    assert set(told) == {Outcome.SAVED}
    assert everything(accountant) == before
    assert untouched_counts(accountant.part) == Counter()
    assert begun_with(accountant.part) == []


def test_what_was_changed_since_stays_when_beginning_is_undone(accountant: Accountant) -> None:
    begun(accountant, with_amounts=True)
    [line] = SpendingLine.objects.filter(budget=accountant.budget, nature=Nature.BASIC)
    accountant.type("basic", str(line.pk), amount=("1561.09", "2"))
    [batch] = begun_with(accountant.part)
    answers = undo(batch, accountant.part, accountant.act())
    conflicts = [
        cell for answer in answers for cell in answer.cells if cell.outcome is Outcome.CONFLICT
    ]
    assert [cell.row for cell in conflicts] == [str(line.pk)]
    assert [each.amount for each in SpendingLine.objects.filter(budget=accountant.budget)] == [
        Decimal(2)
    ]


def test_after_undoing_one_can_begin_again(accountant: Accountant) -> None:
    begun(accountant)
    [batch] = begun_with(accountant.part)
    undo(batch, accountant.part, accountant.act(batch=uuid4()))
    begun(accountant)
    assert Project.objects.filter(budget=accountant.budget).count() == 1
    assert Edit.objects.filter(sheet="projects").exists()


def everything(accountant: Accountant) -> dict[str, object]:
    """Return all that the part holds, without keys and sequences."""
    part = accountant.part
    return {
        spec.code: [row.values for row in spec.store.read(part)] for spec in beginning_sheets(part)
    }
