"""其他支出与结转: business spending, transfers up and down, distribution and carry-over."""

from django.db.models import Q

from budget.models import SpendingLine
from budget.sheets.columns import (
    ALLOTMENT,
    AMOUNT,
    CARRIED_OVER,
    ECONOMIC,
    FUNCTION,
    OTHER_NATURES,
    PAID_TO,
    RECEIVED_FROM,
    SOURCE,
    allotment_is_appropriated,
    appropriation_may_pay,
    paid_is_transfer,
    received_is_transfer,
)
from budget.sheets.kinds import Choice
from budget.sheets.spec import Column, SheetSpec, sheet
from budget.sheets.stores import RowsOf
from budget.terms import Nature, Source

OTHER_USES = sheet(
    SheetSpec(
        code="other-uses",
        title="经营、往来与结转",
        group="其他支出",
        place=48,
        note="事业单位经营支出、对附属单位补助、上缴上级、结余分配和结转下年；没有的不填。",
        columns=(
            Column(
                key="nature",
                title="支出性质",
                kind=Choice(Nature, OTHER_NATURES),
                required=True,
                matches=True,
            ),
            FUNCTION,
            ECONOMIC,
            AMOUNT,
            Column(
                key="source",
                title=SOURCE.title,
                kind=SOURCE.kind,
                required=True,
                default=Source.BUSINESS.label,
                matches=True,
            ),
            CARRIED_OVER,
            ALLOTMENT,
            PAID_TO,
            RECEIVED_FROM,
        ),
        store=RowsOf(
            SpendingLine,
            (
                *("nature", "function", "economic", "amount", "source", "carried_over"),
                *("allotment", "paid_to", "received_from"),
            ),
            among=Q(nature__in=[each.value for each in OTHER_NATURES]),
        ),
        checks=(
            appropriation_may_pay,
            allotment_is_appropriated,
            paid_is_transfer,
            received_is_transfer,
        ),
    )
)
