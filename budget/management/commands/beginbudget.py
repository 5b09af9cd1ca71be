"""``manage.py beginbudget CODE YEAR``: what of last year a budget takes over; if asked, do so."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import CommandError
from django.db import transaction

from budget.actions import Action
from budget.book import UnknownUnit
from budget.canonical import UnreadableContent
from budget.load import UnknownDepartment, UnknownYear, find_budget, is_unit_code
from budget.management import base
from budget.management.existing import what_there_is
from budget.management.persons import writing_as
from budget.models import DepartmentBudget, Refused, UnitBudget, require
from budget.registry import discover
from budget.release import DamagedContent
from budget.sheets.beginning import NothingBrought, begin, beginning_sheets, offered
from budget.sheets.changing import Act
from budget.sheets.last_year import LastYear, last_year_of
from budget.sheets.part import Part


class Command(base.Command):
    """Shows what each part would take over; with --commit all of them do, or none."""

    help = (
        "用上年公开的版本（没有则用上年的预算）开始一个预算：人员机构、继续的项目、文字、绩效、资产和"
        "上年数；只填空白处。加 --commit 才写入；无权写入或上年的版本读不出时退出码为 2。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument("code", metavar="编码", help="3位部门编码（连同所属单位）或6位单位编码")
        parser.add_argument("year", metavar="年度", type=base.year, help="要开始填报的年度")
        parser.add_argument("--amounts", action="store_true", help="同时带入上年金额")
        parser.add_argument("--commit", action="store_true", help="写入，而不只是列出")
        parser.add_argument("--user", metavar="用户名", help="以谁的名义写入（与 --commit 同用）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what would come; take it over if asked."""
        discover(settings.PACKAGES)
        user = writing_as(options["user"]) if options["commit"] else None
        try:
            budget = find_budget(options["code"], options["year"])
            with transaction.atomic():
                for part in _parts(budget, options["code"]):
                    self._one(part, user, with_amounts=options["amounts"])
        except (UnknownDepartment, UnknownUnit, UnknownYear) as error:
            message = f"{error}。{what_there_is(error, options['code'])}。"
            raise CommandError(message, returncode=base.REFUSED) from error
        except (DamagedContent, UnreadableContent, Refused) as error:
            message = f"{error}没有写入任何内容。"
            raise CommandError(message, returncode=base.REFUSED) from error
        if user is None:
            self.stdout.write("以上只是列出，没有写入；加 --commit --user 用户名 写入。")

    def _one(self, part: Part, user: User | None, *, with_amounts: bool) -> None:
        last = last_year_of(part)
        if last is None:
            self.stdout.write(f"{part.code} {part.name}：没有上年的预算")
            return
        self.stdout.write(f"{part.code} {part.name}：取自{last.origin}")
        if user is None:
            self.stdout.write("\n".join(_lines(part, last, with_amounts=with_amounts)))
            return
        act = Act(uuid4(), user, partial(_may_write, user, part))
        sheets = beginning_sheets(part)
        try:
            answers = begin(part, last, act, sheets=sheets, with_amounts=with_amounts)
        except NothingBrought as nothing:
            self.stdout.write(f"  {nothing}")
            return
        cells = [(answer.sheet, cell) for answer in answers for cell in answer.cells]
        waiting = {(sheet, cell.row) for sheet, cell in cells if cell.message}
        rows = {(sheet, cell.row) for sheet, cell in cells}
        self.stdout.write(f"  沿用{len(rows)}行，其中未完成{len(waiting)}行")


def _parts(budget: DepartmentBudget, code: str) -> Iterator[Part]:
    """Yield the part that a code names: a unit's, or those of all units and the department's."""
    units = UnitBudget.objects.filter(budget=budget).select_related("unit")
    ordered = units.order_by("unit__position", "unit__code")
    found = [each.unit for each in ordered if code in (each.unit.code, budget.department_id)]
    if is_unit_code(code) and not found:
        raise UnknownUnit(f"单位 {code} 不在{budget.year_id}年的部门预算之中")
    for unit in found:
        yield Part(budget, unit)
    # A department's only unit is one body with it.
    if len(found) > 1:
        yield Part(budget)


def _lines(part: Part, last: LastYear, *, with_amounts: bool) -> Iterator[str]:
    for each in offered(part, last, beginning_sheets(part)):
        if each.is_money and not with_amounts:
            continue
        held = f"（本年已有{each.held}行，不再沿用）" if each.held else ""
        yield f"  {each.spec.title}：{each.rows}行{held}"


def _may_write(user: User, part: Part, budget: DepartmentBudget) -> None:
    require(user, Action.EDIT, budget, part.unit)
