"""The audit trail: what was done, by whom, when, to what; each entry sealed by the one before.

Rows are added by ``budget.audit.recording`` alone. The database itself refuses to change or delete
them (migration 0011), also for plain SQL, and the chain of digests shows what was done around it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from budget.models.constraints import spelled
from budget.models.releases import DIGEST, NO_DIGEST, Frozen

START = "0" * 64
"""What the first entry has for the digest of the one before."""


class AuditEntry(Frozen):
    """One thing that somebody did.

    ``act`` is a word with a point in it (``budget.submit``), ``subject`` names what it was done to
    (157/2023), ``detail`` holds what else matters, without secrets and without personal data of
    others. ``person`` repeats the name under which he was known then.
    """

    number = models.BigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="操作人",
    )
    person = models.CharField("姓名", max_length=100, blank=True)
    act = models.CharField("操作", max_length=60)
    subject = models.CharField("对象", max_length=100, blank=True)
    detail = models.JSONField("内容", default=dict)
    previous = models.CharField("上一条摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "审计记录"
        ordering = ("number",)
        constraints = (
            spelled("auditentry", "digest", DIGEST, NO_DIGEST),
            spelled("auditentry", "previous", DIGEST, NO_DIGEST),
            spelled(
                "auditentry", "act", r"[a-z_]+[.][a-z_]+", "操作应写作 budget.submit 这样的词。"
            ),
        )
        indexes = (models.Index(fields=("subject", "number"), name="audit_by_subject"),)

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.subject}".strip()


class AuditHead(models.Model):
    """The end of the chain: one row, locked by whoever adds an entry."""

    number = models.BigIntegerField("最后序号", default=0)
    digest = models.CharField("最后摘要", max_length=64, default=START)

    class Meta:
        verbose_name = verbose_name_plural = "审计链末端"
        constraints = (spelled("audithead", "digest", DIGEST, NO_DIGEST),)

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"
