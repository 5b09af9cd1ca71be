"""A report as JSON, for programs: stable names, every value a text, a number of items or null."""

from __future__ import annotations

import json
from typing import Any

from budget.render.findings.view import Item, View


def text(told: View) -> str:
    """Return the report; the same report gives the same text."""
    return json.dumps(plain(told), ensure_ascii=False, indent=2) + "\n"


def plain(told: View) -> dict[str, Any]:
    """Return the report as plain values."""
    return {
        "name": told.name,
        "year": told.year,
        "title": told.title,
        "edition": told.edition,
        "counts": {
            **{group.severity.value: len(group.items) for group in told.groups},
            "passed": len(told.passed),
            "not_checked": len(told.not_checked),
            "off": len(told.off),
        },
        "findings": [_finding(item) for item in told.items],
        "not_checked": [
            {"rule": each.code, "title": each.title, "reason": each.reason} for each in told.skipped
        ],
        "off": [
            {"rule": each.code, "title": each.title, "by": each.by, "at": each.at or None}
            for each in told.off
        ],
        "passed": list(told.passed),
    }


def _finding(item: Item) -> dict[str, Any]:
    return {
        "rule": item.code,
        "title": item.title,
        "severity": item.severity.value,
        "left": item.left,
        "right": item.right or None,
        "difference": item.difference or None,
        "remark": item.remark or None,
        "advice": item.advice or None,
        "fix": item.fix or None,
        "basis": item.basis,
        "also": list(item.also),
        "where": [{"address": place.address, "name": place.name} for place in item.places],
        "more_places": item.more,
        "answer": item.answer.reason if item.answer else None,
    }
