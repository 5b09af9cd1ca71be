"""年份: a budget of one year speaks of that year and the one before."""

from __future__ import annotations

from collections.abc import Iterable

from budget.rules.finding import Finding, Outcome, Side
from budget.rules.other_years import years_out_of_place
from budget.rules.passages import PassageKind, passages, untold
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.terms import Severity


@rule(
    "WRD005",
    Severity.ERROR,
    "预算的年份只写本年和上年",
    explain=(
        "沿用上年文字时年份容易漏改。文件和文号的年份、截止日期、起止年份、"
        "招录、购置、签约等事情发生的年份不在此列。"
    ),
    basis="部门预算公开文本，检查中的常见问题",
    example="2023年预算的说明里写“2021年本部门收入预算”。",
)
def years_are_this_and_last(subject: Subject) -> Iterable[Outcome]:
    """Sentences, headings and cells speak of no other year's budget (N21)."""
    yield from untold(subject)
    kinds = (PassageKind.SENTENCE, PassageKind.HEADING, PassageKind.CELL)
    year = subject.document.year
    for passage in passages(subject, *kinds):
        wrong = list(years_out_of_place(passage.text, year))
        if wrong:
            yield Finding(
                (passage.address,),
                Side(passage.label, "、".join(f"{each}年" for each in wrong), "", passage.address),
                Side("本预算的年份", f"{year}年、{year - 1}年"),
                advice="改为本年或上年；确是其他年份的事，写明是什么事",
            )
