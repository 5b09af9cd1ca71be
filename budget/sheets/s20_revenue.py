"""收入: what a unit expects of its own funds and of carried-over money.

Appropriated income of the year is never typed: it is read off the spending that it finances.
"""

from django.db.models import Q

from budget.models import RevenueLine
from budget.sheets.columns import AMOUNT, CARRIED_OVER, SOURCE
from budget.sheets.part import Part
from budget.sheets.spec import Fault, SheetSpec, Values, sheet
from budget.sheets.stores import RowsOf
from budget.terms import APPROPRIATIONS


def is_not_appropriated(values: Values, part: Part) -> Fault | None:
    """This year's appropriations are not typed here."""
    if values["source"].is_appropriation and not values["carried_over"]:
        return Fault(
            "source", "财政拨款收入不在此填报：由支出按资金来源汇总得出；结转资金请勾选上年结转"
        )
    return None


REVENUE = sheet(
    SheetSpec(
        code="revenue",
        title="收入",
        group="收入",
        place=20,
        note="只填单位自有资金和上年结转；财政拨款收入由支出按资金来源汇总得出，不必填写。",
        columns=(SOURCE, CARRIED_OVER, AMOUNT),
        store=RowsOf(
            RevenueLine,
            ("source", "carried_over", "amount"),
            among=~Q(source__in=[each.value for each in APPROPRIATIONS]) | Q(carried_over=True),
            order=(),
            numbered=False,
        ),
        checks=(is_not_appropriated,),
        once=((("source", "carried_over"), "这项收入已有一行，请在那一行修改"),),
    )
)
