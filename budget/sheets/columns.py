"""Columns that several sheets have, each declared once."""

from __future__ import annotations

from collections.abc import Mapping

from budget.sheets.kinds import Choice, Code, Flag, Money, Option
from budget.sheets.part import Part
from budget.sheets.spec import Column, Fault, Values
from budget.terms import APPROPRIATION_USES, Allotment, CodeScheme, Nature, Source


def own_projects(part: Part) -> Mapping[str, str]:
    """Return the unit's projects as cells name them, by code; those about to be added too."""
    coming = {code: code for code in sorted(part.coming)}
    return {**coming, **{code: f"{code} {each.name}" for code, each in part.projects.items()}}


def other_units(part: Part) -> Mapping[str, str]:
    """Return the other units of the department as cells name them, by code."""
    return {code: f"{code} {unit.name}" for code, unit in part.units.items() if unit != part.unit}


def has_other_units(part: Part) -> bool:
    """True in a department of several units."""
    return len(part.units) > 1


FUNCTION = Column(
    key="function",
    title="功能科目",
    kind=Code(CodeScheme.FUNCTION, (5, 7)),
    required=True,
    matches=True,
    note="按编码或名称选，填到项",
)
ECONOMIC = Column(
    key="economic",
    title="经济科目",
    kind=Code(CodeScheme.DEPARTMENT_ECONOMIC, (5,)),
    matches=True,
    note="部门预算支出经济分类，填到款",
)
SOURCE = Column(
    key="source",
    title="资金来源",
    kind=Choice(Source),
    required=True,
    default=Source.GENERAL_PUBLIC.label,
    matches=True,
)
CARRIED_OVER = Column(
    key="carried_over", title="上年结转", kind=Flag(), matches=True, note="用上年结转的资金安排"
)
ALLOTMENT = Column(
    key="allotment", title="拨款性质", kind=Choice(Allotment), note="财政拨款才填，不清楚可空"
)
PROJECT = Column(
    key="project",
    title="项目",
    kind=Option(own_projects, "项目"),
    required=True,
    matches=True,
    note="先在“项目”表中登记",
)
RECEIVED_FROM = Column(
    key="received_from",
    title="取得自",
    kind=Option(other_units, "本部门其他单位"),
    only_if=has_other_units,
    note="资金来自本部门另一单位时填，汇总时相互抵销",
)
PAID_TO = Column(
    key="paid_to",
    title="拨付给",
    kind=Option(other_units, "本部门其他单位"),
    only_if=has_other_units,
    note="拨给本部门另一单位时填，汇总时相互抵销",
)
AMOUNT = Column(key="amount", title="金额", kind=Money(), required=True, summed=True)


def allotment_is_appropriated(values: Values, part: Part) -> Fault | None:
    """Only appropriated money has a kind of appropriation."""
    if values["allotment"] is not None and not values["source"].is_appropriation:
        return Fault("allotment", "只有财政拨款才填拨款性质")
    return None


def received_is_transfer(values: Values, part: Part) -> Fault | None:
    """Only money from above or below comes from another unit."""
    if values["received_from"] is not None and not values["source"].is_transfer_in:
        return Fault("received_from", "资金来源是上级补助或附属单位上缴时才填取得自")
    return None


def paid_is_transfer(values: Values, part: Part) -> Fault | None:
    """Only what is handed up or down goes to another unit."""
    if values["paid_to"] is not None and not values["nature"].is_transfer_out:
        return Fault("paid_to", "对附属单位补助和上缴上级支出才填拨付给")
    return None


def appropriation_may_pay(values: Values, part: Part) -> Fault | None:
    """Appropriated money has only three uses."""
    if values["source"].is_appropriation and values["nature"] not in APPROPRIATION_USES:
        return Fault("source", "财政拨款只能用于基本支出、项目支出或结转下年")
    return None


OTHER_NATURES = tuple(each for each in Nature if each not in (Nature.BASIC, Nature.PROJECT))
