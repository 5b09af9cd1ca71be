"""The first people: the administrators of a new installation, the invented ones of the demo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from budget.access.accounts import NewPassword, approve, create
from budget.access.granting import NotGranted, Wanted, grant
from budget.models import Account, BudgetUnit, Department, Grant
from budget.roles import ADMINISTRATORS, Role

FIRST = (
    ("sysadmin", Role.SYSTEM_ADMIN),
    ("secadmin", Role.SECURITY_ADMIN),
    ("auditor", Role.AUDITOR),
)


class AlreadyThere(Exception):
    """There are, or were, administrators: they make further accounts, no command does."""

    def __init__(self) -> None:
        super().__init__("三员账户已经建立过；此后的账户请系统管理员在“人员”页面建立。")


@dataclass(frozen=True)
class FirstPassword:
    """What an administrator of a new installation signs in with, once."""

    username: str
    role: Role
    password: str


@transaction.atomic
def create_administrators() -> list[FirstPassword]:
    """Return the one-time passwords of one system, one security and one audit administrator.

    Raises AlreadyThere where somebody ever had one of these roles.
    """
    if Grant.objects.filter(role__in=ADMINISTRATORS).exists():
        raise AlreadyThere
    return [FirstPassword(name, role, _first(name, role).password) for name, role in FIRST]


def _first(username: str, role: Role) -> NewPassword:
    made = create(username, role.label)
    approve(made.account, None)
    grant(made.account.user, Wanted(role), None)
    return made


@dataclass(frozen=True)
class DemoPerson:
    """An invented person and his role."""

    username: str
    name: str
    wanted: Wanted


def demo_people() -> Iterator[DemoPerson]:
    """Yield 三员, the bureau's budget division, and those who make each department's budget."""
    for username, role in FIRST:
        yield DemoPerson(username, role.label, Wanted(role))
    yield DemoPerson("yusuan", "预算科", Wanted(Role.BUDGET_REVIEWER))
    for department in Department.objects.all():
        finance = Wanted(Role.DEPARTMENT_FINANCE, department=department)
        yield DemoPerson(f"caiwu{department.code}", f"{department.name}财务", finance)
    for unit in BudgetUnit.objects.all():
        compiler = Wanted(Role.COMPILER, unit=unit)
        yield DemoPerson(f"kuaiji{unit.code}", f"{unit.name}会计", compiler)


@transaction.atomic
def create_demo_people(password: str) -> list[DemoPerson]:
    """Return the demo's people, all with this password; those who are there get it anew."""
    people = list(demo_people())
    for person in people:
        user = _demo_user(person)
        user.set_password(password)
        user.save()
        Account.objects.filter(user=user).update(must_change_password=False)
        if not Grant.objects.in_force().filter(user=user, role=person.wanted.role).exists():
            _granted(user, person)
    return people


def _granted(user: User, person: DemoPerson) -> None:
    try:
        grant(user, person.wanted, None)
    except NotGranted as error:
        raise NotGranted(f"{person.username}：{error}") from error


def _demo_user(person: DemoPerson) -> User:
    found = User.objects.filter(username=person.username).first()
    if found is not None:
        return found
    made = create(person.username, person.name[:60])
    approve(made.account, None)
    return User.objects.get(pk=made.account.user_id)
