"""Who works with the system: accounts, the roles granted to them, and how strict duties are.

Django's own user signs in; what we must know beside it is its account (decision 0009). Grants are
never deleted: one that ends keeps its line, with who ended it and when.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from budget.duties import DutyProfile
from budget.models.constraints import in_vocabulary
from budget.models.fields import TermField
from budget.models.once import once
from budget.models.organisation import BudgetUnit, Department
from budget.roles import Capacity, Reach, Role

USER = settings.AUTH_USER_MODEL


class Account(models.Model):
    """What we know of a user: his name, who let him in, and the state of his password.

    Nobody signs in before the security administrator has approved the account; ``is_active`` of
    the user follows (`budget.access.accounts`).
    """

    user = models.OneToOneField(USER, on_delete=models.PROTECT, related_name="account")
    name = models.CharField("姓名", max_length=60)
    office = models.CharField("所在单位或科室", max_length=100, blank=True)
    created_by = models.ForeignKey(
        USER,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="建立人",
    )
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    approved_by = models.ForeignKey(
        USER,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="批准人",
    )
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    disabled_by = models.ForeignKey(
        USER,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="停用人",
    )
    disabled_at = models.DateTimeField("停用时间", null=True, blank=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=True)
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True)
    signed_in_at = models.DateTimeField("最近登录时间", null=True, blank=True)
    signed_in_from = models.GenericIPAddressField("最近登录地址", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "账户"
        ordering = ("user__username",)

    def __str__(self) -> str:
        return f"{self.name}（{self.user.get_username()}）"


def account_of(user: AbstractBaseUser) -> Account | None:
    """Return the account of a user, None for one that the program knows nothing of."""
    return once((account_of, user.pk), Account.objects.filter(user_id=user.pk).first)


def name_of(user: User) -> str:
    """Return what people call a user: the name of his account, else the one he signs in with."""
    account = account_of(user)
    return account.name if account else user.get_username()


class UsedPassword(models.Model):
    """The hash of a password that a user had; he may not take it again soon."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="used_passwords")
    hash = models.CharField("散列", max_length=256)
    set_at = models.DateTimeField("设置时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "用过的密码"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.user_id} {self.set_at:%Y-%m-%d}"


class NotDeleted(Exception):
    """Somebody tries to delete a grant: it is revoked instead."""

    def __init__(self) -> None:
        super().__init__("授权记录不可删除；请收回授权。")


class Grants(models.QuerySet["Grant"]):
    """Grants, and which of them hold on a day."""

    def in_force(self, on: date | None = None) -> Grants:
        """Return the grants that hold on a day (today, in our time zone)."""
        day = on or timezone.localdate()
        open_ended = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        return self.filter(open_ended, revoked_at__isnull=True, valid_from__lte=day)

    def held_on(self, day: date) -> Grants:
        """Return the grants that held on a day gone by: those revoked since are among them."""
        open_ended = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        kept = Q(revoked_at__isnull=True) | Q(revoked_at__date__gt=day)
        return self.filter(open_ended, kept, valid_from__lte=day)

    def delete(self) -> NoReturn:
        """Refuse. Raises NotDeleted."""
        raise NotDeleted


def _of(reach: Reach) -> list[str]:
    return sorted(role.value for role in Role if role.reach is reach)


BOUNDED_BY_ITS_REACH = (
    Q(role__in=_of(Reach.UNIT), unit__isnull=False, department__isnull=True)
    | Q(role__in=_of(Reach.DEPARTMENT), unit__isnull=True, department__isnull=False)
    | Q(
        role__in=sorted(_of(Reach.EVERYWHERE) + _of(Reach.NOWHERE)),
        unit__isnull=True,
        department__isnull=True,
    )
)
STANDING = Q(revoked_at__isnull=True, valid_to__isnull=True)


def _once(bound: str, *fields: str, **nothing: bool) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=("user", "role", *fields),
        condition=STANDING & Q(**nothing),
        name=f"grant_once_{bound}",
        violation_error_message="此人已有同一范围的这一角色。",
    )


class Grant(models.Model):
    """A role given to somebody for a unit, a department or without bounds, from a day to a day.

    ``capacity`` is as what a head signs; where none is written down it is as the head himself.
    """

    user = models.ForeignKey(
        USER, on_delete=models.PROTECT, related_name="grants", verbose_name="人员"
    )
    role = TermField(Role, "角色")
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        to_field="code",
        null=True,
        blank=True,
        related_name="+",
        verbose_name="部门",
    )
    unit = models.ForeignKey(
        BudgetUnit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="预算单位",
    )
    capacity = TermField(
        Capacity, "签字身份", null=True, blank=True, help_text="部门负责人角色以何种身份签字。"
    )
    valid_from = models.DateField("自", default=timezone.localdate)
    valid_to = models.DateField("至", null=True, blank=True)
    granted_by = models.ForeignKey(
        USER,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="授权人",
    )
    granted_at = models.DateTimeField("授权时间", auto_now_add=True)
    revoked_by = models.ForeignKey(
        USER,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="收回人",
    )
    revoked_at = models.DateTimeField("收回时间", null=True, blank=True)

    objects = Grants.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "授权"
        ordering = ("user", "id")
        constraints = (
            in_vocabulary("grant", "role", Role),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True)
                | Q(role=Role.HEAD.value, capacity__in=[each.value for each in Capacity]),
                name="grant_capacity_of_signers",
                violation_error_message="只有部门负责人角色写明签字身份。",
            ),
            models.CheckConstraint(
                condition=~Q(capacity=Capacity.STAND_IN.value) | Q(valid_to__isnull=False),
                name="grant_stand_in_ends",
                violation_error_message="临时代理须填写结束日期。",
            ),
            models.CheckConstraint(
                condition=BOUNDED_BY_ITS_REACH,
                name="grant_bounded_by_its_reach",
                violation_error_message="这一角色的范围不对：请按角色选择单位、部门，或都不选。",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="grant_ends_after_it_begins",
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                condition=Q(revoked_by__isnull=True) | Q(revoked_at__isnull=False),
                name="grant_revoked_at_a_time",
                violation_error_message="收回授权须记录时间。",
            ),
            _once("of_unit", "unit", unit__isnull=False),
            _once("of_department", "department", department__isnull=False),
            _once("without_bounds", department__isnull=True, unit__isnull=True),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role.label} {self.bound}".rstrip()

    @property
    def signs_as(self) -> str:
        """As what its holder signs for the department; "" for a role that signs nothing."""
        if self.role is not Role.HEAD:
            return ""
        return (self.capacity or Capacity.HEAD).label

    @property
    def bound(self) -> str:
        """What it is for, as people read it; empty where the role has no bounds."""
        return str(self.unit or self.department or "")

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse. Raises NotDeleted."""
        raise NotDeleted


class DutySetting(models.Model):
    """A choice of the duty profile; the latest holds, the earlier ones tell what held before."""

    profile = TermField(DutyProfile, "职责分离方案")
    set_by = models.ForeignKey(
        USER,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="设定人",
    )
    set_at = models.DateTimeField("设定时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "职责分离方案"
        ordering = ("id",)
        constraints = (in_vocabulary("dutysetting", "profile", DutyProfile),)

    def __str__(self) -> str:
        return str(self.profile.label)

    @classmethod
    def in_force(cls) -> DutyProfile:
        """Return the profile that holds: the standard one until somebody chooses."""
        latest = cls.objects.last()
        return latest.profile if latest else DutyProfile.STANDARD
