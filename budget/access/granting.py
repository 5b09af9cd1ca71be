"""Granting and revoking roles, and choosing how strictly duties are kept apart.

What excludes each other is refused here, with the reason; that nobody acts on his own work is
refused at the act itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from budget.audit.recording import record
from budget.duties import DutyProfile, Holding, why_excluded
from budget.models import Account, BudgetUnit, Department, DutySetting, Grant
from budget.models.people import Grants
from budget.roles import ADMINISTRATORS, Capacity, Reach, Role

NEEDS = {
    Reach.UNIT: "这一角色须选择预算单位。",
    Reach.DEPARTMENT: "这一角色须选择部门。",
    Reach.EVERYWHERE: "这一角色涉及全部部门，不选择部门或单位。",
    Reach.NOWHERE: "这一角色不涉及预算，不选择部门或单位。",
}


class NotGranted(Exception):
    """A role cannot be given or taken, or a profile not chosen; the message says why in Chinese."""


@dataclass(frozen=True)
class Wanted:
    """A role to be given: for a unit, a department or neither, from a day to a day."""

    role: Role
    department: Department | None = None
    unit: BudgetUnit | None = None
    capacity: Capacity | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def holding(self) -> Holding:
        """The role with the code of the department that it concerns."""
        return Holding(self.role, _department_code(self.department, self.unit))


def not_ended(user_pk: int | None = None) -> Grants:
    """Return the grants that hold today or later, of one person or of all."""
    on = Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate())
    found = Grant.objects.filter(on, revoked_at__isnull=True).select_related("unit", "department")
    return found if user_pk is None else found.filter(user_id=user_pk)


@transaction.atomic
def grant(user: User, wanted: Wanted, by: User | None) -> Grant:
    """Return the new grant.

    Raises NotGranted for a role that does not fit its bounds, that the person has already, that
    excludes one he has, or that somebody would give himself.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if by is not None and by.pk == user.pk:
        raise NotGranted("不能给自己授权。")
    _fits(wanted)
    held = tuple(not_ended(user.pk))
    _not_held_already(held, wanted)
    reason = why_excluded(DutySetting.in_force(), map(holding_of, held), wanted.holding)
    if reason:
        raise NotGranted(reason)
    given = Grant(
        user=user,
        role=wanted.role,
        department=wanted.department,
        unit=wanted.unit,
        capacity=wanted.capacity,
        valid_from=wanted.valid_from or timezone.localdate(),
        valid_to=wanted.valid_to,
        granted_by=by,
    )
    _save(given)
    _record("grant.give", given, by)
    return given


@transaction.atomic
def revoke(given: Grant, by: User) -> None:
    """Take a role away from now on. Raises NotGranted for one's own and the last of 三员."""
    User.objects.select_for_update().get(pk=given.user_id)
    locked = Grant.objects.get(pk=given.pk)
    if locked.revoked_at is not None:
        return
    if locked.user_id == by.pk:
        raise NotGranted("不能收回自己的角色；请由另一位安全管理员办理。")
    _not_the_last(locked)
    locked.revoked_by, locked.revoked_at = by, timezone.now()
    locked.save()
    _record("grant.revoke", locked, by)


@transaction.atomic
def choose_profile(profile: DutyProfile, by: User) -> DutySetting:
    """Return the new setting. Raises NotGranted where people hold what the profile forbids."""
    broken = conflicts(profile)
    if broken:
        raise NotGranted(f"现有授权不符合“{profile.label}”方案，请先收回：" + "；".join(broken))
    chosen = DutySetting.objects.create(profile=profile, set_by=by)
    record("duties.choose", by=by, subject="duties", detail={"profile": profile.label})
    return chosen


def _record(act: str, given: Grant, by: User | None) -> None:
    """Add the act to the audit trail, in the transaction of the act."""
    detail = {
        "role": given.role.value,
        "bound": given.bound,
        "signs_as": given.signs_as,
        "from": given.valid_from.isoformat(),
        "to": given.valid_to.isoformat() if given.valid_to else "",
    }
    record(act, by=by, subject=given.user.get_username(), detail=detail)


def conflicts(profile: DutyProfile) -> list[str]:
    """Return in Chinese what people hold today against a profile."""
    by_user: dict[int, list[Grant]] = {}
    for given in not_ended():
        by_user.setdefault(given.user_id, []).append(given)
    names = dict(Account.objects.values_list("user_id", "name"))
    return [
        f"{names.get(user, user)}：{two.role.label}{reason}"
        for user, grants in by_user.items()
        for one, two in combinations(grants, 2)
        if (reason := why_excluded(profile, [holding_of(one)], holding_of(two)))
    ]


def holding_of(given: Grant) -> Holding:
    """Return a grant as a role with the department that it concerns."""
    return Holding(given.role, _department_code(given.department, given.unit))


def _department_code(department: Department | None, unit: BudgetUnit | None) -> str | None:
    if unit is not None:
        return unit.department_id
    return department.code if department is not None else None


def _fits(wanted: Wanted) -> None:
    reach = wanted.role.reach
    shape = (wanted.unit is not None, wanted.department is not None)
    right = {Reach.UNIT: (True, False), Reach.DEPARTMENT: (False, True)}.get(reach, (False, False))
    if shape != right:
        raise NotGranted(NEEDS[reach])


def _not_held_already(held: tuple[Grant, ...], wanted: Wanted) -> None:
    for given in held:
        if (given.role, given.unit, given.department) == (
            wanted.role,
            wanted.unit,
            wanted.department,
        ):
            raise NotGranted(f"此人已有“{wanted.role.label}”，范围相同。")


def _not_the_last(given: Grant) -> None:
    if given.role not in ADMINISTRATORS:
        return
    others = Grant.objects.in_force().filter(role=given.role, user__is_active=True)
    if not others.exclude(user_id=given.user_id).exists():
        raise NotGranted(f"此人是唯一的{given.role.label}，不能收回；请先授权他人。")


def _save(given: Grant) -> None:
    try:
        given.full_clean()
    except ValidationError as error:
        raise NotGranted("；".join(error.messages)) from error
    given.save()
