"""``manage.py importbudget FILE``: what an entry workbook would change; if asked, change it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import CommandError

from budget.actions import Action
from budget.book import UnknownUnit
from budget.imports.xlsx.limits import MOST_BYTES
from budget.imports.xlsx.refusal import UnreadableWorkbook
from budget.load import UnknownDepartment, UnknownYear
from budget.load.finding import find_budget
from budget.management import base
from budget.management.persons import writing_as
from budget.models import DepartmentBudget, Refused, UnitBudget, require
from budget.money import YUAN
from budget.registry import discover
from budget.render.writing import why
from budget.sheets.changing import Act
from budget.sheets.offers import Moved, confirm, offer
from budget.sheets.part import Part
from budget.sheets.planning import plan
from budget.sheets.plans import Plan, Verdict
from budget.terms import BatchKind, Round
from budget.workbook.layout import Stamp
from budget.workbook.opening import Opened, opened
from budget.workbook.reading import returned
from budget.workbook.telling import lines

REJECTED = 1
"""Exit code where rows cannot be taken, or somebody changed the same in the meantime."""
ROUNDS = {each.value: each for each in Round}


class Command(base.Command):
    """Shows what a workbook would change; with --commit all of it is written, or nothing."""

    help = (
        "核对一个填报工作簿会改动什么；加 --commit 时全部写入。有行不能导入或与后来的改动冲突时"
        "退出码为 1，什么也不写；文件读不懂或无权写入时为 2。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument("file", metavar="文件", type=Path, help="填报工作簿（.xlsx）")
        parser.add_argument("--commit", action="store_true", help="写入，而不只是核对")
        parser.add_argument("--user", metavar="用户名", help="以谁的名义写入（与 --commit 同用）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the plan; write it if asked."""
        discover(settings.PACKAGES)
        user = writing_as(options["user"]) if options["commit"] else None
        book = _opened(options["file"])
        part = _part(book.stamp)
        shown = _planned(book, part)
        self.stdout.write("\n".join(lines(shown)))
        if shown.count(Verdict.REJECTED) or shown.count(Verdict.CONFLICT):
            if user is not None:
                self.stderr.write("有行不能导入或有冲突，什么也没有写入。")
            raise SystemExit(REJECTED)
        if user is not None:
            _write(part, shown, user)
            self.stdout.write("已写入。")


def _opened(file: Path) -> Opened:
    try:
        with file.open("rb") as given:
            content = given.read(MOST_BYTES + 1)
        return opened(content, file.name)
    except OSError as error:
        message = f"不能读取文件 {file}：{why(error)}"
        raise CommandError(message, returncode=base.REFUSED) from error
    except UnreadableWorkbook as error:
        raise CommandError(f"{file.name}：{error}", returncode=base.REFUSED) from error


def _part(stamp: Stamp) -> Part:
    """Return the part that a workbook is of. Raises CommandError."""
    try:
        round_ = ROUNDS[stamp.round]
        budget = find_budget(stamp.part, stamp.year, round=round_, version=stamp.version)
    except (KeyError, UnknownDepartment, UnknownUnit, UnknownYear) as error:
        message = f"没有“{stamp.words}”这一预算"
        raise CommandError(message, returncode=base.REFUSED) from error
    if stamp.part == stamp.department:
        return Part(budget)
    found = UnitBudget.objects.filter(budget=budget, unit__code=stamp.part).select_related("unit")
    unit = found.first()
    if unit is None:
        raise CommandError(f"没有“{stamp.words}”这一预算", returncode=base.REFUSED)
    return Part(budget, unit.unit)


def _planned(book: Opened, part: Part) -> Plan:
    try:
        back = returned(book, part)
    except UnreadableWorkbook as error:
        raise CommandError(str(error), returncode=base.REFUSED) from error
    return plan(part, back.given, YUAN, notes=back.notes)


def _write(part: Part, shown: Plan, user: User) -> None:
    def guard(budget: DepartmentBudget) -> None:
        require(user, Action.IMPORT, budget, part.unit)

    offered = offer(part, user.pk, BatchKind.WORKBOOK, YUAN, shown)
    try:
        confirm(part, offered, Act(uuid4(), user, guard))
    except Refused as error:
        raise CommandError(str(error), returncode=base.REFUSED) from error
    except Moved as error:
        raise CommandError(str(error), returncode=REJECTED) from error
