"""A report as plain text, for terminals."""

from __future__ import annotations

from collections.abc import Iterator

from budget.render.findings.view import Item, View


def lines(told: View) -> Iterator[str]:
    """Yield the report line by line: the counts, the findings by severity, what was not checked."""
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


def _item(item: Item) -> Iterator[str]:
    also = f"（同一原因还违反 {'、'.join(item.also)}）" if item.also else ""
    yield f"{item.number}. {item.code} {item.title}{also}"
    yield f"   {item.statement}"
    first = item.places[0] if item.places else None
    if first:
        others = len(item.places) - 1 + item.more
        more = f" 等{others + 1}处" if others else ""
        yield f"   位置：{first.name}{more}"
    for label, words in (("建议", item.advice), ("更正", item.fix), ("办法", item.explain)):
        if words:
            yield f"   {label}：{words}"
    if item.answer:
        yield f"   已说明：{item.answer.reason}"
