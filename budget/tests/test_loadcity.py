"""``loadcity``: a small city whose departments have come as far as their stories say."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from budget.audit.verifying import verify
from budget.duties import NOT_ON_OWN_WORK
from budget.models import (
    AuditEntry,
    Department,
    DepartmentBudget,
    GrantedAmount,
    Release,
    ReturnPoint,
    StepTaken,
)
from budget.release import withdrawn
from budget.terms import Origin, Round, State
from budget.workflow.hands import hands_in
from budget.workflow.holding import within_ceilings

pytestmark = pytest.mark.django_db

FIRST, SECOND = Round.FIRST_SUBMISSION, Round.SECOND_SUBMISSION
HOW_FAR = {
    ("511", FIRST, 1): State.REVIEWED,
    ("511", SECOND, 1): State.OPEN,
    ("512", FIRST, 1): State.DRAFT,
    ("513", FIRST, 1): State.REVIEWED,
    ("514", FIRST, 1): State.REVIEWED,
    ("514", SECOND, 1): State.DRAFT,
    ("515", SECOND, 1): State.DRAFT,
    ("516", SECOND, 1): State.SUBMITTED,
    ("517", SECOND, 1): State.SIGNED,
    ("518", SECOND, 1): State.REVIEWED,
    ("519", SECOND, 1): State.FROZEN,
    ("520", SECOND, 1): State.APPROVED,
    ("521", SECOND, 1): State.READY,
    ("522", SECOND, 1): State.PUBLISHED,
    ("523", SECOND, 1): State.PUBLISHED,
    ("523", SECOND, 2): State.PUBLISHED,
    ("524", SECOND, 1): State.WITHDRAWN,
    ("525", FIRST, 1): State.DRAFT,
}


@pytest.fixture(autouse=True)
def _demo(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A demonstration whose releases get no files: they are made by processes of their own."""
    settings.DEMO = True
    monkeypatch.setattr("budget.management.commands.loadcity.attempt_all", lambda: None)


def said(*command: str) -> list[str]:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue().splitlines()


def budget(code: str, round: Round = SECOND, version: int = 1) -> DepartmentBudget:
    return DepartmentBudget.objects.get(department_id=code, round=round, version=version)


@pytest.mark.long
@pytest.mark.one_engine  # what it calls is tested on both, and one telling of the city is long
def test_the_city_has_a_department_in_every_state_and_a_second_run_changes_nothing() -> None:
    said("loadcodes")
    lines = said("loadcity")
    found = {(each.department_id, each.round, each.version): each.state for each in _budgets()}
    assert found == HOW_FAR
    assert set(found.values()) == set(State) - {State.VOID}  # which nobody gets to see
    assert len(lines) == 15
    assert all(Department.objects.values_list("invented", flat=True))

    # Nobody has judged what he typed, and the trail of all of it holds.
    for each in _budgets():
        for step in StepTaken.objects.filter(budget=each, action__in=NOT_ON_OWN_WORK):
            assert not hands_in(step.by, [each.pk])[each.pk].typed
    assert verify() is None

    # 一上 over its ceiling, without a reason; 二上 over it, which no reason helps.
    assert [each[-6:] for each in within_ceilings(budget("512", FIRST))] == ["，请说明理由"]
    assert [each[-4:] for each in within_ceilings(budget("514"))] == ["，请调减"]
    assert not list(within_ceilings(budget("513", FIRST)))
    points = ReturnPoint.objects.filter(step__budget=budget("515")).order_by("sequence")
    assert [bool(each.answer) for each in points] == [True, False, False]
    # 96,400.00 of the pattern times 115 per cent is 110,860.00, of which 90 per cent 99,774.00.
    cut = GrantedAmount.objects.get(budget=budget("518"))
    assert (cut.requested, cut.amount) == (Decimal("110860.00"), Decimal("99774.00"))

    # The department with a school publishes three documents; a second version; one withdrawn.
    releases = Release.objects.order_by("code", "number")
    assert [(each.code, each.number) for each in releases] == [
        *(("522", 1), ("522001", 1), ("522002", 1)),
        *(("523", 1), ("523", 2), ("524", 1)),
    ]
    assert {each.origin for each in releases} == {Origin.INVENTED}
    assert [bool(withdrawn(each)) for each in releases] == [False] * 5 + [True]

    # A draft that somebody deletes is not told again either.
    DepartmentBudget.objects.filter(pk=budget("515").pk).update(state=State.VOID)
    before = AuditEntry.objects.count()
    again = said("loadcity")
    assert all(line.endswith("已经有预算，没有改动") for line in again)
    assert AuditEntry.objects.count() == before
    kept = DepartmentBudget.everything.all()
    assert {(each.department_id, each.round, each.version) for each in kept} == set(HOW_FAR)


def _budgets() -> Iterable[DepartmentBudget]:
    return DepartmentBudget.objects.select_related("year", "department")


def test_the_city_exists_in_a_demonstration_only(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1") as refused:
        said("loadcity")
    assert refused.value.returncode == 2
    assert not Department.objects.exists()


def test_a_city_without_its_code_lists_is_refused() -> None:
    with pytest.raises(CommandError, match="请先执行 loadcodes") as refused:
        said("loadcity")
    assert refused.value.returncode == 2
    assert not DepartmentBudget.objects.exists()
