"""``manage.py makefiles``: the files of releases that still lack them."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from budget.jobs.attempting import attempt_all
from budget.jobs.making import be_limited, make
from budget.management import base
from budget.models import ReleaseJob
from budget.terms import JobState

FAILED = 1
"""Exit code where files could not be made."""


class Command(base.Command):
    """Takes up what waits, each in a process of its own; ends when nothing waits."""

    help = (
        "制作已签发、文件还没有做好的发布版的文件（PDF、XLSX、CSV、JSON、HTML），做完为止。"
        "平时由系统自动启动；进程中断后可手工运行，重复运行没有副作用。"
    )
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own declaration

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument(
            "--only",
            metavar="编号",
            type=int,
            help="在本进程中制作这一项，受内存和时间的限制（由系统内部使用）",
        )

    def handle(self, *args: Any, only: int | None = None, **options: Any) -> None:
        """Make them."""
        if only is None:
            attempt_all()
            self._tell()
            return
        be_limited()
        why = make(only)
        if why:
            self.stdout.write(why)
            sys.exit(FAILED)

    def _tell(self) -> None:
        failed = ReleaseJob.objects.filter(state=JobState.FAILED).select_related("release")
        for job in failed:
            self.stdout.write(f"{job.release}：制作失败，{job.message}")
        if not failed:
            self.stdout.write("没有等待制作的文件。")
