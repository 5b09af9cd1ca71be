"""部门基本概况 and 预算单位构成: who the document speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from budget.book import BudgetBook, Unit
from budget.document import Gap
from budget.narrative.phrases import body
from budget.narrative.registry import BREAK, Piece, Run, Voice, paragraph
from budget.remarks import Remarks
from budget.terms import Scope


@paragraph("mandate", asks={"mandate": "职能职责"})
def mandate(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Number the duties, one paragraph each, as typed one to a line."""
    yield _duties


def _duties(voice: Voice) -> Iterator[Run]:
    written = voice.asked("mandate")
    if isinstance(written, Gap):
        yield written
        return
    duties = voice.remarks.get("mandate") or ""
    for number, duty in enumerate(filter(None, map(str.strip, duties.splitlines())), start=1):
        yield f"（{number}）{duty}"
        yield BREAK


@paragraph("organisation")
def organisation(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Name the offices of each unit that has any."""
    for unit in book.budget_units:
        if unit.offices:
            yield f"{unit.name}设{len(unit.offices)}个内设机构：{'、'.join(unit.offices)}。"
            yield BREAK


@paragraph("units")
def units(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say which units the budget comprises, and of which types they are."""
    if book.scope is Scope.UNIT:
        yield f"纳入{book.year}年单位预算编制范围的只有{book.name}。"
    elif len(book.units) == 1 and book.units[0].is_head:
        yield f"{book.name}部门只有本级，没有其他二级预算单位，因此，"
        yield f"纳入{book.year}年部门预算编制范围的只有{book.name}本级。"
    else:
        yield from _several(book)


def _several(book: BudgetBook) -> Iterator[Piece]:
    listed = book.budget_units
    yield f"纳入{book.year}年"
    yield body
    yield f"预算编制范围的预算单位共{len(listed)}个（{_types(listed)}），包括："
    names = (f"{number}.{_listed(unit)}" for number, unit in enumerate(listed, start=1))
    yield "；".join(names) + "。"
    merged = [unit.name for unit in book.units if unit.merged]
    if merged:
        yield f"{'、'.join(merged)}不单列预算，并入本级。"


def _listed(unit: Unit) -> str:
    return f"{unit.name}本级" if unit.is_head else unit.name


def _types(units: tuple[Unit, ...]) -> str:
    counts = Counter(unit.type for unit in units)
    return "，".join(f"{kind.label}{number}个" for kind, number in counts.items())
