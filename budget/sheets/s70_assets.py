"""资产: vehicles and valuable equipment, held and planned."""

from budget.actions import Action
from budget.models import EquipmentCount, VehicleCount
from budget.sheets.kinds import Choice, Count
from budget.sheets.spec import Column, SheetSpec, sheet
from budget.sheets.stores import RowsOf
from budget.terms import EquipmentKind, Holding, VehicleUse

HOLDING = Column(
    key="holding",
    title="占用或新增",
    kind=Choice(Holding),
    required=True,
    default=Holding.STOCK.label,
    matches=True,
)

VEHICLES = sheet(
    SheetSpec(
        code="vehicles",
        title="公务用车",
        group="资产",
        place=70,
        writes=Action.EDIT_TEXTS,
        columns=(
            HOLDING,
            Column(key="use", title="用途", kind=Choice(VehicleUse), required=True, matches=True),
            Column(key="count", title="数量（辆）", kind=Count(), required=True),
        ),
        store=RowsOf(VehicleCount, ("holding", "use", "count"), order=(), numbered=False),
        once=((("holding", "use"), "这类车辆已有一行，请在那一行修改"),),
    )
)

EQUIPMENT = sheet(
    SheetSpec(
        code="equipment",
        title="大型设备",
        group="资产",
        place=72,
        writes=Action.EDIT_TEXTS,
        columns=(
            HOLDING,
            Column(
                key="kind",
                title="设备类别",
                kind=Choice(EquipmentKind),
                required=True,
                matches=True,
            ),
            Column(key="count", title="数量（台、套）", kind=Count(), required=True),
        ),
        store=RowsOf(EquipmentCount, ("holding", "kind", "count"), order=(), numbered=False),
        once=((("holding", "kind"), "这类设备已有一行，请在那一行修改"),),
    )
)
