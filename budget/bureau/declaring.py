"""Which departments are 只做公开 in a year: the budget division says so, and takes it back.

It is no longer said of a budget that has begun the way over the bureau, nor taken back once a 批复
was recorded (`budget.sheets.publishable`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from budget.audit.recording import record
from budget.models import (
    BudgetYear,
    Ceiling,
    Department,
    DepartmentBudget,
    DisclosureOnly,
    StepTaken,
)
from budget.models.organisation import standing_on
from budget.sheets.changing import locked
from budget.sheets.publishable import HAS_CEILINGS, gone_the_way, over_the_bureau
from budget.terms import Round


class NotDeclared(Exception):
    """What is asked for cannot be declared, or taken back; the message says why in Chinese."""


@dataclass(frozen=True, slots=True)
class Declared:
    """How it stands with a department: ``row`` where it is declared, ``fixed`` why that stays."""

    department: Department
    row: DisclosureOnly | None
    fixed: str

    @property
    def told(self) -> str:
        """Why it stays as it is, in a sentence about the department."""
        ends = "不能取消" if self.row else "不能登记为只做公开"
        return f"{self.department}：{self.fixed}，{ends}"


def declared_of(year: BudgetYear) -> list[Declared]:
    """Return every department of a year's date of codes, in a fixed number of queries."""
    departments = Department.objects.filter(standing_on(year.codes_on))
    rows = DisclosureOnly.objects.filter(year=year).select_related("by__account")
    declared = {each.department_id: each for each in rows}
    budgets = list(DepartmentBudget.objects.filter(year=year).order_by("-round", "version"))
    first = over_the_bureau([each.pk for each in budgets])
    limited = set(Ceiling.objects.filter(budget__year=year).values_list("budget", flat=True))
    of_department: dict[str, list[DepartmentBudget]] = {}
    for each in budgets:
        of_department.setdefault(each.department_id, []).append(each)
    found = []
    for department in departments:
        own, row = of_department.get(department.code, []), declared.get(department.code)
        reasons = _recorded(own) if row else _gone(own, first, limited)
        found.append(Declared(department, row, next(iter(reasons), "")))
    return found


def _recorded(budgets: Iterable[DepartmentBudget]) -> Iterator[str]:
    if any(each.disclosure_only for each in budgets):
        yield "已经登记批复"


def _gone(
    budgets: Iterable[DepartmentBudget], first: Mapping[int, StepTaken], limited: Collection[int]
) -> Iterator[str]:
    for each in budgets:
        if each.pk in first:
            yield gone_the_way(first[each.pk])
        if each.pk in limited:
            yield HAS_CEILINGS
        if each.round is Round.FIRST_SUBMISSION:
            yield "已经开设一上（没有上报的，先由会计删除草稿）"


@transaction.atomic
def declare(
    year: BudgetYear, chosen: Collection[str], shown: Collection[str], by: User
) -> tuple[int, int]:
    """Declare the departments that are chosen, and take it back of those shown so before.

    Both are codes; ``shown`` are those that the page said to be declared. Who is in both, or in
    neither, stays as he is. Returns how many were declared, and how many taken back. Raises
    NotDeclared; nothing is changed then.
    """
    changed = frozenset(chosen) ^ frozenset(shown)
    for budget in DepartmentBudget.objects.filter(year=year, department__in=changed).order_by("pk"):
        locked(budget)  # nobody records a 批复, or submits, meanwhile
    standing = {each.department.code: each for each in declared_of(year)}
    unknown = changed - standing.keys()
    if unknown:
        raise NotDeclared(f"本年度没有编码为“{'、'.join(sorted(unknown))}”的部门")
    wanted = [standing[code] for code in sorted(changed)]
    wanted = [each for each in wanted if (each.row is None) == (each.department.code in chosen)]
    refused = "；".join(each.told for each in wanted if each.fixed)
    if refused:
        raise NotDeclared(refused)
    for each in wanted:
        _turn(year, each, by)
    back = sum(each.row is not None for each in wanted)
    return len(wanted) - back, back


def _turn(year: BudgetYear, each: Declared, by: User) -> None:
    subject = f"{each.department.code}/{year.year}"
    if each.row is None:
        DisclosureOnly.objects.create(year=year, department=each.department, by=by)
        record("year.declare_only", by=by, subject=subject)
    else:
        each.row.delete()
        record("year.take_back_only", by=by, subject=subject)
