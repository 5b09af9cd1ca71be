"""批复数: what the 批复 says amount by amount, to prove the ledger equal to it."""

from dataclasses import replace

from budget.models import ApprovedAmount
from budget.sheets.columns import AMOUNT, CARRIED_OVER, SOURCE
from budget.sheets.kinds import Choice, Words
from budget.sheets.part import Part
from budget.sheets.spec import Column, Fault, SheetSpec, Values, sheet
from budget.sheets.stores import RowsOf
from budget.terms import Nature, Upkeep


def kind_is_whole(values: Values, part: Part) -> Fault | None:
    """Basic spending is for people or running costs, and only projects have codes."""
    if (values["nature"] is Nature.BASIC) != (values["upkeep"] is not None):
        return Fault("upkeep", "基本支出须注明人员或公用，其他支出不填")
    if (values["nature"] is Nature.PROJECT) != (values["project"] is not None):
        return Fault("project", "项目支出须填项目编码，其他支出不填")
    return None


APPROVED = sheet(
    SheetSpec(
        code="approved",
        title="批复数",
        group="批复",
        place=90,
        note="照批复文件填写，用来核对填报的支出与批复逐项相符。",
        columns=(
            SOURCE,
            CARRIED_OVER,
            Column(
                key="nature", title="支出性质", kind=Choice(Nature), required=True, matches=True
            ),
            Column(key="upkeep", title="人员/公用", kind=Choice(Upkeep), matches=True),
            Column(key="project", title="项目编码", kind=Words(longest=40), matches=True),
            replace(AMOUNT, title="批复数"),
        ),
        store=RowsOf(
            ApprovedAmount,
            ("source", "carried_over", "nature", "upkeep", "project", "amount"),
        ),
        checks=(kind_is_whole,),
        once=(
            (
                ("source", "carried_over", "nature", "upkeep", "project"),
                "这一项批复数已有一行，请在那一行修改",
            ),
        ),
    )
)
