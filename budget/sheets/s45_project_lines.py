"""项目支出: the money of projects, line by line."""

from budget.models import SpendingLine
from budget.sheets.columns import (
    ALLOTMENT,
    AMOUNT,
    CARRIED_OVER,
    ECONOMIC,
    FUNCTION,
    PROJECT,
    RECEIVED_FROM,
    SOURCE,
    allotment_is_appropriated,
    received_is_transfer,
)
from budget.sheets.spec import SheetSpec, sheet
from budget.sheets.stores import RowsOf
from budget.terms import Nature

PROJECT_LINES = sheet(
    SheetSpec(
        code="project-lines",
        title="项目支出",
        group="项目支出",
        place=45,
        columns=(
            PROJECT,
            FUNCTION,
            ECONOMIC,
            AMOUNT,
            SOURCE,
            CARRIED_OVER,
            ALLOTMENT,
            RECEIVED_FROM,
        ),
        store=RowsOf(
            SpendingLine,
            (
                *("project", "function", "economic", "amount", "source", "carried_over"),
                *("allotment", "received_from"),
            ),
            fixed={"nature": Nature.PROJECT},
        ),
        checks=(allotment_is_appropriated, received_is_transfer),
    )
)
