"""基本支出: people and running costs, line by line."""

from dataclasses import replace

from budget.models import SpendingLine
from budget.sheets.columns import (
    ALLOTMENT,
    AMOUNT,
    CARRIED_OVER,
    ECONOMIC,
    FUNCTION,
    RECEIVED_FROM,
    SOURCE,
    allotment_is_appropriated,
    received_is_transfer,
)
from budget.sheets.kinds import Choice
from budget.sheets.spec import Column, SheetSpec, Values, sheet
from budget.sheets.stores import RowsOf
from budget.terms import Nature, Upkeep

OF_PEOPLE = ("301", "303")
RUNNING = ("302", "310")


def usual_upkeep(values: Values) -> Upkeep | None:
    """Return what a line of its economic code usually is; the flag decides, not the code."""
    economic = values["economic"] or ""
    if economic.startswith(OF_PEOPLE):
        return Upkeep.PERSONNEL
    return Upkeep.OPERATING if economic.startswith(RUNNING) else None


UPKEEP = Column(
    key="upkeep",
    title="人员/公用",
    kind=Choice(Upkeep),
    required=True,
    fill=usual_upkeep,
    note="不填时按经济科目：301、303为人员，302、310为公用",
)

BASIC = sheet(
    SheetSpec(
        code="basic",
        title="基本支出",
        group="基本支出",
        place=30,
        columns=(
            FUNCTION,
            replace(ECONOMIC, required=True),
            AMOUNT,
            UPKEEP,
            SOURCE,
            CARRIED_OVER,
            ALLOTMENT,
            RECEIVED_FROM,
        ),
        store=RowsOf(
            SpendingLine,
            (
                *("function", "economic", "amount", "upkeep", "source", "carried_over"),
                *("allotment", "received_from"),
            ),
            fixed={"nature": Nature.BASIC},
        ),
        checks=(allotment_is_appropriated, received_is_transfer),
    )
)
