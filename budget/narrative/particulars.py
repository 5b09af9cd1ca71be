"""其他重要事项: what inspections look at first — running costs, “三公”, meetings, procurement."""

from __future__ import annotations

from collections.abc import Iterator

from budget.book import BudgetBook
from budget.measures.registers import events
from budget.narrative.phrases import because, change, count, own, reason_of, say
from budget.narrative.registry import Phrase, Piece, Run, Voice, paragraph
from budget.remarks import Remarks
from budget.tally import tally
from budget.terms import EventKind

THREE_PUBLICS_ITEMS = (
    ("hospitality", "公务接待费"),
    ("vehicle_purchase", "公务用车购置费"),
    ("vehicle_running", "公务用车运行费"),
    ("overseas_visits", "因公出国（境）费"),
)


@paragraph(
    "agency-operating-costs",
    asks={"agency_operating_costs_change": "机关运行经费增减原因"},
)
def agency_operating_costs(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say what keeps the offices running; only 行政 and 参公 units have it."""
    if not any(unit.type.has_agency_operating_costs for unit in book.budget_units):
        yield from (own, "没有行政单位和参照公务员法管理的事业单位，无机关运行经费。")
        return
    yield f"{book.year}年{book.name}机关运行经费"
    yield from (say("agency_operating_costs"), "，")
    yield from (change("agency_operating_costs", against="比上年预算"), "。")
    yield because("agency_operating_costs_change", of="agency_operating_costs")


@paragraph("three-publics", asks={"three_publics_change": "“三公”经费增减原因"})
def three_publics(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say the six amounts of “三公”, zero or not, and how the total and known items moved."""
    yield f"{book.year}年{book.name}“三公”经费预算数为"
    yield from (say("three_publics"), "，其中，公务接待费", say("hospitality"))
    yield from ("，公务用车购置及运行费", say("vehicles"))
    yield from ("（其中，公务用车购置费", say("vehicle_purchase"))
    yield from ("，公务用车运行费", say("vehicle_running"))
    yield from ("），因公出国（境）费", say("overseas_visits"), "。")
    yield f"{book.year}年“三公”经费预算"
    yield from (change("three_publics"), _why_three_publics_moved, "。")
    known = [item for item in THREE_PUBLICS_ITEMS if item[0] in book.prior_figures]
    if known:
        yield "其中，"
        for place, (code, label) in enumerate(known):
            yield from ("；" if place else "", label, change(code))
        yield "。"


def _why_three_publics_moved(voice: Voice) -> Iterator[Run]:
    reason = reason_of(voice, "three_publics_change", "three_publics")
    if reason:
        yield from ("，主要原因是", reason)


@paragraph("general-expenses")
def general_expenses(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say what meetings, training and celebrations cost, who comes and what for."""
    yield f"{book.year}年"
    yield from (own, "会议费预算", say("meetings", whole=True))
    yield from ("（其中：基本支出", say("meetings_basic", whole=True))
    yield from ("，项目支出", say("meetings_project", whole=True), "）")
    yield _held(EventKind.MEETING, "，拟召开", "等会议", "meetings")
    yield from ("；培训费预算", say("training", whole=True))
    yield _held(EventKind.TRAINING, "，拟开展", "等培训", "training")
    if events(book, EventKind.CELEBRATION):
        yield from ("；节庆、晚会、论坛、赛事等活动经费预算", say("celebrations", whole=True))
        yield _held(EventKind.CELEBRATION, "，拟举办", "等活动", "celebrations")
        yield "。"
    else:
        yield "；未举办节庆、晚会、论坛、赛事等活动。"


def _held(kind: EventKind, verb: str, noun: str, key: str) -> Phrase:
    """Name the entries of a kind, how many people come in all, and what they are about."""

    def phrase(voice: Voice) -> Iterator[Run]:
        listed = events(voice.book, kind)
        if listed:
            names = "，".join(event.name for event in listed)
            contents = "；".join(event.content for event in listed if event.content.strip())
            yield f"{verb}{names}{noun}，人数"
            yield from count(f"{key}.attendance", tally("events", "attendance", kind=kind))(voice)
            yield f"人，内容为{contents}"

    return phrase


@paragraph("procurement")
def procurement(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say planned purchases by class, zero or not."""
    yield f"{book.year}年"
    yield from (own, "政府采购预算总额", say("procurement", whole=True), "，其中，")
    yield from ("货物类采购预算", say("procurement_goods", whole=True), "；")
    yield from ("工程类采购预算", say("procurement_works", whole=True), "；")
    yield from ("服务类采购预算", say("procurement_services", whole=True), "。")
