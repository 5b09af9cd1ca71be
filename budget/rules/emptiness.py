"""空表与“无”: what is empty holds nothing and says so; what is said to be none is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from budget.document import CellKind, Figure, Paragraph, Table
from budget.ledger import Where
from budget.questions import (
    AGENCY_OPERATING_COSTS,
    APPROPRIATED,
    FROM_GENERAL_PUBLIC,
    GOVERNMENT_FUND,
    SPENT_THIS_YEAR,
    STATE_CAPITAL,
)
from budget.rules.expected import printed_as, wanted
from budget.rules.finding import Finding, NotChecked, Outcome, Side
from budget.rules.printed import Printed, Subject
from budget.rules.registry import Blame, rule
from budget.rules.sentences import paragraphs, wording
from budget.rules.telling import addresses, side
from budget.terms import Severity

NO_TEXT: Final = "只有表，没有文字"
SAID_TO_BE_NONE: Final[tuple[tuple[str, str, Where], ...]] = (
    (
        "一般公共预算支出",
        r"无一般公共预算[^，。；]*(?:支出|安排)",
        FROM_GENERAL_PUBLIC,
    ),
    (
        "政府性基金预算支出",
        r"(?:无|没有)政府性基金[^，。；]*(?:支出|安排)",
        SPENT_THIS_YEAR & GOVERNMENT_FUND,
    ),
    (
        "国有资本经营预算支出",
        r"(?:无|没有)国有资本经营[^，。；]*(?:支出|安排)",
        SPENT_THIS_YEAR & STATE_CAPITAL,
    ),
    ("财政拨款支出", r"无财政拨款[^，。；]*支出", SPENT_THIS_YEAR & APPROPRIATED),
    ("机关运行经费", r"无机关运行经费", AGENCY_OPERATING_COSTS),
)
"""What is said to be none, by which words, and the amount that must then be zero."""
BUDGETS: Final = ("一般公共预算", "政府性基金", "国有资本经营", "社会保险基金")
"""By which words names of tables and notes speak of a budget."""
MUST_BE_SAID: Final = {
    "general-public-spending": 0,
    "government-fund-spending": 1,
}
"""Paragraphs that say so where there is nothing, with their entry in the list above."""


@rule(
    "EMP001",
    Severity.ERROR,
    "空表没有金额，有金额的表不是空表",
    explain="表中有金额就不能注为空表；确无金额的表按空表列出。",
    basis="部门预算公开规程，空表列示",
    example="注为空表的政府性基金预算支出表出现 5.00。",
    blames=Blame.ALL,
)
def empty_tables_hold_nothing(subject: Subject) -> Iterable[Outcome]:
    """A table is empty where it holds no amount and no score, and only there (C48)."""
    if not subject.document.tables:
        yield NotChecked("文件中没有表")
    for table in subject.document.tables:
        cells = list(table.cells.values())
        amounts = [each for each in cells if each.kind is CellKind.AMOUNT]
        filled = [each for each in amounts if each.value and each.value != 0]
        if table.is_empty and filled:
            yield Finding(
                tuple(each.address for each in filled),
                side(subject.figures[filled[0].address]),
                Side(table.name, "按空表列示"),
                advice="删去金额，或不按空表列示并补齐各行",
            )
        scored = any(each.kind is CellKind.SCORE and each.text for each in cells)
        if amounts and not table.is_empty and not scored and not _has_text(table):
            yield Finding(
                (table.code,), Side(table.name, "没有金额"), advice="补填金额，或按空表列示并说明"
            )


def _has_text(table: Table) -> bool:
    """True where a table prints an amount, be it 0.00."""
    return any(cell.text for cell in table.cells.values() if cell.kind is CellKind.AMOUNT)


@rule(
    "EMP002",
    Severity.ERROR,
    "空表有规定的说明，有数的表没有",
    explain="空表下注明没有哪一项预算；说明要写对预算的名称。有金额的表不写空表说明。",
    basis="部门预算公开规程，空表列示",
    example="国有资本经营预算支出表为空，注却写“无政府性基金预算”。",
)
def empty_tables_say_so(subject: Subject) -> Iterable[Outcome]:
    """The edition's words for an empty table stand under it, and under no other (C48)."""
    for use, table in printed_as(subject.document, subject.edition):
        if use.empty_note:
            note = wanted(subject.document, subject.edition, use.empty_note)
            is_noted = any(note.fits(line) for line in table.note.splitlines())
            if table.is_empty and not is_noted:
                yield _note(table, note.told, "改为规定的空表说明")
            elif is_noted and not table.is_empty:
                yield _note(table, "（有金额，不写空表说明）", "删去空表说明")
        elif table.is_empty and use.note and not _names_its_budget(table):
            right = wanted(subject.document, subject.edition, use.note).told
            yield _note(table, right, "改为规定的表注，写对预算的名称")


def _names_its_budget(table: Table) -> bool:
    """True where the note of an empty table speaks of its own budget, if the table is of one.

    Where an edition has one note for a full and an empty table, its other words are its own affair.
    """
    own = {budget for budget in BUDGETS if budget in table.name}
    said = {budget for budget in BUDGETS if budget in table.note}
    return not own or (bool(table.note) and (not said or bool(own & said)))


def _note(table: Table, right: str, advice: str) -> Finding:
    return Finding(
        (f"{table.code}/note",),
        Side(f"{table.name}的注", table.note or "（没有）"),
        Side("应为", right),
        advice=advice,
    )


@rule(
    "EMP003",
    Severity.ERROR,
    "说明写“无”当且仅当没有金额",
    explain="文字写没有某项支出时，表中该项应为零；为零时文字要写明没有。",
    basis="部门预算说明与部门预算表，表文一致",
    example="文字写“无政府性基金安排的支出”，表中有 120.00。",
)
def none_is_said_of_nothing(subject: Subject) -> Iterable[Outcome]:
    """What sentences say there is none of is zero in print; what is zero is said (C48, N06)."""
    said = list(paragraphs(subject.document))
    if not said:
        yield NotChecked(NO_TEXT)
        return
    for name, denial, question in SAID_TO_BE_NONE:
        printed = subject.answering(question)
        denied = [each.key for each in said if re.search(denial, wording(each))]
        if denied and printed and any(each.yuan for each in printed):
            yield _denied(name, denied, next(each for each in printed if each.yuan))
    yield from _unsaid(subject, said)


def _denied(name: str, paragraphs: list[str], printed: Printed) -> Finding:
    return Finding(
        (printed.address, *paragraphs),
        Side(f"文字中的{name}", "无"),
        side(printed),
        advice="更正文字，或核对表中金额",
    )


def _unsaid(subject: Subject, said: list[Paragraph]) -> Iterator[Finding]:
    for paragraph in said:
        states_none = not any(isinstance(run, Figure) for run in paragraph.text)
        if paragraph.key in MUST_BE_SAID and states_none:
            name, denial, question = SAID_TO_BE_NONE[MUST_BE_SAID[paragraph.key]]
            printed = subject.answering(question)
            is_nothing = bool(printed) and not any(each.yuan for each in printed)
            if is_nothing and not re.search(denial, wording(paragraph)):
                yield Finding(
                    (paragraph.key, *addresses(printed[:1])),
                    Side(f"文字中的{name}", "没有写明“无”"),
                    side(printed[0]),
                    advice=f"写明无{name}",
                )
