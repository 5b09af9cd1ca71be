"""Which entries of the trail somebody may read, and which of them he asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from budget.models import AuditEntry
from budget.models.scopes import held_by
from budget.roles import Role
from budget.trail.telling import KINDS, SECURITY

CHOICES = (
    ("", "全部"),
    ("budget", "预算办理与填报"),
    ("security", "账户与授权"),
    ("bureau", "年度、科目与规则"),
    ("site", "备份与审计"),
)


class FilterForm(forms.Form):
    """What to look for; blank fields ask for nothing."""

    person = forms.CharField(label="操作人", max_length=100, required=False)
    subject = forms.CharField(label="对象", max_length=100, required=False)
    kind = forms.ChoiceField(label="类别", choices=CHOICES, required=False)
    since = forms.DateField(label="从", required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label="到", required=False, widget=forms.DateInput({"type": "date"}))

    def clean(self) -> dict[str, Any]:
        """Refuse a span of days that ends before it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "止日不能早于起日。")
        return cleaned


def reader(request: HttpRequest) -> User:
    """Return who reads; the gate has let nobody in who is not signed in."""
    return cast(User, request.user)


def reads_everything(request: HttpRequest) -> bool:
    """Return whether the audit administrator is here, or the security administrator."""
    return any(each.role is Role.AUDITOR for each in held_by(request.user))


def readable(request: HttpRequest) -> QuerySet[AuditEntry]:
    """Return the entries that somebody may read: all of them, or the security events alone."""
    if reads_everything(request):
        return AuditEntry.objects.all()
    return AuditEntry.objects.filter(begins_with(SECURITY))


def begins_with(leads: Iterable[str]) -> Q:
    """Return the question for acts that begin so."""
    asked = Q()
    for lead in leads:
        asked |= Q(act__startswith=lead)
    return asked


def found(entries: QuerySet[AuditEntry], wanted: dict[str, Any]) -> QuerySet[AuditEntry]:
    """Return those entries that are asked for, the last first; ``wanted`` is of a valid form."""
    if person := wanted.get("person"):
        entries = entries.filter(Q(person__icontains=person) | Q(by__username__iexact=person))
    if subject := wanted.get("subject"):
        entries = entries.filter(subject__startswith=subject)
    if kind := wanted.get("kind"):
        entries = entries.filter(begins_with(KINDS[kind]))
    if since := wanted.get("since"):
        entries = entries.filter(at__gte=_midnight(since))
    if until := wanted.get("until"):
        entries = entries.filter(at__lt=_midnight(until + timedelta(days=1)))
    return entries.order_by("-number")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
