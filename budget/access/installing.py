"""The first people: the administrators of a new installation, the invented ones of the demo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import transaction

from budget.access.accounts import NewPassword, approve, create
from budget.access.granting import NotGranted, Wanted, grant, not_ended
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
    """An invented person, his role, and what he holds it for."""

    username: str
    name: str
    role: Role
    wanted: tuple[Wanted, ...]


BUREAU = (
    ("yusuan", "郑凯", Role.BUDGET_REVIEWER),
    ("yusuan2", "高翔", Role.BUDGET_REVIEWER),
    ("jixiao", "孙芳", Role.PERFORMANCE_REVIEWER),
)
"""审定 and 批复 take two persons of the budget division."""

OF_DEPARTMENTS = (
    ("caiwu", "周洁", Role.DEPARTMENT_FINANCE),
    ("fuzeren", "李强", Role.HEAD),
    ("gongkai", "何静", Role.PUBLISHER),
    ("yewu", "赵磊", Role.DIVISION_REVIEWER),
)
COMPILER = ("kuaiji", "陈敏")


def demo_cast() -> list[DemoPerson]:
    """Return one person for each role, who holds it for all units and departments there are."""
    departments, units = list(Department.objects.all()), list(BudgetUnit.objects.all())
    compiling = tuple(Wanted(Role.COMPILER, unit=unit) for unit in units)
    return [
        *(DemoPerson(name, role.label, role, (Wanted(role),)) for name, role in FIRST),
        *(DemoPerson(username, name, role, (Wanted(role),)) for username, name, role in BUREAU),
        DemoPerson(*COMPILER, Role.COMPILER, compiling),
        *(
            DemoPerson(username, name, role, tuple(Wanted(role, each) for each in departments))
            for username, name, role in OF_DEPARTMENTS
        ),
    ]


def demo_people() -> list[DemoPerson]:
    """Return the cast, and the people of single departments and units."""
    return [*demo_cast(), *_of_their_own()]


def _of_their_own() -> Iterator[DemoPerson]:
    """Yield the finance office of each department, and the accountant of each unit."""
    for department in Department.objects.all():
        finance = (Wanted(Role.DEPARTMENT_FINANCE, department=department),)
        name = f"{department.name}财务"
        yield DemoPerson(f"caiwu{department.code}", name, Role.DEPARTMENT_FINANCE, finance)
    for unit in BudgetUnit.objects.all():
        compiler = (Wanted(Role.COMPILER, unit=unit),)
        yield DemoPerson(f"kuaiji{unit.code}", f"{unit.name}会计", Role.COMPILER, compiler)


@transaction.atomic
def keep_demo_people(people: Sequence[DemoPerson]) -> list[User]:
    """Return the users of the demo's people, made and given their roles where they lack them.

    Raises NotGranted.
    """
    users = [_demo_user(person) for person in people]
    for person, user in zip(people, users, strict=True):
        held = {(each.unit, each.department) for each in not_ended(user.pk)}
        for wanted in person.wanted:
            if (wanted.unit, wanted.department) not in held:
                _granted(user, person, wanted)
    return users


@transaction.atomic
def create_demo_people(password: str) -> list[DemoPerson]:
    """Return the demo's cast; they, and the people of single units, all sign in with a password.

    Those who are there get it anew.
    """
    users = keep_demo_people(demo_people())
    hashed = make_password(password)  # takes long by design, so it is made once
    for user in users:
        user.password = hashed
    User.objects.bulk_update(users, ["password"])
    Account.objects.filter(user__in=users).update(must_change_password=False)
    return demo_cast()


def _granted(user: User, person: DemoPerson, wanted: Wanted) -> None:
    try:
        grant(user, wanted, None)
    except NotGranted as error:
        raise NotGranted(f"{person.username}：{error}") from error


def _demo_user(person: DemoPerson) -> User:
    found = User.objects.filter(username=person.username).first()
    if found is not None:
        return found
    made = create(person.username, person.name[:60])
    approve(made.account, None)
    return User.objects.get(pk=made.account.user_id)
