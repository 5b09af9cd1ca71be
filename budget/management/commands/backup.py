"""``manage.py backup``: the whole site in one archive."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

from budget.audit.recording import record
from budget.backup.errors import BackupError
from budget.backup.making import back_up, forget_older
from budget.management import base
from budget.management.backups import how_far, told


class Command(base.Command):
    """Writes an archive of database and files, verified before it gets its name."""

    help = (
        "备份整个网站（数据库、发布文件、内部文件）为一个文件，写成后先试恢复核对再改为正式文件名。"
        "备份含口令摘要和未公开的预算，只有本机管理员可读，请妥善保管并另存一份到别处。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument(
            "--to", metavar="目录", type=Path, help="写到哪个目录，默认为 BACKUP_ROOT"
        )
        parser.add_argument(
            "--keep", metavar="份数", type=several, help="只留最近几份，更早的删除；不写则全留"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the archive and say what it holds."""
        folder = options["to"] or settings.BACKUP_ROOT
        try:
            made = back_up(folder)
            gone = forget_older(folder, options["keep"]) if options["keep"] else []
        except BackupError as error:
            raise CommandError(f"没有备份成。{error}", returncode=base.REFUSED) from error
        with transaction.atomic():
            record("site.backup", by=None, subject="site", detail={"file": made.path.name})
        self.stdout.write(f"已备份到 {made.path}（{made.size} 字节）。")
        for line in told(made.verified.manifest):
            self.stdout.write(line)
        self.stdout.write(how_far(made.verified))
        for each in gone:
            self.stdout.write(f"已删除较早的备份 {each.name}。")


def several(words: str) -> int:
    """Return a number of backups, one or more. Raises ArgumentTypeError."""
    if not (words.isascii() and words.isdigit() and int(words) >= 1):
        raise ArgumentTypeError(f"“{words}”不是不小于1的整数")
    return int(words)
