"""``manage.py createdemopeople``: invented people for a demonstration, one for each role."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from budget.access.granting import NotGranted
from budget.access.installing import DemoPerson, create_demo_people
from budget.access.passwords import one_time_password
from budget.management import base
from budget.models import UnitBudget
from budget.roles import Role


@dataclass(frozen=True, slots=True)
class Trial:
    """What one can try in a role, and the page to begin at."""

    what: str
    begin: str


TRIALS: Mapping[Role, Trial] = {
    Role.COMPILER: Trial("填报、看控制数余额、答复退回的问题、上报", "/flow/"),
    Role.DEPARTMENT_FINANCE: Trial("汇总、退回单位、分解控制数、更正文字", "/flow/"),
    Role.HEAD: Trial("审签、退回、签发公开、撤回公开", "/flow/"),
    Role.PUBLISHER: Trial("打印保密审查审批单、准备公开", "/flow/"),
    Role.DIVISION_REVIEWER: Trial("看改动、核定金额、初审、退回", "/flow/"),
    Role.PERFORMANCE_REVIEWER: Trial("审核绩效目标", "/flow/"),
    Role.BUDGET_REVIEWER: Trial("控制数、核定、审定、批复（后两步须两个人）", "/flow/"),
    Role.SYSTEM_ADMIN: Trial("建立账户", "/people/"),
    Role.SECURITY_ADMIN: Trial("批准账户、授权、选择职责分离方案", "/people/"),
    Role.AUDITOR: Trial("查看、校验、导出审计记录", "/trail/"),
}
"""In the order of the way."""


class Command(base.Command):
    """Creates the demo's people, or gives them a new password."""

    help = (
        "建立演示用的人员并显示共用密码；再次执行只更换密码，并补上新部门的授权。"
        "只在 DEMO=1 时可用，切勿用于正式环境。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument(
            "--site",
            metavar="网址",
            default="",
            help="网站的地址，如 http://127.0.0.1:8000；写了就列出每个角色从哪一页开始",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Create them and print the password, names, and what each can try."""
        if not settings.DEMO:
            raise CommandError("只有演示环境（DEMO=1）才能建立演示人员。", returncode=base.REFUSED)
        password = one_time_password()
        try:
            cast = create_demo_people(password)
        except NotGranted as error:
            raise CommandError(f"{error}没有改动。", returncode=base.REFUSED) from error
        site = options["site"].rstrip("/")
        for said in (f"共用密码：{password}", *_told(cast, site), *_beginning(site)):
            self.stdout.write(said)


def _told(cast: Iterable[DemoPerson], site: str) -> Iterator[str]:
    """Yield each person with what he can try and where."""
    yield f"每个角色一个账户，登录页 {site}/account/login/"
    in_order = list(TRIALS)
    for each in sorted(cast, key=lambda person: in_order.index(person.role)):
        trial = TRIALS[each.role]
        yield f"  {each.username:<10}{each.role.label}　{trial.what}　{site}{trial.begin}"
    yield "每个单位另有自己的会计 kuaiji＋单位编码，每个部门另有自己的财务 caiwu＋部门编码。"


def _beginning(site: str) -> Iterator[str]:
    """Yield where an accountant begins: a unit of an invented department, in its latest year."""
    parts = UnitBudget.objects.filter(unit__department__invented=True)
    last = parts.order_by("budget__year_id", "unit__code").last()
    if last is None:
        return
    code = last.unit.code
    yield f"会计从这里开始：以 kuaiji{code} 登录 {site}/account/login/"
    for part in UnitBudget.objects.filter(unit=last.unit).order_by("budget__year_id"):
        yield f"  {part.budget.year_id}年预算  {site}/entry/{code}/{part.budget.year_id}/"
    yield f"  操作手册  {site}/help/"
