"""上年数: last year's approved amounts that the document compares with, and where each was read."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from budget.measures.registry import MEASURES
from budget.models import PriorFigure
from budget.sheets.columns import AMOUNT
from budget.sheets.kinds import Money, Option, Words
from budget.sheets.part import Part
from budget.sheets.spec import Column, Fault, SheetSpec, Values, sheet
from budget.sheets.stores import RowsOf
from budget.terms import Scope


def measures(part: Part) -> Mapping[str, str]:
    """Return the named quantities by code."""
    return {code: measure.title for code, measure in MEASURES.items()}


def to_the_fen(values: Values) -> Decimal:
    """Return 0.01 元: an amount whose precision is not given is known exactly."""
    return Decimal("0.01")


def precision_is_positive(values: Values, part: Part) -> Fault | None:
    """A grain is more than nothing."""
    return None if values["precision"] > 0 else Fault("precision", "精确到应大于0，如100或0.01")


PRIOR = sheet(
    SheetSpec(
        code="prior",
        title="上年数",
        group="上年数",
        place=85,
        note="上年批复的年初预算数，用来说明增减；写明数字出自哪里。只知道到“万元”两位小数的，精确到填100元。",
        columns=(
            Column(
                key="measure",
                title="指标",
                kind=Option(measures, "指标"),
                required=True,
                matches=True,
            ),
            replace(AMOUNT, title="上年预算数", summed=False),
            Column(
                key="precision",
                title="精确到",
                kind=Money(),
                required=True,
                fill=to_the_fen,
                note="不填为0.01元",
            ),
            Column(key="origin", title="来源", kind=Words(lines=2), required=True),
        ),
        store=RowsOf(
            PriorFigure,
            ("measure", "amount", "precision", "origin"),
            order=(),
            numbered=False,
        ),
        checks=(precision_is_positive,),
        once=((("measure",), "这一指标已有一行，请在那一行修改"),),
        scopes=frozenset({Scope.UNIT, Scope.DEPARTMENT}),
    )
)
