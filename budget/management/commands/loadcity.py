"""``manage.py loadcity``: a small city of invented departments in every state of the way."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from budget.access.granting import NotGranted
from budget.access.installing import demo_cast, demo_people, keep_demo_people
from budget.bureau.opening import keep_year
from budget.imports.storing import store
from budget.jobs.attempting import attempt_all
from budget.management import base
from budget.management.city.departments import Plan, Sketch, read_plan
from budget.management.city.road import People, Road
from budget.management.city.stories import STORIES
from budget.management.commands.loadsample import REFUSALS
from budget.models import BudgetYear, DepartmentBudget, FunctionCode, Refused, ReleaseJob
from budget.registry import discover
from budget.roles import Role
from budget.terms import JobState, Round

DUE = {
    Round.FIRST_SUBMISSION: timedelta(days=-5),
    Round.CEILING: timedelta(days=3),
    Round.SECOND_SUBMISSION: timedelta(days=10),
    Round.APPROVAL: None,
}
"""The rounds of the city's year, and their last days as seen from today."""

CONGRESS = timedelta(days=-12)


class Command(base.Command):
    """Loads the city, one transaction for each department."""

    help = (
        "载入演示用的小城市：虚构的部门，从“已下达控制数”到“已撤回”各种状态都有，由演示人员"
        "一步步办到那里。已有预算的部门不改动。只在 DEMO=1 时可用，请先执行 loadcodes。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        fixtures = Path(settings.BASE_DIR) / "fixtures"
        parser.add_argument(
            "--dir", metavar="目录", type=Path, default=fixtures / "city", help="小城市的目录"
        )
        parser.add_argument(
            "--codes",
            metavar="目录",
            type=Path,
            default=fixtures / "codes",
            help="按年度分子目录存放科目表的目录",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load those that are not there yet, and print how far each has come."""
        if not settings.DEMO:
            raise CommandError("只有演示环境（DEMO=1）才能载入演示部门。", returncode=base.REFUSED)
        if not FunctionCode.objects.exists():
            raise CommandError(
                "还没有科目表，请先执行 loadcodes。没有载入。", returncode=base.REFUSED
            )
        discover(settings.PACKAGES)
        discover(settings.PACKAGES, ("sample_files", "storing"))
        try:
            plan = read_plan(options["dir"], options["codes"])
        except REFUSALS as error:
            raise CommandError(f"{error}。没有载入。", returncode=base.REFUSED) from error
        for sketch in plan.sketches:
            self.stdout.write(self._loaded(plan, sketch))
        keep_demo_people(demo_people())
        attempt_all()
        for failed in ReleaseJob.objects.filter(state=JobState.FAILED):
            self.stdout.write(f"{failed.release}：文件没有做好，{failed.message}")

    def _loaded(self, plan: Plan, sketch: Sketch) -> str:
        try:
            return _loaded(plan, sketch)
        except (*REFUSALS, NotGranted, Refused) as error:
            said = f"{sketch.code} {sketch.name}：{error}。这个部门没有载入。"
            raise CommandError(said, returncode=base.REFUSED) from error


@transaction.atomic
def _loaded(plan: Plan, sketch: Sketch) -> str:
    """Load one department, unless it has a budget, and return in Chinese how far it has come."""
    # A draft that somebody has deleted is one too: it keeps its place among the versions.
    if DepartmentBudget.everything.filter(department_id=sketch.code).exists():
        return f"{sketch.code} {sketch.name}：已经有预算，没有改动"
    drawn, story = plan.drawn(sketch), STORIES[sketch.story]
    budget = store(
        drawn.book,
        drawn.remarks,
        edition=drawn.head.edition,
        codes_on=drawn.codes_on,
        round=story.begins,
    )
    budget.unit_budgets.update(complete=False)
    people = _people()
    _keep_year(budget.year, people[Role.BUDGET_REVIEWER][0])
    road = Road(budget, people)
    story.tell(road)
    now = road.now()
    return f"{now}：{sketch.name}，{now.state.label}"


def _people() -> People:
    """Return the demo's cast, whose roles reach what has just been stored."""
    cast = demo_cast()
    users = keep_demo_people(cast)
    found: dict[Role, list[User]] = {}
    for person, user in zip(cast, users, strict=True):
        found.setdefault(person.role, []).append(user)
    return found


def _keep_year(year: BudgetYear, by: User) -> None:
    """Let the year go through all rounds, the congress having met, unless somebody has said so."""
    if year.rounds.exists():
        return
    today: date = timezone.localdate()
    year.congress_on = today + CONGRESS
    rounds = {each: None if due is None else today + due for each, due in DUE.items()}
    keep_year(year, rounds, by)
