"""年份: a budget of one year speaks of that year and the one before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from budget.rules.finding import Finding, Outcome, Side
from budget.rules.passages import Passage, PassageKind, passages, untold
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.terms import Severity

YEAR: Final = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})\s*年")
DAY: Final = r"(?:19|20)\d{2}\s*年?(?:\d{1,2}月)?(?:\d{1,2}日)?"
ALLOWED: Final = re.compile(
    rf"《[^》]*》|截[至止][^，。；]*|{DAY}\s*[-—–－~～至到]+\s*{DAY}年?|{DAY}(?:以来|起|至今)"
)
"""Where other years belong: titles of documents, dates of stock, spans, and since when."""


@rule(
    "WRD005",
    Severity.ERROR,
    "年份只写本年和上年",
    explain="沿用上年文字时年份容易漏改；书名号内、“截至”之后、起止年份和立项依据不在此列。",
    basis="部门预算公开文本，检查中的常见问题",
    example="2023年预算的说明里写“2021年本部门收入预算”。",
)
def years_are_this_and_last(subject: Subject) -> Iterable[Outcome]:
    """Sentences, headings and cells name no year but the budget's and the one before (N21)."""
    yield from untold(subject)
    kinds = (PassageKind.SENTENCE, PassageKind.HEADING, PassageKind.CELL)
    year = subject.document.year
    for passage in passages(subject, *kinds):
        wrong = [each for each in _years(passage) if int(each) not in (year, year - 1)]
        if wrong:
            yield Finding(
                (passage.address,),
                Side(passage.label, "、".join(f"{each}年" for each in wrong), "", passage.address),
                Side("本预算的年份", f"{year}年、{year - 1}年"),
                advice="改为本年或上年，或写明是截至、起止年份",
            )


def _years(passage: Passage) -> Iterator[str]:
    """Yield the years of a passage that stand where only two belong, each once."""
    told = ALLOWED.sub("", passage.text)
    yield from dict.fromkeys(found["year"] for found in YEAR.finditer(told))
