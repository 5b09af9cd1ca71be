"""待我办理: the budgets that wait for a step of one person, by the day it is due."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.auth.models import User
from django.db.models import Q

from budget.actions import WITH_BUREAU, WITH_DEPARTMENT, Action, may
from budget.flow.standing import AT_WILL, awaited
from budget.flow.versions import address_of
from budget.load.finding import ROUNDS
from budget.models import BudgetUnit, DepartmentBudget, StepTaken, UnitBudget, UnitVerdict
from budget.models.permits import roles_on_each
from budget.models.scopes import held_by
from budget.roles import Role
from budget.terms import Round, State
from budget.workflow.hands import Hands, hands_in
from budget.workflow.holding import open_counts
from budget.workflow.published import SIDES, open_requests
from budget.workflow.steps import STEPS, steps_from

BEING_ENTERED = (State.OPEN, State.DRAFT)
TO_PUBLISH = frozenset({State.APPROVED, State.READY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A budget that waits for somebody: for which steps, until when, with how many open points.

    ``left`` counts the days until ``due``, 0 on the day itself, below it afterwards. With a
    ``unit`` it is that unit's part which waits for its accountant, handed back for ``reason``.
    """

    budget: DepartmentBudget
    actions: tuple[Action, ...]
    due: date | None
    left: int | None
    points: int
    unit: BudgetUnit | None = None
    reason: str = ""

    @property
    def url(self) -> str:
        """The page of this very version."""
        return address_of(self.budget, self.unit.code if self.unit else "")

    @property
    def name(self) -> str:
        """Whose budget it is: code and name of the department, or of the unit."""
        whose = self.unit or self.budget.department
        return f"{whose.code} {whose.name}"

    @property
    def late(self) -> int:
        """Days since it was due, 0 while it is not late."""
        return max(0, -(self.left or 0))


def waiting_for(user: User, today: date) -> list[Waiting]:
    """Return what waits for somebody, the first due first; the number of queries is constant."""
    mine = DepartmentBudget.objects.for_user(user)
    requests = open_requests(mine.filter(state=State.PUBLISHED).values("pk"))
    starts = sorted({step.start for step in STEPS if step.action not in AT_WILL})
    budgets = _latest(
        mine.filter(Q(state__in=starts) | Q(pk__in=list(requests)))
        .select_related("department", "year")
        .prefetch_related("year__rounds"),
        requests,
    )
    keys = [budget.pk for budget in budgets]
    roles, hands = roles_on_each(user, budgets), hands_in(user, keys)
    points = open_counts(keys)
    found = [
        _waiting(budget, actions, points.get(budget.pk, 0), today)
        for budget in budgets
        if (
            actions := _actions(budget, roles[budget.pk], hands[budget.pk], requests.get(budget.pk))
        )
    ]
    return sorted([*found, *_parts_waiting(user, today)], key=_order)


def _parts_waiting(user: User, today: date) -> Iterator[Waiting]:
    """Yield the parts of units that wait for their accountant: not complete, or handed back.

    Who is the accountant of a whole department has the department's budget on his desk instead.
    """
    units = {each.unit for each in held_by(user) if each.role is Role.COMPILER}
    if not units:
        return
    open_ones = UnitBudget.objects.filter(
        unit__in=units, unit__merged=False, complete=False, budget__state__in=BEING_ENTERED
    )
    parts = list(
        open_ones.select_related("unit", "budget__department", "budget__year").prefetch_related(
            "budget__year__rounds"
        )
    )
    latest = {each.pk for each in _latest((part.budget for part in parts), ())}
    roles = roles_on_each(user, [part.budget for part in parts])
    said = UnitVerdict.objects.filter(budget__in=latest, unit__in=units).order_by("id")
    last = {(each.budget_id, each.unit_id): each for each in said}
    for part in parts:
        if part.budget_id in latest and Role.COMPILER not in roles[part.budget_id]:
            verdict = last.get((part.budget_id, part.unit_id))
            reason = verdict.reason if verdict and not verdict.accepted else ""
            waiting = _waiting(part.budget, (Action.COMPLETE_UNIT,), 0, today)
            yield replace(waiting, unit=part.unit, reason=reason)


def _latest(budgets: Iterable[DepartmentBudget], anyhow: Container[int]) -> list[DepartmentBudget]:
    """Return those that no later version or round of the same year has taken the place of.

    Those whose keys are in ``anyhow`` are returned all the same: a published one may be withdrawn
    while its correction is on the way.
    """
    found = list(budgets)
    newest: dict[tuple[object, int], tuple[int, int]] = {}
    of_same = DepartmentBudget.objects.filter(
        department__in={each.department_id for each in found},
        year__in={each.year_id for each in found},
    )
    for department, year, round_, version in of_same.values_list(
        "department_id", "year_id", "round", "version"
    ):
        place = (ROUNDS[str(round_)], version)
        newest[department, year] = max(newest.get((department, year), place), place)
    return [
        each
        for each in found
        if each.pk in anyhow
        or newest[each.department_id, each.year_id] == (ROUNDS[each.round.value], each.version)
    ]


def _actions(
    budget: DepartmentBudget,
    roles: Collection[Role],
    hands: Hands,
    request: StepTaken | None = None,
) -> tuple[Action, ...]:
    if request is not None:
        confirm = Action.CONFIRM_WITHDRAWAL
        others = {side for side in SIDES if side.value != request.said.get("side")}
        return (confirm,) if others & set(roles) and not hands.hinder(confirm) else ()
    return tuple(
        step.action
        for step in steps_from(budget.state, budget.round)
        if awaited(step, budget)
        and may(roles, step.action, budget.state, budget.round)
        and not hands.hinder(step.action)
    )


def _waiting(
    budget: DepartmentBudget, actions: tuple[Action, ...], points: int, today: date
) -> Waiting:
    due = due_on(budget)
    left = None if due is None else (due - today).days
    return Waiting(budget=budget, actions=actions, due=due, left=left, points=points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many of somebody's budgets are late, due within a week, and without a last day."""

    late: int
    soon: int
    undated: int


SOON = 7


def counted(waiting: Iterable[Waiting]) -> Counted:
    """Return how many wait how urgently."""
    left = [each.left for each in waiting]
    return Counted(
        late=sum(days is not None and days < 0 for days in left),
        soon=sum(days is not None and 0 <= days <= SOON for days in left),
        undated=sum(days is None for days in left),
    )


def _order(waiting: Waiting) -> tuple[bool, date, str, int]:
    budget = waiting.budget
    return waiting.due is None, waiting.due or date.max, budget.department_id, -budget.year_id


def due_on(budget: DepartmentBudget) -> date | None:
    """Return the last day for what a budget waits for, None where no date is set.

    The department answers for the day of its round, the bureau for the next one's (批复 counts
    from the congress where no day is set), and publishing counts from the 批复.
    """
    days = {each.round: each.due_on for each in budget.year.rounds.all()}
    if budget.state in WITH_DEPARTMENT:
        return days.get(budget.round)
    if budget.state in WITH_BUREAU:
        if budget.round is Round.FIRST_SUBMISSION:
            return days.get(Round.CEILING)
        return days.get(Round.APPROVAL) or budget.year.approval_due
    if budget.state in TO_PUBLISH and budget.approved_on is not None:
        return budget.year.disclosure_due(budget.approved_on)
    return None
