"""``manage.py loadcodes --year 2023``: the classification lists of a year into the database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from budget.imports.code_lists import Outcome, UnknownListYear, latest_year, load_lists
from budget.imports.records import MalformedRecord
from budget.management import base


class Command(base.Command):
    """Loads the lists of one year, all of them or none."""

    help = "载入一个年度的科目表（功能分类、经济分类及对照、收入分类、科目变动）。可重复执行。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument(
            "--year",
            metavar="年度",
            type=base.year,
            help="科目表的年度；不写则为最近的一个年度",
        )
        parser.add_argument(
            "--dir",
            metavar="目录",
            type=Path,
            default=Path(settings.BASE_DIR) / "fixtures" / "codes",
            help="按年度分子目录存放科目表的目录；不写则用随系统提供的科目表",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="只报告将有哪些变化，不写入数据库"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the lists and print what changed in each."""
        try:
            year = options["year"] or latest_year(options["dir"])
            outcomes = load_lists(options["dir"], year, dry_run=options["dry_run"])
        except (UnknownListYear, MalformedRecord) as error:
            raise CommandError(f"{error}。没有载入任何科目。", returncode=base.REFUSED) from error
        for outcome in outcomes:
            self.stdout.write(_sentence(outcome))
        if options["dry_run"]:
            self.stdout.write("以上是试运行的结果，数据库没有变化。")


def _sentence(outcome: Outcome) -> str:
    unconfirmed = f"（其中待核实、未启用 {outcome.inactive}）" if outcome.inactive else ""
    return (
        f"{outcome.label}：新增 {outcome.added}，变更 {outcome.changed}，"
        f"不变 {outcome.same}，停用 {outcome.ended}{unconfirmed}"
    )
