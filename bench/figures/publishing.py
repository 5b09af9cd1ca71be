"""A step of the sample with its rules and snapshot, and its release with all files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction

from bench.registry import Result, measures
from bench.timing import medians, timed
from budget.actions import Action
from budget.jobs.holding import take
from budget.jobs.making import make
from budget.judging import freeze_version, judge_version
from budget.models import DepartmentBudget, ReleaseJob, RuleSetting, StepTaken, UnitBudget
from budget.roles import Role
from budget.terms import Severity, State
from budget.tests.people import someone_with
from budget.tests.storing_samples import stored_sample
from budget.workflow.advancing import advance
from budget.workflow.packaging import documents, package
from budget.workflow.saying import Said


class NotMade(AssertionError):
    """A step was not taken, or files were not made."""


@measures("publishing")
def publishing(rounds: int) -> Iterator[Result]:
    """Measure signing, publishing and the files of the sample."""
    call_command("migrate", verbosity=0)
    budget = stored_sample()
    head = someone_with(Role.HEAD, budget.department_id, "bench head")
    bureau = someone_with(Role.BUDGET_REVIEWER, username="bench bureau")
    _ready_to_be_judged(budget)
    taken = medians({"sign": lambda: _sign(budget, head)}, rounds)["sign"]
    yield Result(
        f"a step with rules and snapshot, sample ({connection.vendor}), wall",
        f"{taken.wall * 1000:.0f} ms  ({taken.cpu * 1000:.0f} ms CPU)",
        taken.wall * 1000,
        (300, 200),
        " ms",
    )
    _approve(budget, bureau)
    with TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = Path(folder)
        made = timed(lambda: _release(budget, head))
    yield Result(
        "release of the sample with all files, wall",
        f"{made.wall:.1f} s  ({made.cpu:.1f} s CPU)",
        made.wall,
        (5, 4),
        " s",
    )


def _ready_to_be_judged(budget: DepartmentBudget) -> None:
    """Let the oddities of the published sample stand: they would keep any step from being taken."""
    for code, _ in documents(budget):
        for each in judge_version(budget, code).report.found:
            RuleSetting.objects.get_or_create(
                year=budget.year, name=each.rule.code, defaults={"value": Severity.NOTICE.value}
            )
    UnitBudget.objects.filter(budget=budget).update(complete=True)


def _sign(budget: DepartmentBudget, head: User) -> None:
    """Take the step and undo it, so that it can be taken again."""
    with transaction.atomic():
        _put(budget, State.SUBMITTED)
        taken = advance(budget, Action.SIGN, head, revision=budget.revision)
        if taken.snapshot is None:
            raise NotMade("nothing was kept")
        transaction.set_rollback(True)


def _release(budget: DepartmentBudget, head: User) -> None:
    _put(budget, State.READY)
    read = package(budget).digest
    advance(budget, Action.PUBLISH, head, revision=budget.revision, said=Said(read=read))
    for job in ReleaseJob.objects.all():
        take(job.pk)
        why = make(job.pk)
        if why:
            raise NotMade(why)


def _approve(budget: DepartmentBudget, by: User) -> None:
    """Keep what the approval of the amounts keeps."""
    StepTaken.objects.create(
        budget=budget,
        action=Action.APPROVE,
        start=State.FROZEN,
        end=State.APPROVED,
        by=by,
        revision=budget.revision,
        snapshot=freeze_version(budget),
    )


def _put(budget: DepartmentBudget, state: State) -> None:
    DepartmentBudget.objects.filter(pk=budget.pk).update(state=state)
    budget.refresh_from_db()
