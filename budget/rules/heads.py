"""表头: every table is headed as this document's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from budget.document import Disclosure, Table
from budget.edition import Edition
from budget.rules.expected import Wanted, evened, printed_as, wanted
from budget.rules.finding import Finding, Outcome, Side
from budget.rules.places import quoted
from budget.rules.printed import Subject
from budget.rules.registry import Blame, rule
from budget.terms import Severity

YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@rule(
    "HED001",
    Severity.ERROR,
    "各表的标题、部门名称与单位一致",
    explain="每张表都写同一名称、同一年度和规定的金额单位；从上年或其他单位复制时最易漏改。",
    basis="部门预算公开规程，版式；部门预算各表表头",
    example="支出总表写“2022年”，其余各表为“2023年”。",
    blames=Blame.ALL,
)
def heads_are_of_this_document(subject: Subject) -> Iterable[Outcome]:
    """Titles, the line above each table and its unit are this document's own (C66)."""
    alike: dict[object, list[tuple[Table, Finding]]] = {}
    for table, slip, finding in _heads(subject.document, subject.edition):
        alike.setdefault(slip, []).append((table, finding))
    for same in alike.values():
        yield _together(same)
    yield from _cover(subject.document, subject.edition)


def _heads(document: Disclosure, edition: Edition) -> Iterator[tuple[Table, object, Finding]]:
    """Yield what is wrong above each table, with the slip that it is: the same makes one cause."""
    for use, table in printed_as(document, edition):
        title = wanted(document, edition, use.title)
        if not title.fits(table.title):
            slip = _other_year(table.title, title, document.year) or table.title
            yield table, slip, _head(table, "title", "标题", table.title, title.told)
        contents = wanted(document, edition, use.contents_title)
        if not contents.fits(table.contents_title):
            told = table.contents_title
            yield table, told, _head(table, "title", "目录名", told, contents.told)
        line = f"{edition.wording[document.scope].subject}：{document.name}"
        if evened(table.subject) != evened(line):
            slip = evened(table.subject)
            yield table, slip, _head(table, "subject", "名称行", table.subject, line)
        if table.unit != use.unit.label:
            pair = (table.unit, use.unit.label)
            yield table, pair, _head(table, "unit", "金额单位", *pair)


def _other_year(text: str, right: Wanted, own: int) -> str:
    """Return the year that a title names where it is right but for the year, else ""."""
    found = (year for year in YEAR.findall(text) if right.fits(text.replace(year, str(own))))
    return next(found, "")


def _together(same: list[tuple[Table, Finding]]) -> Finding:
    """Return one slip above several tables as one finding."""
    (_, first), *_ = same
    where = dict.fromkeys(place for _, finding in same for place in finding.where)
    names = "、".join(quoted(table.name) for table, _ in same)
    remark = f"{len(same)}张表如此：{names}" if len(same) > 1 else ""
    return replace(first, where=tuple(where), remark=remark)


def _head(table: Table, place: str, what: str, text: str, right: str) -> Finding:
    return Finding(
        (f"{table.code}/{place}",),
        Side(f"{table.name}的{what}", text),
        Side("应为", right),
        advice="按本部门、本年度更正",
    )


def _cover(document: Disclosure, edition: Edition) -> Iterator[Finding]:
    """Yield what is wrong with the document's title and cover, where it has them."""
    lines = ((document.title, edition.document_title),) if document.title else ()
    covers = zip(document.cover, edition.cover[document.scope], strict=False)
    for text, pattern in (*lines, *covers):
        right = wanted(document, edition, pattern)
        if not right.fits(text):
            yield Finding(("cover",), Side("封面", text), Side("应为", right.told))
