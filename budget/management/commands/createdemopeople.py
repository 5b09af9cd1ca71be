"""``manage.py createdemopeople``: invented people for a demonstration, one for each duty."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from budget.access.granting import NotGranted
from budget.access.installing import create_demo_people
from budget.access.passwords import one_time_password
from budget.management import base

REFUSED = 2
"""Exit code where this is no demonstration; nothing is changed then."""


class Command(base.Command):
    """Creates the demo's people, or gives them a new password."""

    help = (
        "建立演示用的人员并显示共用密码；再次执行只更换密码。只在 DEMO=1 时可用，切勿用于正式环境。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Create them and print names and password."""
        if not settings.DEMO:
            raise CommandError("只有演示环境（DEMO=1）才能建立演示人员。", returncode=REFUSED)
        password = one_time_password()
        try:
            people = create_demo_people(password)
        except NotGranted as error:
            raise CommandError(f"{error}没有改动。", returncode=REFUSED) from error
        for each in people:
            bound = each.wanted.unit or each.wanted.department or ""
            self.stdout.write(f"{each.username}\t{each.wanted.role.label} {bound}".rstrip())
        self.stdout.write(f"共用密码：{password}")
