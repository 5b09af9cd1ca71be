"""表间与表文勾稽: one fact is one figure, wherever it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budget.rules.finding import Equal, Finding, NotChecked, Outcome, or_not_checked
from budget.rules.printed import Printed, Subject
from budget.rules.registry import rule
from budget.rules.scaling import told_factor
from budget.rules.telling import side
from budget.terms import Severity


@rule(
    "AGR001",
    Severity.ERROR,
    "同一金额在各表中相同",
    explain="同一笔钱出现在几张表中，以明细为准更正不同的那一处。",
    basis="部门预算各表，表间勾稽",
    example="收支总表基本支出 656.38，支出总表基本支出合计 656.83。",
)
def tables_agree(subject: Subject) -> Iterable[Outcome]:
    """The same question has the same answer in every table."""
    listed = ([each for each in answers if each.table] for answers in subject.answers.values())
    equal = (each for answers in listed for each in _all_equal(answers))
    yield from or_not_checked(equal, "没有在几处列示的同一金额")


@rule(
    "AGR002",
    Severity.ERROR,
    "说明中的金额与表中相同",
    explain="文字中的数字取自表；以表为准更正文字，或先核对表。",
    basis="部门预算说明与部门预算表，表文一致",
    example="说明写收入预算 1561.09 万元，收支总表收入总计 1,560.19。",
)
def text_agrees_with_tables(subject: Subject) -> Iterable[Outcome]:
    """What a sentence states is what the tables state."""
    yield from or_not_checked(_said_as_listed(subject), "没有文字，或文字中没有表中的金额")


def _said_as_listed(subject: Subject) -> Iterator[Equal]:
    for answers in subject.answers.values():
        said = [each for each in answers if not each.table]
        listed = [each for each in answers if each.table]
        yield from _all_equal([*listed[:1], *said])


def _all_equal(answers: list[Printed]) -> Iterator[Equal]:
    """Hold each against the amount that most of them state, the first of equals."""
    if len(answers) < 2:
        return
    amounts = [each.yuan for each in answers]
    usual = answers[amounts.index(max(amounts, key=amounts.count))]
    for each in answers:
        if each is not usual:
            yield Equal(usual.address, (each.address,))


@rule(
    "AGR003",
    Severity.ERROR,
    "整张表的金额与其他各处同一口径",
    explain="整张表与其他各处成同一倍数，多因元与万元混用；按表头单位重填整张表。",
    basis="部门预算各表，金额单位；表间勾稽",
    example="支出总表表头为万元，各格却按元填写，都是收支总表的 10,000 倍。",
)
def tables_are_in_their_unit(subject: Subject) -> Iterable[Outcome]:
    """No table is a multiple of what the other tables and the sentences state (N27)."""
    if all(len(answers) < 2 for answers in subject.answers.values()):
        yield NotChecked("没有在几处列示的同一金额")
    for scaled in subject.scaled:
        here, there = scaled.here, scaled.there
        yield Finding(
            (f"{here.table}/unit",),
            side(here),
            side(there),
            advice="按表头的单位更正整张表的金额，或更正表头的单位",
            remark=f"整张表都是其他各处的{told_factor(scaled.factor)}",
        )
