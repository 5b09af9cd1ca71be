"""``manage.py restore FILE``: let the site become what a backup holds."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from budget.backup.errors import BackupError
from budget.backup.restoring import restore
from budget.management import base
from budget.management.backups import told


class Command(base.Command):
    """Restores a site, all of it or nothing."""

    help = (
        "用备份恢复整个网站：先核对备份，再写入；中途失败的，网站保持原样。"
        "请先停止 web 与 worker。网站已有内容的，须加 --replace 才替换。"
    )
    requires_system_checks = ()  # a site whose database is lost must still be restorable

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument("file", metavar="备份文件", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="网站已有内容时，用备份替换全部内容"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore and say what the site holds now."""
        try:
            done = restore(options["file"], replace=options["replace"])
        except BackupError as error:
            raise CommandError(f"没有恢复。{error}。", returncode=base.REFUSED) from error
        self.stdout.write("已恢复。所有人须重新登录。")
        for line in told(done.manifest):
            self.stdout.write(line)
        self.stdout.write("行数、金额、摘要与备份时一致。")
        if done.migrated:
            self.stdout.write("程序比备份新，数据库已升级到程序的版本。")
