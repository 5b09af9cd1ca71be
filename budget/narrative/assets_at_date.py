"""国有资产占有使用情况 at a stated date: vehicles by use, and equipment from 100 万元 a piece."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from budget.book import BudgetBook
from budget.narrative.phrases import body, count, own
from budget.narrative.registry import Phrase, Piece, Run, Voice, paragraph
from budget.numerals import day
from budget.remarks import Remarks
from budget.tally import tally
from budget.terms import EquipmentKind, Holding


@paragraph("assets-at-date")
def assets_at_date(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say what is held at the date of the register and what will be bought, zero or not."""
    yield f"截至{day(book.assets_on or date(book.year - 1, 12, 31))}，"
    yield from (own, "共有车辆", _vehicles(Holding.STOCK), "；", _equipment(Holding.STOCK), "。")
    yield f"{book.year}年"
    yield from (body, "预算安排购置车辆", _vehicles(Holding.ADDITION))
    yield from ("；购置", _equipment(Holding.ADDITION), "。")


def _vehicles(holding: Holding) -> Phrase:
    """Say how many vehicles there are and how many of each use that the edition tells apart."""

    def phrase(voice: Voice) -> Iterator[Run]:
        held = tally("vehicles", "count", holding=holding)
        yield from count(f"vehicles.{holding}", held)(voice)
        yield "辆，其中："
        for place, line in enumerate(voice.edition.vehicles):
            of_use = tally("vehicles", "count", holding=holding, use=line.uses)
            yield f"{'、' if place else ''}{line.label}"
            yield from count(f"vehicles.{holding}.{line.uses[0]}", of_use)(voice)
            yield "辆"

    return phrase


def _equipment(holding: Holding) -> Phrase:
    def phrase(voice: Voice) -> Iterator[Run]:
        kind = EquipmentKind.OVER_1M
        held = tally("equipment", "count", holding=holding, kind=kind)
        yield "单价100万元（含）以上设备（不含车辆）"
        yield from count(f"equipment.{holding}.{kind}", held)(voice)
        yield "台（套）"

    return phrase
