"""Opening a year: its rounds and dates, then the budgets of departments.

Opening again adds what is missing and changes nothing that is there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from budget.actions import SETTLED
from budget.audit.recording import record
from budget.models import (
    BudgetUnit,
    BudgetYear,
    Department,
    DepartmentBudget,
    DisclosureOnly,
    UnitBudget,
    YearRound,
)
from budget.models.organisation import standing_on
from budget.terms import Round, State
from budget.workflow.steps import SUBMISSIONS

STILL_OPEN = frozenset({State.OPEN, State.DRAFT})


class NotOpened(Exception):
    """A year or a budget cannot be opened; the message says why in Chinese."""


@dataclass(frozen=True)
class Standing:
    """How far a department is opened in a round: its budget, the units it lacks, and those ready.

    ``units`` are those that stand on the year's date of codes. ``first`` is, for a second
    submission, the first one: the ceilings that answer it open the second as its copy.
    ``only_published`` says that it is no first submission for this department: its 批复 is given
    elsewhere.
    """

    department: Department
    budget: DepartmentBudget | None
    units: tuple[BudgetUnit, ...]
    missing: tuple[BudgetUnit, ...]
    first: DepartmentBudget | None = None
    only_published: bool = False

    @property
    def can_be_opened(self) -> bool:
        """Whether opening would add something."""
        if self.budget is None:
            return bool(self.units) and self.first is None and not self.only_published
        return bool(self.missing) and self.budget.state in STILL_OPEN

    @property
    def told(self) -> str:
        """How it is, in words."""
        if self.budget is None and self.only_published:
            return "只做公开，不经一上，只开设二上"
        if self.budget is None and self.first is not None:
            return f"一上{self.first.state.label}；下达控制数时由一上转入，不另开设"
        if self.budget is None:
            return f"{len(self.units)}个单位" if self.units else "没有单位，须先建立单位"
        if not self.missing:
            return f"已开设（{self.budget.state.label}）"
        names = "、".join(unit.name for unit in self.missing)
        if self.budget.state in STILL_OPEN:
            return f"已开设，尚缺：{names}"
        return f"已开设（{self.budget.state.label}），不再增加：{names}"


@dataclass(frozen=True)
class Opened:
    """What opening added."""

    budgets: int
    units: int


@transaction.atomic
def keep_year(year: BudgetYear, rounds: Mapping[Round, date | None], by: User) -> BudgetYear:
    """Store a year, new or changed, with the rounds that it goes through.

    Raises NotOpened for a year without the second submission, one that drops a round in use, and
    one whose congress would come after a 批复.
    """
    if Round.SECOND_SUBMISSION not in rounds:
        raise NotOpened("“二上”不可缺少：公开的预算由它形成。")
    used = set(DepartmentBudget.objects.filter(year_id=year.year).values_list("round", flat=True))
    dropped = [each.label for each in Round if each in used and each not in rounds]
    if dropped:
        raise NotOpened(f"已有部门预算处于“{'、'.join(dropped)}”，不能去掉这一轮次。")
    _require_congress_first(year)
    if year.pk is None:
        year.opened_by, year.opened_at = by, timezone.now()
    year.save()
    YearRound.objects.filter(year=year).exclude(round__in=list(rounds)).delete()
    for each in Round:
        if each in rounds:
            YearRound.objects.update_or_create(
                year=year, round=each, defaults={"due_on": rounds[each]}
            )
    record("year.keep", by=by, subject=str(year.year), detail=_told(year, rounds))
    return year


def _require_congress_first(year: BudgetYear) -> None:
    """Pass where the congress still comes before every 批复. Raises NotOpened.

    The year is locked: no 批复 is given meanwhile.
    """
    stored = BudgetYear.objects.select_for_update(no_key=True).filter(pk=year.pk).first()
    if stored is None or stored.congress_on == year.congress_on:
        return
    approved = DepartmentBudget.objects.filter(year_id=year.year, state__in=sorted(SETTLED))
    first = approved.aggregate(first=Min("approved_on"))["first"]
    if first is not None and (year.congress_on is None or year.congress_on > first):
        raise NotOpened(
            f"已有部门预算批复（最早的一份是{first.isoformat()}），"
            "人民代表大会批准日期不能清空，也不能晚于这一天。"
        )


def _told(year: BudgetYear, rounds: Mapping[Round, date | None]) -> dict[str, object]:
    return {
        "edition": year.edition,
        "codes_on": year.codes_on,
        "congress_on": year.congress_on,
        "days": [year.approval_days, year.disclosure_days],
        "rounds": {each.value: due for each, due in rounds.items()},
    }


def standings(year: BudgetYear, round: Round) -> list[Standing]:
    """Return every department that stands on the year's date, in a fixed number of queries."""
    on = year.codes_on
    parts = UnitBudget.objects.filter(budget__year=year, budget__round=round)
    taking_part = set(parts.values_list("budget_id", "unit_id"))
    budgets = {each.department_id: each for each in _latest(year, round)}
    second = round is Round.SECOND_SUBMISSION
    before = _latest(year, Round.FIRST_SUBMISSION) if second else ()
    first = {each.department_id: each for each in before}
    published = set() if second else _only_published(year)
    units: dict[str, list[BudgetUnit]] = {}
    for unit in BudgetUnit.objects.filter(standing_on(on), standing_on(on, "department__")):
        units.setdefault(unit.department_id, []).append(unit)
    return [
        replace(
            _standing(each, budgets.get(each.code), tuple(units.get(each.code, ())), taking_part),
            first=first.get(each.code),
            only_published=each.code in published,
        )
        for each in Department.objects.filter(standing_on(on))
    ]


def _only_published(year: BudgetYear) -> set[str]:
    return {each.department_id for each in DisclosureOnly.objects.filter(year=year)}


def _latest(year: BudgetYear, round: Round) -> Iterable[DepartmentBudget]:
    return DepartmentBudget.objects.filter(year=year, round=round).order_by("version")


def _standing(
    department: Department,
    budget: DepartmentBudget | None,
    units: tuple[BudgetUnit, ...],
    taking_part: set[tuple[int, int]],
) -> Standing:
    missing = tuple(
        unit for unit in units if budget is None or (budget.pk, unit.pk) not in taking_part
    )
    return Standing(department, budget, units, missing)


@transaction.atomic
def open_budgets(year: BudgetYear, round: Round, codes: Collection[str], by: User) -> Opened:
    """Open the round for departments: budgets that are missing, and units missing from drafts.

    Raises NotOpened for a round that the year does not go through.
    """
    BudgetYear.objects.select_for_update().get(pk=year.pk)
    if round not in SUBMISSIONS or not YearRound.objects.filter(year=year, round=round).exists():
        raise NotOpened(f"{year.year}年没有设“{round.label}”这一轮次。")
    chosen = [each for each in standings(year, round) if each.department.code in codes]
    budgets = units = 0
    for each in (one for one in chosen if one.can_be_opened):
        budgets += each.budget is None
        units += len(_open(each, year, round))
    detail = {"round": round.value, "budgets": budgets, "units": units}
    record("year.open", by=by, subject=str(year.year), detail=detail)
    return Opened(budgets, units)


def _open(standing: Standing, year: BudgetYear, round: Round) -> list[UnitBudget]:
    budget = standing.budget or DepartmentBudget.objects.create(
        department=standing.department,
        year=year,
        round=round,
        version=DepartmentBudget.everything.next_version(
            standing.department.code, year.year, round
        ),
        state=State.DRAFT,
    )
    return [UnitBudget.objects.create(budget=budget, unit=unit) for unit in standing.missing]
