"""Which entries of the trail somebody may read, and which of them he asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.core.validators import MinValueValidator
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


EARLIEST: Final = date(1900, 1, 1)
"""Before it no day is asked for: the first days of the calendar have no time in UTC."""


def _day(label: str) -> forms.DateField:
    early = MinValueValidator(EARLIEST, "日期不能早于1900年1月1日。")
    widget = forms.DateInput({"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget, validators=[early])


class FilterForm(forms.Form):
    """What to look for; blank fields ask for nothing."""

    person = forms.CharField(label="操作人", max_length=100, required=False)
    subject = forms.CharField(label="对象", max_length=100, required=False)
    kind = forms.ChoiceField(label="类别", choices=CHOICES, required=False)
    since = _day("从")
    until = _day("到")

    def clean(self) -> dict[str, Any]:
        """Refuse a span of days that ends before it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "止日不能早于起日。")
        return cleaned


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
        entries = entries.filter(at__gte=_moment(since, time.min))
    if until := wanted.get("until"):
        entries = entries.filter(at__lte=_moment(until, time.max))
    return entries.order_by("-number")


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
