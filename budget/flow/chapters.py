"""履历 of a budget over all the versions that one grew out of: each version is a chapter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from budget.actions import Action, may
from budget.flow.history import NAMELESS, Entry, bare, moment, told_of
from budget.models import Account, BudgetUnit, DepartmentBudget, UnitVerdict, roles_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """The way of one version: its name and state, and its entries, the last first."""

    title: str
    entries: tuple[Entry, ...]


def chapters(
    user: User,
    budget: DepartmentBudget,
    versions: Iterable[DepartmentBudget],
    unit: BudgetUnit | None = None,
) -> list[Chapter]:
    """Return the way of a version and of those that it was copied from, the latest first.

    ``versions`` are all that there are of the budget. Left out are those of which somebody may not
    read it. The steps are the department's; of what was decided on the parts of units, one unit is
    told its own.
    """
    read = [each for each in _origins(budget, versions) if _may_read(user, each, unit)]
    steps, verdicts = told_of(read), _verdicts(read, unit)
    return [
        Chapter(
            title=f"{each.round.label}第{each.version}版（{each.state.label}）",
            entries=tuple(_in_order([*steps[each.pk], *verdicts[each.pk]])),
        )
        for each in read
    ]


def _origins(
    budget: DepartmentBudget, versions: Iterable[DepartmentBudget]
) -> Iterator[DepartmentBudget]:
    """Yield a version, the one that it was copied from, and so on."""
    known = {each.pk: each for each in versions}
    found: DepartmentBudget | None = budget
    while found is not None:
        yield found
        found = known.get(found.copied_from_id or 0)


def _may_read(user: User, budget: DepartmentBudget, unit: BudgetUnit | None) -> bool:
    roles = roles_on(user, budget, unit)
    return may(roles, Action.READ_TIMELINE, budget.state, budget.round)


def _in_order(told: Iterable[tuple[datetime, Entry]]) -> list[Entry]:
    return [entry for _, entry in sorted(told, key=lambda each: each[0], reverse=True)]


def _verdicts(
    budgets: list[DepartmentBudget], unit: BudgetUnit | None
) -> Mapping[int, list[tuple[datetime, Entry]]]:
    """Return what was decided on the parts of units, or of one unit, by the version's key."""
    said = UnitVerdict.objects.filter(budget__in=budgets).select_related("unit").order_by("-id")
    mine = list(said if unit is None else said.filter(unit=unit))
    people = {each.by_id for each in mine}
    names = dict(Account.objects.filter(user__in=people).values_list("user_id", "name"))
    found: dict[int, list[tuple[datetime, Entry]]] = {each.pk: [] for each in budgets}
    for each in mine:
        found[each.budget_id].append((each.at, _entry(each, names.get(each.by_id, NAMELESS))))
    return found


def _entry(verdict: UnitVerdict, who: str) -> Entry:
    did = "接收了" if verdict.accepted else "退回了"
    why = f"：{bare(verdict.reason)}" if verdict.reason else ""
    sentence = f"{moment(verdict.at)}，{who}{did}{verdict.unit.name}的填报{why}。"
    return Entry(sentence=sentence, digest="", points=())
