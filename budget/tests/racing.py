"""What a process does in a race for the one budget of a database, rightly or naively."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from budget.actions import Action
from budget.ceilings import Limit
from budget.document import Disclosure
from budget.judging import freeze_version
from budget.models import (
    BudgetUnit,
    Ceiling,
    CeilingChange,
    DepartmentBudget,
    Refused,
    SpendingLine,
    StepTaken,
    require,
)
from budget.sheets.changes import Change
from budget.terms import CeilingKind, Opinion, Source, State
from budget.tests.clean import UNIT_CODE
from budget.tests.filling import Accountant
from budget.workflow.advancing import advance
from budget.workflow.ceilings import Wanted, set_ceilings
from budget.workflow.holding import CONDITIONS
from budget.workflow.packaging import package
from budget.workflow.saying import Said
from budget.workflow.steps import BY_START

SAID = Said(reason="理由", points=("问题",), number="1号", date=date(2023, 2, 1))
TOTAL = "120.00"  # 万元: wages and running costs of the clean budget
WAGES = "1,000,000.00"  # of the clean budget's first line, as a sheet shows it
Told = dict[str, Any]


def done(told: Told) -> Told:
    """Do what is told and return what came of it."""
    try:
        return {"outcome": DEEDS[told["do"]](told) or "done"}
    except Refused as refusal:
        return {"outcome": type(refusal).__name__}


def _reset(told: Told) -> Told:
    budgets = DepartmentBudget.objects.all()
    budgets.update(state=State.DRAFT)  # what is approved is locked
    SpendingLine.objects.filter(economic="30101").update(amount="1000000.00")
    budgets.update(state=State(told["state"]), performance=Opinion.OK)  # type: ignore[call-arg]
    return _facts(told)


def _facts(told: Told) -> Told:
    budget = DepartmentBudget.objects.get()
    return {
        "state": budget.state.value,
        "revision": budget.revision,
        "digest": freeze_version(budget).digest,
        "steps": StepTaken.objects.count(),
    }


def _take(told: Told) -> None:
    budget, by = DepartmentBudget.objects.get(), User.objects.get(username=told["by"])
    advance(budget, _action(told), by, revision=told["revision"], said=SAID)


def _take_naively(told: Told) -> None:
    budget, by = DepartmentBudget.objects.get(), User.objects.get(username=told["by"])
    action = _action(told)
    require(by, action, budget)
    step = BY_START[action, budget.state]
    assert not [reason for must in step.must for reason in CONDITIONS[must](budget)]
    snapshot = freeze_version(budget)
    StepTaken.objects.create(
        budget=budget,
        action=action,
        start=step.start,
        end=step.end,
        by=by,
        revision=budget.revision,
        snapshot=snapshot,
    )
    DepartmentBudget.objects.filter(pk=budget.pk).update(state=step.end)


def _edit(told: Told) -> None:
    unit = BudgetUnit.objects.get(code=UNIT_CODE)
    user = User.objects.get(username=told["by"])
    typist = Accountant(
        DepartmentBudget.objects.get(), unit, user, guard=partial(_may_edit, user, unit)
    )
    line = SpendingLine.objects.get(economic="30101")
    typist.ask("basic", Change(str(line.pk), "amount", WAGES, "1000001"))


def _may_edit(user: User, unit: BudgetUnit, budget: DepartmentBudget) -> None:
    require(user, Action.EDIT, budget, unit)


def _action(told: Told) -> Action:
    return next(action for action in Action if action.value == told["action"])


# ---- one ceiling, two people

PEOPLE = Limit(Source.GENERAL_PUBLIC, CeilingKind.PERSONNEL)
GIVEN = Decimal(100)
"""The ceiling that both have read, in yuan."""


def _reset_ceiling(told: Told) -> Told:
    budget = DepartmentBudget.objects.get()
    Ceiling.objects.all().delete()
    Ceiling.objects.create(budget=budget, source=PEOPLE.source, kind=PEOPLE.kind, amount=GIVEN)
    return _ceiling_facts(told)


def _ceiling_facts(told: Told) -> Told:
    changes = CeilingChange.objects.order_by("pk").values_list("before", "after")
    return {
        "amount": str(Ceiling.objects.get().amount),
        "changes": [[str(before), str(after)] for before, after in changes],
    }


def _set_ceiling(told: Told) -> None:
    budget, by = DepartmentBudget.objects.get(), User.objects.get(username=told["by"])
    wanted = Wanted(None, PEOPLE, GIVEN, Decimal(told["now"]))
    set_ceilings(budget, [wanted], by, reason="理由")


def _set_ceiling_naively(told: Told) -> str | None:
    budget, stored = DepartmentBudget.objects.get(), Ceiling.objects.get()
    by = User.objects.get(username=told["by"])
    require(by, Action.SET_CEILING, budget)
    if stored.amount != GIVEN:
        return "NotSet"
    freeze_version(budget)  # what takes a moment between reading and writing
    Ceiling.objects.filter(pk=stored.pk).update(amount=Decimal(told["now"]))
    return None


def _shift(told: Told) -> int:
    """Move 1元 from the wages to the running costs and back, over and over; the total stays."""
    wages = SpendingLine.objects.filter(economic="30101")
    running = SpendingLine.objects.exclude(economic="30101")
    one = Decimal(1)
    for number in range(told["times"]):
        moved = one if number % 2 else -one
        with transaction.atomic():
            DepartmentBudget.objects.select_for_update().get()
            wages.update(amount=F("amount") + moved)
            running.update(amount=F("amount") - moved)
    return 0


def _package(told: Told) -> int:
    """Return how many of so many packages do not show the total."""
    budget = DepartmentBudget.objects.get()
    shown = (package(budget).documents[0].document for _ in range(told["times"]))
    return sum(TOTAL not in _texts(document) for document in shown)


def _texts(document: Disclosure) -> set[str]:
    return {cell.text for table in document.tables for cell in table.cells.values()}


def _add_naively(told: Told) -> int:
    """Return how many of so many sums, read in two queries, are not the total."""
    lines = SpendingLine.objects.all()
    torn = 0
    for _ in range(told["times"]):
        wages = lines.get(economic="30101").amount
        rest = lines.exclude(economic="30101").get().amount
        torn += wages + rest != Decimal(1_200_000)
    return torn


DEEDS: dict[str, Callable[[Told], Any]] = {
    "reset": _reset,
    "facts": _facts,
    "take": _take,
    "take naively": _take_naively,
    "edit": _edit,
    "shift": _shift,
    "package": _package,
    "add naively": _add_naively,
    "reset ceiling": _reset_ceiling,
    "ceiling facts": _ceiling_facts,
    "set ceiling": _set_ceiling,
    "set ceiling naively": _set_ceiling_naively,
}
