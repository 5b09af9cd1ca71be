"""The way of a budget: each step that was taken, and the points for which it was sent back."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from budget.actions import Action
from budget.models.budgets import DepartmentBudget
from budget.models.constraints import in_vocabulary, numbered_from_one
from budget.models.fields import TermField
from budget.models.releases import Frozen, Snapshot
from budget.terms import State


class StepTaken(Frozen):
    """One step of one version of a budget: who, when, from where to where, and what he said.

    ``revision`` is the budget's as the person had read it. Where the table of steps says so the
    ``snapshot`` holds the very inputs of that moment. ``said`` holds what the step asked him for.
    """

    budget = models.ForeignKey(
        DepartmentBudget, on_delete=models.PROTECT, related_name="steps", verbose_name="部门预算"
    )
    action = TermField(Action, "操作")
    start = TermField(State, "原状态")
    end = TermField(State, "新状态")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="操作人"
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    revision = models.IntegerField("改动序号")
    said = models.JSONField("内容", default=dict)
    snapshot = models.ForeignKey(
        Snapshot,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="快照",
    )

    class Meta:
        verbose_name = verbose_name_plural = "流程记录"
        ordering = ("budget", "id")
        constraints = (
            in_vocabulary("steptaken", "action", Action),
            in_vocabulary("steptaken", "start", State),
            in_vocabulary("steptaken", "end", State),
        )

    def __str__(self) -> str:
        return f"{self.budget} {self.action.label}"


class ReturnPoint(models.Model):
    """One point of the list with which a budget was sent back, and what was answered to it."""

    step = models.ForeignKey(
        StepTaken, on_delete=models.PROTECT, related_name="points", verbose_name="退回"
    )
    sequence = models.IntegerField("序号")
    text = models.TextField("问题")
    answer = models.TextField("答复", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="答复人",
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "退回问题"
        ordering = ("step", "sequence")
        constraints = (
            numbered_from_one("returnpoint"),
            models.UniqueConstraint(
                fields=("step", "sequence"),
                name="returnpoint_once",
                violation_error_message="同一次退回中已有这个序号的问题。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.sequence}. {self.text}"
