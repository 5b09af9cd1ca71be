"""What is kept of entering: batches, the edits in them, rows not whole yet, proposed codes, files.

Only ``budget.sheets`` writes here. A batch is one act of saving and has one effect: it is known by
a UUID that the browser chose, so that an answer lost on the way can be asked for again.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from budget.models.budgets import DepartmentBudget
from budget.models.constraints import Belongs, in_vocabulary, not_negative, spelled
from budget.models.fields import TermField
from budget.models.projects import Project
from budget.models.rows import of_the_budget
from budget.models.scopes import OF_WHOLE_BUDGET, ScopedRows
from budget.models.storage import inside
from budget.models.words import Statement
from budget.terms import AttachmentKind, BatchKind, CodeScheme

DIGEST = "[0-9a-f]{64}"


class Batch(models.Model):
    """One act of saving by one person in one unit's part of a budget.

    ``asked`` is the digest of what was asked for, ``answer`` what was answered: the same batch
    sent again gets the same answer, and the same UUID with another question is refused.
    ``revision`` is the budget's after it. ``undoes`` is the batch that it takes back.
    """

    id = models.UUIDField("标识", primary_key=True, editable=False)
    budget = models.ForeignKey(
        DepartmentBudget, on_delete=models.CASCADE, related_name="batches", verbose_name="部门预算"
    )
    kind = TermField(BatchKind, "方式", default=BatchKind.TYPED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="录入人"
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    asked = models.CharField("请求摘要", max_length=64)
    answer = models.JSONField("答复")
    revision = models.IntegerField("改动序号")
    undoes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
        verbose_name="撤销",
    )

    bounds = OF_WHOLE_BUDGET
    objects = ScopedRows.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "录入批次"
        ordering = ("budget", "revision")
        constraints = (
            in_vocabulary("batch", "kind", BatchKind),
            spelled("batch", "asked", DIGEST, "摘要应为64位十六进制数。"),
        )

    def __str__(self) -> str:
        return f"{self.budget_id} {self.kind.label} {self.at:%Y-%m-%d %H:%M}"


class Edit(Statement):
    """One cell that a batch changed: texts in 元, None where the row was not there.

    ``row`` is the key under which the row was addressed when it was written.
    """

    batch = models.ForeignKey(
        Batch, on_delete=models.CASCADE, related_name="edits", verbose_name="批次"
    )
    sheet = models.CharField("填报表", max_length=40)
    row = models.CharField("行", max_length=60)
    field = models.CharField("栏目", max_length=60)
    before = models.TextField("改前", null=True)
    after = models.TextField("改后", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "改动"
        ordering = ("id",)
        constraints = (
            of_the_budget("edit"),
            models.UniqueConstraint(
                fields=("batch", "sheet", "row", "field"),
                name="edit_once_per_batch",
                violation_error_message="同一批次中一处只能改动一次。",
            ),
        )
        indexes = (models.Index(fields=("budget", "unit", "sheet", "row"), name="edit_by_row"),)

    def __str__(self) -> str:
        return f"{self.sheet} {self.row} {self.field}"


class PendingRow(Statement):
    """A row of a sheet that is not whole yet: its cells exactly as they were typed.

    It is no part of the book. Once every cell that must be there can be read it becomes a row.
    """

    sheet = models.CharField("填报表", max_length=40)
    cells = models.JSONField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "未完成行"
        ordering = ("budget", "unit", "sheet", "id")
        constraints = (of_the_budget("pendingrow"),)

    def __str__(self) -> str:
        return f"{self.sheet} {self.pk}"


class ProposedCode(models.Model):
    """A code that the list lacks, with the name that the unit gives it (待预算科确认).

    ``decided_at`` is empty while the bureau has not decided. Then either the list has the code, or
    ``use_instead`` says which one to use, and ``reason`` why.
    """

    budget = models.ForeignKey(
        DepartmentBudget,
        on_delete=models.CASCADE,
        related_name="proposed_codes",
        verbose_name="部门预算",
    )
    scheme = TermField(CodeScheme, "分类")
    code = models.CharField("科目编码", max_length=7)
    name = models.CharField("名称", max_length=100)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="提出人"
    )
    proposed_at = models.DateTimeField("提出时间", auto_now_add=True)
    use_instead = models.CharField("改用科目", max_length=7, blank=True)
    reason = models.CharField("答复", max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="答复人",
    )
    decided_at = models.DateTimeField("答复时间", null=True, blank=True)

    bounds = OF_WHOLE_BUDGET
    objects = ScopedRows.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "待确认科目"
        ordering = ("budget", "scheme", "code")
        constraints = (
            in_vocabulary("proposedcode", "scheme", CodeScheme),
            spelled(
                "proposedcode", "code", "[0-9]{3}([0-9]{2}){0,2}", "科目编码应为3、5或7位数字。"
            ),
            models.UniqueConstraint(
                fields=("budget", "scheme", "code"),
                name="proposedcode_once",
                violation_error_message="该科目已经提出。",
            ),
            spelled(
                "proposedcode",
                "use_instead",
                "([0-9]{3}([0-9]{2}){0,2})?",
                "科目编码应为3、5或7位数字。",
            ),
            models.CheckConstraint(
                condition=Q(use_instead="") | Q(decided_at__isnull=False),
                name="proposedcode_decided_at_a_time",
                violation_error_message="答复须记录时间。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Attachment(Statement):
    """A file kept with a budget and never published: the basis of a project, a 批复."""

    kind = TermField(AttachmentKind, "用途")
    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name="项目",
    )
    name = models.CharField("文件名", max_length=200)
    content_type = models.CharField("类型", max_length=100)
    size = models.BigIntegerField("字节数")
    digest = models.CharField("SHA-256", max_length=64)
    file = models.FileField("文件", storage=inside, upload_to="attachments/%Y/", max_length=200)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="上传人"
    )
    added_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ("budget", "unit", "id")
        constraints = (
            of_the_budget("attachment"),
            Belongs(
                fields=("project_id", "budget_id", "unit_id"),
                to="budget.Project",
                to_fields=("id", "budget_id", "unit_id"),
                name="attachment_project_of_unit",
                violation_error_message="该项目不是本单位在本预算中的项目。",
            ),
            in_vocabulary("attachment", "kind", AttachmentKind),
            not_negative("attachment", "size"),
            spelled("attachment", "digest", DIGEST, "摘要应为64位十六进制数。"),
        )

    def __str__(self) -> str:
        return self.name
