"""``manage.py createdemopeople``: invented people for a demonstration, one for each duty."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from budget.access.granting import NotGranted
from budget.access.installing import DemoPerson, create_demo_people
from budget.access.passwords import one_time_password
from budget.management import base
from budget.models import UnitBudget

REFUSED = 2
"""Exit code where this is no demonstration; nothing is changed then."""


class Command(base.Command):
    """Creates the demo's people, or gives them a new password."""

    help = (
        "建立演示用的人员并显示共用密码；再次执行只更换密码。只在 DEMO=1 时可用，切勿用于正式环境。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument(
            "--site",
            metavar="网址",
            help="网站的地址，如 http://127.0.0.1:8000；写了就接着说明以哪位会计、从哪一页开始",
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
        if options["site"]:
            for said in _beginning(people, options["site"].rstrip("/")):
                self.stdout.write(said)


def _beginning(people: Iterable[DemoPerson], site: str) -> Iterator[str]:
    """Yield where an accountant of an invented department begins: the last one, the smallest."""
    units = [each.wanted.unit for each in people if each.wanted.unit is not None]
    invented = [unit for unit in units if unit.department.invented]
    for unit in invented[-1:]:
        yield f"会计从这里开始：以 kuaiji{unit.code} 登录 {site}/account/login/"
        for part in UnitBudget.objects.filter(unit=unit).order_by("budget__year_id"):
            yield f"  {part.budget.year_id}年预算  {site}/entry/{unit.code}/{part.budget.year_id}/"
        yield f"  操作手册  {site}/help/"
