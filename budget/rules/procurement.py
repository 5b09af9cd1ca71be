"""政府采购: what is bought adds up, has money, and is reserved within itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from budget.book import BudgetBook, ProcurementItem
from budget.codes import hyphenated
from budget.lines import Line
from budget.money import YUAN, ZERO, total
from budget.questions import SPENT_THIS_YEAR
from budget.rules.finding import AtMost, Finding, NotChecked, Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.rules.spoken import NOT_TOLD, all_said, amount_said, sum_said
from budget.rules.telling import addresses
from budget.terms import Needs, Severity

PROCUREMENT_KINDS: Final = ("procurement_goods", "procurement_works", "procurement_services")
KEEP_WITHIN: Final = "预留金额改为不超过采购金额，其中小微企业不超过中小企业"


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
    """What is reserved is within all procurement, for small firms within that (N15).

    The register tells it purchase by purchase; what is printed are sums.
    """
    if subject.book:
        yield from _reserved_of_items(subject, subject.book.procurement)
    elif amount_said(subject, "procurement_reserved") is None:
        yield NotChecked(f"{NOT_TOLD}预留中小企业的采购")
    else:
        chain = ("procurement_reserved_small", "procurement_reserved", "procurement")
        for part, whole in pairwise(chain):
            smaller, larger = amount_said(subject, part), amount_said(subject, whole)
            if smaller and larger:
                yield AtMost(smaller.address, (larger.address,), KEEP_WITHIN)


def _reserved_of_items(subject: Subject, items: Iterable[ProcurementItem]) -> Iterator[Finding]:
    said = addresses(all_said(subject, "procurement_reserved", "procurement"))
    for item in items:
        steps = (
            ("预留小微企业", item.reserved_small, "预留中小企业", item.reserved),
            ("预留中小企业", item.reserved, "采购金额", item.amount),
        )
        for part, smaller, whole, larger in steps:
            if smaller > larger:
                yield Finding(
                    said,
                    Side(f"采购“{item.name}”{part}", _yuan(smaller), "元"),
                    Side(whole, _yuan(larger), "元"),
                    _yuan(smaller - larger),
                    advice=KEEP_WITHIN,
                )


@rule(
    "PRO003",
    Severity.ERROR,
    "政府采购不超过所用的预算",
    explain="先有预算后有采购：按项目、经济科目核对，一个单位的采购也不超过它的全部支出。",
    basis="《政府采购法》第六条，严格按照批准的预算执行",
    example="某项目预算 20.00 万元，列了 25.00 万元的采购。",
    needs=Needs.BOOK,
)
def procurement_has_money(subject: Subject) -> Iterable[Outcome]:
    """What is bought under a project and an economic code is within their money (N16).

    All purchases of a project are within it, and all of a unit within what that spends: what says
    neither project nor code is held so. Of places within one another the narrowest is told.
    """
    book = subject.book
    assert book is not None
    said = addresses(all_said(subject, "procurement"))
    money = _money(book)
    exceeded: list[Place] = []
    for place, items in _bought(book.procurement):
        bought, held = total(item.amount for item in items), money.of(place)
        if bought > held and not any(place.holds(each) for each in exceeded):
            exceeded.append(place)
            yield Finding(
                said,
                Side("采购：" + "、".join(item.name for item in items), _yuan(bought), "元"),
                Side(_place_name(book, place), _yuan(held), "元"),
                _yuan(bought - held),
                advice="调减采购，或核对采购所属的项目和经济科目",
            )
    unplaced = [item.name for item in book.procurement if Place.of(item).breadth == WHOLE_UNIT]
    if unplaced:
        yield NotChecked(f"采购没有注明项目和经济科目：{'、'.join(unplaced)}")


WHOLE_UNIT: Final = 2
"""How broad a place is that names neither project nor economic code."""


@dataclass(frozen=True, slots=True)
class Place:
    """The unit, project and economic code whose money is spent; None stands for any."""

    unit: str
    project: str | None
    economic: str | None

    @classmethod
    def of(cls, item: ProcurementItem | Line) -> Place:
        """Return the place that a purchase or a line names."""
        return cls(item.unit, item.project, item.economic)

    @property
    def breadth(self) -> int:
        """How many of project and economic code it leaves open."""
        return (self.project is None) + (self.economic is None)

    @property
    def around(self) -> tuple[Place, ...]:
        """The place itself, then those that it is a part of."""
        wider = (
            Place(self.unit, project, economic)
            for project in (self.project, None)
            for economic in (self.economic, None)
        )
        return tuple(dict.fromkeys(wider))

    def holds(self, other: Place) -> bool:
        """True where the other's money is a part of this place's."""
        return self in other.around


def _bought(items: Iterable[ProcurementItem]) -> list[tuple[Place, list[ProcurementItem]]]:
    """Return what is bought in each place that purchases name or are within, narrowest first."""
    within: dict[Place, list[ProcurementItem]] = {}
    for item in items:
        for place in Place.of(item).around:
            within.setdefault(place, []).append(item)
    named = {Place.of(item) for item in items}
    whole = [place for place in within if place in named or place.economic is None]
    return [(place, within[place]) for place in sorted(whole, key=lambda each: each.breadth)]


@dataclass(frozen=True, slots=True)
class Money:
    """What lines spend: ``by_place`` in each place and all around, ``uncoded`` without a code."""

    by_place: Mapping[Place, Decimal]
    uncoded: Mapping[Place, Decimal]

    def of(self, place: Place) -> Decimal:
        """Return the money of a place; project money without an economic code counts for any."""
        own = self.by_place.get(place, ZERO)
        if place.economic is None:
            return own
        return own + self.uncoded.get(replace(place, economic=None), ZERO)


def _money(book: BudgetBook) -> Money:
    by_place: defaultdict[Place, Decimal] = defaultdict(Decimal)
    uncoded: defaultdict[Place, Decimal] = defaultdict(Decimal)
    for line in book.ledger.lines(SPENT_THIS_YEAR) if book.procurement else ():
        for place in Place.of(line).around:
            by_place[place] += line.amount
            if line.economic is None:
                uncoded[place] += line.amount
    return Money(by_place, uncoded)


def _place_name(book: BudgetBook, place: Place) -> str:
    names = {each.code: each.name for each in book.projects}
    names.update((each.code, each.name) for each in book.units)
    code = f"经济科目 {hyphenated(place.economic)}" if place.economic else ""
    named = place.project or ("" if code else place.unit)
    return "、".join(each for each in (names.get(named, named), code) if each) + "预算"


def _yuan(amount: Decimal) -> str:
    return YUAN.text(amount, grouped=True)
