"""``manage.py loadindicators``: the starter list of the library of indicators."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from budget.imports.records import MalformedRecord
from budget.management import base
from performance.library import load_list


class Command(base.Command):
    """Adds what the library lacks; nothing that is there is changed."""

    help = "载入绩效指标库的初始指标。可重复执行：已有的指标保持绩效科维护的样子，只补没有的。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument(
            "--file",
            metavar="文件",
            type=Path,
            default=Path(settings.BASE_DIR) / "fixtures" / "indicators.csv",
            help="指标清单（CSV）；不写则用随系统提供的清单",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the list and print how many are new."""
        try:
            loaded = load_list(options["file"])
        except MalformedRecord as error:
            raise CommandError(f"{error}。没有载入。", returncode=base.REFUSED) from error
        self.stdout.write(f"指标库：新增{loaded.added}个，已有{loaded.known}个")
