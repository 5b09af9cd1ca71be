"""The registers beside the ledger: events, procurement, vehicles and equipment."""

from __future__ import annotations

from django.db import models

from budget.models.constraints import (
    Belongs,
    in_range,
    in_vocabulary,
    not_negative,
    numbered_from_one,
    spelled,
)
from budget.models.fields import CodeField, TermField, YuanField
from budget.models.projects import Project
from budget.models.rows import NumberedRow, UnitRow, of_the_budget
from budget.money import ZERO
from budget.terms import EquipmentKind, EventKind, Holding, ProcurementKind, VehicleUse


class Event(NumberedRow):
    """A meeting, training or celebration; it states its own 基本 and 项目 amounts."""

    kind = TermField(EventKind, "类别")
    name = models.TextField("名称")
    content = models.TextField("内容", blank=True)
    attendance = models.IntegerField("人数")
    basic = YuanField("基本支出（元）")
    project = YuanField("项目支出（元）")

    class Meta:
        verbose_name = verbose_name_plural = "会议、培训和活动"
        ordering = ("budget", "unit", "sequence")
        constraints = (
            models.UniqueConstraint(
                fields=("budget", "unit", "sequence"),
                name="event_once",
                violation_error_message="该单位已有相同序号的会议、培训或活动。",
            ),
            numbered_from_one("event"),
            of_the_budget("event"),
            in_vocabulary("event", "kind", EventKind),
            not_negative("event", "attendance"),
            in_range("event", "basic"),
            in_range("event", "project"),
        )

    def __str__(self) -> str:
        return self.name


class ProcurementItem(NumberedRow):
    """A planned government purchase.

    ``reserved`` is kept for small and medium firms, ``reserved_small`` of it for small ones.
    """

    kind = TermField(ProcurementKind, "采购类别")
    name = models.CharField("采购内容", max_length=200)
    amount = YuanField("金额（元）")
    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="procurement",
        verbose_name="项目",
    )
    economic = CodeField("经济科目", lengths=(5,), null=True, blank=True)
    reserved = YuanField("其中预留中小企业（元）", default=ZERO)
    reserved_small = YuanField("其中预留小微企业（元）", default=ZERO)

    class Meta:
        verbose_name = verbose_name_plural = "政府采购"
        ordering = ("budget", "unit", "sequence")
        constraints = (
            models.UniqueConstraint(
                fields=("budget", "unit", "sequence"),
                name="procurementitem_once",
                violation_error_message="该单位已有相同序号的采购。",
            ),
            numbered_from_one("procurementitem"),
            of_the_budget("procurementitem"),
            Belongs(
                fields=("project_id", "budget_id", "unit_id"),
                to="budget.Project",
                to_fields=("id", "budget_id", "unit_id"),
                name="procurementitem_project_of_unit",
                violation_error_message="该项目不是本单位在本预算中的项目。",
            ),
            in_vocabulary("procurementitem", "kind", ProcurementKind),
            in_range("procurementitem", "amount"),
            in_range("procurementitem", "reserved"),
            in_range("procurementitem", "reserved_small"),
            spelled("procurementitem", "economic", "[0-9]{5}", "经济科目应为5位的款。"),
        )

    def __str__(self) -> str:
        return self.name


class VehicleCount(UnitRow):
    """How many official vehicles of one use a unit holds or plans."""

    holding = TermField(Holding, "占用或新增")
    use = TermField(VehicleUse, "用途")
    count = models.IntegerField("数量（辆）")

    class Meta:
        verbose_name = verbose_name_plural = "公务用车"
        ordering = ("budget", "unit", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("budget", "unit", "holding", "use"),
                name="vehiclecount_once",
                violation_error_message="该单位的这类车辆已经填报。",
            ),
            of_the_budget("vehiclecount"),
            in_vocabulary("vehiclecount", "holding", Holding),
            in_vocabulary("vehiclecount", "use", VehicleUse),
            not_negative("vehiclecount", "count"),
        )

    def __str__(self) -> str:
        return f"{self.use.label} {self.count}"


class EquipmentCount(UnitRow):
    """How many pieces of valuable equipment of one kind a unit holds or plans."""

    holding = TermField(Holding, "占用或新增")
    kind = TermField(EquipmentKind, "设备类别")
    count = models.IntegerField("数量（台、套）")

    class Meta:
        verbose_name = verbose_name_plural = "大型设备"
        ordering = ("budget", "unit", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("budget", "unit", "holding", "kind"),
                name="equipmentcount_once",
                violation_error_message="该单位的这类设备已经填报。",
            ),
            of_the_budget("equipmentcount"),
            in_vocabulary("equipmentcount", "holding", Holding),
            in_vocabulary("equipmentcount", "kind", EquipmentKind),
            not_negative("equipmentcount", "count"),
        )

    def __str__(self) -> str:
        return f"{self.kind.label} {self.count}"
