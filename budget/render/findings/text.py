"""A report as plain text, for terminals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from budget.render.findings.view import Item, View

MOST_NAMED: Final = 2
"""Places that a finding names here; files and pages name more."""


def lines(told: View) -> Iterator[str]:
    """Yield the report line by line: counts, findings, what was not checked and what is off."""
    yield f"{told.title or told.name}（版式 {told.edition}）"
    yield told.counted
    for group in told.groups:
        if group.items:
            yield ""
            yield f"【{group.severity.label}】"
            for item in group.items:
                yield from _item(item)
    if told.skipped:
        yield ""
        yield "【未核对】"
        for each in told.skipped:
            yield f"{each.code} {each.title}：{each.reason}"
    if told.off:
        yield ""
        yield "【停用】"
        for rule in told.off:
            yield f"{rule.code} {rule.title}：{rule.told}"


def _item(item: Item) -> Iterator[str]:
    also = f"（同一原因还违反 {'、'.join(item.also)}）" if item.also else ""
    yield f"{item.number}. {item.code} {item.title}{also}"
    yield f"   {item.statement}"
    if item.places:
        named = "；".join(place.name for place in item.places[:MOST_NAMED])
        count = len(item.places) + item.more
        yield f"   位置：{named}{f' 等{count}处' if count > MOST_NAMED else ''}"
    for label, words in (("建议", item.advice), ("更正", item.fix), ("办法", item.explain)):
        if words:
            yield f"   {label}：{words}"
    if item.answer:
        yield f"   已说明：{item.answer.reason}"
