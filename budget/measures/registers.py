"""Amounts that registers state by themselves: meetings, training, celebrations, procurement."""

from __future__ import annotations

from typing import Final

from budget.book import BudgetBook, Event
from budget.measures.registry import counted
from budget.tally import Tally, tally
from budget.terms import EventKind, ProcurementKind


def events(book: BudgetBook, kind: EventKind) -> tuple[Event, ...]:
    """Return the register's entries of one kind, in their order."""
    return tuple(event for event in book.events if event.kind is kind)


def _of_events(kind: EventKind, *fields: str) -> Tally:
    return tally("events", *fields, kind=kind)


def _of_procurement(*kinds: ProcurementKind) -> Tally:
    return tally("procurement", "amount", kind=kinds)


MEETINGS: Final = counted("meetings", "会议费", _of_events(EventKind.MEETING, "basic", "project"))
MEETINGS_BASIC: Final = counted(
    "meetings_basic", "会议费（基本支出）", _of_events(EventKind.MEETING, "basic")
)
MEETINGS_PROJECT: Final = counted(
    "meetings_project", "会议费（项目支出）", _of_events(EventKind.MEETING, "project")
)
TRAINING: Final = counted("training", "培训费", _of_events(EventKind.TRAINING, "basic", "project"))
TRAINING_BASIC: Final = counted(
    "training_basic", "培训费（基本支出）", _of_events(EventKind.TRAINING, "basic")
)
TRAINING_PROJECT: Final = counted(
    "training_project", "培训费（项目支出）", _of_events(EventKind.TRAINING, "project")
)
CELEBRATIONS: Final = counted(
    "celebrations",
    "节庆、晚会、论坛、赛事活动经费",
    _of_events(EventKind.CELEBRATION, "basic", "project"),
)

PROCUREMENT: Final = counted("procurement", "政府采购预算总额", _of_procurement(*ProcurementKind))
PROCUREMENT_GOODS: Final = counted(
    "procurement_goods", "货物类采购预算", _of_procurement(ProcurementKind.GOODS)
)
PROCUREMENT_WORKS: Final = counted(
    "procurement_works", "工程类采购预算", _of_procurement(ProcurementKind.WORKS)
)
PROCUREMENT_SERVICES: Final = counted(
    "procurement_services", "服务类采购预算", _of_procurement(ProcurementKind.SERVICES)
)
