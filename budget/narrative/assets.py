"""国有资产占用使用及新增资产配置: vehicles and valuable equipment, held and planned."""

from __future__ import annotations

from collections.abc import Iterator

from budget.book import BudgetBook
from budget.narrative.phrases import count, own
from budget.narrative.registry import Phrase, Piece, Run, Voice, paragraph
from budget.numerals import day
from budget.remarks import Remarks
from budget.tally import tally
from budget.terms import EquipmentKind, Holding

EQUIPMENT = (
    (EquipmentKind.GENERAL_OVER_500K, "单位价值50万元以上通用设备"),
    (EquipmentKind.SPECIAL_OVER_1M, "单位价值100万元以上专用设备"),
)


@paragraph("assets")
def assets(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say what is held at the end of last year and what will be added, zero or not."""
    yield f"截至{day(book.assets_on) or f'{book.year - 1}年12月底'}，"
    yield from (own, "共有公务用车", _vehicles(Holding.STOCK), "；", _equipment(Holding.STOCK))
    yield f"。{book.year}年拟新增配置公务用车"
    yield from (_vehicles(Holding.ADDITION), "；新增配备", _equipment(Holding.ADDITION), "。")


def _vehicles(holding: Holding) -> Phrase:
    """Say how many vehicles there are, and of them each use that the edition tells apart."""

    def phrase(voice: Voice) -> Iterator[Run]:
        held = tally("vehicles", "count", holding=holding)
        yield from count(f"vehicles.{holding}", held)(voice)
        yield "辆，其中"
        for line in voice.edition.vehicles:
            of_use = tally("vehicles", "count", holding=holding, use=line.uses)
            yield f"，{line.label}"
            yield from count(f"vehicles.{holding}.{line.uses[0]}", of_use)(voice)
            yield "辆"

    return phrase


def _equipment(holding: Holding) -> Phrase:
    def phrase(voice: Voice) -> Iterator[Run]:
        for place, (kind, label) in enumerate(EQUIPMENT):
            held = tally("equipment", "count", holding=holding, kind=kind)
            yield f"，{label}" if place else label
            yield from count(f"equipment.{holding}.{kind}", held)(voice)
            yield "台"

    return phrase
