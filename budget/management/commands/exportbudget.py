"""``manage.py exportbudget CODE YEAR``: the entry workbooks of a unit, or of a whole department."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from budget.book import UnknownUnit
from budget.load import UnknownDepartment, UnknownYear, one_moment
from budget.load.finding import find_budget, is_unit_code
from budget.management import base
from budget.management.existing import what_there_is
from budget.models import DepartmentBudget, UnitBudget
from budget.registry import discover
from budget.render.errors import RenderError
from budget.render.writing import UnusableFolder, write_all
from budget.sheets.part import Part
from budget.workbook.naming import file_name
from budget.workbook.writing import workbook


class Command(base.Command):
    """Writes entry workbooks; changes nothing."""

    help = (
        "导出填报工作簿：给出单位编码时导出该单位的；给出部门编码时导出部门自己的和每个单位的，"
        "各一个文件。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument("code", metavar="编码", help="部门编码（3位）或单位编码（6位）")
        parser.add_argument("year", metavar="年度", type=base.year, help="预算年度，如 2023")
        parser.add_argument(
            "--out",
            metavar="目录",
            type=Path,
            default=Path("."),
            help="写到哪个目录（默认当前目录）",
        )
        parser.add_argument("--empty", action="store_true", help="导出空表，不含已填内容")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files and print their names."""
        discover(settings.PACKAGES)
        empty = options["empty"]
        try:
            with one_moment():
                parts = list(_parts(options["code"], options["year"]))
                files = {
                    file_name(each, empty=empty): workbook(each, empty=empty) for each in parts
                }
            written = write_all(files, options["out"])
        except (UnknownDepartment, UnknownUnit, UnknownYear) as error:
            message = f"{error}；{what_there_is(error, options['code'])}"
            raise CommandError(message, returncode=base.REFUSED) from error
        except (RenderError, UnusableFolder) as error:
            raise CommandError(str(error), returncode=base.REFUSED) from error
        for path in written:
            self.stdout.write(str(path))


def _parts(code: str, year: int) -> Iterator[Part]:
    """Yield the part of a unit, or those of a department and of all its units."""
    budget = find_budget(code, year)
    found = UnitBudget.objects.filter(budget=budget).select_related("unit")
    if is_unit_code(code):
        yield _of_unit(budget, code)
        return
    yield Part(budget)
    for each in found.order_by("unit__position", "unit__code"):
        yield Part(budget, each.unit)


def _of_unit(budget: DepartmentBudget, code: str) -> Part:
    found = UnitBudget.objects.filter(budget=budget, unit__code=code).select_related("unit").first()
    if found is None:
        raise UnknownUnit(f"预算单位 {code} 没有参加{budget.year_id}年的预算")
    return Part(budget, found.unit)
