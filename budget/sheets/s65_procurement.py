"""政府采购: planned purchases, and what of them is kept for small firms."""

from dataclasses import replace

from budget.models import ProcurementItem
from budget.sheets.columns import AMOUNT, ECONOMIC, PROJECT
from budget.sheets.kinds import Choice, Money, Words
from budget.sheets.part import Part
from budget.sheets.spec import Column, Fault, SheetSpec, Values, sheet
from budget.sheets.stores import RowsOf
from budget.terms import ProcurementKind


def reserved_is_part(values: Values, part: Part) -> Fault | None:
    """What is reserved is part of the amount, what is for small firms part of that."""
    reserved, small = values["reserved"] or 0, values["reserved_small"] or 0
    if reserved > values["amount"]:
        return Fault("reserved", "预留中小企业的金额大于采购金额")
    if small > reserved:
        return Fault("reserved_small", "预留小微企业的金额大于预留中小企业的金额")
    return None


PROCUREMENT = sheet(
    SheetSpec(
        code="procurement",
        title="政府采购",
        group="政府采购",
        place=65,
        columns=(
            Column(
                key="kind",
                title="采购类别",
                kind=Choice(ProcurementKind),
                required=True,
                matches=True,
            ),
            Column(
                key="name", title="采购内容", kind=Words(longest=200), required=True, matches=True
            ),
            AMOUNT,
            replace(PROJECT, required=False, matches=False, note="在项目支出中安排的填"),
            replace(ECONOMIC, matches=False),
            Column(key="reserved", title="其中：预留中小企业", kind=Money(), summed=True),
            Column(key="reserved_small", title="其中：预留小微企业", kind=Money(), summed=True),
        ),
        store=RowsOf(
            ProcurementItem,
            ("kind", "name", "amount", "project", "economic", "reserved", "reserved_small"),
        ),
        checks=(reserved_is_part,),
    )
)
