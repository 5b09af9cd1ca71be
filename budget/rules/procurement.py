"""政府采购: what is bought adds up, has money, and is reserved within itself."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from typing import Final

from budget.book import BudgetBook, ProcurementItem
from budget.ledger import Where, where
from budget.money import YUAN, total
from budget.questions import SPENT_THIS_YEAR
from budget.rules.finding import AtMost, Finding, NotChecked, Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.rules.spoken import NOT_TOLD, all_said, amount_said, sum_said
from budget.terms import Needs, Severity

PROCUREMENT_KINDS: Final = ("procurement_goods", "procurement_works", "procurement_services")


@rule(
    "PRO001",
    Severity.ERROR,
    "政府采购总额等于货物、工程、服务之和",
    explain="先核对三类采购的金额，再核对总额。",
    basis="《政府采购法》第二条；政府采购预算说明",
    example="采购总额 10.00，货物 5.00、工程 0.00、服务 4.00。",
)
def procurement_adds_up(subject: Subject) -> Iterable[Outcome]:
    """All procurement is goods, works and services (N14)."""
    yield from sum_said(subject, "procurement", PROCUREMENT_KINDS)


@rule(
    "PRO002",
    Severity.ERROR,
    "预留中小企业的采购不超过采购总额",
    explain="面向中小企业预留的金额是采购总额的一部分，面向小微企业的又是其中的一部分。",
    basis="《政府采购促进中小企业发展管理办法》（财库〔2020〕46号）",
    example="采购总额 10.00，预留中小企业 12.00。",
)
def reserved_procurement_is_a_part(subject: Subject) -> Iterable[Outcome]:
    """What is reserved is within all procurement, for small firms within that (N15)."""
    chain = ("procurement_reserved_small", "procurement_reserved", "procurement")
    if amount_said(subject, "procurement_reserved") is None:
        yield NotChecked(f"{NOT_TOLD}预留中小企业的采购")
        return
    for part, whole in pairwise(chain):
        smaller, larger = amount_said(subject, part), amount_said(subject, whole)
        if smaller and larger:
            yield AtMost(smaller.address, (larger.address,))


@rule(
    "PRO003",
    Severity.ERROR,
    "政府采购不超过所用的预算",
    explain="先有预算后有采购：核对采购所属的项目和经济科目，或调减采购。",
    basis="《政府采购法》第六条，严格按照批准的预算执行",
    example="某项目预算 20.00 万元，列了 25.00 万元的采购。",
    needs=Needs.BOOK,
)
def procurement_has_money(subject: Subject) -> Iterable[Outcome]:
    """What is bought under a project and an economic code is within their money (N16)."""
    book = subject.book
    assert book is not None
    said = all_said(subject, "procurement")
    for place, items in _by_money(book.procurement).items():
        if place[1:] == (None, None):
            names = "、".join(item.name for item in items)
            yield NotChecked(f"采购没有注明项目和经济科目：{names}")
            continue
        money, bought = _money(book, place), total(item.amount for item in items)
        if bought > money:
            yield Finding(
                tuple(each.address for each in said),
                Side("采购：" + "、".join(item.name for item in items), _yuan(bought), "元"),
                Side(_place_name(book, place), _yuan(money), "元"),
                _yuan(bought - money),
                advice="调减采购，或核对采购所属的项目和经济科目",
            )


Place = tuple[str, str | None, str | None]
"""The unit, project and economic code whose money is spent."""


def _by_money(items: Iterable[ProcurementItem]) -> dict[Place, list[ProcurementItem]]:
    found: dict[Place, list[ProcurementItem]] = {}
    for item in items:
        found.setdefault((item.unit, item.project, item.economic), []).append(item)
    return found


def _money(book: BudgetBook, place: Place) -> Decimal:
    """Return the money of a place; project money without an economic code counts for any."""
    unit, project, economic = place
    questions: list[Where] = [SPENT_THIS_YEAR, where(unit=unit)]
    if project is not None:
        questions.append(where(project=project))
    if economic is not None:
        codes = (economic,) if project is None else (economic, None)
        questions.append(where(economic=codes))
    return book.ledger.amount(*questions)


def _place_name(book: BudgetBook, place: Place) -> str:
    _, project, economic = place
    names = {each.code: each.name for each in book.projects}
    told = [names.get(project, project)] if project else []
    return "、".join([*told, *([f"经济科目 {economic}"] if economic else [])]) + "预算"


def _yuan(amount: Decimal) -> str:
    return YUAN.text(amount, grouped=True)
