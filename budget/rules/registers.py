"""登记表: what sentences say of a register is what it holds."""

from __future__ import annotations

from collections.abc import Iterable

from budget.measures.registry import MEASURES
from budget.money import written
from budget.rules.finding import Finding, Fix, Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.terms import Needs, Severity


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
