"""What the 批复 says, amount by amount: the ledger is proven equal to it (核对单)."""

from __future__ import annotations

from django.db import models

from budget.models.constraints import in_range, in_vocabulary, numbered_from_one
from budget.models.fields import TermField, YuanField
from budget.models.rows import NumberedRow, of_the_budget
from budget.terms import Nature, Source, Upkeep


class ApprovedAmount(NumberedRow):
    """One amount of a 批复: by source and kind of use, for a project by its code."""

    source = TermField(Source, "资金来源")
    carried_over = models.BooleanField("上年结转", default=False)
    nature = TermField(Nature, "支出性质")
    upkeep = TermField(Upkeep, "人员公用", null=True, blank=True)
    project = models.CharField("项目编码", max_length=40, blank=True)
    amount = YuanField("批复数（元）")

    class Meta:
        verbose_name = verbose_name_plural = "批复数"
        ordering = ("budget", "unit", "sequence")
        constraints = (
            of_the_budget("approvedamount"),
            numbered_from_one("approvedamount"),
            models.UniqueConstraint(
                fields=("budget", "unit", "sequence"),
                name="approvedamount_once",
                violation_error_message="该单位已有相同序号的批复数。",
            ),
            in_vocabulary("approvedamount", "source", Source),
            in_vocabulary("approvedamount", "nature", Nature),
            in_vocabulary("approvedamount", "upkeep", Upkeep),
            in_range("approvedamount", "amount"),
        )

    def __str__(self) -> str:
        return f"{self.source.label} {self.nature.label}"
