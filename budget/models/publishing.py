"""What follows publishing: who issued a release, its files being made, withdrawing, correcting.

What readers outside get of a release follows from the facts here (``budget.release`` asks them):
one with a `Withdrawal` is answered with 410 and the reason's label; one with a `Seal` is never
shown again in any version, nor are its files, only its number, date and digest; one that a later
release ``replaces`` stays readable and is marked 已更正, with the `Correction` of the later one.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from budget.models.budgets import DepartmentBudget
from budget.models.constraints import in_vocabulary, not_negative
from budget.models.fields import TermField
from budget.models.releases import Frozen, Release
from budget.models.steps import StepTaken
from budget.terms import CorrectionKind, Ground, JobState

MOST_ATTEMPTS = 3
CORRECTED = "已更正"
"""All that is told of what was corrected where telling more would repeat a secret."""


class Issue(Frozen):
    """By which step (签发公开) of which version of a budget a release was issued."""

    release = models.OneToOneField(
        Release, on_delete=models.PROTECT, related_name="issue", verbose_name="发布版"
    )
    budget = models.ForeignKey(
        DepartmentBudget, on_delete=models.PROTECT, related_name="issues", verbose_name="部门预算"
    )
    step = models.ForeignKey(
        StepTaken, on_delete=models.PROTECT, related_name="issues", verbose_name="签发"
    )

    class Meta:
        verbose_name = verbose_name_plural = "签发记录"
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.release)


class Correction(Frozen):
    """Why a version was begun that corrects a published one: what is corrected, and why (更正说明).

    Where the ground seals what was published, ``what`` and ``why`` stay inside: readers are told
    ``public_what`` and ``public_why``. ``number`` and ``day`` of the 批复 that a correction of
    amounts gets are those of its version.
    """

    budget = models.OneToOneField(
        DepartmentBudget,
        on_delete=models.PROTECT,
        related_name="correction",
        verbose_name="更正版本",
    )
    original = models.ForeignKey(
        DepartmentBudget,
        on_delete=models.PROTECT,
        related_name="corrections",
        verbose_name="原版本",
    )
    kind = TermField(CorrectionKind, "更正内容")
    ground = TermField(Ground, "缘由")
    what = models.TextField("更正事项")
    why = models.TextField("更正原因")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="发起人"
    )
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "更正说明"
        ordering = ("id",)
        constraints = (
            in_vocabulary("correction", "kind", CorrectionKind),
            in_vocabulary("correction", "ground", Ground),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(why=""),
                name="correction_says_what_and_why",
                violation_error_message="请写明更正事项和更正原因。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.budget} {self.kind.label}"

    @property
    def public_what(self) -> str:
        """What readers are told was corrected."""
        return CORRECTED if self.ground.seals else self.what

    @property
    def public_why(self) -> str:
        """What readers are told of the reason."""
        return self.ground.public_label if self.ground.seals else self.why


class Withdrawal(Frozen):
    """A release that was withdrawn: its pages answer 410 with this, and give nothing of it."""

    release = models.OneToOneField(
        Release, on_delete=models.PROTECT, related_name="withdrawal", verbose_name="发布版"
    )
    ground = TermField(Ground, "缘由")
    reason = models.TextField("理由")
    step = models.ForeignKey(
        StepTaken, on_delete=models.PROTECT, related_name="withdrawals", verbose_name="撤回"
    )
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "撤回记录"
        ordering = ("id",)
        constraints = (in_vocabulary("withdrawal", "ground", Ground),)

    def __str__(self) -> str:
        return str(self.release)


class Seal(Frozen):
    """A release that nobody outside may read any more, in whatever version; its digest stays."""

    release = models.OneToOneField(
        Release, on_delete=models.PROTECT, related_name="seal", verbose_name="发布版"
    )
    ground = TermField(Ground, "缘由")
    step = models.ForeignKey(
        StepTaken, on_delete=models.PROTECT, related_name="seals", verbose_name="封存"
    )
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "封存记录"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ground__in=[each.value for each in Ground if each.seals]),
                name="seal_for_a_secret",
                violation_error_message="只有涉及国家秘密或个人信息的版本才封存。",
            ),
        )

    def __str__(self) -> str:
        return str(self.release)


class ReleaseJob(models.Model):
    """The making of one release's files. Until it is done the release has a page and no files.

    Whoever works at it holds it until ``held_until`` and renews that while he lives; a running job
    whose time has passed is taken up by the next. ``progress`` counts the formats that are made, of
    ``formats``. ``message`` says in Chinese why the last attempt failed.
    """

    release = models.OneToOneField(
        Release, on_delete=models.PROTECT, related_name="job", verbose_name="发布版"
    )
    state = TermField(JobState, "状态", default=JobState.WAITING)
    attempts = models.IntegerField("尝试次数", default=0)
    progress = models.IntegerField("已完成格式", default=0)
    formats = models.IntegerField("应完成格式", default=0)
    message = models.TextField("说明", blank=True)
    queued_at = models.DateTimeField("登记时间", auto_now_add=True)
    held_until = models.DateTimeField("占用至", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文件制作"
        ordering = ("id",)
        constraints = (
            in_vocabulary("releasejob", "state", JobState),
            not_negative("releasejob", "progress"),
            not_negative("releasejob", "formats"),
            models.CheckConstraint(
                condition=Q(attempts__gte=0, attempts__lte=MOST_ATTEMPTS),
                name="releasejob_attempts_limited",
                violation_error_message="文件制作最多尝试3次。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.release} {self.state.label}"
