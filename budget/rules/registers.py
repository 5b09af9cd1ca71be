"""登记表: what sentences say of a register is what it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from budget.book import BudgetBook
from budget.document import FigureKind
from budget.measures.registry import MEASURES
from budget.money import written
from budget.rules.finding import Finding, Fix, Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.terms import EquipmentKind, EventKind, Holding, Needs, Severity

ATTENDED: Final = {
    EventKind.MEETING: "meetings",
    EventKind.TRAINING: "training",
    EventKind.CELEBRATION: "celebrations",
}


@rule(
    "REG001",
    Severity.ERROR,
    "文字中的登记金额与登记表相同",
    explain="以登记表（会议培训、政府采购）为准更正文字，或先补正登记表。",
    basis="部门预算说明与登记表，表文一致",
    example="文字写政府采购总额 12.00，采购预算登记合计 21.00。",
    needs=Needs.BOOK,
)
def sentences_agree_with_registers(subject: Subject) -> Iterable[Outcome]:
    """What sentences say of meetings, training and procurement is what registers hold."""
    book = subject.book
    assert book is not None
    said = [each for each in subject.said.values() if each.key in MEASURES]
    for figure in said:
        measure = MEASURES[figure.key]
        held = subject.edition.text_unit.printed(measure.amount(book))
        if measure.counted and figure.value != held:
            yield Finding(
                (figure.address,),
                Side(f"文字{measure.title}", figure.text, figure.unit, figure.address),
                Side("登记合计", written(held, grouped=False), figure.unit),
                fix=Fix(figure.address, written(held, grouped=subject.edition.text_grouped)),
            )


@rule(
    "REG002",
    Severity.ERROR,
    "文字中的数量与登记表相同",
    explain="以车辆、设备和会议培训的登记为准更正文字，或先补正登记表。",
    basis="国有资产占用、一般性支出情况说明与登记表，表文一致",
    example="登记公务用车3辆，文字写4辆。",
    needs=Needs.BOOK,
)
def counts_agree_with_registers(subject: Subject) -> Iterable[Outcome]:
    """What sentences count of vehicles, equipment and people is what registers hold (N17)."""
    assert subject.book is not None
    held = _counted(subject.book)
    for figure in subject.said.values():
        if figure.kind is FigureKind.COUNT and figure.value != held.get(figure.key, figure.value):
            yield Finding(
                (figure.address,),
                Side("文字中的数量", figure.text, address=figure.address),
                Side("登记合计", str(held[figure.key])),
                fix=Fix(figure.address, str(held[figure.key])),
            )


def _counted(book: BudgetBook) -> dict[str, int]:
    """Return how many there are by the keys under which sentences count them."""
    counts: Counter[str] = Counter()
    for holding in Holding:
        counts[f"vehicles.{holding}"] = 0
        counts.update({f"equipment.{holding}.{kind}": 0 for kind in EquipmentKind})
    counts.update({f"{name}.attendance": 0 for name in ATTENDED.values()})
    for vehicle in book.vehicles:
        counts[f"vehicles.{vehicle.holding}"] += vehicle.count
    for piece in book.equipment:
        counts[f"equipment.{piece.holding}.{piece.kind}"] += piece.count
    for event in book.events:
        counts[f"{ATTENDED[event.kind]}.attendance"] += event.attendance
    return dict(counts)
