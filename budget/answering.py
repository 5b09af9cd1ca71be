"""Writing down why a warning may stand: the reason is kept with the version of the budget."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import User
from django.db import transaction

from budget.audit.recording import record
from budget.judging import judge_version
from budget.models import Answer, BudgetUnit, DepartmentBudget
from budget.rules.settings import UnreadableSetting
from budget.sheets.changing import locked
from budget.terms import Severity

LONGEST = 2_000


class NoSuchFinding(ValueError):
    """There is no such warning (any more), or no reason is given. The message is in Chinese."""


def answer(
    budget: DepartmentBudget,
    unit: BudgetUnit | None,
    *,
    rule: str,
    address: str,
    reason: str,
    by: User,
    guard: Callable[[DepartmentBudget], None],
) -> None:
    """Keep the reason for a warning of the draft of a department or one of its units.

    A blank ``address`` speaks of a finding that has no place. A reason that is written again takes
    the place of the one before. Raises NoSuchFinding, and what the guard raises under the lock.
    """
    words = reason.replace("\r\n", "\n").strip()
    if not words:
        raise NoSuchFinding("请写明理由")
    if len(words) > LONGEST:
        raise NoSuchFinding(f"理由最多{LONGEST}个字，现有{len(words)}个字")
    with transaction.atomic():
        stored = locked(budget)
        guard(stored)
        _require_warning(stored, unit, rule, address)
        Answer.objects.update_or_create(
            budget=stored,
            unit=unit,
            rule=rule,
            address=address,
            defaults={"reason": words, "answered_by": by},
        )
        record(
            "budget.answer_warning",
            by=by,
            subject=f"{unit.code if unit else stored.department_id}/{stored.year_id}",
            detail={"rule": rule, "place": address, "reason": words},
        )


def _require_warning(
    budget: DepartmentBudget, unit: BudgetUnit | None, rule: str, address: str
) -> None:
    try:
        judged = judge_version(budget, None if unit is None else unit.code)
    except UnreadableSetting as error:
        raise NoSuchFinding(f"现在无法核对：{error}") from error
    for found in judged.report.of(Severity.WARNING):
        if found.rule.code == rule and address in (found.finding.where or ("",)):
            return
    raise NoSuchFinding("这一条已经没有了，可能已经改好，请看最新的核对结果")
