"""上年执行数: what was spent last year of appropriated money; no budget figure."""

from dataclasses import replace

from budget.models import ExecutedFigure
from budget.sheets.columns import AMOUNT, FUNCTION
from budget.sheets.spec import SheetSpec, sheet
from budget.sheets.stores import RowsOf

EXECUTED = sheet(
    SheetSpec(
        code="executed",
        title="上年执行数",
        group="上年数",
        place=87,
        note="上年财政拨款支出的预计执行数，按功能科目；本地版式不用的可以不填。",
        columns=(FUNCTION, replace(AMOUNT, title="上年执行数")),
        store=RowsOf(ExecutedFigure, ("function", "amount"), order=("function",), numbered=False),
        once=((("function",), "这一科目已有一行，请在那一行修改"),),
    )
)
