"""占比: the shares of a list follow from its amounts and add up to 100.00."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from budget.document import Chart, Figure, Paragraph
from budget.money import shares, written
from budget.rules.finding import Finding, Fix, NotChecked, Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.rules.sentences import figures_of, paragraphs, readings, side
from budget.terms import Severity


@rule(
    "CHG007",
    Severity.ERROR,
    "占比与金额一致，合计为100%",
    explain="占比＝分项÷合计，保留两位小数，尾差计入最大的一项；核对占比，再核对金额。",
    basis="部门预算说明，一般公共预算拨款支出",
    example="两类支出 60.00 万元和 40.00 万元，写占 60.00% 和 30.00%。",
)
def shares_follow_from_amounts(subject: Subject) -> Iterable[Outcome]:
    """Each share is its part of the listed amounts; the largest takes the residue (N04)."""
    listing = [each for each in paragraphs(subject.document) if _rates(each)]
    if not listing:
        yield NotChecked("说明中没有占比")
    for paragraph in listing:
        yield from _of_paragraph(subject, paragraph)


@rule(
    "CHG008",
    Severity.ERROR,
    "图中的占比与图中的金额一致",
    explain="图与文字、表取自同一数据；更正金额后重新生成图。",
    basis="部门预算说明，收支预算图",
    example="图中两项各为 50.00 万元，占比却是 60.00% 和 40.00%。",
)
def chart_shares_follow_from_amounts(subject: Subject) -> Iterable[Outcome]:
    """Each slice's share is its part of the chart's amounts."""
    if not subject.document.charts:
        yield NotChecked("文件中没有图")
    for chart in subject.document.charts:
        yield from _of_chart(chart)


def _of_paragraph(subject: Subject, paragraph: Paragraph) -> Iterator[Finding]:
    said = {figure.key: figure for figure in figures_of(paragraph)}
    rates = _rates(paragraph)
    amounts = [said.get(figure.key.removesuffix(".share")) for figure in rates]
    parts = [figure for figure in amounts if figure is not None]
    if len(parts) != len(rates):
        return
    stated = tuple(figure.value for figure in rates)
    if not any(shares(numbers) == stated for numbers in _combined(subject, parts)):
        expected = shares([figure.value or Decimal(0) for figure in parts])
        yield _unfit(subject, rates, parts, expected)


def _rates(paragraph: Paragraph) -> list[Figure]:
    return [figure for figure in figures_of(paragraph) if figure.key.endswith(".share")]


def _combined(subject: Subject, parts: list[Figure]) -> Iterator[list[Decimal]]:
    """Yield the amounts as sentences give them, then each one as tables give it."""
    own = [figure.value or Decimal(0) for figure in parts]
    yield own
    for place, figure in enumerate(parts):
        for reading in readings(subject, figure)[1:]:
            yield [*own[:place], reading, *own[place + 1 :]]


def _unfit(
    subject: Subject, rates: list[Figure], parts: list[Figure], expected: tuple[Decimal, ...]
) -> Finding:
    wrong = [n for n, figure in enumerate(rates) if figure.value != expected[n]]
    first = wrong[0]
    text = written(expected[first], grouped=False)
    places = (*(rates[n] for n in wrong), *(parts[n] for n in wrong))
    return Finding(
        tuple(figure.address for figure in places),
        side(subject, rates[first], "占比"),
        Side("按所列金额重算", text, "%"),
        written(abs((rates[first].value or Decimal(0)) - expected[first]), grouped=False),
        advice="各项占比之和应为100.00%",
        fix=Fix(rates[first].address, text) if len(wrong) == 1 else None,
    )


def _of_chart(chart: Chart) -> Iterator[Finding]:
    expected = shares([each.amount for each in chart.slices])
    for each, share in zip(chart.slices, expected, strict=True):
        if each.share != share:
            yield Finding(
                (f"chart-{chart.code}",),
                Side(f"{chart.title}“{each.label}”占比", each.share_text, "%"),
                Side("按图中金额重算", written(share, grouped=False), "%"),
                advice="更正数据后重新生成图",
            )
            return
