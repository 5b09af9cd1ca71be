"""财政拨款支出主要内容: a numbered item for each 项 with appropriated money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from budget.book import BudgetBook
from budget.codes import path
from budget.document import FigureKind
from budget.ledger import where
from budget.money import percent
from budget.narrative.phrases import amount, figure, percentage
from budget.narrative.registry import BREAK, Piece, Run, Voice, paragraph
from budget.questions import APPROPRIATED, SPENT_THIS_YEAR
from budget.remarks import Remarks
from budget.tally import tally

LEVELS = ("类", "款", "项")


@paragraph(
    "appropriation-items",
    asks={"purpose": "支出用途", "execution_change": "与上年执行数相比的增减原因"},
)
def appropriation_items(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say each 项 with its amount, its purpose and, where it is known, last year's execution."""
    yield _items


def _items(voice: Voice) -> Iterator[Run]:
    spent = voice.book.ledger.by("function", SPENT_THIS_YEAR & APPROPRIATED)
    if not spent:
        yield f"{voice.wording.own}{voice.book.year}年无财政拨款安排的支出。"
    for number, (code, yuan) in enumerate(spent.items(), start=1):
        yield f"{number}.“{_full_name(voice, code)}”"
        asked = (SPENT_THIS_YEAR & APPROPRIATED, where(function=code))
        yield from amount(voice, f"appropriation_spending.{code}", yuan, *asked)
        purpose = voice.asked(f"purpose.{code}")
        if purpose:
            yield from ("，主要用于", purpose)
        yield from _execution(voice, code, yuan)
        yield "。"
        yield BREAK


def _full_name(voice: Voice, code: str) -> str:
    """Return the names of a code from the 类 down, each with its level."""
    names = (voice.book.catalogue.function_name(each) for each in path(code))
    return "".join(f"{name}（{level}）" for name, level in zip(names, LEVELS, strict=False))


def _execution(voice: Voice, code: str, yuan: Decimal) -> Iterable[Run]:
    """Say last year's execution of a 项 and how far this year's budget is from it, in percent."""
    known = tally("executions", "amount", function=code)
    if not any(known.rows(voice.book)):
        return
    unit, spent = voice.edition.text_unit, known.amount(voice.book)
    now, before = unit.printed(yuan), unit.printed(spent)
    key = f"execution.{code}"
    if before == 0:
        yield f"，{voice.book.year - 1}年无执行数"
    else:
        yield f"，{voice.book.year - 1}年执行数"
        yield from amount(voice, key, spent, tally=known)
        yield "，"
        yield from _against(voice, key, now, before)
    reason = voice.offered(f"execution_change.{code}")
    if reason:
        yield from ("，主要原因是", reason)


def _against(voice: Voice, key: str, now: Decimal, before: Decimal) -> Iterator[Run]:
    word = "持平" if now == before else "增长" if now > before else "下降"
    if now == before:
        yield "与上年执行数"
    yield figure(voice, f"{key}.direction", word, FigureKind.DIRECTION)
    if now != before:
        yield from percentage(voice, f"{key}.percent", percent(abs(now - before), abs(before)))
