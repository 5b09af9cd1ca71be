"""``manage.py verifybackup FILE``: would this backup bring everything back?"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from budget.backup.errors import BackupError
from budget.backup.verifying import verify
from budget.management import base
from budget.management.backups import how_far, told

BAD = 1
"""Exit code where the backup cannot be trusted."""


class Command(base.Command):
    """Checks every byte of an archive and restores its database for trial; changes nothing."""

    help = "核对备份：逐个文件验摘要，再在临时数据库中试恢复并比对行数和金额。不动网站的数据。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument("file", metavar="备份文件", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what the archive holds, or why it is not to be trusted."""
        try:
            verified = verify(options["file"])
        except BackupError as error:
            raise CommandError(f"备份不可用：{error}。", returncode=BAD) from error
        self.stdout.write("备份完好。")
        for line in told(verified.manifest):
            self.stdout.write(line)
        self.stdout.write(how_far(verified))
