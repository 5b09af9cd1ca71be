"""公务用车: how many there are, and money for those that are planned."""

from __future__ import annotations

from collections.abc import Iterable

from budget.document import FigureKind
from budget.money import ZERO, total
from budget.questions import VEHICLE_PURCHASE
from budget.rules.finding import Finding, NotChecked, Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.rules.spoken import NOT_TOLD, amount_said, count_said
from budget.rules.telling import side
from budget.terms import Severity


@rule(
    "VEH001",
    Severity.ERROR,
    "公务用车总数等于各类用车之和",
    explain="核对各类用车的数量；“其他”类也要列出。",
    basis="国有资产占用使用情况说明",
    example="共有公务用车 3 辆，其中机要通信 1 辆、应急保障 1 辆，其余为零。",
)
def vehicles_add_up(subject: Subject) -> Iterable[Outcome]:
    """The number of vehicles is the sum of their uses, held and planned (N17)."""
    counts = [each for each in subject.said.values() if each.kind is FigureKind.COUNT]
    wholes = [each for each in counts if each.key in ("vehicles.stock", "vehicles.addition")]
    if not wholes:
        yield NotChecked(f"{NOT_TOLD}公务用车的数量")
    for whole in wholes:
        parts = [each for each in counts if each.key.startswith(f"{whole.key}.")]
        summed = total(each.value or ZERO for each in parts)
        if parts and whole.value != summed:
            yield Finding(
                (whole.address, *(each.address for each in parts)),
                Side("公务用车总数", whole.text, "辆", whole.address),
                Side("各类用车之和", str(summed), "辆"),
                str(abs((whole.value or ZERO) - summed)),
                advice="核对总数和各类用车的数量",
            )


@rule(
    "VEH002",
    Severity.WARNING,
    "购置车辆、购置费与货物采购相互对应",
    explain="拟购置公务用车时应有购置费和货物类采购预算；有购置费时也应有拟购置的车辆。",
    basis="《党政机关公务用车管理办法》；“三公”经费、政府采购与资产配置一致",
    example="拟新增公务用车 1 辆，公务用车购置费 0.00，货物类采购 0。",
)
def new_vehicles_have_money(subject: Subject) -> Iterable[Outcome]:
    """Vehicles are planned where there is money for them, and goods are bought (N22)."""
    planned = count_said(subject, "vehicles.addition")
    purchase = subject.answering(VEHICLE_PURCHASE)
    if planned is None or not purchase:
        yield NotChecked(f"{NOT_TOLD}拟购置的车辆或公务用车购置费")
        return
    goods = amount_said(subject, "procurement_goods")
    told = (bool(planned.value), purchase[0].yuan != 0)
    bought = goods is None or goods.yuan != 0
    if any(told) and not (all(told) and bought):
        yield Finding(
            (planned.address, purchase[0].address, *([goods.address] if goods else [])),
            Side("拟购置公务用车", planned.text, "辆", planned.address),
            side(purchase[0]),
            advice="补列购置费和采购预算，或说明资金来源",
            remark=f"货物类采购 {goods.text} {goods.unit}" if goods else "",
        )
