"""``manage.py createadmins``: the three administrators of a new installation."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError

from budget.access.installing import AlreadyThere, create_administrators
from budget.management import base


class Command(base.Command):
    """Creates one system, one security and one audit administrator, once."""

    help = (
        "为新安装的系统建立三员账户（系统管理员、安全管理员、审计管理员各一），"
        "并显示一次性的初始密码。只能执行一次。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Create them and print their one-time passwords."""
        try:
            made = create_administrators()
        except AlreadyThere as error:
            raise CommandError(f"{error}没有改动。", returncode=base.REFUSED) from error
        self.stdout.write("初始密码只显示这一次，请分别交给三位管理员；首次登录时须修改。")
        for each in made:
            self.stdout.write(f"{each.role.label}\t{each.username}\t{each.password}")
