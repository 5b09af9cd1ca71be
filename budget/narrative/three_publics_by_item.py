"""“三公”经费 where each kind is told apart, with its change and its reason."""

from __future__ import annotations

from collections.abc import Iterator

from budget.book import BudgetBook
from budget.narrative.phrases import because, has_moved, own, say
from budget.narrative.registry import BREAK, Phrase, Piece, Run, Voice, paragraph
from budget.narrative.sources_and_funds import against_last_year
from budget.remarks import Remarks

KINDS = (
    ("overseas_visits", "因公出国（境）费"),
    ("hospitality", "公务接待费"),
)
OF_VEHICLES = (
    ("vehicle_purchase", "公务用车购置费"),
    ("vehicle_running", "公务用车运行费"),
)
REMARKS = {f"{code}_change": f"{label}增减原因" for code, label in (*KINDS, *OF_VEHICLES)}


@paragraph("three-publics-by-item", asks=REMARKS)
def three_publics_by_item(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say the total, each kind, purchase and running apart, and how each moved."""
    yield f"{book.year}年"
    yield from (own, "“三公”经费预算数为", say("three_publics"), "，")
    yield from (against_last_year("three_publics"), "。其中：")
    yield BREAK
    for number, (code, label) in enumerate(KINDS, start=1):
        yield from (f"{number}.{label}", say(code), "，", against_last_year(code), "。")
        yield from (_reason(code, "主要原因是"), BREAK)
    yield from ("3.公务用车购置及运行费", say("vehicles"), "，", against_last_year("vehicles"))
    for code, label in OF_VEHICLES:
        yield from ("。其中：" if code == "vehicle_purchase" else "；", label, say(code))
        yield from ("，", against_last_year(code))
    yield "。"
    for code, label in OF_VEHICLES:
        yield _reason(code, f"{label}变动的主要原因是")


def _reason(code: str, lead: str) -> Phrase:
    """Give the reason where the amount moved."""

    def phrase(voice: Voice) -> Iterator[Run]:
        if has_moved(voice, code):
            yield from because(f"{code}_change", lead=lead)(voice)

    return phrase
