"""``manage.py cleanup``: remove what is past its time."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from budget.access.cleaning import clean
from budget.management import base


class Command(base.Command):
    """Removes ended sessions, old notes of who signed in, and abandoned drafts."""

    help = (
        "清理过期的登录会话、超过 ACCESS_DAYS 天的登录记录、中断后遗留的临时目录。"
        "审计记录、快照、发布版和办理记录不清理，数据库也不允许删除。请每天执行一次。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Clean and say how much went."""
        try:
            done = clean(timezone.now())
        except OSError as error:
            message = f"临时目录删除不了：{error}"
            raise CommandError(message, returncode=base.REFUSED) from error
        self.stdout.write(
            f"已清理：会话{done.sessions}个；{settings.ACCESS_DAYS}天以前的登录记录"
            f"{done.accesses}条；遗留的临时目录{done.drafts}个。"
        )
